"""By which name a place was found, where that is not the one a list shows anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from localaction.platform.places.folding import fold
from localaction.platform.places.models import Place
from localaction.platform.places.nameindex import allowed_mistakes
from localaction.platform.places.search import LONGEST, names_last_read
from localaction.platform.places.worldnames import NamesOf, readings, world_names


class Match(NamedTuple):
    """The name by which a place was found, folded, and whether it is only spelt like what was typed."""

    name: str
    misspelt: bool = False


def matched(text: str, places: Sequence[Place]) -> dict[str, Match]:
    """Return by which name each place was found, by its code; none where its shown name says it already.

    ``places`` come from `search` with the same text, just before; nothing is asked of the database.
    """
    typed = [way for way, _areas in readings(fold(text[:LONGEST]))]
    written, world = names_last_read(), world_names()
    found = {}
    for place in places:
        said = getattr(place, "geonames", None)
        names = [*_names(written, place.pk), *(_names(world, said.number) if said else ())]
        shown = {fold(place.name), fold(place.name_en)} - {""}
        match = _best(typed, names, shown)
        if match is not None:
            found[place.code] = match
    return found


def _names(held: NamesOf, number: int) -> Iterator[str]:
    """Yield the folded names of an owner, by its number."""
    for owner in np.flatnonzero(held.numbers == number):
        for row in np.flatnonzero(held.index.owners == owner):
            yield held.index.name(int(row)).decode()


def _best(typed: Sequence[str], names: Sequence[str], shown: Iterable[str]) -> Match | None:
    """Return the name that is nearest to one of the ways to read what was typed."""
    if any(_holds(name, way) for name in shown for way in typed):
        return None
    whole = [name for name in names if name in typed]
    parts = [name for name in names if any(_holds(name, way) for way in typed)]
    if whole or parts:
        return Match(min(whole or parts, key=len))
    near = [
        (distance, name)
        for name in names
        for way in typed
        if (distance := OSA.distance(way, name)) <= allowed_mistakes(way)
    ]
    nearest = min(near)[1] if near else ""
    return Match(nearest, misspelt=True) if nearest and nearest not in shown else None


def _holds(name: str, way: str) -> bool:
    return way in name or all(f" {word}" in f" {name}" for word in way.split())
