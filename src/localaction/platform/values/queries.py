"""Reading figures: each function is one query (and one for the rights), with a limit on its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from localaction.engine.periods import Period
from localaction.platform.accounts.rights import Actor, allowed, sees_shared
from localaction.platform.places.models import Place
from localaction.platform.values.figures import Figure, Key, dimensions_of, dimensions_text
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.writing import heads_for

__all__ = [
    "authors_of",
    "candidates_for",
    "current_of",
    "dimensions_of",
    "figures_until",
    "history_of",
    "last_figure",
    "public_figures",
    "public_values",
    "value_of",
    "value_of_year",
    "values_of_item",
    "values_of_place",
]


def value_of(
    *,
    actor: Actor,
    place: Place,
    item: str,
    period: Period,
    dimensions: Mapping[str, str] | None = None,
    boundary: str = "",
    entity: str = "community",
    basis: str | None = None,
) -> Value | None:
    """Return the adopted figure (or the one with this basis) with its current revision, or None.

    A figure the actor may not see is as if it weren't there.
    """
    found = _question(actor, place, item, period, dimensions, boundary, entity)
    return (found.filter(adopted=True) if basis is None else found.filter(basis=basis)).first()


def value_of_year(*, actor: Actor, place: Place, item: str, year: int) -> Value | None:
    """Return the adopted community figure of an item without dimensions for a label year, or None."""
    found = _visible(actor, place).filter(adopted=True, item=item, label_year=year, dimensions="")
    return found.filter(entity=Value.Entity.COMMUNITY).order_by("-period_end", "boundary", "pk").first()


def authors_of(place: Place, items: Sequence[str], year: int) -> set[int]:
    """Return the row numbers of the people who entered figures of these items up to a year; one query."""
    revisions = ValueRevision.objects.filter(
        value__place=place, value__item__in=list(items), value__label_year__lte=year, author__isnull=False
    )
    return {author for author in revisions.values_list("author_id", flat=True).distinct() if author}


def last_figure(place: Place, item: str, year: int) -> Value | None:
    """Return the adopted figure of a label year, else one that was taken back; the caller has rights."""
    found = Value.objects.filter(place=place, item=item, label_year=year, dimensions="")
    found = found.filter(entity=Value.Entity.COMMUNITY).select_related("current", "place")
    return found.order_by("-adopted", "-pk").first()


def candidates_for(
    *,
    actor: Actor,
    place: Place,
    item: str,
    period: Period,
    dimensions: Mapping[str, str] | None = None,
    boundary: str = "",
    entity: str = "community",
) -> list[Value]:
    """Return all figures that stand side by side for one question, the adopted one first."""
    found = _question(actor, place, item, period, dimensions, boundary, entity)
    return list(found.order_by("-adopted", "basis"))


def values_of_place(
    *,
    actor: Actor,
    place: Place,
    items: list[str] | None = None,
    period: Period | None = None,
    limit: int = 2000,
) -> list[Value]:
    """Return the adopted figures of a place with their current revisions, by period, item and dimensions."""
    found = _visible(actor, place).filter(adopted=True)
    if items is not None:
        found = found.filter(item__in=items)
    if period is not None:
        found = found.filter(period_start=period.start, period_end=period.end)
    return list(found.order_by("period_start", "item", "dimensions")[:limit])


def figures_until(
    *,
    actor: Actor,
    place: Place,
    items: Sequence[str],
    year: int,
    entity: str = "community",
    limit: int = 20_000,
) -> list[Value]:
    """Return the adopted figures of these items up to a label year, the newest first; one query.

    What is looked at is the whole history of a place, so that a figure of an earlier year can be offered.
    """
    found = _visible(actor, place).filter(adopted=True, entity=entity, item__in=items, label_year__lte=year)
    return list(found.order_by("-label_year", "-period_end", "item", "boundary", "pk")[:limit])


def values_of_item(*, item: str, start: date, end: date, limit: int = 10_000) -> list[Value]:
    """Return the public adopted figures of one item and period at all places, with their places."""
    found = Value.objects.filter(adopted=True, item=item, period_start=start, period_end=end)
    public = found.filter(current__visibility="public").select_related("current", "place")
    return list(public.order_by("place_id", "dimensions")[:limit])


def public_values(places: QuerySet[Any, int], *, without: Sequence[str] = ()) -> Iterator[Value]:
    """Yield the public adopted figures of places, by place and question, read in pieces.

    Parameters
    ----------
    places : QuerySet of int
        Row numbers of the places.
    without : sequence of str
        Data items that are left out.
    """
    found = Value.objects.filter(adopted=True, place__in=places, current__visibility="public")
    found = found.exclude(item__in=list(without)).select_related("current", "place")
    order = ("place__code", "item", "period_start", "period_end", "dimensions", "boundary", "entity")
    yield from found.order_by(*order).iterator(2000)


def public_figures(items: Sequence[str], *, year: int | None = None) -> Iterator[Value]:
    """Yield the public adopted community figures of items, without dimensions, read in pieces; one query.

    They come by label year, place and item, and of one item and year the one first that `value_of_year`
    gives. Places that were withdrawn or merged into others are left out.

    Parameters
    ----------
    items : sequence of str
        The data items.
    year : int, optional
        Only this label year.
    """
    found = Value.objects.filter(adopted=True, item__in=list(items), dimensions="")
    found = found.filter(entity=Value.Entity.COMMUNITY, current__visibility="public")
    found = found.filter(place__withdrawn_at=None, place__merged_into=None)
    if year is not None:
        found = found.filter(label_year=year)
    order = ("label_year", "place_id", "item", "-period_end", "boundary", "pk")
    yield from found.select_related("current", "place").order_by(*order).iterator(2000)


def current_of(value: Value) -> ValueRevision:
    """Return what a figure says now; ``LookupError`` if it was taken back, which no query here gives."""
    if value.current is None:
        raise LookupError(f"{value} says nothing any more.")
    return value.current


def history_of(*, actor: Actor, value: Value, limit: int = 100) -> list[ValueRevision]:
    """Return the revisions of a figure that the actor may see, with their authors, newest first."""
    revisions = ValueRevision.objects.filter(value=value, visibility__in=visible_to(actor, value.place))
    return list(revisions.select_related("author").order_by("-number")[:limit])


def visible_to(actor: Actor, place: Place) -> list[str]:
    """Return the visibilities of figures of this place that the actor may see."""
    if allowed(actor, "value.view", place.scope_id):
        return ["public", "registry", "place"]
    if sees_shared(actor, place.scope_id):
        return ["public", "registry"]
    return ["public"]


def _visible(actor: Actor, place: Place) -> QuerySet[Value]:
    found = Value.objects.filter(place=place, current__visibility__in=visible_to(actor, place))
    return found.select_related("current", "current__author")


def _question(
    actor: Actor,
    place: Place,
    item: str,
    period: Period,
    dimensions: Mapping[str, str] | None,
    boundary: str,
    entity: str,
) -> QuerySet[Value]:
    return _visible(actor, place).filter(
        item=item,
        period_start=period.start,
        period_end=period.end,
        dimensions=dimensions_text(dimensions or {}),
        boundary=boundary,
        entity=entity,
    )


def candidates_among(figures: Sequence[Figure]) -> set[Key]:
    """Return which of these figures are kept already, whatever they say, by key; one query for all."""
    wanted = [figure.key() for figure in figures]
    return {key for key, head in heads_for(wanted).items() if head.current is not None} if wanted else set()


def places_with_figures(places: Sequence[Place]) -> set[int]:
    """Return the ids of those places of which a figure stands; one query."""
    found = Value.objects.filter(place__in=places, current__isnull=False)
    return set(found.values_list("place_id", flat=True).distinct())
