"""Two verifiers at the same moment: one decides, the other is told; a reply and a return never cross."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.reporting.errors import NotInThisState
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import State
from localaction.platform.verification.models import Decision
from localaction.platform.verification.services import assign, begin_review, declare, return_report
from tests.platform.values.test_two_at_once import at_once
from tests.platform.verification.make import all_agree, in_review, submitted, verified

pytestmark = pytest.mark.django_db(transaction=True)


def again(report: Report) -> Report:
    """Return the report as another request reads it."""
    return Report.objects.select_related("place__scope", "inventory", "submission").get(pk=report.pk)


def test_one_begins_the_review(officer: User, verifier: User, second: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    for each in (verifier, second):
        assign(actor=OPERATOR, report=report, verifier=each)
    one, other = again(report), again(report)
    done = at_once(
        lambda: begin_review(actor=verifier, report=one, no_part_in_it=True),
        lambda: begin_review(actor=second, report=other, no_part_in_it=True),
    )
    refused = [error for future in done if (error := future.exception()) is not None]
    assert [type(error) for error in refused] == [NotInThisState]
    assert again(report).state == State.IN_REVIEW


def test_one_decides(officer: User, verifier: User, second: User, ready: Inventory) -> None:
    report = in_review(officer, verifier, ready)
    assign(actor=OPERATOR, report=report, verifier=second)
    declare(actor=second, report=report, no_part_in_it=True)
    all_agree(verifier, report)
    one, other = again(report), again(report)
    done = at_once(
        lambda: verified(verifier, one),
        lambda: return_report(actor=second, report=other, reasons="December is missing."),
    )
    refused = [error for future in done if (error := future.exception()) is not None]
    assert [type(error) for error in refused] == [NotInThisState]
    decision = Decision.objects.get()
    assert again(report).state == decision.outcome
