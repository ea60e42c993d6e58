"""What tables and method declarations must say of each other, of units, gases, cells and sources."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.packs.checks import Checks, known, new, unique
from localaction.engine.packs.methods import MEASURED, NUMERIC, Method, read_method
from localaction.engine.references.parameters import ParameterTable
from localaction.engine.references.quantity import check_unit, scale
from localaction.engine.yamlpack import Document, Place

BOUNDS = ("min", "max", "above", "below")


def checked_tables(document: Document, checks: Checks, taken: set[str]) -> Iterator[ParameterTable]:
    """Yield the tables of a file: ids used once, every value at known entries, once, and inside its range."""
    checks.sources_of(document)
    for index, data in enumerate(document.data["tables"]):
        place: Place = ("tables", index)
        new(document, (*place, "id"), data["id"], taken)
        taken.add(data["id"])
        _unit(document, (*place, "unit"), data["unit"], checks)
        unique(document, (((*place, "keys", n, "id"), key["id"]) for n, key in enumerate(data["keys"])))
        _rows(document, place, data)
        yield ParameterTable.read(data)


def _rows(document: Document, place: Place, data: Mapping[str, Any]) -> None:
    keys = {key["id"]: [entry["id"] for entry in key["entries"]] for key in data["keys"]}
    seen: set[str] = set()
    for index, row in enumerate(data["values"]):
        here = (*place, "values", index)
        for key, entry in row["at"].items():
            known(document, (*here, "at"), key, "key", keys)
            known(document, (*here, "at"), entry, f"entry of {key}", keys[key])
        if missing := [key for key in keys if key not in row["at"]]:
            raise document.error((*here, "at"), f'the key "{missing[0]}" is missing.', "Add it.")
        new(document, (*here, "at"), json.dumps(row["at"], sort_keys=True), seen)
        seen.add(json.dumps(row["at"], sort_keys=True))
        low, high = row.get("low", row["value"]), row.get("high", row["value"])
        if not low <= row["value"] <= high:
            problem = f"{row['value']} does not lie between {low} and {high}."
            raise document.error((*here, "value"), problem, "Correct the value or its range.")


def _unit(document: Document, place: Place, unit: str, checks: Checks) -> None:
    try:
        check_unit(unit, checks.units)
    except InputError as error:
        raise document.error(place, error.message, error.remedy) from error


@dataclass(frozen=True)
class MethodWords:
    """What method declarations may name."""

    tables: Mapping[str, ParameterTable]
    cells: Collection[str]
    species: Collection[str]
    gwp_sets: Collection[str]


def checked_method(document: Document, checks: Checks, words: MethodWords, taken: set[str]) -> Method:
    """Return the method of a file, if all that it names is on file and fits together.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    checks.sources_of(document)
    data = document.data
    new(document, ("id",), data["id"], taken)
    taken.add(data["id"])
    for index, cell in enumerate(data["cells"]):
        known(document, ("cells", index), cell, "cell", words.cells)
    _Names(document, words).check()
    for index, entry in enumerate(data["inputs"]):
        _input(document, ("inputs", index), entry, checks, words)
    for index, entry in enumerate(data["outputs"]):
        _output(document, ("outputs", index), entry, checks, words)
    _examples(document, words)
    return read_method(data, _choices(data, words))


def _choices(data: Mapping[str, Any], words: MethodWords) -> dict[str, Mapping[str, str]]:
    found = {}
    for entry in data["inputs"]:
        if of := entry.get("choices_of"):
            found[entry["name"]] = words.tables[of["parameter"]].keys[of["key"]].entries
    return found


class _Names:
    """The names of one declaration, used once each, and every mention of them."""

    def __init__(self, document: Document, words: MethodWords) -> None:
        self.document, self.data, self.words = document, document.data, words
        self.dimensions = [entry["id"] for entry in self.data.get("dimensions", ())]
        self.inputs = {entry["name"]: entry for entry in self.data["inputs"]}
        self.outputs = [entry["name"] for entry in self.data["outputs"]]

    def check(self) -> None:
        """Every name is used once for one thing, and every mention has its thing."""
        for kind, key in (("dimensions", "id"), ("inputs", "name"), ("outputs", "name"), ("examples", "id")):
            entries = self.data.get(kind, ())
            unique(self.document, (((kind, n, key), entry[key]) for n, entry in enumerate(entries)))
        for index, entry in enumerate(self.data.get("dimensions", ())):
            if name := entry.get("labelled_by"):
                self._labelling(("dimensions", index, "labelled_by"), entry["id"], name)
        for kind in ("inputs", "outputs"):
            for index, entry in enumerate(self.data[kind]):
                for dimension in entry.get("shape", ()):
                    known(self.document, (kind, index, "shape"), dimension, "dimension", self.dimensions)
        self._chart()

    def _labelling(self, place: Place, dimension: str, name: str) -> None:
        known(self.document, place, name, "input", self.inputs)
        if self.inputs[name].get("shape") != [dimension]:
            problem = f"{name} does not have the shape [{dimension}], so it cannot name its entries."
            raise self.document.error(place, problem, "Give it that shape, or name another input.")

    def _chart(self) -> None:
        if chart := self.data.get("chart"):
            known(self.document, ("chart", "x"), chart["x"], "dimension", self.dimensions)
            for name in chart["series"]:
                known(self.document, ("chart", "series"), name, "output", self.outputs)
            if stacked := chart.get("stacked"):
                known(self.document, ("chart", "stacked"), stacked, "dimension", self.dimensions)


