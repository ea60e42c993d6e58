"""The only writers of plans: add, change, withdraw, bring back an earlier version, undo."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from localaction.engine.errors import Finding, Refused
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.places.models import Place
from localaction.platform.planning.attaching import attach_evidence, withdraw_evidence
from localaction.platform.planning.checking import checked
from localaction.platform.planning.content import content_of
from localaction.platform.planning.errors import (
    IsWithdrawn,
    NoSuchVersion,
    NotAChoice,
    NothingToUndo,
    ReasonMissing,
    StillUsed,
)
from localaction.platform.planning.kinds import KINDS, fields_of, kind_of
from localaction.platform.planning.models import Part, PartRevision, Visibility
from localaction.platform.planning.queries import EDIT, PUBLISH
from localaction.platform.planning.reading import Said
from localaction.platform.planning.writing import conflict, write_new, write_next

__all__ = [
    "add_part",
    "attach_evidence",
    "change_part",
    "restore_version",
    "show_part",
    "undo_newest",
    "withdraw_evidence",
    "withdraw_part",
]
Deed = PartRevision.Deed


@transaction.atomic
def add_part(
    *,
    actor: Actor,
    place: Place,
    kind: str,
    said: Said,
    visibility: str = Visibility.PLACE,
    reason: str = "",
    key: uuid.UUID | None = None,
) -> Any:
    """Add a commitment, target, action or achievement to the plan of a place.

    Parameters
    ----------
    actor : User or Operator
        Who adds it; needs ``plan.edit`` at the place, and ``plan.publish`` if everybody is to see it.
    place : Place
        Whose plan it is.
    kind : str
        ``commitment``, ``target``, ``action`` or ``achievement``.
    said : mapping
        What is written in each field (``kinds.fields_of``): texts, lists of texts, truth values.
    visibility : str
        ``place``, ``registry`` or ``public``.
    reason : str, optional
        Why, in the words of the actor.
    key : UUID, optional
        The public id it gets. The same sent again under it is the same part, not a second one.

    Raises
    ------
    NotAllowed
        Without the right.
    Refused
        With a finding for each field that is wrong; nothing is written.
    EditConflict
        If something else stands under the key already.
    """
    require(actor, EDIT, place.scope_id)
    _require_visibility(actor, place.scope_id, visibility)
    values = checked(kind, said, actor=actor, place=place, visibility=visibility)
    if key is not None:
        sent = KINDS[kind].model._default_manager.filter(public_id=key).select_related("place").first()
        if sent is not None:
            return _same(sent, kind, place, values, visibility)
    try:
        with transaction.atomic():
            return write_new(
                actor=actor, kind=KINDS[kind], place=place, values=values, visibility=visibility,
                public_id=key or uuid.uuid4(), reason=reason,
            )  # fmt: skip
    except IntegrityError:  # the same form arrived twice at once
        sent = None
        if key is not None:
            sent = KINDS[kind].model._default_manager.filter(public_id=key).select_related("place").first()
        if sent is None:
            raise
        return _same(sent, kind, place, values, visibility)


def _same(sent: Part, kind: str, place: Place, values: dict[str, Any], visibility: str) -> Any:
    wanted = KINDS[kind].model(place=place, visibility=visibility, **values)
    if sent.place_id != place.pk or content_of(sent) != content_of(wanted):
        raise conflict(sent)
    return sent


@transaction.atomic
def change_part(
    *, actor: Actor, part: Part, seen: int, said: Said, visibility: str | None = None, reason: str = ""
) -> Any:
    """Change what a part says; saying the same again changes nothing.

    Parameters
    ----------
    actor : User or Operator
        Who changes it; needs the same rights as for adding it.
    part : Part
        As a query returned it.
    seen : int
        Number of the revision the editor had before them. If it is no longer the newest, nothing is written.
    said : mapping
        What is written in every field; what is left out is empty then.
    visibility : str, optional
        Who sees it from now on; as before if not given.
    reason : str, optional
        Why, in the words of the actor.

    Raises
    ------
    NotAllowed, Refused, EditConflict, IsWithdrawn
    """
    require(actor, EDIT, part.scope_id)
    visibility = visibility or part.visibility
    _require_visibility(actor, part.scope_id, visibility, part.visibility)
    if part.number != seen:
        raise conflict(part)
    if part.withdrawn_at is not None:
        raise IsWithdrawn(what=part.title)
    return _say(actor, part, seen, said, visibility, reason, Deed.CHANGED)


@transaction.atomic
def show_part(*, actor: Actor, part: Part, seen: int, visibility: str) -> Any:
    """Say who sees a part, and leave what it says as it is.

    Who may publish does this for what others wrote: it needs ``plan.publish`` where everybody sees it before
    or after, and ``plan.edit`` otherwise. Raises ``NotAllowed``, ``Refused``, ``IsWithdrawn`` and
    ``EditConflict``.
    """
    _require_visibility(actor, part.scope_id, visibility, part.visibility)
    if Visibility.PUBLIC not in {visibility, part.visibility}:
        require(actor, EDIT, part.scope_id)
    if part.number != seen:
        raise conflict(part)
    if part.withdrawn_at is not None:
        raise IsWithdrawn(what=part.title)
    said = _said(kind_of(part).id, content_of(part))
    return _say(actor, part, seen, said, visibility, "", Deed.CHANGED)


@transaction.atomic
def withdraw_part(*, actor: Actor, part: Part, seen: int, reason: str) -> Any:
    """Withdraw a part: nothing is deleted, and it can be brought back.

    Raises ``NotAllowed``, ``ReasonMissing``, ``IsWithdrawn``, ``StillUsed`` and ``EditConflict``.
    """
    require(actor, EDIT, part.scope_id)
    _require_visibility(actor, part.scope_id, part.visibility)
    if not reason.strip():
        raise ReasonMissing(why="what is withdrawn is no longer seen, and others ask why")
    if part.number != seen:
        raise conflict(part)
    if part.withdrawn_at is not None:
        raise IsWithdrawn(what=part.title)
    return _withdraw(actor, part, reason.strip(), Deed.WITHDRAWN)


@transaction.atomic
def restore_version(*, actor: Actor, part: Part, number: int, seen: int, reason: str) -> Any:
    """Say again what an earlier revision said, as a new one; a withdrawn part stands again by it.

    The words of that time are checked by the rules of today. Raises ``NotAllowed``, ``ReasonMissing``,
    ``NoSuchVersion``, ``Refused`` and ``EditConflict``.
    """
    require(actor, EDIT, part.scope_id)
    if not reason.strip():
        raise ReasonMissing(why="it replaces what stands now")
    if part.number != seen:
        raise conflict(part)
    revision = PartRevision.objects.filter(part=part.public_id, number=number).first()
    if revision is None:
        raise NoSuchVersion(number=number)
    visibility = str(revision.content["visibility"])
    _require_visibility(actor, part.scope_id, visibility, part.visibility)
    said = _said(kind_of(part).id, revision.content)
    return _say(actor, part, seen, said, visibility, reason.strip(), Deed.RESTORED)


@transaction.atomic
def undo_newest(*, actor: Actor, part: Part, seen: int) -> Any:
    """Undo the newest change that still stands; undoing the first one withdraws the part.

    Raises ``NotAllowed``, ``NothingToUndo``, ``Refused``, ``StillUsed`` and ``EditConflict``.
    """
    require(actor, EDIT, part.scope_id)
    if part.number != seen:
        raise conflict(part)
    newest = _newest_standing(part)
    if newest is None:
        raise NothingToUndo
    before = PartRevision.objects.filter(part=part.public_id, number=newest.number - 1).first()
    visibility = str(before.content["visibility"]) if before else part.visibility
    _require_visibility(actor, part.scope_id, visibility, part.visibility)
    if before is None or before.withdrawn:
        return _withdraw(actor, part, "", Deed.UNDONE, newest.number)
    said = _said(kind_of(part).id, before.content)
    return _say(actor, part, seen, said, visibility, "", Deed.UNDONE, newest.number)


def _newest_standing(part: Part) -> PartRevision | None:
    revisions = PartRevision.objects.filter(part=part.public_id)
    undone = revisions.filter(undoes__isnull=False).values("undoes")
    standing = revisions.filter(undoes=None).exclude(number__in=undone)
    return standing.order_by("-number").first()


def _said(kind_id: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return an earlier content as something said today; a field no pack declares any more is left out."""
    return {field.name: content.get(field.name, "") for field in fields_of(kind_id)}


