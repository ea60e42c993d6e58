"""Submitting freezes what stands; it is taken back, submitted again, and never the same twice for nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.queries import events_of
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.places.models import Place
from localaction.platform.publication.errors import PublishedElsewhere
from localaction.platform.publication.services import publish, publish_report
from localaction.platform.reporting.errors import (
    NotComputed,
    NothingNewToSubmit,
    NotInThisState,
    OnlyVerified,
    ReportNotFound,
    ReportNotReady,
)
from localaction.platform.reporting.models import Submission
from localaction.platform.reporting.queries import open_report_of, report_for, submitted_document
from localaction.platform.reporting.states import State
from localaction.platform.reporting.submission import (
    report_of_inventory,
    set_publishing_rule,
    submit,
    withdraw,
)
from tests.platform.accounts.make import place, with_role
from tests.platform.inventories.make import GAS, save
from tests.platform.verification.make import submitted

pytestmark = pytest.mark.django_db


def change(officer: User, inventory: Inventory, amount: str) -> None:
    row = rows_of(inventory, "I.1.1")[0]
    values = {**GAS, "amount": amount}
    save_row(actor=officer, inventory=inventory, values=values, row_key=row.row_key, seen=row.number)
    compute(actor=officer, inventory=inventory)


def test_what_is_submitted_is_frozen(officer: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    assert (report.state, report.submission.number) == (State.SUBMITTED, 1)
    change(officer, ready, "7")
    assert submitted_document(report.submission)["rows"][0]["amount"] == "5"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Submission.objects.update(document="{}")
    assert [event.verb for event in events_of(report)] == [
        "reporting.report.submitted",
        "reporting.report.begun",
    ]


def test_what_is_not_ready_is_not_submitted(officer: User, inventory: Inventory) -> None:
    report = report_of_inventory(actor=officer, inventory=inventory)
    with pytest.raises(NotComputed):
        submit(actor=officer, report=report)
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    with pytest.raises(ReportNotReady, match=r"cannot be submitted yet: \d+ things are left") as refusal:
        submit(actor=officer, report=report)
    assert any(finding.ref == "I.1.2" for finding in refusal.value.findings)
    assert not Submission.objects.exists()


def test_a_report_is_taken_back_until_somebody_reviews_it(officer: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    withdraw(actor=officer, report=report, reason="A row is missing.")
    assert (report.state, report.submission) == (State.DRAFT, None)
    with pytest.raises(NotInThisState, match="The report is draft, so nobody can take back now"):
        withdraw(actor=officer, report=report)
    change(officer, ready, "7")
    assert submit(actor=officer, report=report).number == 2


def test_the_same_is_not_submitted_after_it_was_published(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    report = report_of_inventory(actor=officer, inventory=ready)
    with pytest.raises(NothingNewToSubmit, match="Nothing changed since the report was published"):
        submit(actor=officer, report=report)


def test_publishing_without_verification_passes_through_the_same_states(
    officer: User, ready: Inventory
) -> None:
    publication = publish(actor=officer, inventory=ready)
    first = publication.report
    assert first is not None
    assert first.state == State.PUBLISHED
    assert open_report_of(ready) is None
    change(officer, ready, "7")
    later = publish(actor=officer, inventory=ready, reason="A meter was read wrongly.").report
    first.refresh_from_db()
    assert later is not None
    assert (first.state, later.state, later.supersedes) == (State.SUPERSEDED, State.PUBLISHED, first)


def test_a_submitted_report_is_published_as_it_stands_now(officer: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    change(officer, ready, "7")
    publication = publish(actor=officer, inventory=ready)
    report.refresh_from_db()
    assert publication.report == report
    assert report.submission.number == 2


def test_a_place_can_publish_only_what_was_verified(officer: User, ready: Inventory, london: Place) -> None:
    with pytest.raises(NotAllowed):
        set_publishing_rule(actor=officer, place=london, verified_only=True, reason="Council decision.")
    set_publishing_rule(actor=OPERATOR, place=london, verified_only=True, reason="Council decision.")
    with pytest.raises(OnlyVerified, match="London publishes only reports that were verified"):
        publish(actor=officer, inventory=ready)
    assert open_report_of(ready) is None


def test_reports_of_other_places_are_not_there(officer: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    stranger = with_role("officer", place("FR-PAR", "Paris"), name="Paul")
    with pytest.raises(ReportNotFound, match="There is no such report, or your role does not let you see it"):
        report_for(stranger, report.public_id)
    with pytest.raises(NotAllowed):
        submit(actor=stranger, report=report)


def test_an_inventory_is_published_as_one(officer: User, ready: Inventory) -> None:
    with pytest.raises(PublishedElsewhere, match="Publish it from the page of the inventory"):
        publish_report(actor=officer, report=submitted(officer, ready))
