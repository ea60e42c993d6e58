"""Reading places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from localaction.platform.accounts.rights import Actor, scope_ids
from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.models import Fact, GeoNamesRecord, Identifier, PartOf, Place

WORLD = "world"
DEEPEST = 12  # levels of part-of links followed; real ones have four or five


def place_by_code(code: str) -> Place:
    """Return the place with this code, or the one it was merged into. Raises ``PlaceNotFound``."""
    wanted = code.replace("\x00", "").strip().upper()
    place = Place.objects.select_related("merged_into", "scope").filter(code=wanted).first()
    if place is None or "\x00" in code:
        raise PlaceNotFound(code)
    return place.merged_into or place


def places_by_codes(codes: list[str]) -> dict[str, Place]:
    """Return the places with these codes, by code; unknown and merged ones are absent."""
    return {place.code: place for place in Place.objects.filter(code__in=codes, merged_into=None)}


def places_by_name(limit: int = 500) -> list[Place]:
    """Return places that people added, by name, without those that were merged into others."""
    return list(Place.objects.filter(merged_into=None, geonames=None).order_by("name", "code")[:limit])


def places_by_identifier(scheme: str, text: str) -> list[Place]:
    """Return the places that carry this identifier in somebody else's list; there may be several."""
    ids = Identifier.objects.filter(scheme=scheme, text=text).values("place_id")
    return list(Place.objects.filter(pk__in=ids, merged_into=None).order_by("code"))


def identifiers_of(place: Place) -> set[tuple[str, str]]:
    """Return the identifiers of a place in other lists, each as list and text."""
    return set(Identifier.objects.filter(place=place).values_list("scheme", "text"))


def places_for(actor: Actor, action: str) -> QuerySet[Place]:
    """Return the places where ``actor`` may do ``action`` today, by name, as one query."""
    return Place.objects.filter(scope_id__in=scope_ids(actor, action), merged_into=None).order_by(
        "name", "code"
    )


def place_chain(place: Place, on: date | None = None) -> tuple[str, ...]:
    """Return the codes from the place outwards: itself, what it is part of, its country, the world.

    The chain in which a factor is looked for. Of several parents the nearer comes first, then by code.
    """
    codes = [place.code, *(parent.code for parent in ancestors(place, on)), place.country_code, WORLD]
    return tuple(dict.fromkeys(codes))


def place_chains(wanted: Sequence[tuple[Place, date]]) -> list[tuple[str, ...]]:
    """Return the chain of each place on its day, as `place_chain` does; one query a level for all of them."""
    links: dict[int, list[PartOf]] = {}
    level = {place.pk for place, _day in wanted}
    for _step in range(DEEPEST):
        level -= links.keys()
        if not level:
            break
        found = PartOf.objects.filter(child_id__in=level).select_related("parent").order_by("parent__code")
        links |= {pk: [] for pk in level}
        for link in found:
            links[link.child_id].append(link)
        level = {link.parent_id for pk in level for link in links[pk]}
    return [_chain(place, day, links) for place, day in wanted]


def _chain(place: Place, day: date, links: Mapping[int, Sequence[PartOf]]) -> tuple[str, ...]:
    found: dict[int, Place] = {}
    level = [place.pk]
    for _step in range(DEEPEST):
        held = [link for pk in level for link in links.get(pk, ()) if _holds(link, day)]
        parents = {link.parent_id: link.parent for link in sorted(held, key=lambda each: each.parent.code)}
        level = [pk for pk in parents if pk not in found and pk != place.pk]
        if not level:
            break
        found |= {pk: parents[pk] for pk in level}
    codes = [place.code, *(parent.code for parent in found.values()), place.country_code, WORLD]
    return tuple(dict.fromkeys(codes))


def _holds(link: PartOf, day: date) -> bool:
    return (link.valid_from is None or link.valid_from <= day) and (
        link.valid_to is None or link.valid_to >= day
    )


def ancestors(place: Place, on: date | None = None) -> list[Place]:
    """Return what the place is part of on a day (today if not given), nearest first; one query a level."""
    found: dict[int, Place] = {}
    level = [place.pk]
    for _step in range(DEEPEST):
        links = PartOf.objects.filter(valid_on(on), child_id__in=level).select_related("parent")
        parents = {link.parent_id: link.parent for link in links.order_by("parent__code")}
        level = [pk for pk in parents if pk not in found and pk != place.pk]
        if not level:
            break
        found |= {pk: parents[pk] for pk in level}
    return list(found.values())


def facts_on(place: Place, on: date | None = None) -> dict[str, Fact]:
    """Return the facts that hold on a day (today if not given), by key; the one that began last wins."""
    facts = Fact.objects.filter(valid_on(on), place=place)
    ordered = sorted(facts, key=lambda fact: (fact.valid_from or date.min, fact.pk))
    return {fact.key: fact for fact in ordered}


def valid_on(on: date | None) -> Q:
    """Return the condition that a dated row holds on a day; both ends are included."""
    day = on or timezone.now().date()
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def said_by_geonames(place: Place) -> int | None:
    """Return the inhabitants GeoNames gives for a place, of an unknown year; None if it gives none."""
    found = GeoNamesRecord.objects.filter(place=place).values_list("population", flat=True).first()
    return found or None
