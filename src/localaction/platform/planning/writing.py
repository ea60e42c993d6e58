"""Writing one revision of a part: the row as it stands moves on only if nobody moved it before."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from localaction.platform.accounts.rights import Actor, user_of
from localaction.platform.audit.services import record
from localaction.platform.places.models import Place
from localaction.platform.planning.content import content_of, differences
from localaction.platform.planning.errors import EditConflict
from localaction.platform.planning.kinds import Kind, kind_of
from localaction.platform.planning.models import Part, PartRevision
from localaction.platform.planning.reading import Values


def write_new(
    *,
    actor: Actor,
    kind: Kind,
    place: Place,
    values: Values,
    visibility: str,
    public_id: uuid.UUID,
    reason: str,
) -> Any:
    """Write a new part and its first revision, and record it."""
    part = kind.model(place=place, visibility=visibility, public_id=public_id, **values)
    part.save(force_insert=True)
    revision = _revision(actor, part, PartRevision.Deed.CREATED, reason)
    record(
        f"planning.{kind.id}.created", actor=actor, target=part, scope=place.scope, after=revision.content,
        reason=reason,
    )  # fmt: skip
    return part


def write_next(
    *,
    actor: Actor,
    part: Part,
    seen: int,
    deed: str,
    values: Values,
    reason: str,
    undoes: int | None = None,
) -> Any:
    """Write the next revision of a part if ``seen`` is its newest one, and record it.

    ``values`` are columns by name. Raises ``EditConflict``.
    """
    kind, now = kind_of(part), timezone.now()
    before = content_of(part)
    moved = kind.model._default_manager.filter(pk=part.pk, number=seen).update(
        **_columns(kind.model, values), number=seen + 1, changed_at=now
    )
    if moved != 1:
        raise conflict(part)
    part = kind.model._default_manager.select_related("place__scope").get(pk=part.pk)
    revision = _revision(actor, part, deed, reason, undoes)
    names = differences(before, revision.content)
    record(
        f"planning.{kind.id}.{deed}",
        actor=actor,
        target=part,
        scope=part.place.scope,
        before={name: before.get(name, "") for name in names},
        after={name: revision.content.get(name, "") for name in names},
        reason=reason,
    )
    return part


def conflict(part: Part) -> EditConflict:
    """Return the error that says who changed a part and when."""
    newest = (
        PartRevision.objects.filter(part=part.public_id).select_related("author").order_by("-number").first()
    )
    who = newest.author.display_name if newest and newest.author else "The operator"
    return EditConflict(
        part.title, who, newest.recorded_at if newest else None, newest.number if newest else part.number
    )


def _columns(model: type[models.Model], values: Values) -> Values:
    """Return the values as an update takes them; a row it names by its number."""
    return {name: value.pk if isinstance(value, models.Model) else value for name, value in values.items()}


def _revision(actor: Actor, part: Part, deed: str, reason: str, undoes: int | None = None) -> PartRevision:
    return PartRevision.objects.create(
        place=part.place,
        kind=kind_of(part).id,
        part=part.public_id,
        number=part.number,
        deed=deed,
        undoes=undoes,
        content=content_of(part),
        withdrawn=part.withdrawn_at is not None,
        reason=reason,
        author=user_of(actor),
    )
