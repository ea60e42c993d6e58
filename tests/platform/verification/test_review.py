"""The whole arc: assigned, begun, looked at, queried, replied, decided, published."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.services import grant_role, revoke
from localaction.platform.audit.queries import events_of
from localaction.platform.inventories.models import Inventory
from localaction.platform.networks.services import create_office
from localaction.platform.places.models import Place
from localaction.platform.publication.errors import ChangedSinceVerified, UnderReview
from localaction.platform.publication.services import publish
from localaction.platform.reporting.errors import NothingNewSinceReturned, NotInThisState
from localaction.platform.reporting.states import State
from localaction.platform.reporting.submission import submit
from localaction.platform.verification import errors
from localaction.platform.verification.models import Message, Query
from localaction.platform.verification.queries import queries_to_answer, queue_for, review_of, statement_of
from localaction.platform.verification.services import (
    ask,
    ask_again,
    assign,
    begin_review,
    look_at,
    reply,
    return_report,
    settle,
    sign_statement,
    unassign,
)
from tests.platform.accounts.make import person
from tests.platform.verification.make import (
    STATEMENT,
    all_agree,
    in_days,
    in_review,
    queried,
    settled,
    submitted,
    verified,
)
from tests.platform.verification.test_submission import change

pytestmark = pytest.mark.django_db


def test_nobody_assigns_themselves(officer: User, verifier: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    office = create_office(actor=OPERATOR, code="north", name="North", places=[ready.place])
    grant_role(actor=OPERATOR, user=verifier, role="staff", scope=office.scope)
    with pytest.raises(errors.ConflictOfInterest, match="nobody assigns themselves"):
        assign(actor=verifier, report=report, verifier=verifier)
    assign(actor=OPERATOR, report=report, verifier=verifier)


def test_who_may_change_the_figures_from_anywhere_does_not_check_them(
    officer: User, verifier: User, ready: Inventory
) -> None:
    report = submitted(officer, ready)
    grant_role(actor=OPERATOR, user=verifier, role="administrator", scope=None)
    with pytest.raises(errors.ConflictOfInterest, match="lets them change or submit its figures"):
        assign(actor=OPERATOR, report=report, verifier=verifier)


def test_the_whole_arc(officer: User, verifier: User, ready: Inventory) -> None:
    report = in_review(officer, verifier, ready)
    review = review_of(report)
    assert review is not None
    assert [line.key for line in review.sample.all()] == ["I.1.1#1"]
    query = queried(verifier, report, "I.1.1#1")
    assert report.state == State.QUERIED
    assert queries_to_answer(officer) == [query]
    with pytest.raises(UnderReview, match="The report is queried: somebody checks it now"):
        publish(actor=officer, inventory=ready)
    reply(actor=officer, report=report, query=query, text="It is on page 4.")
    assert report.state == State.IN_REVIEW
    settled(verifier, report, query)
    verified(verifier, report)
    assert report.state == State.VERIFIED
    publication = publish(actor=officer, inventory=ready)
    report.refresh_from_db()
    assert report.state == State.PUBLISHED
    said = json.loads(publication.document)["submission"]
    assert said["verification"]["level"] == "limited"
    assert said["verification"]["statement"] == STATEMENT
    assert said["verification"]["sample"] == {
        "seed": "seed",
        "wanted": 10,
        "lines": [{"key": "I.1.1#1", "found": "agrees", "note": ""}],
    }
    assert "Vera" not in publication.document  # the statement is signed as the verifier wishes
    assert [event.verb for event in events_of(report)][::-1] == [
        "reporting.report.begun",
        "reporting.report.submitted",
        "verification.verifier.assigned",
        "verification.review.begun",
        "verification.query.asked",
        "verification.query.replied",
        "verification.query.settled",
        "verification.line.looked_at",
        "verification.statement.signed",
    ]


class TestConflictOfInterest:
    def test_whoever_holds_a_role_at_the_place(
        self, officer: User, verifier: User, ready: Inventory, london: Place
    ) -> None:
        grant_role(actor=OPERATOR, user=verifier, role="viewer", scope=london.scope)
        report = submitted(officer, ready)
        words = "Vera cannot verify this report: they hold or held the role viewer at London"
        with pytest.raises(errors.ConflictOfInterest, match=words):
            assign(actor=OPERATOR, report=report, verifier=verifier)

    def test_also_if_the_role_ended(
        self, officer: User, verifier: User, ready: Inventory, london: Place
    ) -> None:
        grant = grant_role(actor=OPERATOR, user=verifier, role="viewer", scope=london.scope)
        revoke(actor=OPERATOR, grant=grant, reason="Left.")
        with pytest.raises(errors.ConflictOfInterest):
            assign(actor=OPERATOR, report=submitted(officer, ready), verifier=verifier)

    def test_whoever_entered_figures(self, officer: User, ready: Inventory) -> None:
        editor = person("Eve")
        grant_role(actor=OPERATOR, user=editor, role="administrator")
        change(editor, ready, "7")
        words = "they entered or computed figures of it"
        with pytest.raises(errors.ConflictOfInterest, match=words):
            assign(actor=OPERATOR, report=submitted(officer, ready), verifier=editor)

    def test_whoever_submitted_it(self, officer: User, ready: Inventory) -> None:
        admin = person("Eve")
        grant_role(actor=OPERATOR, user=admin, role="administrator")
        report = submitted(admin, ready)
        with pytest.raises(errors.ConflictOfInterest, match="they submitted it"):
            assign(actor=OPERATOR, report=report, verifier=admin)

    def test_a_role_given_after_the_review_began(
        self, officer: User, verifier: User, ready: Inventory, london: Place
    ) -> None:
        report = in_review(officer, verifier, ready)
        all_agree(verifier, report)
        grant_role(actor=OPERATOR, user=verifier, role="officer", scope=london.scope)
        with pytest.raises(errors.ConflictOfInterest):
            verified(verifier, report)

    def test_what_only_the_verifier_knows_is_declared(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = submitted(officer, ready)
        assign(actor=OPERATOR, report=report, verifier=verifier)
        with pytest.raises(errors.NotDeclared, match="declares to have no part in the report"):
            begin_review(actor=verifier, report=report, no_part_in_it=False)
        assert report.state == State.SUBMITTED

    def test_a_verifier_at_the_place_alone_is_none(
        self, officer: User, ready: Inventory, london: Place
    ) -> None:
        checker = person("Vic")
        grant_role(actor=OPERATOR, user=checker, role="verifier", scope=london.scope)
        assign(actor=OPERATOR, report=submitted(officer, ready), verifier=checker)


def test_only_who_may_assigns_and_only_who_may_verifies(
    officer: User, verifier: User, second: User, ready: Inventory
) -> None:
    report = submitted(officer, ready)
    with pytest.raises(NotAllowed, match="Assign reports to verifiers"):
        assign(actor=officer, report=report, verifier=verifier)
    with pytest.raises(errors.MayNotVerify, match="Olga has no role with which to verify reports of London"):
        assign(actor=OPERATOR, report=report, verifier=person("Olga"))
    assign(actor=OPERATOR, report=report, verifier=verifier)
    with pytest.raises(errors.AlreadyAssigned):
        assign(actor=OPERATOR, report=report, verifier=verifier)
    with pytest.raises(errors.NotAssigned, match="This report is not assigned to Viktor"):
        begin_review(actor=second, report=report, no_part_in_it=True)
    with pytest.raises(NotAllowed):
        begin_review(actor=officer, report=report, no_part_in_it=True)


def test_a_verifier_steps_back_with_a_reason(officer: User, verifier: User, ready: Inventory) -> None:
    report = in_review(officer, verifier, ready)
    with pytest.raises(errors.TextNeeded):
        unassign(actor=verifier, report=report, verifier=verifier, reason=" ")
    unassign(actor=verifier, report=report, verifier=verifier, reason="No time left.")
    with pytest.raises(errors.NotAssigned):
        all_agree(verifier, report)
    assert not queue_for(verifier)


def test_a_second_verifier_declares_too(
    officer: User, verifier: User, second: User, ready: Inventory
) -> None:
    report = in_review(officer, verifier, ready)
    assign(actor=OPERATOR, report=report, verifier=second)
    with pytest.raises(errors.NotDeclared):
        queried(second, report)
    from localaction.platform.verification.services import declare

    declare(actor=second, report=report, no_part_in_it=True)
    queried(second, report)


class TestQueries:
    def test_the_place_replies_before_anybody_decides(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        words = "The place has the right to reply first, until .* \\(queries that wait: 1\\)"
        with pytest.raises(errors.RightOfReply, match=words):
            settle(actor=verifier, report=report, query=query, text="Never mind.")
        with pytest.raises(errors.RightOfReply):
            return_report(actor=verifier, report=report, reasons="Evidence is missing.")
        assert report.state == State.QUERIED
        report.refresh_from_db()
        assert report.state == State.QUERIED

    def test_a_late_place_is_not_waited_for(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        Query.objects.filter(pk=query.pk).update(due_on=timezone.now().date() - timedelta(days=1))
        settle(actor=verifier, report=report, query=query, text="No reply came; the line is small.")
        assert report.state == State.IN_REVIEW

    def test_a_late_reply_is_taken(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        Query.objects.filter(pk=query.pk).update(due_on=timezone.now().date() - timedelta(days=1))
        reply(actor=officer, report=report, query=query, text="Sorry, here it is.")
        assert report.state == State.IN_REVIEW

    def test_the_review_goes_on_with_the_last_reply(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = in_review(officer, verifier, ready)
        one, other = queried(verifier, report), queried(verifier, report, "I.1.1#1")
        reply(actor=officer, report=report, query=one, text="Page 4.")
        assert report.state == State.QUERIED
        reply(actor=officer, report=report, query=other, text="Page 5.")
        assert report.state == State.IN_REVIEW

    def test_asking_again_sets_a_new_day(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        reply(actor=officer, report=report, query=query, text="Page 4.")
        ask_again(actor=verifier, report=report, query=query, text="Page 4 ends in May.", due_on=in_days(9))
        query.refresh_from_db()
        assert (report.state, query.status, query.due_on) == (State.QUERIED, "asked", in_days(9))
        assert [message.side for message in query.messages.all()] == ["verifier", "place", "verifier"]

    def test_what_is_settled_stays_so(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        reply(actor=officer, report=report, query=query, text="Page 4.")
        settled(verifier, report, query)
        with pytest.raises(errors.QuerySettled):
            reply(actor=officer, report=report, query=query, text="And page 5.")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Message.objects.update(text="other")

    def test_wrong_queries(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        with pytest.raises(errors.BadDueDate, match="that is not after today"):
            queried(verifier, report, days=0)
        with pytest.raises(errors.FigureNotThere, match=r"There is no figure I\.9\.9"):
            queried(verifier, report, "I.9.9")
        with pytest.raises(errors.TextNeeded, match="A query needs a text"):
            ask(actor=verifier, report=report, key="", text=" ", due_on=in_days(3))
        assert report.state == State.IN_REVIEW
        with pytest.raises(NotAllowed):
            reply(actor=verifier, report=report, query=Query(), text="I answer myself.")


class TestDecision:
    def test_not_before_everything_was_looked_at(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = in_review(officer, verifier, ready)
        query = queried(verifier, report)
        reply(actor=officer, report=report, query=query, text="Page 4.")
        words = "Lines of the sample to look at: 1; queries to settle: 1"
        values = {"level": "limited", "opinion": "unmodified", "text": STATEMENT, "signed_as": "X"}
        with pytest.raises(errors.StillOpen, match=words):
            sign_statement(actor=verifier, report=report, **values)
        report.refresh_from_db()
        assert report.state == State.IN_REVIEW
        assert statement_of(report) is None

    def test_a_difference_is_described(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        with pytest.raises(errors.TextNeeded, match="A difference needs a text"):
            look_at(actor=verifier, report=report, key="I.1.1#1", found="differs")
        with pytest.raises(errors.LineNotSampled):
            look_at(actor=verifier, report=report, key="I.9.9#1", found="agrees")

    @pytest.mark.parametrize(("name", "value"), [("level", "total"), ("opinion", "happy")])
    def test_level_and_opinion_are_those_there_are(
        self, officer: User, verifier: User, ready: Inventory, name: str, value: str
    ) -> None:
        report = in_review(officer, verifier, ready)
        values = {"level": "limited", "opinion": "unmodified", "text": STATEMENT, "signed_as": "X"}
        with pytest.raises(errors.BadStatement, match="limited or reasonable"):
            sign_statement(actor=verifier, report=report, **values | {name: value})

    def test_a_returned_report_is_corrected_and_submitted_again(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = in_review(officer, verifier, ready)
        return_report(actor=verifier, report=report, reasons="December is missing.")
        assert report.state == State.RETURNED
        with pytest.raises(NothingNewSinceReturned, match="say in the note why it is right as it stands"):
            submit(actor=officer, report=report)
        change(officer, ready, "7")
        submit(actor=officer, report=report, note="December was added.")
        begin_review(actor=verifier, report=report, no_part_in_it=True, seed="other")
        verified(verifier, report)
        document = json.loads(publish(actor=officer, inventory=ready).document)
        assert document["submission"]["number"] == 2
        assert document["submission"]["returned"][0]["reasons"] == "December is missing."

    def test_what_was_verified_is_what_is_published(
        self, officer: User, verifier: User, ready: Inventory
    ) -> None:
        report = in_review(officer, verifier, ready)
        verified(verifier, report)
        change(officer, ready, "7")
        with pytest.raises(ChangedSinceVerified, match="the statement is not one about them"):
            publish(actor=officer, inventory=ready)

    def test_a_decision_stands(self, officer: User, verifier: User, ready: Inventory) -> None:
        report = in_review(officer, verifier, ready)
        verified(verifier, report)
        with pytest.raises(NotInThisState, match="The report is verified"):
            return_report(actor=verifier, report=report, reasons="On second thoughts.")
