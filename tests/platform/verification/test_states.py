"""The table of states: every change from every state is done or refused as it says, and by whom it says."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.roles import ACTIONS
from localaction.platform.inventories.models import Inventory
from localaction.platform.reporting.errors import NotInThisState
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import OPEN, TRANSITIONS, State
from localaction.platform.reporting.submission import freeze, move, report_of_inventory
from tests.platform.accounts.make import person

pytestmark = pytest.mark.django_db


def report_in(state: str, inventory: Inventory) -> Report:
    """Return a report that stands in a state, however it came there."""
    report = report_of_inventory(actor=OPERATOR, inventory=inventory)
    if state != State.DRAFT:
        report.submission = freeze(actor=OPERATOR, report=report, content={"label_year": 2019})
    report.state = state
    report.save()
    return report


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", TRANSITIONS)
def test_every_change_from_every_state(action: str, state: State, inventory: Inventory) -> None:
    report = report_in(state, inventory)
    kept = report.submission
    transition = TRANSITIONS[action]
    given = kept or freeze(actor=OPERATOR, report=report, content={"label_year": 2019})
    submission = given if action == "submit" else None
    if state in transition.sources:
        assert move(action, actor=OPERATOR, report=report, submission=submission) == state
        assert report.state == transition.target
        assert (report.submission is None) == (transition.target == State.DRAFT)
    else:
        words = f"The report is {State(state).label}, so nobody can {transition.label} now"
        with pytest.raises(NotInThisState, match=words):
            move(action, actor=OPERATOR, report=report, submission=submission)
        assert (report.state, report.submission) == (state, kept)


@pytest.mark.parametrize("action", TRANSITIONS)
def test_every_change_needs_its_right(action: str, inventory: Inventory) -> None:
    transition = TRANSITIONS[action]
    report = report_in(transition.sources[0], inventory)
    with pytest.raises(NotAllowed) as refusal:
        move(action, actor=person("Nobody"), report=report)
    assert refusal.value.params["action"] == transition.right
    assert transition.right in ACTIONS


def test_every_state_can_be_reached_and_none_is_a_trap() -> None:
    reached = {transition.target for transition in TRANSITIONS.values()}
    left = {source for transition in TRANSITIONS.values() for source in transition.sources}
    assert reached | {State.DRAFT} == set(State)
    assert left == set(State)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_the_database_refuses_a_state_without_what_was_frozen(state: State, inventory: Inventory) -> None:
    report = report_in(State.DRAFT, inventory)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=state)


def test_the_database_refuses_an_unknown_state(inventory: Inventory) -> None:
    report = report_in(State.SUBMITTED, inventory)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="lost")


def test_one_report_is_under_way_and_one_is_published(officer: User, inventory: Inventory) -> None:
    report = report_in(State.PUBLISHED, inventory)
    later = report_in(State.IN_REVIEW, inventory)
    assert later.supersedes == report
    assert report_of_inventory(actor=officer, inventory=inventory) == later
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=later.pk).update(state=State.PUBLISHED)
    for state in OPEN:
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(state=state)
