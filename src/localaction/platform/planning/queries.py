"""Reading plans: every function takes the actor; what they may not see is as if it were not there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from localaction.platform.accounts.rights import Actor, allowed, require, sees_shared
from localaction.platform.places.models import Place
from localaction.platform.planning.errors import EvidenceNotFound, PartNotFound
from localaction.platform.planning.kinds import KINDS, kind_of
from localaction.platform.planning.models import (
    Achievement,
    Evidence,
    Part,
    PartRevision,
    Target,
    Visibility,
)

VIEW, EDIT, PUBLISH = "plan.view", "plan.edit", "plan.publish"
MOST = 2000  # parts of one kind that are read at once
#: What goes with a part of each kind, in the same query.
WITH = {
    "commitment": ("place",),
    "target": ("place", "commitment"),
    "action": ("place", "target"),
    "achievement": ("place", "action", "target"),
}
ORDER = {
    "commitment": ("-decided_on", "title", "pk"),
    "target": ("target_year", "title", "pk"),
    "action": ("title", "pk"),
    "achievement": ("-day", "title", "pk"),
}


def part_for(actor: Actor, kind_id: str, public_id: uuid.UUID | str, action: str = VIEW) -> Any:
    """Return a part of a plan with which the actor may do ``action``.

    A withdrawn part is seen by those with the right to view the plan of its place alone.

    Raises
    ------
    PartNotFound
        If there is none, or the actor may not even see it.
    NotAllowed
        If the actor may see it but not do this.
    """
    kind = KINDS[kind_id]
    found = kind.model._default_manager.select_related("place__scope", *WITH[kind_id])
    part = found.filter(public_id=public_id).first()
    if part is None or not _sees(actor, part):
        raise PartNotFound(kind=str(kind.label))
    _hide(part, visible_to(actor, part.place))
    if action != VIEW:
        require(actor, action, part.scope_id)
    return part


def _sees(actor: Actor, part: Part) -> bool:
    if part.withdrawn_at is not None:
        return allowed(actor, VIEW, part.scope_id)
    seen = visible_to(actor, part.place)
    above = _above(part) if isinstance(part, Achievement) else None
    hidden = above is not None and (above.withdrawn_at is not None or above.visibility not in seen)
    return part.visibility in seen and (not hidden or allowed(actor, VIEW, part.scope_id))


def _above(part: Achievement) -> Part | None:
    return part.action or part.target


def parts_of(actor: Actor, place: Place, kind_id: str, limit: int = MOST) -> list[Any]:
    """Return the parts of one kind in a plan that the actor may see; one query, and one or two for rights."""
    return _standing(place, kind_id, visible_to(actor, place))[:limit]


def next_target(actor: Actor, place: Place, year: int) -> Target | None:
    """Return the target of a plan that comes due next, in this year or later, of those the actor may see.

    Once all are past, the last one.
    """
    found: list[Target] = parts_of(actor, place, "target")
    return next((target for target in found if target.target_year >= year), found[-1] if found else None)


def plan_of(actor: Actor, place: Place) -> dict[str, list[Any]]:
    """Return all parts of a plan that the actor may see, by kind; a query for each kind, and for rights."""
    seen = visible_to(actor, place)
    return {kind_id: _standing(place, kind_id, seen) for kind_id in KINDS}


def withdrawn_of(actor: Actor, place: Place) -> list[Any]:
    """Return the parts of a plan that were withdrawn, to those who may view the plan."""
    if not allowed(actor, VIEW, place.scope_id):
        return []
    return [
        part
        for kind in KINDS.values()
        for part in kind.model._default_manager.filter(place=place, withdrawn_at__isnull=False)
        .select_related("place")
        .order_by("-withdrawn_at")[:MOST]
    ]


def _standing(place: Place, kind_id: str, seen: Sequence[str]) -> list[Any]:
    model = KINDS[kind_id].model
    found = model._default_manager.filter(place=place, visibility__in=seen, withdrawn_at=None)
    if kind_id == "achievement":
        found = found.filter(_under(seen))
    parts = list(found.select_related(*WITH[kind_id]).order_by(*ORDER[kind_id])[:MOST])
    for part in parts:
        _hide(part, seen)
    return parts


def _hide(part: Any, seen: Sequence[str]) -> None:
    """Leave out of what a part names what the reader may not see: not even its id is told."""
    if Visibility.PLACE in seen:
        return
    for name in WITH[kind_of(part).id][1:]:
        named = getattr(part, name)
        if named is not None and named.visibility not in seen:
            setattr(part, name, None)


def _under(seen: Sequence[str]) -> Q:
    """Return the condition that what an achievement is of stands and is seen as well."""
    return Q(action__withdrawn_at=None, action__visibility__in=seen, action__isnull=False) | Q(
        target__withdrawn_at=None, target__visibility__in=seen, target__isnull=False
    )


def visible_to(actor: Actor, place: Place) -> list[str]:
    """Return the visibilities of parts of this plan that the actor may see."""
    if actor is None:
        return [Visibility.PUBLIC]
    if allowed(actor, VIEW, place.scope_id):
        return [Visibility.PUBLIC, Visibility.REGISTRY, Visibility.PLACE]
    if sees_shared(actor, place.scope_id):
        return [Visibility.PUBLIC, Visibility.REGISTRY]
    return [Visibility.PUBLIC]


def history_of(actor: Actor, part: Part, limit: int = 100) -> list[PartRevision]:
    """Return the revisions of a part with their authors, newest first, to those who may view the plan."""
    require(actor, VIEW, part.scope_id)
    found = PartRevision.objects.filter(part=part.public_id).select_related("author")
    return list(found.order_by("-number")[:limit])


def evidence_of(actor: Actor, parts: Sequence[Any]) -> dict[uuid.UUID, list[Evidence]]:
    """Return the files of parts that a query gave this actor, by part, oldest first; those that stand.

    The parts are of one place. One query, and one or two for rights.
    """
    found: dict[uuid.UUID, list[Evidence]] = {}
    if not parts:
        return found
    seen = visible_to(actor, parts[0].place)
    held = Evidence.objects.filter(part__in=[part.public_id for part in parts], withdrawn_at=None)
    for each in held.filter(visibility__in=seen).select_related("attached_by").order_by("pk"):
        found.setdefault(each.part, []).append(each)
    return found


def evidence_for(actor: Actor, public_id: uuid.UUID | str, action: str = VIEW) -> Evidence:
    """Return a file with which the actor may do ``action``: they see it and what it is evidence of.

    A withdrawn file is seen by those who may change the plan alone.

    Raises ``EvidenceNotFound`` or ``NotAllowed``.
    """
    held = Evidence.objects.select_related("place__scope").filter(public_id=public_id).first()
    if held is None:
        raise EvidenceNotFound
    if held.withdrawn_at is not None and not allowed(actor, EDIT, held.scope_id):
        raise EvidenceNotFound
    try:
        part_for(actor, held.kind, held.part)
    except PartNotFound as error:
        raise EvidenceNotFound from error
    if held.visibility not in visible_to(actor, held.place):
        raise EvidenceNotFound
    if action != VIEW:
        require(actor, action, held.scope_id)
    return held
