"""Finding places by what people type: any case, without accents, misspelt, transliterated, with the country.

Two indexes in memory answer: the names of the reference geography, which never change while the process
runs, and those written into the database, which are read again when the newest row of ``NameChange`` says so.
Points for the match (an exact name most) and for what a place is known for (people, published data) decide
the order. The same on every database; `docs/explanation/places.md` says more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Window

from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.folding import fold
from localaction.platform.places.models import Identifier, Name, NameChange, Place
from localaction.platform.places.nameindex import EXACT, Hits, NameIndex, allowed_mistakes
from localaction.platform.places.worldnames import ANY, Area, NamesOf, Owner, known_for, readings, world_names

LOCODE = "un/locode"
LONGEST = 100  # letters of a text that are looked for
SPARE = 12  # more candidates than asked for, because some are merged or not in the database
HAS_DATA = 3.0  # points of a place that has published something
IS_CODE, MAY_BE_CODE = 130.0, 90.0
PLAIN = (NameIndex.exact, NameIndex.begins, NameIndex.within)
FIVE = re.compile(r"([A-Z]{2})[\s-]?([A-Z0-9]{3})")


@dataclass(frozen=True)
class Found:
    """Places found, best first; ``similar`` if none is called so and these are only spelt like it."""

    places: list[Place]
    similar: bool = False


@dataclass(frozen=True)
class _Written:
    """The names in the database as they were at one change."""

    change: tuple[object, ...] | None
    names: NamesOf


_latest: list[_Written] = []  # at most one


def search_places(text: str, limit: int = 20, favoured: Collection[str] = ()) -> list[Place]:
    """Return places by name or code, best first (see `search`)."""
    return search(text, limit, favoured).places


def search(text: str, limit: int = 20, favoured: Collection[str] = ()) -> Found:
    """Return the places that a text means, best first.

    Parameters
    ----------
    text : str
        A name or code as typed, perhaps with a country or division: ``Paris, Texas``.
    limit : int
        Most places returned.
    favoured : collection of str
        Codes of places that come before others of like match, because they have data.
    """
    wanted = fold(text[:LONGEST])
    if not wanted:
        return Found([])
    ways, both = readings(wanted), (world_names(), written_names())
    plain = [[hit for way in ways for hit in _plain(names, *way)] for names in both]
    most = limit + SPARE
    points = _points_of_places([names.best(hits, most) for names, hits in zip(both, plain, strict=True)])
    exact = any(len(hit.owners) for hits in plain for hit in hits[:: len(PLAIN)])
    coded = _by_code(text)
    similar = not points and not coded
    if not coded and (similar or not exact):
        spelt = [names.best([_misspelt(names, *way) for way in ways], most) for names in both]
        coded = {**_points_of_places(spelt), **coded}
    for place, value in coded.items():
        points[place] = max(points[place], value)
    ranked = sorted(
        points, key=lambda each: (-points[each] - HAS_DATA * (each.code in favoured), each.name, each.code)
    )
    return Found(ranked[:limit], similar=similar and bool(ranked))


def find_exact(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Place]]:
    """Return the places that bear exactly a name, by country and folded name, the largest first.

    Those whose own name it is, if there are any; else those that are also called so. Three queries at most.
    """
    both = (world_names(), written_names())
    best = {key: [names.best([hits], SPARE) for names, hits in _exact_of(key, both)] for key in keys}
    held = _held_places(*({number for pair in best.values() for number in pair[at]} for at in (0, 1)))
    found = {}
    for key, pair in best.items():
        points = _points(pair, held)
        if points:
            found[key] = sorted(points, key=lambda each: (-points[each], each.code))
    return found


def _exact_of(key: tuple[str, str], both: Sequence[NamesOf]) -> list[tuple[NamesOf, Hits]]:
    country, name = key
    hits = [(names, names.inside(names.index.exact(name), {(country, ANY)})) for names in both]
    if any((each.points == EXACT).any() for _names, each in hits):
        own = [(names, each, each.points == EXACT) for names, each in hits]
        hits = [(names, Hits(each.owners[kept], each.points[kept])) for names, each, kept in own]
    return hits


def written_names() -> NamesOf:
    """Return the index of the names in the database, by the row of their place; one query if none changed."""
    rows = NameChange.objects.order_by("-pk").values_list("pk", "token", Window(Count("pk")))
    change = rows.first()
    held = _latest[0] if _latest else None
    if held is None or held.change != change:
        held = _Written(change, _read_written())
        _latest[:] = [held]
    return held.names


def names_last_read() -> NamesOf:
    """Return the index of the names in the database as the last search in this process found it."""
    return _latest[0].names if _latest else written_names()


def _read_written() -> NamesOf:
    rows = Name.objects.order_by("place_id", "pk").values_list("place_id", "text", "place__country_code")
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for place, text, country in rows:
        names[place, country].append(fold(text))
    return NamesOf.read(
        Owner(place, country, "", 0, tuple(texts)) for (place, country), texts in names.items()
    )


def _plain(names: NamesOf, text: str, areas: Collection[Area]) -> list[Hits]:
    """Return the hits of a text without mistakes, by each way to look, exact ones first."""
    return [names.inside(look(names.index, text), areas) for look in PLAIN]


def _misspelt(names: NamesOf, text: str, areas: Collection[Area]) -> Hits:
    return names.inside(names.index.misspelt(text, allowed_mistakes(text)), areas)


def _points_of_places(best: Sequence[dict[int, float]]) -> dict[Place, float]:
    return _points(best, _held_places(*best))


def _held_places(
    numbers: Collection[int], rows: Collection[int]
) -> tuple[dict[int, Place], dict[int, Place]]:
    """Return the places with these GeoNames ids and those in these rows; two queries at most."""
    with_all = Place.objects.select_related("merged_into__geonames", "geonames", "scope")
    world = with_all.filter(geonames__number__in=numbers) if numbers else ()
    written = with_all.filter(pk__in=rows) if rows else ()
    return {place.geonames.number: place for place in world}, {place.pk: place for place in written}


def _points(
    best: Sequence[dict[int, float]], held: tuple[dict[int, Place], dict[int, Place]]
) -> dict[Place, float]:
    """Return the points of places by both kinds of hits; merged places count for the one they went into."""
    points: dict[Place, float] = defaultdict(float)
    for found, places, sized in zip(best, held, (True, False), strict=True):
        for number, value in found.items():
            if (place := places.get(number)) is None:
                continue
            said = None if sized else getattr(place, "geonames", None)
            leads_to = place.merged_into or place
            points[leads_to] = max(points[leads_to], value + (known_for(said.population) if said else 0.0))
    return points


def _by_code(text: str) -> dict[Place, float]:
    """Return the places that a code means: ours, or one of UN/LOCODE with or without its space."""
    typed = text.strip().upper()
    five = FIVE.fullmatch(typed)
    if not five and not (len(typed) == 2 or "-" in typed or typed.isdecimal()):
        return {}
    codes = {typed, f"{five[1]}-{five[2]}"} if five else {typed}
    with_records = Place.objects.select_related("merged_into__geonames", "geonames")
    found = list(with_records.filter(code__in=codes))
    if five and not found:
        found = places_with_locode(five[1] + five[2])
    value = MAY_BE_CODE if typed.isalpha() and len(typed) > 2 else IS_CODE
    return {place.merged_into or place: value for place in found}


def place_by_any_code(code: str) -> Place:
    """Return the place with this code of ours, or the only one with this code of UN/LOCODE or GeoNames.

    Raises ``PlaceNotFound``.
    """
    wanted = code.replace("\x00", "").strip().upper()
    with_records = Place.objects.select_related("merged_into__geonames", "geonames", "scope")
    found = list(with_records.filter(code=wanted)) if "\x00" not in code else []
    if not found and (five := FIVE.fullmatch(wanted)):
        found = list({each.merged_into or each: None for each in places_with_locode(five[1] + five[2])})
    if not found and wanted.isascii() and wanted.isdecimal() and len(wanted) < 10:
        found = list(with_records.filter(geonames__number=int(wanted)))
    if len(found) != 1:
        raise PlaceNotFound(code)
    return found[0].merged_into or found[0]


def places_with_locode(locode: str) -> list[Place]:
    """Return the places that a code of UN/LOCODE stands for, ``NLAMS``; there may be several."""
    ids = Identifier.objects.filter(scheme=LOCODE, text=locode).values("place_id")
    found = Place.objects.filter(pk__in=ids).select_related("merged_into__geonames", "geonames")
    return list(found.order_by("code"))
