"""The review: begun with a declaration and a sample, then line by line and query by query."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from localaction.engine.sampling import drawn
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.reporting.document import thawed
from localaction.platform.reporting.errors import NotInThisState
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import TRANSITIONS, State
from localaction.platform.reporting.subjects import Line, subject_of
from localaction.platform.reporting.submission import move
from localaction.platform.verification.assigning import assignment_of, require_verifier
from localaction.platform.verification.errors import (
    BadDueDate,
    FigureNotThere,
    LineNotSampled,
    NotDeclared,
    QueryNotFound,
    QuerySettled,
    RightOfReply,
    TextNeeded,
)
from localaction.platform.verification.models import Message, Query, Review, SampledLine

SAMPLE_LINES = 10
SEED_BYTES = 16
UNDER_REVIEW = (State.IN_REVIEW, State.QUERIED)


@transaction.atomic
def begin_review(
    *, actor: Actor, report: Report, no_part_in_it: bool, wanted: int = SAMPLE_LINES, seed: str = ""
) -> Review:
    """Begin the review of what was submitted: the verifier declares, the sample is drawn.

    Parameters
    ----------
    actor : User
        An assigned verifier.
    report : Report
        A submitted report.
    no_part_in_it : bool
        The declaration that they neither work for the place nor had a part in the figures.
    wanted : int, optional
        About how many lines to sample.
    seed : str, optional
        What the sample is drawn from; random without it, and kept in the record either way.

    Raises
    ------
    NotAllowed, NotAssigned, ConflictOfInterest, NotDeclared, NotInThisState
    """
    user = require_verifier(actor, report)
    if not no_part_in_it:
        raise NotDeclared
    move("begin", actor=actor, report=report)
    if report.submission is None:
        raise ValueError("a submitted report has its submission; the database sees to it")
    assignment = assignment_of(report, user)
    assignment.declared_at = timezone.now()
    assignment.save(update_fields=["declared_at"])
    review = Review.objects.create(
        submission=report.submission,
        seed=seed or secrets.token_hex(SEED_BYTES),
        wanted=wanted,
        begun_by=user,
    )
    _draw(review, lines_of(report))
    record(
        "verification.review.begun",
        actor=actor,
        target=report,
        scope=report.place.scope,
        after={"seed": review.seed, "wanted": wanted},
    )
    return review


def lines_of(report: Report) -> list[Line]:
    """Return the figures of what was submitted last."""
    if report.submission is None:
        return []
    return list(subject_of(report).lines(thawed(report.submission.document)))


def _draw(review: Review, lines: list[Line]) -> None:
    sample = drawn([line.size for line in lines], review.wanted, review.seed)
    SampledLine.objects.bulk_create(
        SampledLine(
            review=review,
            key=lines[each.index].key,
            label=lines[each.index].label[:300],
            share=each.share,
            certain=each.certain,
        )
        for each in sample
    )


@transaction.atomic
def declare(*, actor: Actor, report: Report, no_part_in_it: bool) -> None:
    """Declare, as a verifier who joins a review under way, to have no part in the report."""
    user = require_verifier(actor, report)
    if not no_part_in_it:
        raise NotDeclared
    assignment = assignment_of(report, user)
    assignment.declared_at = timezone.now()
    assignment.save(update_fields=["declared_at"])
    record("verification.verifier.declared", actor=actor, target=report, scope=report.place.scope)


def reviewer(actor: Actor, report: Report) -> Review:
    """Return the review under way if the actor may work on it.

    Raises ``NotAllowed``, ``NotAssigned``, ``ConflictOfInterest``, ``NotDeclared`` or ``NotInThisState``.
    """
    user = require_verifier(actor, report)
    report.refresh_from_db(fields=["state", "submission"])
    review = Review.objects.filter(submission=report.submission_id).first()
    if review is None or report.state not in UNDER_REVIEW:
        raise NotInThisState(
            state=State(report.state).label,
            what="work on its review",
            sources=" or ".join(str(state.label) for state in UNDER_REVIEW),
        )
    if assignment_of(report, user).declared_at is None:
        raise NotDeclared
    return review


@transaction.atomic
def look_at(*, actor: Actor, report: Report, key: str, found: str, note: str = "") -> SampledLine:
    """Note what comparing a sampled line with its evidence found; it can be noted anew until the decision.

    Raises ``LineNotSampled``, ``TextNeeded`` and what ``reviewer`` raises.
    """
    review = reviewer(actor, report)
    take_turn(report)  # nothing is noted anew while somebody signs
    line = SampledLine.objects.filter(review=review, key=key).first()
    if line is None or found not in (SampledLine.Found.AGREES, SampledLine.Found.DIFFERS):
        raise LineNotSampled(key=key)
    if found == SampledLine.Found.DIFFERS and not note.strip():
        raise TextNeeded(what="A difference", why="readers of the statement see what differs")
    before = {"found": line.found, "note": line.note}
    line.found, line.note = found, note.strip()
    line.looked_at, line.looked_by = timezone.now(), user_of(actor)
    line.save(update_fields=["found", "note", "looked_at", "looked_by"])
    record(
        "verification.line.looked_at",
        actor=actor,
        target=report,
        scope=report.place.scope,
        before={"line": key, **before},
        after={"found": found, "note": line.note},
    )
    return line


@transaction.atomic
def ask(*, actor: Actor, report: Report, key: str, text: str, due_on: date) -> Query:
    """Ask the place about a figure, or about the report as a whole if ``key`` is empty.

    Raises ``FigureNotThere``, ``TextNeeded``, ``BadDueDate`` and what ``reviewer`` raises.
    """
    review = reviewer(actor, report)
    _require_text(text, "A query")
    _require_due(due_on)
    label = "" if not key else {line.key: line.label for line in lines_of(report)}.get(key)
    if label is None:
        raise FigureNotThere(key=key)
    move("ask", actor=actor, report=report)
    query = Query.objects.create(review=review, key=key, label=label[:300], due_on=due_on)
    _say(query, Message.Side.VERIFIER, text, actor)
    _record("verification.query.asked", actor, report, query)
    return query


@transaction.atomic
def ask_again(*, actor: Actor, report: Report, query: Query, text: str, due_on: date) -> Query:
    """Ask further about what was replied, with a new day.

    Raises ``QuerySettled``, ``TextNeeded``, ``BadDueDate`` and what ``reviewer`` raises.
    """
    reviewer(actor, report)
    _require_text(text, "A query")
    _require_due(due_on)
    move("ask", actor=actor, report=report)
    query = _held(query)
    query.due_on, query.status = due_on, Query.Status.ASKED
    query.save(update_fields=["due_on", "status"])
    _say(query, Message.Side.VERIFIER, text, actor)
    _record("verification.query.asked_again", actor, report, query)
    return query


@transaction.atomic
def reply(*, actor: Actor, report: Report, query: Query, text: str) -> Query:
    """Reply for the place; late replies are taken as well. With the last one the review goes on.

    Raises ``NotAllowed``, ``NotInThisState``, ``QuerySettled`` or ``TextNeeded``.
    """
    require(actor, TRANSITIONS["reply"].right, report.scope_id)
    _require_text(text, "A reply")
    take_turn(report)
    query = _held(query)
    query.status = Query.Status.REPLIED
    query.save(update_fields=["status"])
    _say(query, Message.Side.PLACE, text, actor)
    if report.state == State.QUERIED and not waiting(query.review_id):
        move("reply", actor=actor, report=report)
    _record("verification.query.replied", actor, report, query)
    return query


@transaction.atomic
def settle(*, actor: Actor, report: Report, query: Query, text: str) -> Query:
    """Close a query with what came of it: after a reply, or once the day of the reply is over.

    Raises ``RightOfReply``, ``QuerySettled``, ``TextNeeded`` and what ``reviewer`` raises.
    """
    reviewer(actor, report)
    _require_text(text, "What came of a query")
    take_turn(report)
    query = _held(query)
    require_reply_or_late([query])
    query.status = Query.Status.SETTLED
    query.save(update_fields=["status"])
    _say(query, Message.Side.VERIFIER, text, actor)
    if report.state == State.QUERIED and not waiting(query.review_id):
        move("settle", actor=actor, report=report)
    _record("verification.query.settled", actor, report, query)
    return query


def waiting(review_id: int) -> bool:
    """Return whether a query of a review waits for a reply."""
    return Query.objects.filter(review=review_id, status=Query.Status.ASKED).exists()


def require_reply_or_late(queries: list[Query]) -> None:
    """Raise ``RightOfReply`` if a query waits for a reply whose day is not over."""
    today = timezone.now().date()
    early = [query for query in queries if query.status == Query.Status.ASKED and query.due_on >= today]
    if early:
        raise RightOfReply(count=len(early), day=max(query.due_on for query in early).isoformat())


def take_turn(report: Report) -> None:
    """Hold the report until the end, in the states in which queries live. Raises ``NotInThisState``."""
    held = Report.objects.filter(pk=report.pk, state__in=UNDER_REVIEW)
    found = held.update(place=report.place_id)
    report.refresh_from_db(fields=["state", "submission"])
    if not found:
        raise NotInThisState(
            state=State(report.state).label,
            what="work on its queries",
            sources=" or ".join(str(state.label) for state in UNDER_REVIEW),
        )


def _held(query: Query) -> Query:
    """Return the query as it stands now. Raises ``QuerySettled``, ``QueryNotFound`` for an older review."""
    query.refresh_from_db()
    if query.review.submission.report.submission_id != query.review.submission_id:
        raise QueryNotFound
    if query.status == Query.Status.SETTLED:
        raise QuerySettled
    return query


def _say(query: Query, side: str, text: str, actor: Actor) -> None:
    Message.objects.create(query=query, side=side, text=text.strip(), author=user_of(actor))


def _require_text(text: str, what: str) -> None:
    if not text.strip():
        raise TextNeeded(what=what, why="whoever reads the record later has nothing else")


def _require_due(due_on: date) -> None:
    if due_on <= timezone.now().date():
        raise BadDueDate(day=due_on.isoformat())


def _record(verb: str, actor: Actor, report: Report, query: Query) -> None:
    after = {"query": query.public_id, "figure": query.key, "due_on": query.due_on}
    record(verb, actor=actor, target=report, scope=report.place.scope, after=after)
