"""Reading reviews: every function takes the actor, or a report that a query of reporting returned."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import (
    Actor,
    allowed,
    people_who_may,
    scope_ids,
    user_of,
)
from localaction.platform.reporting.errors import ReportNotFound
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import State
from localaction.platform.verification.conflicts import conflict_of
from localaction.platform.verification.errors import QueryNotFound
from localaction.platform.verification.models import Assignment, Decision, Query, Review

VERIFY, ASSIGN = "report.verify", "report.assign"
IN_HAND = (State.SUBMITTED, State.IN_REVIEW, State.QUERIED)
READ_AT_MOST = 200


class Queued(NamedTuple):
    """One report in the queue."""

    report: Report
    verifiers: int
    mine: bool
    waiting: int
    replied: int
    due_on: date | None


def queue_for(actor: Actor, limit: int = READ_AT_MOST) -> list[Queued]:
    """Return the reports in hand that the actor verifies or assigns, the longest waiting first; few queries.

    A verifier sees what is assigned to them; who assigns sees all of their places.
    """
    user = user_of(actor)
    mine = Q(assignments__verifier=user, assignments__ended_at=None) if user else Q(pk=None)
    sees = Q(place__scope_id__in=scope_ids(actor, ASSIGN)) | mine
    found = Report.objects.filter(sees, state__in=IN_HAND).distinct().order_by("state_since", "pk")
    rows = found.select_related("place").defer("submission__document")[:limit]
    reports = list(rows)
    assigned = _assigned(reports)
    asked = _asked(reports)
    return [
        Queued(
            report,
            len(assigned.get(report.pk, ())),
            user is not None and user.pk in assigned.get(report.pk, ()),
            *asked.get(report.submission_id or 0, (0, 0, None)),
        )
        for report in reports
    ]


def _assigned(reports: Sequence[Report]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Assignment.objects.filter(report__in=reports, ended_at=None)
    for report_id, verifier_id in rows.values_list("report_id", "verifier_id"):
        found.setdefault(report_id, set()).add(verifier_id)
    return found


def _asked(reports: Sequence[Report]) -> dict[int, tuple[int, int, date | None]]:
    submissions = [report.submission_id for report in reports if report.submission_id]
    asked = Q(queries__status=Query.Status.ASKED)
    rows = Review.objects.filter(submission__in=submissions).annotate(
        waiting=Count("queries", filter=asked),
        replied=Count("queries", filter=Q(queries__status=Query.Status.REPLIED)),
        due=Min("queries__due_on", filter=asked),
    )
    return {row.submission_id: (row.waiting, row.replied, row.due) for row in rows}


def report_to_review(actor: Actor, public_id: uuid.UUID | str) -> Report:
    """Return a report to who verifies or assigns it. Raises ``ReportNotFound``."""
    found = Report.objects.select_related("place__scope", "inventory", "submission", "supersedes")
    report = found.filter(public_id=public_id).first()
    if report is None or not (is_assigned(actor, report) or allowed(actor, ASSIGN, report.scope_id)):
        raise ReportNotFound
    return report


def is_assigned(actor: Actor, report: Report) -> bool:
    """Return whether the actor is assigned to a report today and still may verify."""
    user = user_of(actor)
    if user is None or not allowed(actor, VERIFY, report.scope_id):
        return False
    return Assignment.objects.filter(report=report, verifier=user, ended_at=None).exists()


def assignments_of(report: Report) -> list[Assignment]:
    """Return who is assigned to a report now."""
    return list(report.assignments.filter(ended_at=None).select_related("verifier"))


def review_of(report: Report) -> Review | None:
    """Return the review of what was submitted last, with sample, queries, messages and decision."""
    if report.submission_id is None:
        return None
    return _whole(Review.objects.filter(submission=report.submission_id)).first()


def reviews_of(report: Report) -> list[Review]:
    """Return every review of a report, newest first: what was returned stays in the record."""
    return list(_whole(Review.objects.filter(submission__report=report)).order_by("-pk"))


def _whole(found: QuerySet[Review]) -> QuerySet[Review]:
    queries = Query.objects.prefetch_related("messages")
    return found.select_related("decision", "submission").prefetch_related(
        "sample", Prefetch("queries", queries)
    )


def query_of(report: Report, public_id: uuid.UUID | str) -> Query:
    """Return a query on what was submitted last. Raises ``QueryNotFound``."""
    found = Query.objects.filter(public_id=public_id, review__submission=report.submission_id)
    query = found.select_related("review__submission__report").first()
    if query is None:
        raise QueryNotFound
    return query


def queries_to_answer(actor: Actor) -> list[Query]:
    """Return the queries that wait for a reply of the actor's places, the most urgent first; one query."""
    scopes = scope_ids(actor, "report.submit")
    found = Query.objects.filter(
        status=Query.Status.ASKED, review__submission__report__place__scope_id__in=scopes
    )
    rows = found.select_related("review__submission__report__place").defer("review__submission__document")
    return list(rows.order_by("due_on", "pk")[:READ_AT_MOST])


def candidates(actor: Actor, report: Report) -> list[tuple[User, str]]:
    """Return who could verify a report, each with what speaks against it (empty: nothing).

    Empty for people who may not assign.
    """
    if not allowed(actor, ASSIGN, report.scope_id):
        return []
    return [(user, conflict_of(user, report)) for user in people_who_may(VERIFY, report.scope_id)]


def statement_of(report: Report) -> dict[str, Any] | None:
    """Return the statement on what was submitted last as a document carries it; None without one."""
    review = review_of(report)
    decision = getattr(review, "decision", None) if review is not None else None
    if review is None or decision is None or decision.outcome != Decision.Outcome.VERIFIED:
        return None
    lines = list(review.sample.all())
    return {
        "level": decision.level,
        "opinion": decision.opinion,
        "statement": decision.text,
        "signed_as": decision.signed_as,
        "signed_at": decision.at.isoformat(timespec="seconds"),
        "sample": {
            "seed": review.seed,
            "wanted": review.wanted,
            "lines": [{"key": line.key, "found": line.found, "note": line.note} for line in lines],
        },
        "queries": len(review.queries.all()),
    }


def returns_of(report: Report) -> list[dict[str, str]]:
    """Return when and why a report was returned before, as a published document carries it."""
    found = Decision.objects.filter(
        review__submission__report=report, outcome=Decision.Outcome.RETURNED
    ).order_by("pk")
    return [
        {"returned_at": at.isoformat(timespec="seconds"), "reasons": text}
        for at, text in found.values_list("at", "text")
    ]


def is_late(query: Query) -> bool:
    """Return whether a reply is overdue."""
    return query.status == Query.Status.ASKED and query.due_on < timezone.now().date()
