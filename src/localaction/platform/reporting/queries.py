"""Reading reports: every function takes the actor, or a report that one of them returned."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import QuerySet

from localaction.platform.accounts.rights import Actor, allowed, require, scope_ids
from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.reporting.document import Data, thawed
from localaction.platform.reporting.errors import ReportNotFound
from localaction.platform.reporting.models import PublishingRule, Report, Submission
from localaction.platform.reporting.states import OPEN

VIEW = "report.view"


def report_for(actor: Actor, public_id: uuid.UUID | str, action: str = VIEW) -> Report:
    """Return a report if the actor may do ``action`` with it.

    Raises ``ReportNotFound`` if the actor may not even see it, ``NotAllowed`` if only not this.
    """
    found = Report.objects.select_related("place__scope", "inventory", "submission", "supersedes")
    report = found.filter(public_id=public_id).first()
    if report is None or not allowed(actor, VIEW, report.scope_id):
        raise ReportNotFound
    require(actor, action, report.scope_id)
    return report


def reports_for(actor: Actor, action: str = VIEW) -> QuerySet[Report]:
    """Return the reports with which the actor may do ``action``, without their documents."""
    found = Report.objects.filter(place__scope_id__in=scope_ids(actor, action))
    return found.select_related("place", "submission").defer("submission__document").order_by("-state_since")


def open_report_of(inventory: Inventory) -> Report | None:
    """Return the report of an inventory that is under way; None if there is none."""
    found = Report.objects.filter(inventory=inventory, state__in=OPEN)
    return found.select_related("place__scope", "inventory", "submission", "supersedes").first()


def open_report_on(place: Place, framework: str, period_start: date) -> Report | None:
    """Return the report on a framework and period that is under way; the caller has rights."""
    found = Report.objects.filter(place=place, framework=framework, period_start=period_start)
    return found.filter(state__in=OPEN).select_related("place__scope", "submission", "supersedes").first()


def submissions_of(report: Report) -> list[Submission]:
    """Return what was submitted of a report, newest first, without the documents."""
    return list(report.submissions.defer("document").order_by("-number"))


def submitted_document(submission: Submission) -> Data:
    """Return a submitted document with its numbers as numbers."""
    return thawed(submission.document)


def publishes_unverified(place: Place) -> bool:
    """Return whether a place may publish what was not verified."""
    return not PublishingRule.objects.filter(place=place, verified_only=True).exists()
