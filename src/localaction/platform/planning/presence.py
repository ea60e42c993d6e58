"""Where there are plans at all: for start-up, without what reading a plan needs."""

from __future__ import annotations

from localaction.platform.planning.models import Target, Visibility


def places_with_targets() -> set[str]:
    """Return the codes of places with a target that everybody sees; one query."""
    found = Target.objects.filter(visibility=Visibility.PUBLIC, withdrawn_at=None)
    return set(found.values_list("place__code", flat=True))
