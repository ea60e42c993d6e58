"""Read every pack file, check what they say of each other, and hand over what makes a rule book."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from localaction.engine.packs.activitychecks import check_activities, check_fuels, check_names
from localaction.engine.packs.checks import Checks, new, unique
from localaction.engine.packs.derived import derived_tables
from localaction.engine.packs.factorchecks import Vocabulary, checked_entries
from localaction.engine.packs.itemchecks import check_item
from localaction.engine.packs.methodchecks import MethodWords, checked_method, checked_tables
from localaction.engine.packs.methods import Method
from localaction.engine.packs.plausiblechecks import checked_plausible
from localaction.engine.packs.rulechecks import check_protocol, check_warming_potentials
from localaction.engine.references.cited import Source
from localaction.engine.references.countries import Countries, Country
from localaction.engine.references.factors import FactorTable
from localaction.engine.references.fuels import Activities, read_activity, read_fuel
from localaction.engine.references.gwp import GwpSet, species
from localaction.engine.references.packfactors import factors_of_pack
from localaction.engine.references.parameters import ParameterTable
from localaction.engine.references.protocol import Protocol
from localaction.engine.references.quality import DefaultRange, Quality
from localaction.engine.units import BadUnit, Unit, Units
from localaction.engine.yamlpack import Document, read

PROTOCOL = "accounting/gpc/1.1/cells.yaml"


def read_packs(folder: Path) -> dict[str, Any]:
    """Return what a rule book is made of, by the names of its fields.

    Raises
    ------
    PackError
        If a file is not as it must be: file, line, what and what to do.
    """
    files = _Files(folder)
    sources = _sources(files)
    units = _units(files.one("reference/units.yaml", "units"))
    checks = Checks(sources, units)
    protocol = _protocol(files, checks)
    gwp_sets = _gwp_sets(files, checks)
    activities = _activities(files, checks)
    gases = species(gwp_sets.values())
    words = Vocabulary(activities.all, protocol.uses, gases, gwp_sets)
    factors = _factors(files, checks, words)
    parameters = {**derived_tables(activities.fuels, factors), **_parameters(files, checks)}
    method_words = MethodWords(parameters, protocol.cells, gases, gwp_sets)
    item_files = list(files.all("items", "items"))
    items = _items(item_files, checks)
    return {
        "protocol": protocol,
        "units": units,
        "gwp_sets": gwp_sets,
        "activities": activities,
        "factors": factors,
        "sources": sources,
        "quality": Quality(**files.one("reference/quality.yaml", "quality").data),
        "default_ranges": _default_ranges(files, checks),
        "items": items,
        "plausible": checked_plausible(item_files, checks, items),
        "countries": _countries(files, checks),
        "species": gases,
        "parameters": parameters,
        "pack_digest": files.digest(),
        "methods": _methods(folder, checks, method_words),
    }


class _Files:
    """The files of a folder of packs, and a digest of what those read so far contain."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents: list[str] = []

    def one(self, name: str, kind: str) -> Document:
        document = read(self.folder / name, kind)
        content = json.dumps(document.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.contents.append(f"{name} {hashlib.sha256(content.encode()).hexdigest()}")
        return document

    def all(self, name: str, kind: str) -> Iterator[Document]:
        for path in sorted((self.folder / name).glob("*.yaml")):
            yield self.one(f"{name}/{path.name}", kind)

    def digest(self) -> str:
        return hashlib.sha256("\n".join(sorted(self.contents)).encode()).hexdigest()


def _sources(files: _Files) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for document in files.all("sources", "source"):
        name, stem = document.data["id"], document.path.stem
        if name != stem:
            problem = f'the id "{name}" is not the name of the file.'
            raise document.error(("id",), problem, f'Write "{stem}", or rename the file.')
        found[name] = Source.read(document.data)
    return found


def _units(document: Document) -> Units:
    entries = document.data["units"]
    unique(
        document,
        (
            (("units", index), name)
            for index, entry in enumerate(entries)
            for name in (entry["symbol"], *entry.get("aliases", ()))
        ),
    )
    units = Units((_unit(entry) for entry in entries), document.data["definitions"])
    try:
        units.check()
    except BadUnit as error:
        symbols = [entry["symbol"] for entry in entries]
        wrong = error.params["unit"]
        place = ("units", symbols.index(wrong), "pint") if wrong in symbols else ("definitions",)
        raise document.error(place, error.message, error.remedy) from error
    return units


def _unit(data: Mapping[str, Any]) -> Unit:
    return Unit(
        symbol=data["symbol"],
        label=data["label"],
        dimension=data["dimension"],
        expression=data["pint"],
        basis=data.get("basis"),
        aliases=tuple(data.get("aliases", ())),
        exact=data.get("exact", False),
    )


def _protocol(files: _Files, checks: Checks) -> Protocol:
    document = files.one(PROTOCOL, "protocol")
    check_protocol(document, checks)
    return Protocol.read(document.data)


def _gwp_sets(files: _Files, checks: Checks) -> dict[str, GwpSet]:
    document = files.one("reference/gwp.yaml", "gwp")
    check_warming_potentials(document, checks)
    return {entry["id"]: GwpSet.read(entry) for entry in document.data["sets"]}


def _activities(files: _Files, checks: Checks) -> Activities:
    fuels = files.one("reference/fuels.yaml", "fuels")
    others = files.one("reference/activities.yaml", "activities")
    check_fuels(fuels, checks)
    check_activities(others, checks)
    check_names(fuels, others)
    return Activities(
        [
            *(read_fuel(entry) for entry in fuels.data["fuels"]),
            *(read_activity(entry) for entry in others.data["activities"]),
        ]
    )


def _countries(files: _Files, checks: Checks) -> Countries:
    document = files.one("reference/countries.yaml", "countries")
    checks.sources_of(document)
    entries = document.data["countries"]
    for key in ("id", "alpha3"):
        unique(document, ((("countries", index, key), entry[key]) for index, entry in enumerate(entries)))
    return Countries(Country.read(entry) for entry in entries)


def _default_ranges(files: _Files, checks: Checks) -> dict[str, DefaultRange]:
    document = files.one("reference/uncertainty.yaml", "uncertainty")
    checks.sources_of(document)
    kinds = document.data["kinds"]
    unique(document, ((("kinds", index, "id"), entry["id"]) for index, entry in enumerate(kinds)))
    for index, entry in enumerate(kinds):
        percent = entry.get("percent", {})
        if percent.get("least", 0) > percent.get("most", math.inf):
            problem = "the least is above the most."
            raise document.error(("kinds", index, "percent"), problem, "Compare the two with the source.")
    return {entry["id"]: DefaultRange.read(entry) for entry in kinds}


def _items(documents: Iterable[Document], checks: Checks) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for document in documents:
        for index, item in enumerate(document.data["items"]):
            new(document, ("items", index, "id"), item["id"], found)
            check_item(document, ("items", index), item, checks)
            found[item["id"]] = item
    return found


def _factors(files: _Files, checks: Checks, words: Vocabulary) -> FactorTable:
    taken: set[str] = set()
    return FactorTable(
        (
            factor
            for document in files.all("reference/factors", "factors")
            for entry in checked_entries(document, checks, words, taken)
            for factor in factors_of_pack(entry, checks.units)
        ),
        checks.units,
    )


def _parameters(files: _Files, checks: Checks) -> dict[str, ParameterTable]:
    taken: set[str] = set()
    return {
        table.id: table
        for document in files.all("reference/parameters", "parameters")
        for table in checked_tables(document, checks, taken)
    }


def _methods(folder: Path, checks: Checks, words: MethodWords) -> dict[str, Method]:
    """Return the methods by id; each has a digest of its own, so they are not part of the rule book's."""
    taken: set[str] = set()
    found: dict[str, Method] = {}
    for path in sorted((folder / "methods").glob("*/*.yaml")):
        method = checked_method(read(path, "method"), checks, words, taken)
        found[method.id] = method
    return found
