"""The life of a report as one table: from which states what leads where, and who may do it.

    draft -> submitted -> in review <-> queried -> verified | returned -> published -> superseded

Services, constraints of the database, pages and tests read this table; nothing else knows the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    IN_REVIEW = "in_review", _("in review")
    QUERIED = "queried", _("queried")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


@dataclass(frozen=True, slots=True)
class Transition:
    """One change: from which states, to which, who may do it, and what it is called."""

    sources: tuple[State, ...]
    target: State
    right: str
    label: Promise


SUBMIT, VERIFY, PUBLISH = "report.submit", "report.verify", "report.publish"

TRANSITIONS: Final[dict[str, Transition]] = {
    "submit": Transition((State.DRAFT, State.RETURNED), State.SUBMITTED, SUBMIT, _("submit")),
    "withdraw": Transition((State.SUBMITTED,), State.DRAFT, SUBMIT, _("take back")),
    "begin": Transition((State.SUBMITTED,), State.IN_REVIEW, VERIFY, _("begin the review")),
    "ask": Transition((State.IN_REVIEW, State.QUERIED), State.QUERIED, VERIFY, _("ask a query")),
    "settle": Transition((State.QUERIED,), State.IN_REVIEW, VERIFY, _("settle the last query")),
    "reply": Transition((State.QUERIED,), State.IN_REVIEW, SUBMIT, _("reply to the last query")),
    "verify": Transition((State.IN_REVIEW,), State.VERIFIED, VERIFY, _("sign the statement")),
    "return": Transition((State.IN_REVIEW, State.QUERIED), State.RETURNED, VERIFY, _("return")),
    "publish": Transition((State.VERIFIED,), State.PUBLISHED, PUBLISH, _("publish")),
    "publish_unverified": Transition(
        (State.SUBMITTED,), State.PUBLISHED, PUBLISH, _("publish without verification")
    ),
    "supersede": Transition((State.PUBLISHED,), State.SUPERSEDED, PUBLISH, _("replace it by a correction")),
    "restore": Transition(
        (State.SUPERSEDED,), State.PUBLISHED, PUBLISH, _("put back what an undone import replaced")
    ),
}

#: The place may still take the report in hand: it lies with nobody else.
WITH_THE_PLACE: Final = (State.DRAFT, State.RETURNED)
#: The report is not over: a place has one such report for a framework and period.
OPEN: Final = tuple(state for state in State if state not in (State.PUBLISHED, State.SUPERSEDED))


def may(action: str, state: str) -> bool:
    """Return whether a report in this state can undergo this change."""
    return State(state) in TRANSITIONS[action].sources
