"""Attaching files to parts of a plan as evidence, and withdrawing them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.planning.errors import BadEvidence, IsWithdrawn, ReasonMissing
from localaction.platform.planning.kinds import kind_of
from localaction.platform.planning.models import Evidence, Part, Visibility
from localaction.platform.planning.queries import EDIT, PUBLISH
from localaction.platform.values import evidence as files

LONGEST_NAME, LONGEST_NOTE = 255, 300


@transaction.atomic
def attach_evidence(
    *,
    actor: Actor,
    part: Part,
    stream: BinaryIO,
    name: str,
    note: str = "",
    visibility: str = Visibility.PLACE,
) -> Evidence:
    """Keep a file as evidence of what a part says.

    Parameters
    ----------
    actor : User or Operator
        Who attaches it; needs ``plan.edit`` at the place, and ``plan.publish`` if everybody is to see it.
    part : Part
        What it is evidence of, as a query returned it.
    stream, name
        The file and what it is called.
    note : str
        What it shows.
    visibility : str
        Who sees it, if they see the part: ``place``, ``registry`` or ``public``.

    Raises
    ------
    NotAllowed, IsWithdrawn
        Without the right, or if the part is withdrawn.
    BadEvidence, EvidenceTooLarge
        If the file cannot be kept.
    """
    require(actor, EDIT, part.scope_id)
    if visibility not in Visibility.values:
        raise BadEvidence(problem=f"it is not said who sees it ({', '.join(Visibility.values)})")
    if visibility == Visibility.PUBLIC:
        require(actor, PUBLISH, part.scope_id)
    if part.withdrawn_at is not None:
        raise IsWithdrawn(what=part.title)
    kept = _kept(stream)
    held = Evidence(
        place=part.place,
        kind=kind_of(part).id,
        part=part.public_id,
        name=_cleaned(name),
        path=kept.path,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        note=" ".join(note.replace("\x00", " ").split())[:LONGEST_NOTE],
        visibility=visibility,
        attached_by=user_of(actor),
    )
    try:
        with transaction.atomic():
            held.save(force_insert=True)
    except IntegrityError as error:
        raise BadEvidence(problem="the same file is attached here already") from error
    after = {"sha256": held.sha256, "visibility": visibility, "part": str(part.public_id)}
    record("planning.evidence.attached", actor=actor, target=held, scope=part.place.scope, after=after)
    return held


@transaction.atomic
def withdraw_evidence(*, actor: Actor, evidence: Evidence, reason: str) -> Evidence:
    """Withdraw a file: it is kept, and nobody but those who may change the plan can open it.

    Raises ``NotAllowed``, ``ReasonMissing`` and ``IsWithdrawn``.
    """
    require(actor, EDIT, evidence.scope_id)
    if evidence.visibility == Visibility.PUBLIC:
        require(actor, PUBLISH, evidence.scope_id)
    if not reason.strip():
        raise ReasonMissing(why="others ask why a file is gone")
    standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=timezone.now(), withdrawn_why=reason.strip()):
        raise IsWithdrawn(what=evidence.name)
    evidence.refresh_from_db()
    record(
        "planning.evidence.withdrawn", actor=actor, target=evidence, scope=evidence.place.scope, reason=reason
    )
    return evidence


def _kept(stream: BinaryIO) -> files.Kept:
    kept = files.keep(stream)
    if not kept.size_bytes:
        raise BadEvidence(problem="it is empty")
    return kept


def _cleaned(name: str) -> str:
    """Return the last part of a name without what cannot be printed; its end is kept where it is long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    if not clean:
        raise BadEvidence(problem="it has no name")
    return clean[-LONGEST_NAME:]
