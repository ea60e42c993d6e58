"""Writing events: the one function every service calls after it has written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from localaction.platform.audit.models import Event

VERB = re.compile(r"[a-z_]+(\.[a-z_]+){1,3}")
Json = Mapping[str, object] | Sequence[object] | None


def record(
    verb: str,
    *,
    actor: object,
    target: models.Model,
    scope: models.Model | None = None,
    before: Json = None,
    after: Json = None,
    reason: str = "",
) -> Event:
    """Record that ``actor`` did ``verb`` to ``target``.

    Parameters
    ----------
    verb : str
        What was done, as ``app.thing.verb`` (``inventories.row.saved``).
    actor : User or Operator
        Who did it; an operator (somebody at the machine) is recorded as nobody in particular.
    target : Model
        What it was done to; found again by its ``public_id`` (or ``code``, or primary key).
    scope : Scope, optional
        Whose affair it is; taken from the target if it has a scope.
    before, after : mapping or sequence, optional
        What changed, as plain data. Never personal data: name people by their public id.
    reason : str, optional
        Why, in the words of the actor.
    """
    event = _event(verb, actor, target, scope, before, after, reason)
    event.save()
    return event


def record_each(verb: str, *, actor: object, after: Mapping[Any, Json], reason: str = "") -> list[Event]:
    """Record that ``actor`` did ``verb`` to each of several things; ``after`` maps each to what changed."""
    events = [_event(verb, actor, target, None, None, changed, reason) for target, changed in after.items()]
    return Event.objects.bulk_create(events)


def _event(
    verb: str,
    actor: object,
    target: models.Model,
    scope: models.Model | None,
    before: Json,
    after: Json,
    reason: str,
) -> Event:
    if not VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb of the form app.thing.verb")
    if not isinstance(actor, models.Model) and not getattr(actor, "is_operator", False):
        raise ValueError(f"{verb} needs somebody who did it: pass a user, or OPERATOR in a command")
    return Event(
        verb=verb,
        actor_id=actor.pk if isinstance(actor, models.Model) else None,
        target_type=target._meta.label_lower,
        target_id=identity(target),
        scope_id=scope.pk if scope is not None else getattr(target, "scope_id", None),
        before=before,
        after=after,
        reason=reason,
    )


def identity(target: models.Model) -> str:
    """Return by which text a thing is named in events."""
    for name in ("public_id", "code"):
        if value := getattr(target, name, None):
            return str(value)
    return str(target.pk)
