"""The arc of a report, step by step, for tests."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.submission import report_of_inventory, submit
from localaction.platform.verification.models import Decision, Query
from localaction.platform.verification.queries import review_of
from localaction.platform.verification.services import (
    ask,
    assign,
    begin_review,
    look_at,
    settle,
    sign_statement,
)

STATEMENT = "Nothing came to our attention that the totals are not stated fairly."


def in_days(count: int) -> date:
    """Return a day from today."""
    return timezone.now().date() + timedelta(days=count)


def submitted(officer: User, inventory: Inventory) -> Report:
    """Return the report of an inventory, submitted."""
    report = report_of_inventory(actor=officer, inventory=inventory)
    submit(actor=officer, report=report)
    return report


def in_review(officer: User, verifier: User, inventory: Inventory) -> Report:
    """Return the report of an inventory, in review with a sample of a known seed."""
    report = submitted(officer, inventory)
    assign(actor=OPERATOR, report=report, verifier=verifier)
    begin_review(actor=verifier, report=report, no_part_in_it=True, seed="seed")
    return report


def queried(verifier: User, report: Report, key: str = "", days: int = 7) -> Query:
    """Ask a query."""
    return ask(actor=verifier, report=report, key=key, text="Where is December?", due_on=in_days(days))


def settled(verifier: User, report: Report, query: Query) -> None:
    """Settle a query."""
    settle(actor=verifier, report=report, query=query, text="December is attached.")


def all_agree(verifier: User, report: Report) -> None:
    """Look at every sampled line and find that it agrees."""
    review = review_of(report)
    assert review is not None
    for line in review.sample.all():
        look_at(actor=verifier, report=report, key=line.key, found="agrees")


def verified(verifier: User, report: Report) -> Decision:
    """Finish a review with a statement."""
    all_agree(verifier, report)
    return sign_statement(
        actor=verifier,
        report=report,
        level="limited",
        opinion="unmodified",
        text=STATEMENT,
        signed_as="Example Assurance",
    )
