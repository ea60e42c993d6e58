"""The end of a review: a statement with its level of assurance, or a return with reasons."""

from __future__ import annotations

from django.db import transaction

from localaction.platform.accounts.rights import Actor, user_of
from localaction.platform.audit.services import record
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.submission import move
from localaction.platform.verification.errors import AlreadyDecided, BadStatement, StillOpen, TextNeeded
from localaction.platform.verification.models import Decision, Query, Review, SampledLine
from localaction.platform.verification.reviewing import require_reply_or_late, reviewer, take_turn


@transaction.atomic
def sign_statement(
    *, actor: Actor, report: Report, level: str, opinion: str, text: str, signed_as: str
) -> Decision:
    """Verify what was submitted: every line of the sample looked at, every query settled.

    Parameters
    ----------
    actor : User
        An assigned verifier who declared to have no part in it.
    report : Report
        In review.
    level : {"limited", "reasonable"}
        How much was done to be sure.
    opinion : {"unmodified", "qualified"}
        Without or with reservations; the text says which.
    text : str
        The statement.
    signed_as : str
        The name under which it is published: that of the body, or of the person if they wish.

    Raises
    ------
    StillOpen, BadStatement, TextNeeded, AlreadyDecided
        And what ``reviewer`` raises.
    """
    review = reviewer(actor, report)
    if level not in Decision.Level or opinion not in Decision.Opinion:
        raise BadStatement(what=f'"{level}", "{opinion}"')
    if not text.strip():
        raise TextNeeded(what="A statement", why="it is published beside the figures")
    if not signed_as.strip():
        raise TextNeeded(what="A signature", why="readers see under which name the statement was made")
    take_turn(report)
    _require_done(review)
    move("verify", actor=actor, report=report)
    decision = _decide(
        review,
        outcome=Decision.Outcome.VERIFIED,
        level=level,
        opinion=opinion,
        text=text.strip(),
        signed_as=signed_as.strip(),
        decided_by=user_of(actor),
    )
    after = {"level": level, "opinion": opinion}
    record("verification.statement.signed", actor=actor, target=report, scope=report.place.scope, after=after)
    return decision


@transaction.atomic
def return_report(*, actor: Actor, report: Report, reasons: str) -> Decision:
    """Give a report back to the place with reasons; the place corrects and submits again.

    Raises ``RightOfReply`` while a query may still be replied to, ``TextNeeded``, ``AlreadyDecided``, and
    what ``reviewer`` raises.
    """
    review = reviewer(actor, report)
    if not reasons.strip():
        raise TextNeeded(what="A return", why="the place has to know what to correct")
    take_turn(report)
    require_reply_or_late(list(Query.objects.filter(review=review)))
    move("return", actor=actor, report=report)
    decision = _decide(
        review, outcome=Decision.Outcome.RETURNED, text=reasons.strip(), decided_by=user_of(actor)
    )
    record(
        "verification.report.returned",
        actor=actor,
        target=report,
        scope=report.place.scope,
        reason=reasons.strip(),
    )
    return decision


def _decide(review: Review, **values: object) -> Decision:
    decision, made = Decision.objects.get_or_create(review=review, defaults=values)
    if not made:
        raise AlreadyDecided(outcome=Decision.Outcome(decision.outcome).label)
    return decision


def _require_done(review: Review) -> None:
    lines = SampledLine.objects.filter(review=review, found=SampledLine.Found.OPEN).count()
    queries = Query.objects.filter(review=review).exclude(status=Query.Status.SETTLED).count()
    if lines or queries:
        raise StillOpen(lines=lines, queries=queries)
