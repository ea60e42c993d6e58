"""The names of the reference geography, indexed once in each process: about 14 MB, built in a second."""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from localaction.engine.references import geography as pack
from localaction.platform.places.geography import entries
from localaction.platform.places.nameindex import Hits, NameIndex

KNOWN_FOR = 2.0  # points for each ten times as many people
ANY = ""
SHORTEST_AREA = 2  # letters of a country or division written beside a city
_lock = threading.Lock()

Area = tuple[str, str]  # country, and first-level division or ANY


class Owner(NamedTuple):
    """Whose names they are: by which number, where, how many people live there, the names folded."""

    number: int
    country: str
    division: str
    population: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class NamesOf:
    """An index of names, and for each owner its number, country, division and points for its size."""

    index: NameIndex
    numbers: NDArray[np.int64]
    known: NDArray[np.float32]
    countries: NDArray[np.str_]
    divisions: NDArray[np.str_]

    @staticmethod
    def read(owners: Iterable[Owner]) -> NamesOf:
        """Return the index of these owners."""
        kept: list[tuple[int, float, str, str]] = []
        rows: list[tuple[str, int, bool]] = []
        for at, owner in enumerate(owners):
            kept.append((owner.number, known_for(owner.population), owner.country, owner.division))
            rows.extend((name, at, not position) for position, name in enumerate(owner.names))
        numbers, known, countries, divisions = zip(*kept, strict=True) if kept else ((), (), (), ())
        return NamesOf(
            NameIndex(rows),
            np.array(numbers, np.int64),
            np.array(known, np.float32),
            np.array(countries, "U2"),
            np.array(divisions, "U8"),
        )

    @property
    def nbytes(self) -> int:
        """Bytes held in memory."""
        own = (self.numbers, self.known, self.countries, self.divisions)
        return self.index.nbytes + sum(array.nbytes for array in own)

    def inside(self, hits: Hits, areas: Collection[Area]) -> Hits:
        """Return the hits that lie in one of these areas; all of them if none is given."""
        if not areas:
            return hits
        country, division = self.countries[hits.owners], self.divisions[hits.owners]
        kept = np.zeros(len(hits.owners), np.bool_)
        for land, part in areas:
            kept |= (country == land) & ((division == part) if part else True)
        return Hits(hits.owners[kept], hits.points[kept])

    def best(self, found: Iterable[Hits], most: int) -> dict[int, float]:
        """Return the numbers of the best owners with their points, those for their size included."""
        points = np.zeros(len(self.numbers), np.float32)
        for hits in found:
            np.maximum.at(points, hits.owners, hits.points)
        owners = np.flatnonzero(points)
        total = points[owners] + self.known[owners]
        order = np.argsort(-total, kind="stable")[:most]
        return {int(self.numbers[owners[at]]): float(total[at]) for at in order}


def known_for(population: int) -> float:
    """Return the points of a place for its size: 14 for ten million people."""
    return KNOWN_FOR * math.log10(population + 1)


def world_names() -> NamesOf:
    """Return the index of the pack's names by GeoNames id; built by the first who asks."""
    with _lock:
        return _built()


@cache
def _built() -> NamesOf:
    return NamesOf.read(
        Owner(each.number, each.country, each.admin1, each.population, each.names) for each in entries()
    )


@cache
def areas() -> Mapping[str, frozenset[Area]]:
    """Return what people write before or after a city, folded: countries, their codes, divisions."""
    found: dict[str, set[Area]] = defaultdict(set)
    for land in pack.countries().values():
        for name in (*land.names, land.code.lower()):
            found[name].add((land.code, ANY))
    for (country, code), region in pack.regions().items():
        found[region.folded].add((country, code))
        if code.isalpha() and len(code) == SHORTEST_AREA:
            found[code.lower()].add((country, code))
    found["uk"].add(("GB", ANY))
    return {name: frozenset(held) for name, held in found.items() if len(name) >= SHORTEST_AREA}


def readings(text: str) -> list[tuple[str, frozenset[Area]]]:
    """Return the ways to read a folded text: as it is, and as a place with its area, either way round."""
    words, known = text.split(), areas()
    found: list[tuple[str, frozenset[Area]]] = [(text, frozenset())]
    for cut in range(1, len(words)):
        first, last = " ".join(words[:cut]), " ".join(words[cut:])
        found += [(name, known[area]) for name, area in ((first, last), (last, first)) if area in known]
    return found
