"""Reading plans: every function takes the actor; what they may not see is as if it were not there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from localaction.platform.accounts.rights import Actor, allowed, require, scope_ids
from localaction.platform.places.models import Place
from localaction.platform.planning.errors import PartNotFound
from localaction.platform.planning.kinds import KINDS
from localaction.platform.planning.models import Achievement, Part, PartRevision, Visibility

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


def parts_of(
    actor: Actor, place: Place, kind_id: str, *, withdrawn: bool = False, limit: int = MOST, **where: str
) -> list[Any]:
    """Return the parts of one kind in a plan that the actor may see; one query, and one or two for rights.

    ``withdrawn`` asks for those that were withdrawn instead, for people who may view the plan. Further names
    are columns that must have these values; empty ones do not narrow.
    """
    kind = KINDS[kind_id]
    if withdrawn and not allowed(actor, VIEW, place.scope_id):
        return []
    seen = visible_to(actor, place)
    found: QuerySet[Any] = kind.model._default_manager.filter(
        place=place, visibility__in=seen, withdrawn_at__isnull=not withdrawn
    )
    found = found.filter(**{name: value for name, value in where.items() if value})
    if kind_id == "achievement" and not withdrawn:
        found = found.filter(_under(seen))
    return list(found.select_related(*WITH[kind_id]).order_by(*ORDER[kind_id])[:limit])


def _under(seen: Sequence[str]) -> Q:
    """Return the condition that what an achievement is of stands and is seen as well."""
    return Q(action__withdrawn_at=None, action__visibility__in=seen, action__isnull=False) | Q(
        target__withdrawn_at=None, target__visibility__in=seen, target__isnull=False
    )


def visible_to(actor: Actor, place: Place) -> list[str]:
    """Return the visibilities of parts of this plan that the actor may see."""
    if allowed(actor, VIEW, place.scope_id):
        return [Visibility.PUBLIC, Visibility.REGISTRY, Visibility.PLACE]
    if scope_ids(actor, "registry.view").exists():
        return [Visibility.PUBLIC, Visibility.REGISTRY]
    return [Visibility.PUBLIC]


def history_of(actor: Actor, part: Part, limit: int = 100) -> list[PartRevision]:
    """Return the revisions of a part with their authors, newest first, to those who may view the plan."""
    require(actor, VIEW, part.scope_id)
    found = PartRevision.objects.filter(part=part.public_id).select_related("author")
    return list(found.order_by("-number")[:limit])


def places_with_plans(kind_id: str) -> QuerySet[Any, int]:
    """Return the row numbers of places with a public part of this kind, as a query."""
    found = KINDS[kind_id].model._default_manager.filter(visibility=Visibility.PUBLIC, withdrawn_at=None)
    return found.values_list("place_id", flat=True)