def _say(
    actor: Actor,
    part: Part,
    seen: int,
    said: Said,
    visibility: str,
    reason: str,
    deed: str,
    undoes: int | None = None,
) -> Any:
    kind = kind_of(part)
    again = deed in {Deed.RESTORED, Deed.UNDONE}
    values = checked(kind.id, said, actor=actor, place=part.place, visibility=visibility, again=again)
    wanted = kind.model(place=part.place, visibility=visibility, **values)
    if part.withdrawn_at is None and undoes is None and content_of(wanted) == content_of(part):
        return part
    columns = values | {"visibility": visibility, "withdrawn_at": None}
    return write_next(
        actor=actor, part=part, seen=seen, deed=deed, values=columns, reason=reason, undoes=undoes
    )


def _withdraw(actor: Actor, part: Part, reason: str, deed: str, undoes: int | None = None) -> Any:
    if count := _users(part):
        raise StillUsed(what=part.title, count=count)
    values = {"withdrawn_at": timezone.now()}
    return write_next(
        actor=actor, part=part, seen=part.number, deed=deed, values=values, reason=reason, undoes=undoes
    )


def _users(part: Part) -> int:
    """Return how many parts that stand name this one."""
    kind = kind_of(part)
    return sum(
        other.model._default_manager.filter(withdrawn_at=None, **{field.name: part.pk}).count()
        for other in KINDS.values()
        for field in other.fields
        if field.form == "part" and field.list == kind.id
    )


def _require_visibility(actor: Actor, scope_id: int, *visibilities: str) -> None:
    """Ask for the right to publish where everybody sees it, before or after; refuse an unknown word."""
    for visibility in visibilities:
        if visibility not in Visibility.values:
            error = NotAChoice("Seen by", visibility, list(Visibility.values))
            raise Refused([Finding.of(error, column="visibility")])
    if Visibility.PUBLIC in visibilities:
        require(actor, PUBLISH, scope_id)
