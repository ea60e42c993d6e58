"""Beginning, submitting and taking back reports; and the one function that moves a report on."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from localaction.engine.exchange.signed.content import content_sha256
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.writing import take_turn
from localaction.platform.places.models import Place
from localaction.platform.reporting.document import frozen, thawed
from localaction.platform.reporting.errors import (
    NothingNewSinceReturned,
    NothingNewToSubmit,
    NotInThisState,
    OnlyVerified,
    ReportNotReady,
)
from localaction.platform.reporting.models import PublishingRule, Report, Submission
from localaction.platform.reporting.states import TRANSITIONS, State
from localaction.platform.reporting.subjects import Data, subject_of


@transaction.atomic
def report_of_inventory(*, actor: Actor, inventory: Inventory) -> Report:
    """Return the report under way of an inventory; begun as a draft if there is none."""
    require(actor, "inventory.view", inventory.scope_id)
    published = Report.objects.filter(inventory=inventory, state=State.PUBLISHED).first()
    report, made = Report.objects.exclude(state__in=[State.PUBLISHED, State.SUPERSEDED]).get_or_create(
        inventory=inventory,
        defaults={
            "place": inventory.place,
            "period_start": inventory.period_start,
            "period_end": inventory.period_end,
            "label_year": inventory.label_year,
            "supersedes": published,
        },
    )
    if made:
        record("reporting.report.begun", actor=actor, target=report, scope=inventory.place.scope)
    return report


@transaction.atomic
def begin_report(*, actor: Actor, place: Place, framework: str, edition: str, period: Period) -> Report:
    """Return the report under way for an edition of a framework and a period; begun if there is none.

    Raises ``NotAllowed``.
    """
    require(actor, "report.edit", place.scope_id, partly=True)
    about = {"place": place, "framework": framework, "period_start": period.start}
    published = Report.objects.filter(**about, state=State.PUBLISHED).first()
    report, made = Report.objects.exclude(state__in=[State.PUBLISHED, State.SUPERSEDED]).get_or_create(
        **about,
        defaults={
            "edition": edition,
            "period_end": period.end,
            "label_year": period.label_year,
            "supersedes": published,
        },
    )
    if made:
        record("reporting.report.begun", actor=actor, target=report, scope=place.scope)
    return report


def move(action: str, *, actor: Actor, report: Report, submission: Submission | None = None) -> str:
    """Move a report on by the table, and return the state it was in; called by the service that does it.

    The row is held from here on: of two people who do something at the same moment one is told that the
    report stands elsewhere by now. Raises ``NotAllowed`` or ``NotInThisState``.
    """
    transition = TRANSITIONS[action]
    require(actor, transition.right, report.scope_id)
    before = report.state
    changes: dict[str, object] = {"state": transition.target, "state_since": timezone.now()}
    if transition.target == State.DRAFT or submission is not None:
        changes["submission"] = submission
    moved = Report.objects.filter(pk=report.pk, state__in=transition.sources).update(**changes)
    report.refresh_from_db(fields=["state", "state_since", "submission"])
    if not moved:
        raise NotInThisState(
            state=State(report.state).label,
            what=transition.label,
            sources=" or ".join(str(source.label) for source in transition.sources),
        )
    return before


@transaction.atomic
def submit(*, actor: Actor, report: Report, note: str = "") -> Submission:
    """Freeze what a report states and hand it in for verification.

    Raises
    ------
    NotAllowed, NotInThisState
    ReportNotReady, NotComputed
        With the findings that stand in the way.
    NothingNewToSubmit, NothingNewSinceReturned
        If the same is published already, or was returned and the place says nothing about it.
    """
    require(actor, TRANSITIONS["submit"].right, report.scope_id)
    if report.inventory is not None:
        take_turn(report.inventory)
    else:
        _take_turn(report)
    subject = subject_of(report)
    if found := subject.in_the_way(report):
        raise ReportNotReady(found)
    content = subject.content(report)
    _require_news(report, content, note)
    submission = freeze(actor=actor, report=report, content=content, note=note)
    before = move("submit", actor=actor, report=report, submission=submission)
    after = {"number": submission.number, "content_sha256": submission.content_sha256}
    record(
        "reporting.report.submitted",
        actor=actor,
        target=report,
        scope=report.place.scope,
        before={"state": before},
        after=after,
        reason=note.strip(),
    )
    return submission


def _take_turn(report: Report) -> None:
    """Hold a report until the end: of two who submit at once one is told that it stands elsewhere by now."""
    Report.objects.filter(pk=report.pk).update(place=report.place_id)
    report.refresh_from_db(fields=["state", "submission"])


@transaction.atomic
def submit_inventory(*, actor: Actor, inventory: Inventory, note: str = "") -> Report:
    """Submit the report of an inventory, begun if there is none; otherwise as ``submit``."""
    report = report_of_inventory(actor=actor, inventory=inventory)
    submit(actor=actor, report=report, note=note)
    return report


def freeze(*, actor: Actor, report: Report, content: Data, note: str = "") -> Submission:
    """Write what a report states as the next submission; the caller moves the report on."""
    last = report.submissions.order_by("-number").values_list("number", flat=True).first()
    document = frozen(content)
    return Submission.objects.create(
        report=report,
        number=(last or 0) + 1,
        document=document,
        content_sha256=digest_of(document),
        note=note.strip(),
        submitted_by=user_of(actor),
    )


def digest_of(document: str) -> str:
    """Return the digest of the content of a frozen document, as the check of a published one computes it."""
    return content_sha256(json.loads(document))


def _require_news(report: Report, content: Data, note: str) -> None:
    """Refuse what says the same as what it would replace; the number of the computation is no news."""
    said = _said(content)
    earlier = report.supersedes.submission if report.supersedes is not None else None
    if earlier is not None and said == _said(thawed(earlier.document)):
        raise NothingNewToSubmit
    last = report.submission if report.state == State.RETURNED and not note.strip() else None
    if last is not None and said == _said(thawed(last.document)):
        raise NothingNewSinceReturned


def _said(content: Data) -> str:
    return frozen({name: part for name, part in content.items() if name != "run"})


@transaction.atomic
def withdraw(*, actor: Actor, report: Report, reason: str = "") -> Report:
    """Take a submitted report back before anybody reviews it; what was submitted stays in the record.

    Raises ``NotAllowed`` or ``NotInThisState``.
    """
    move("withdraw", actor=actor, report=report)
    record("reporting.report.withdrawn", actor=actor, target=report, scope=report.place.scope, reason=reason)
    return report


@transaction.atomic
def set_publishing_rule(*, actor: Actor, place: Place, verified_only: bool, reason: str) -> PublishingRule:
    """Say whether a place publishes only what was verified. Raises ``NotAllowed``."""
    require(actor, "report.assign", place.scope_id)
    before = PublishingRule.objects.filter(place=place).first()
    rule, _made = PublishingRule.objects.update_or_create(
        place=place, defaults={"verified_only": verified_only}
    )
    record(
        "reporting.rule.changed",
        actor=actor,
        target=place,
        before={"verified_only": before.verified_only if before else False},
        after={"verified_only": verified_only},
        reason=reason,
    )
    return rule


def require_unverified_allowed(place: Place) -> None:
    """Raise ``OnlyVerified`` if the place publishes only what was verified."""
    if PublishingRule.objects.filter(place=place, verified_only=True).exists():
        raise OnlyVerified(place=place.name)
