"""Reading events: bounded lists, newest first."""

from __future__ import annotations

from django.db import models

from localaction.platform.audit.models import Event
from localaction.platform.audit.services import identity


def events_of(target: models.Model, *, limit: int = 100) -> list[Event]:
    """Return the newest events of one thing, with who did them, in one query."""
    events = Event.objects.filter(target_type=target._meta.label_lower, target_id=identity(target))
    return list(events.select_related("actor").order_by("-id")[:limit])


def events_in(scope: models.Model, *, limit: int = 100) -> list[Event]:
    """Return the newest events within one scope, with who did them, in one query."""
    return list(Event.objects.filter(scope_id=scope.pk).select_related("actor").order_by("-id")[:limit])
