"""Everything the packs say, read once, checked, and frozen, with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from localaction.engine.references.cited import Source
from localaction.engine.references.factors import Factor, FactorTable
from localaction.engine.references.fuels import Activities, read_activity, read_fuel
from localaction.engine.references.gwp import GwpSet
from localaction.engine.references.protocol import Protocol
from localaction.engine.references.reading import factors_of_pack, read_factor_csv
from localaction.engine.units import Unit, Units, UnknownUnit
from localaction.engine.yamlpack import Document, Place, read
from localaction.packs import DATA

__all__ = ["Library", "Protocol", "Quality"]

PROTOCOL = "accounting/gpc/1.1/cells.yaml"
SPECIAL_SPECIES = ("CO2_biogenic", "CH4_fossil", "CH4_biogenic", "CO2E_UNSPLIT")
T = TypeVar("T")


@dataclass(frozen=True)
class Quality:
    """Default half-widths of the 95 % interval in percent, by grade, for what has no range of its own."""

    activity: Mapping[str, float]
    factor: Mapping[str, float]
    unstated: str
    label: str
    confidence: str


@dataclass(frozen=True)
class Library:
    """The rule book: protocol, units, warming potentials, fuels, factors, sources."""

    protocol: Protocol
    units: Units
    gwp_sets: Mapping[str, GwpSet]
    activities: Activities
    factors: FactorTable
    sources: Mapping[str, Source]
    quality: Quality
    items: Mapping[str, Mapping[str, Any]]
    pack_digest: str
    own: tuple[Factor, ...] = ()

    @staticmethod
    @cache
    def load(folder: Path = DATA) -> Library:
        """Return the rule book in ``folder``; read once per process.

        Raises
        ------
        PackError
            If a file is not as it must be: file, line, what and what to do.
        """
        return _Reader(folder).library()

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all files of the packs, and the factors added to them."""
        digests = (self.pack_digest, *sorted(factor.digest for factor in self.own))
        return self.pack_digest if not self.own else hashlib.sha256("".join(digests).encode()).hexdigest()

    @cached_property
    def species(self) -> frozenset[str]:
        """Every gas that may be named."""
        named = {gas for gwp in self.gwp_sets.values() for gas in gwp.values}
        return frozenset({*named, *SPECIAL_SPECIES})

    @cached_property
    def uses(self) -> tuple[str, ...]:
        """Every word by which factors and cells are matched."""
        return tuple(dict.fromkeys(use for cell in self.protocol.cells.values() for use in cell.uses))

    def with_factors(self, extra: Iterable[Factor]) -> Library:
        """Return the rule book with further factors; one of the same id replaces the old one."""
        own = tuple(extra)
        table = FactorTable([*self.factors.all.values(), *own], self.units)
        return replace(self, factors=table, own=(*self.own, *own))

    def read_factors(self, stream: BinaryIO) -> list[Factor]:
        """Return a city's own factors from a CSV table (see `read_factor_csv`)."""
        return read_factor_csv(stream, self.units, self.activities.all, self.uses, self.species)


class _Reader:
    """Reads the files of the packs and checks what they say of each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests: list[str] = []

    def library(self) -> Library:
        sources = {doc.data["id"]: Source.read(doc.data) for doc in self._all("sources", "source")}
        units = self._units()
        activities = self._activities(sources, units)
        gwp = self._one("reference/gwp.yaml", "gwp")
        self._check_sources(gwp, sources)
        protocol = self._one(PROTOCOL, "protocol")
        self._check_sources(protocol, sources)
        factors = FactorTable(self._factors(sources, units, activities), units)
        return Library(
            protocol=Protocol.read(protocol.data),
            units=units,
            gwp_sets={entry["id"]: GwpSet.read(entry) for entry in gwp.data["sets"]},
            activities=activities,
            factors=factors,
            sources=sources,
            quality=Quality(**self._one("reference/quality.yaml", "quality").data),
            items={item["id"]: item for doc in self._all("items", "items") for item in doc.data["items"]},
            pack_digest=hashlib.sha256("\n".join(sorted(self.digests)).encode()).hexdigest(),
        )

    def _one(self, name: str, kind: str) -> Document:
        path = self.folder / name
        self.digests.append(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
        return read(path, kind)

    def _all(self, name: str, kind: str) -> Iterator[Document]:
        for path in sorted((self.folder / name).glob("*.yaml")):
            yield self._one(f"{name}/{path.name}", kind)

    def _units(self) -> Units:
        data = self._one("reference/units.yaml", "units").data
        units = [
            Unit(
                symbol=unit["symbol"],
                label=unit["label"],
                dimension=unit["dimension"],
                expression=unit["pint"],
                basis=unit.get("basis"),
                aliases=tuple(unit.get("aliases", ())),
            )
            for unit in data["units"]
        ]
        return Units(units, data["definitions"])

    def _activities(self, sources: Mapping[str, Source], units: Units) -> Activities:
        fuels = self._one("reference/fuels.yaml", "fuels")
        others = self._one("reference/activities.yaml", "activities")
        self._check_sources(fuels, sources)
        self._unique(fuels, ("fuels",), [fuel["id"] for fuel in fuels.data["fuels"]])
        for index, fuel in enumerate(fuels.data["fuels"]):
            for key in ("ncv", "density"):
                if key in fuel:
                    for symbol in fuel[key]["unit"].split("/"):
                        self._known_unit(fuels, ("fuels", index, key, "unit"), symbol, units)
        return Activities(
            [
                *(read_fuel(fuel) for fuel in fuels.data["fuels"]),
                *(read_activity(activity) for activity in others.data["activities"]),
            ]
        )

    def _factors(
        self, sources: Mapping[str, Source], units: Units, activities: Activities
    ) -> Iterator[Factor]:
        for document in self._all("reference/factors", "factors"):
            self._check_sources(document, sources)
            self._unique(document, ("factors",), [entry["id"] for entry in document.data["factors"]])
            for index, entry in enumerate(document.data["factors"]):
                place: Place = ("factors", index)
                if entry["activity"] not in activities.all:
                    problem = f'there is no fuel or activity "{entry["activity"]}".'
                    raise document.error((*place, "activity"), problem, "Add it to fuels.yaml or activities.yaml.")
                yield from self._placed(document, (*place, "unit"), lambda e=entry: factors_of_pack(e, units))

    @staticmethod
    def _placed(document: Document, place: Place, make: Callable[[], Iterable[T]]) -> list[T]:
        """Return what ``make`` yields; an unknown unit in it is named with its place in the file."""
        try:
            return list(make())
        except UnknownUnit as error:
            raise document.error(place, error.message, error.remedy) from error

    def _known_unit(self, document: Document, place: Place, symbol: str, units: Units) -> None:
        self._placed(document, place, lambda: [units.get(symbol)])

    @staticmethod
    def _unique(document: Document, place: Place, ids: list[str]) -> None:
        seen: set[str] = set()
        for index, name in enumerate(ids):
            if name in seen:
                raise document.error((*place, index), f'the id "{name}" is used twice.', "Give each its own.")
            seen.add(name)

    @staticmethod
    def _check_sources(document: Document, sources: Mapping[str, Source]) -> None:
        for place, reference in _references(document.data, ()):
            if reference not in sources:
                problem = f'there is no source "{reference}".'
                raise document.error(place, problem, f"Add sources/{reference}.yaml, or correct the name.")


def _references(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield every ``source: {ref: ...}`` of a document with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source" and isinstance(value, dict):
                yield (*place, key, "ref"), value["ref"]
            else:
                yield from _references(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _references(value, (*place, index))
