"""Checks of the protocol and of the warming potentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localaction.engine.packs.checks import Checks, known, unique
from localaction.engine.yamlpack import Document, Place


def check_protocol(document: Document, checks: Checks) -> None:
    """Cells have numbers of their own, known columns and totals, and are required only where they count."""
    checks.sources_of(document)
    data = document.data
    cells = list(_cells(data))
    unique(document, (((*place, "ref"), cell["ref"]) for place, cell in cells))
    for kind in ("totals", "notation_keys", "columns", "sectors"):
        unique(document, (((kind, index, "id"), entry["id"]) for index, entry in enumerate(data[kind])))
    columns = [column["id"] for column in data["columns"]]
    totals = [total["id"] for total in data["totals"]]
    for place, cell in cells:
        known(document, (*place, "column"), cell["column"], "column", columns)
        for key in ("counts_in", "required_at"):
            for total in cell[key]:
                known(document, (*place, key), total, "total", totals)
        if extra := [total for total in cell["required_at"] if total not in cell["counts_in"]]:
            problem = f"{cell['ref']} is required at {extra[0]}, in which it does not count."
            raise document.error(
                (*place, "required_at"), problem, "Add it to counts_in, or take it out here."
            )


def check_warming_potentials(document: Document, checks: Checks) -> None:
    """Sets have ids of their own, CO2 at 1, and exceptions only for gases they hold."""
    checks.sources_of(document)
    sets = document.data["sets"]
    unique(document, ((("sets", index, "id"), entry["id"]) for index, entry in enumerate(sets)))
    for index, entry in enumerate(sets):
        if entry["values"].get("CO2") != 1:
            problem = "the warming potential of CO2 is not 1."
            raise document.error(
                ("sets", index, "values"), problem, "Write CO2: 1, by which all are measured."
            )
        for number, exception in enumerate(entry.get("exceptions", ())):
            place: Place = ("sets", index, "exceptions", number, "gases")
            for gas in exception["gases"]:
                known(document, place, gas, "value in this set for", entry["values"])


def _cells(data: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    for i, sector in enumerate(data["sectors"]):
        for j, subsector in enumerate(sector["subsectors"]):
            for k, cell in enumerate(subsector["cells"]):
                yield ("sectors", i, "subsectors", j, "cells", k), cell
