"""Who verifies what."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import Actor, allowed, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.reporting.errors import NotInThisState
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import State
from localaction.platform.verification.conflicts import require_no_conflict
from localaction.platform.verification.errors import (
    AlreadyAssigned,
    ConflictOfInterest,
    MayNotVerify,
    NotAssigned,
    TextNeeded,
)
from localaction.platform.verification.models import Assignment

ASSIGN, VERIFY = "report.assign", "report.verify"
ASSIGNABLE = (State.SUBMITTED, State.IN_REVIEW, State.QUERIED)


@transaction.atomic
def assign(*, actor: Actor, report: Report, verifier: User) -> Assignment:
    """Ask a person to verify a report.

    Raises ``NotAllowed``, ``NotInThisState``, ``MayNotVerify``, ``ConflictOfInterest``, ``AlreadyAssigned``.
    """
    require(actor, ASSIGN, report.scope_id)
    require_assignable(report)
    if not allowed(verifier, VERIFY, report.scope_id):
        raise MayNotVerify(who=verifier.display_name, place=report.place.name)
    if user_of(actor) == verifier:
        raise ConflictOfInterest(who=verifier.display_name, why="nobody assigns themselves")
    require_no_conflict(verifier, report)
    assignment, made = Assignment.objects.get_or_create(
        report=report, verifier=verifier, ended_at=None, defaults={"assigned_by": user_of(actor)}
    )
    if not made:
        raise AlreadyAssigned(who=verifier.display_name)
    record(
        "verification.verifier.assigned",
        actor=actor,
        target=report,
        scope=report.place.scope,
        after={"verifier": verifier.public_id},
    )
    return assignment


def require_assignable(report: Report) -> None:
    """Raise ``NotInThisState`` unless there is something to verify."""
    if report.state not in ASSIGNABLE:
        raise NotInThisState(
            state=State(report.state).label,
            what="assign it",
            sources=" or ".join(str(state.label) for state in ASSIGNABLE),
        )


@transaction.atomic
def unassign(*, actor: Actor, report: Report, verifier: User, reason: str) -> Assignment:
    """End an assignment: by who assigns, or by the verifier, who may step back.

    Raises ``NotAllowed``, ``NotAssigned`` or ``TextNeeded``.
    """
    if user_of(actor) != verifier:
        require(actor, ASSIGN, report.scope_id)
    if not reason.strip():
        raise TextNeeded(what="The end of an assignment", why="the record says why somebody else took over")
    assignment = assignment_of(report, verifier)
    assignment.ended_at, assignment.reason = timezone.now(), reason.strip()
    assignment.save(update_fields=["ended_at", "reason"])
    record(
        "verification.verifier.unassigned",
        actor=actor,
        target=report,
        scope=report.place.scope,
        before={"verifier": verifier.public_id},
        reason=reason.strip(),
    )
    return assignment


def step_back(*, actor: Actor, report: Report, reason: str) -> Assignment:
    """End one's own assignment. Raises ``NotAssigned`` or ``TextNeeded``."""
    user = user_of(actor)
    if user is None:
        raise NotAssigned(who="the operator")
    return unassign(actor=actor, report=report, verifier=user, reason=reason)


def assignment_of(report: Report, verifier: User | None) -> Assignment:
    """Return the assignment of a person to a report. Raises ``NotAssigned``."""
    found = Assignment.objects.filter(report=report, verifier=verifier, ended_at=None).first()
    if found is None:
        raise NotAssigned(who=verifier.display_name if verifier else "the operator")
    return found


def require_verifier(actor: Actor, report: Report) -> User:
    """Return the verifier, who has the right, is assigned and has no part in the report, today.

    Raises ``NotAllowed``, ``NotAssigned`` or ``ConflictOfInterest``.
    """
    require(actor, VERIFY, report.scope_id)
    user = user_of(actor)
    assignment_of(report, user)
    if user is None:
        raise NotAssigned(who="the operator")
    require_no_conflict(user, report)
    return user
