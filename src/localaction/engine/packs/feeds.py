"""Read what feeds data items, and check it: names on file, kinds and units that fit, fits that are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.formulas.kinds import DAY, TEXT, TRUTH, Kind, Vocabulary, check, number, shown_as
from localaction.engine.formulas.parse import FormulaError, parse
from localaction.engine.formulas.tree import names_in
from localaction.engine.packs.checks import known, unique
from localaction.engine.packs.feed import Feed, Part
from localaction.engine.packs.library import Library
from localaction.engine.yamlpack import Document, Place, read
from localaction.packs import DATA

FILE = "feeds/feeds.yaml"
SORTS = {"choice": TEXT, "text": TEXT, "yes_no": TRUTH, "day": DAY}
PLAIN = Kind("number")
ASKED: Mapping[str, Kind] = {"year": PLAIN, "protocol": TEXT}  # what an inventory or a report says of itself


@cache
def feeds(folder: Path = DATA) -> Mapping[str, tuple[Feed, ...]]:
    """Return the feeds of each data item that has any, in order of preference; read once per process.

    Raises
    ------
    PackError
        If the file is not as it must be: file, line, what and what to do.
    """
    return read_feeds(folder / FILE, Library.load(folder))


def read_feeds(path: Path, library: Library) -> Mapping[str, tuple[Feed, ...]]:
    """Return the feeds of one file."""
    document = read(path, "feeds")
    reader = _Reader(document, library)
    found: dict[str, tuple[Feed, ...]] = {}
    for index, entry in enumerate(document.data["feeds"]):
        feed = reader.feed(("feeds", index), entry)
        if any(other.parts == feed.parts for other in found.get(feed.item, ())):
            raise document.error(("feeds", index), f"{feed.item} is fed by this twice.", "Remove one.")
        found[feed.item] = (*found.get(feed.item, ()), feed)
    return found


class _Reader:
    """The file as it is read, against the data items, units and cells on file."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document, self.library = document, library
        self.items: Mapping[str, Mapping[str, Any]] = library.items
        self.facts = self._declared("facts")
        self.target = self._declared("target")
        self.inventory: Mapping[str, str] = document.data["inventory"]
        for part, item in self.inventory.items():
            known(document, ("inventory", part), item, "data item", self.items)

    def feed(self, place: Place, entry: Mapping[str, Any]) -> Feed:
        name = entry["item"]
        known(self.document, (*place, "item"), name, "data item", self.items)
        item = self.items[name]
        if item["kind"] == "table" or item["dimensions"]:
            problem = f"{name} is a table or has dimensions, which no feed fills."
            raise self.document.error((*place, "item"), problem, "Feed a single answer.")
        [(source, wanted)] = entry["from"].items()
        where: Place = (*place, "from", source)
        target = self._kind(name)
        parts, given, formula = self._parts(where, source, wanted)
        if any(part.name == name and part.source == "figure" for part in parts):
            raise self.document.error(where, f"{name} feeds itself.", "Name what it is made from.")
        self._fits(where, name, target, given, parts)
        self._said(place, entry, target, parts, formula)
        return Feed(
            item=name,
            parts=parts,
            fit=entry["fit"],
            note=entry["note"],
            lasts=item.get("lasts", False),
            size=target.size,
            formula=formula,
            tree=parse(formula) if formula else None,
        )

    def _parts(self, where: Place, source: str, wanted: Any) -> tuple[tuple[Part, ...], Kind, str]:
        """Return what is looked up, the kind it gives, and the formula if there is one."""
        match source:
            case "fact":
                known(self.document, where, wanted, "fact", self.facts)
                kind = self.facts[wanted]
                return (Part("fact", wanted, size=kind.size),), kind, ""
            case "inventory":
                parts = tuple(self._of_inventory(where, wanted))
                return parts, self._kind(parts[0].name), ""
            case "of_inventory" | "of_report":
                return (
                    (Part("inventory" if source == "of_inventory" else "report", wanted),),
                    ASKED[wanted],
                    "",
                )
            case "target":
                known(self.document, where, wanted, "field of a target", self.target)
                kind = self.target[wanted]
                return (Part("target", wanted, size=kind.size),), kind, ""
            case "item":
                known(self.document, where, wanted, "data item", self.items)
                kind = self._kind(wanted, where)
                return (Part("figure", wanted, size=kind.size),), kind, ""
            case _:
                return self._formula(where, wanted)

    def _of_inventory(self, where: Place, wanted: Mapping[str, Any]) -> Iterable[Part]:
        """Yield a total, or the cells of a total that lie in a sector and a scope."""
        protocol = self.library.protocol
        total = wanted["total"]
        known(self.document, (*where, "total"), total, "total", [one.id for one in protocol.totals])
        if len(wanted) == 1:
            yield self._figure("total", total)
            return
        if "sector" in wanted:
            known(
                self.document,
                (*where, "sector"),
                wanted["sector"],
                "sector",
                [s.id for s in protocol.sectors],
            )
        cells = [
            cell
            for cell in protocol.cells.values()
            if total in cell.counts_in
            and wanted.get("sector", cell.sector) == cell.sector
            and wanted.get("scope", cell.scope) == cell.scope
        ]
        if not cells:
            fix = "Correct the total, the sector or the scope."
            raise self.document.error(where, "no cell of the inventory is meant by this.", fix)
        yield from (self._figure("cell", cell.ref) for cell in cells)

    def _figure(self, part: str, value: str) -> Part:
        item = self.inventory[part]
        [dimension] = self.items[item]["dimensions"]
        return Part("figure", item, ((dimension, value),), self._kind(item).size)

    def _formula(self, where: Place, text: str) -> tuple[tuple[Part, ...], Kind, str]:
        plain = {
            name for name, item in self.items.items() if item["kind"] != "table" and not item["dimensions"]
        }
        kinds = {name: self._kind(name) for name in plain}
        try:
            tree = parse(text)
            kind = check(tree, Vocabulary(kinds))
        except FormulaError as error:
            raise self.document.error(where, error.message, error.remedy) from error
        parts = tuple(Part("figure", name, size=kinds[name].size) for name in sorted(names_in(tree)))
        if not parts:
            raise self.document.error(where, "the formula names no data item.", "Name what it is made from.")
        return parts, kind, text

    def _fits(self, where: Place, name: str, target: Kind, given: Kind, parts: tuple[Part, ...]) -> None:
        """A number becomes a number of the same measure, a day a day, and a choice the same choice."""
        item = self.items[name]
        if target.sort == given.sort == "number":
            try:
                shown_as(given, target, item["unit"])
            except FormulaError as error:
                raise self.document.error(where, error.message, error.remedy) from error
            return
        choices = [self.items[part.name].get("choices") for part in parts if part.source == "figure"]
        if target.sort != given.sort or any(found != item.get("choices") for found in choices):
            problem = f"this cannot become {name}, whose answers are of another kind."
            raise self.document.error(where, problem, "Feed it by an item of the same kind and choices.")

    def _said(
        self, place: Place, entry: Mapping[str, Any], target: Kind, parts: tuple[Part, ...], formula: str
    ) -> None:
        """What is converted is not exact, and what is not converted is no conversion."""
        changed = bool(formula) or any(part.size != target.size for part in parts)
        if changed and entry["fit"] == "exact":
            problem = f"{entry['item']} is reckoned or changes its unit here, which is not exact."
            raise self.document.error((*place, "fit"), problem, "Write conversion, or confirm.")
        if not changed and entry["fit"] == "conversion":
            problem = f"nothing is converted on the way to {entry['item']}."
            raise self.document.error((*place, "fit"), problem, "Write exact, or confirm.")

    def _kind(self, name: str, where: Place | None = None) -> Kind:
        item = self.items[name]
        if where and (item["kind"] == "table" or item["dimensions"]):
            problem = f"{name} is a table or has dimensions, which a feed cannot read."
            raise self.document.error(where, problem, "Name a single answer, or a part of the inventory.")
        return number(item["unit"], self.library.units) if item["kind"] == "number" else SORTS[item["kind"]]

    def _declared(self, part: str) -> dict[str, Kind]:
        """Return what facts or targets are said to hold; what has no unit is a word."""
        entries = self.document.data[part]
        unique(self.document, (((part, n, "id"), entry["id"]) for n, entry in enumerate(entries)))
        return {
            entry["id"]: self._unit((part, n, "unit"), entry["unit"]) if "unit" in entry else TEXT
            for n, entry in enumerate(entries)
        }

    def _unit(self, place: Place, unit: str) -> Kind:
        try:
            return number(unit, self.library.units)
        except InputError as error:
            raise self.document.error(place, error.message, error.remedy) from error
