"""Reference geography: countries, first-level divisions and cities, as the pack has them.

Source: ``geonames`` (facts, names, populations without a year), ``cldr`` (names of countries).
Nothing large stays in memory here: cities are read as they are asked for.
"""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from localaction.packs import DATA

FOLDER = DATA / "reference" / "geography"
SOURCE = "geonames"
CITIES, COUNTRIES, REGIONS, CODES, WORLD = (
    FOLDER / name for name in ("cities.csv.xz", "countries.csv", "regions.csv", "codes.csv", "world.json")
)


class City(NamedTuple):
    """One city of GeoNames.

    ``latitude`` and ``longitude`` in degrees (WGS 84); ``population`` of unknown year; ``codes`` three-letter
    codes by which it is known; ``names`` folded for search, its own first.
    """

    geonames: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    codes: tuple[str, ...]
    names: tuple[str, ...]


class Country(NamedTuple):
    """One country: ``name`` in its most spoken language, ``said`` by language of the pages."""

    code: str
    geonames: int
    continent: str
    capital: str
    population: int
    name: str
    language: str
    said: Mapping[str, str]
    names: tuple[str, ...]

    def called(self, language: str) -> str:
        """Return the name in a language of the pages (``zh-hans`` counts as ``zh``), else in English."""
        return self.said.get(language.split("-")[0]) or self.said["en"]


def cities() -> Iterator[City]:
    """Yield every city, by country and GeoNames id."""
    with lzma.open(CITIES, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield City(
                int(row["geonames"]),
                row["name"],
                row["country"],
                row["admin1"],
                float(row["latitude"]),
                float(row["longitude"]),
                int(row["population"]),
                tuple(row["codes"].split()),
                tuple(row["names"].split("|")),
            )


@cache
def countries() -> Mapping[str, Country]:
    """Return every country by its ISO 3166-1 code of two letters."""
    found = {}
    for row in _rows(COUNTRIES):
        said = {key.removeprefix("name_"): text for key, text in row.items() if key.startswith("name_")}
        found[row["code"]] = Country(
            row["code"],
            int(row["geonames"]),
            row["continent"],
            row["capital"],
            int(row["population"]),
            row["name"],
            row["language"],
            said,
            tuple(row["names"].split("|")),
        )
    return found


class Region(NamedTuple):
    """A first-level division of a country: its name, and the name folded for search."""

    name: str
    folded: str


@cache
def regions() -> Mapping[tuple[str, str], Region]:
    """Return the first-level divisions by country and GeoNames code."""
    return {(row["country"], row["admin1"]): Region(row["name"], row["folded"]) for row in _rows(REGIONS)}


def codes() -> dict[int, str]:
    """Return the codes of ours that say more than a number, by GeoNames id: ``2759794`` is ``NL-AMS``."""
    return {int(row["geonames"]): row["code"] for row in _rows(CODES)}


def world() -> list[list[int]]:
    """Return the outline of the world: rings of longitude and latitude in turn, tenths of a degree."""
    rings: list[list[int]] = json.loads(WORLD.read_text(encoding="utf-8"))["rings"]
    return rings


@cache
def edition() -> str:
    """Return the SHA-256 over countries, cities and codes: what a database was loaded from."""
    digest = hashlib.sha256()
    for path in (CITIES, COUNTRIES, CODES):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