def _input(
    document: Document, place: Place, data: Mapping[str, Any], checks: Checks, words: MethodWords
) -> None:
    kind, unit = data["kind"], data.get("unit")
    if (kind in NUMERIC) != (unit is not None):
        problem = f"{data['name']} is a {kind} and {'has no unit' if kind in NUMERIC else 'has a unit'}."
        raise document.error(place, problem, 'Numbers have a unit ("1" or fraction if plain), others none.')
    if unit is not None:
        _unit(document, (*place, "unit"), unit, checks)
    bounded = any(bound in data for bound in BOUNDS)
    if (kind in MEASURED) != bounded:
        problem = f"{data['name']} is a {kind} and {'has no range' if kind in MEASURED else 'has a range'}."
        raise document.error(place, problem, "Numbers and years have min, max, above or below; others none.")
    _choice(document, place, data, words)
    if "default" in data:
        _default(document, (*place, "default"), data, checks, words)


def _choice(document: Document, place: Place, data: Mapping[str, Any], words: MethodWords) -> None:
    listed = [key for key in ("choices", "choices_of") if key in data]
    if len(listed) != (data["kind"] == "choice"):
        problem = f"{data['name']} is a {data['kind']} and has {' and '.join(listed) or 'no choices'}."
        raise document.error(place, problem, "Give choices or choices_of to a choice, and to nothing else.")
    if of := data.get("choices_of"):
        known(document, (*place, "choices_of"), of["parameter"], "parameter table", words.tables)
        keys = words.tables[of["parameter"]].keys
        known(document, (*place, "choices_of"), of["key"], "key", keys)


def _default(
    document: Document, place: Place, data: Mapping[str, Any], checks: Checks, words: MethodWords
) -> None:
    default = data["default"]
    if ("value" in default) == ("parameter" in default):
        problem = f"the default of {data['name']} is not either a value or a parameter."
        raise document.error(place, problem, "Give value with source and confidence, or parameter with by.")
    if "value" in default:
        for key in ("source", "confidence"):
            if key not in default:
                raise document.error(place, f'the key "{key}" is missing.', "Add it.")
        return
    known(document, (*place, "parameter"), default["parameter"], "parameter table", words.tables)
    table = words.tables[default["parameter"]]
    by = default.get("by", {})
    if set(by) != set(table.keys):
        problem = f"{table.id} has the keys {', '.join(table.keys) or 'none'}, not {', '.join(by) or 'none'}."
        raise document.error(place, problem, "Name each key of the table once under by.")
    for key, entry in by.items():
        if isinstance(entry, str):
            _looked_up(document, (*place, "by", key), data, entry)
        else:
            known(document, (*place, "by", key), entry["is"], f"entry of {key}", table.keys[key].entries)
    try:
        scale(table.unit, data.get("unit", ""), checks.units)
    except InputError as error:
        raise document.error((*place, "parameter"), error.message, error.remedy) from error


def _looked_up(document: Document, place: Place, data: Mapping[str, Any], name: str) -> None:
    """What a table is looked up by is text and has no dimension that the filled input lacks."""
    inputs = {entry["name"]: entry for entry in document.data["inputs"]}
    dimensions = [entry["id"] for entry in document.data.get("dimensions", ())]
    known(document, place, name, "input or dimension", [*inputs, *dimensions])
    shape = inputs[name].get("shape", ()) if name in inputs else (name,)
    if extra := [dimension for dimension in shape if dimension not in data.get("shape", ())]:
        problem = f"{name} has the dimension {extra[0]}, which {data['name']} lacks."
        raise document.error(place, problem, "Give both the dimension, or look up by something else.")
    if name in inputs and inputs[name]["kind"] in NUMERIC:
        problem = f"{name} is a {inputs[name]['kind']}, by which nothing can be looked up."
        raise document.error(place, problem, "Look up by a choice, a text or a year.")


def _output(
    document: Document, place: Place, data: Mapping[str, Any], checks: Checks, words: MethodWords
) -> None:
    _unit(document, (*place, "unit"), data["unit"], checks)
    if species := data.get("species"):
        known(document, (*place, "species"), species, "gas", words.species)
    for index, cell in enumerate(data.get("cells", ())):
        known(document, (*place, "cells", index), cell, "cell", words.cells)
    if data.get("inventory"):
        if not species:
            problem = f"{data['name']} goes into an inventory and names no gas."
            raise document.error(place, problem, "Add species, or take inventory out.")
        checks.unit(document, (*place, "unit"), data["unit"], "mass")


def _examples(document: Document, words: MethodWords) -> None:
    inputs = [entry["name"] for entry in document.data["inputs"]]
    outputs = [entry["name"] for entry in document.data["outputs"]]
    for index, example in enumerate(document.data["examples"]):
        place: Place = ("examples", index)
        for name in example["inputs"]:
            known(document, (*place, "inputs", name), name, "input", inputs)
        for name in example["expected"]:
            known(document, (*place, "expected", name), name, "output", outputs)
        if total := example.get("co2e"):
            known(document, (*place, "co2e"), total["gwp_set"], "set of warming potentials", words.gwp_sets)
