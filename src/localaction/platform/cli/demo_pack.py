"""The demo network as data: sources, sign-ins, places with figures and inventories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from localaction.engine.periods import Period
from localaction.engine.yamlpack import Document, read
from localaction.packs import DATA

FOLDER = DATA / "demo"
PLACES = FOLDER / "places.yaml"
INVENTORIES = FOLDER / "inventories"


@dataclass(frozen=True)
class Source:
    """Where figures come from and how it is named."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    note: str = ""


@dataclass(frozen=True)
class Person:
    """A demo sign-in: a role, not a human being."""

    email: str
    name: str
    role: str
    place: str = ""


@dataclass(frozen=True)
class Fact:
    """Something that holds for a place from a day on."""

    key: str
    text: str
    since: date
    source: Source


@dataclass(frozen=True)
class DemoFigure:
    """A figure of a place and year."""

    item: str
    period: Period
    amount: str
    unit: str
    source: Source
    note: str = ""


@dataclass(frozen=True)
class DemoInventory:
    """An inventory: with a file of rows it is published, without one it is an empty draft."""

    period: Period
    gwp_set: str
    origin: str
    rows: Path | None = None
    about: str = ""
    source: Source | None = None

    @property
    def year(self) -> int:
        """Year by which the place names the period."""
        return self.period.label_year

    @property
    def citation(self) -> str:
        """How the figures are cited; empty for an own inventory without a source."""
        return f"{self.about} {self.source.attribution}" if self.source else ""

    @property
    def licence(self) -> str:
        """The licence of the figures; empty for an own inventory without a source."""
        return self.source.licence if self.source else ""


@dataclass(frozen=True)
class DemoTarget:
    """A target of a place as it published it: what is written in each field, and where that is from."""

    said: Mapping[str, str]
    source: Source

    @property
    def title(self) -> str:
        """What it is called."""
        return self.said["title"]


@dataclass(frozen=True)
class DemoPlace:
    """A place of the demo network."""

    code: str
    kind: str
    name: str
    language: str
    country: str
    name_en: str = ""
    other_names: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    figures: tuple[DemoFigure, ...] = ()
    inventories: tuple[DemoInventory, ...] = ()
    targets: tuple[DemoTarget, ...] = ()


@dataclass(frozen=True)
class DemoNetwork:
    """All of it."""

    people: tuple[Person, ...]
    places: tuple[DemoPlace, ...]


@cache
def read_demo(path: Path = PLACES) -> DemoNetwork:
    """Return the demo network. Raises ``PackError`` with file, line and what to do."""
    document = read(path, "demo")
    sources = {entry["id"]: Source(**entry) for entry in document.data["sources"]}
    places = tuple(
        _place(document, sources, entry, index) for index, entry in enumerate(document.data["places"])
    )
    codes = {place.code for place in places}
    for index, entry in enumerate(document.data["people"]):
        if entry.get("place", "") not in codes | {""}:
            fix = "Name one of the places of this file."
            raise document.error(("people", index, "place"), f'there is no place "{entry["place"]}".', fix)
    return DemoNetwork(tuple(Person(**entry) for entry in document.data["people"]), places)


def _place(
    document: Document, sources: Mapping[str, Source], entry: Mapping[str, Any], index: int
) -> DemoPlace:
    def cited(kind: str, number: int, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return an entry with its source instead of the source's name."""
        if "source" in data and data["source"] not in sources:
            where = ("places", index, kind, number, "source")
            raise document.error(where, f'there is no source "{data["source"]}".', "Add it under sources.")
        return {**data, "source": sources[data["source"]]} if "source" in data else dict(data)

    def entries(kind: str) -> list[dict[str, Any]]:
        return [cited(kind, number, data) for number, data in enumerate(entry.get(kind, []))]

    return DemoPlace(
        **{key: value for key, value in entry.items() if isinstance(value, str)},
        other_names=tuple(entry.get("other_names", ())),
        identifiers=entry.get("identifiers", {}),
        facts=tuple(Fact(**data | {"since": date.fromisoformat(data["since"])}) for data in entries("facts")),
        figures=tuple(DemoFigure(**_dated(data)) for data in entries("figures")),
        inventories=tuple(
            DemoInventory(**_dated(data) | {"rows": INVENTORIES / data["rows"] if "rows" in data else None})
            for data in entries("inventories")
        ),
        targets=tuple(_target(data) for data in entries("targets")),
    )


def _target(data: Mapping[str, Any]) -> DemoTarget:
    source: Source = data["source"]
    said = {key: value for key, value in data.items() if key not in {"source", "about"}}
    return DemoTarget(said | {"source": f"{data['about']}. {source.attribution}"}, source)


def _dated(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with its period: a calendar year, or ``start`` to ``end`` called by the year."""
    left = {key: value for key, value in data.items() if key not in {"year", "start", "end"}}
    if "start" not in data:
        return left | {"period": Period.year(data["year"])}
    start, end = date.fromisoformat(data["start"]), date.fromisoformat(data["end"])
    return left | {"period": Period.between(start, end, data["year"])}
