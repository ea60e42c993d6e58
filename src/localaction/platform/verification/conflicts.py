"""The rule that nobody checks what they have a part in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.platform.accounts.models import User
from localaction.platform.accounts.queries import grants_ever
from localaction.platform.accounts.rights import allowed
from localaction.platform.reporting.models import Report, Submission
from localaction.platform.reporting.subjects import subject_of
from localaction.platform.verification.errors import ConflictOfInterest

VERIFIER = "verifier"
CHANGES = ("inventory.edit", "value.edit", "report.submit")


def conflict_of(user: User, report: Report) -> str:
    """Return in words why a person may not verify a report; empty if nothing speaks against it.

    A role held at the place counts, also one that ended; so does a row changed, a computation made, a report
    submitted, and a role in an office or the network that reaches the figures today. What the database cannot
    know the verifier declares when the review begins.
    """
    roles = [grant for grant in grants_ever(user, report.place.scope_id) if grant.role != VERIFIER]
    if roles:
        words = {"role": roles[0].get_role_display(), "place": report.place.name}
        return _("they hold or held the role %(role)s at %(place)s") % words
    submitted = Submission.objects.filter(report__place=report.place, submitted_by=user)
    if submitted.filter(report=report).exists():
        return _("they submitted it")
    if user.pk in subject_of(report).editors(report):
        return _("they entered or computed figures of it")
    if any(allowed(user, action, report.place.scope_id) for action in CHANGES):
        return _("a role of theirs in an office or the network lets them change or submit its figures")
    return ""


def require_no_conflict(user: User, report: Report) -> None:
    """Raise ``ConflictOfInterest`` if a person has a part in a report."""
    if why := conflict_of(user, report):
        raise ConflictOfInterest(who=user.display_name, why=why)
