"""What a data item must say: a unit if it is a number, choices if it is chosen, columns if it is a table."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.packs.checks import Checks, unique
from localaction.engine.references.quantity import check_unit
from localaction.engine.yamlpack import Document, Place

NEEDS = {"number": "unit", "choice": "choices", "table": "columns"}


def check_item(document: Document, place: Place, item: Mapping[str, Any], checks: Checks) -> None:
    """Refuse a data item that lacks what its kind needs, has what another kind has, or cannot be named.

    Raises
    ------
    PackError
        At the line of the item.
    """
    for part in item["id"].split("."):
        if keyword.iskeyword(part):
            problem = f'"{part}" is a word of formulas, so {item["id"]} could not be named in one.'
            raise document.error((*place, "id"), problem, "Choose another word.")
    _fits(document, place, item, checks)
    if item["kind"] == "table":
        columns = item["columns"]
        unique(document, (((*place, "columns", n, "id"), column["id"]) for n, column in enumerate(columns)))
        for index, column in enumerate(columns):
            _fits(document, (*place, "columns", index), column, checks)


def _fits(document: Document, place: Place, item: Mapping[str, Any], checks: Checks) -> None:
    for kind, key in NEEDS.items():
        if (item["kind"] == kind) != (key in item):
            problem = f"{item['id']} is of the kind {item['kind']} and has {'no ' * (key not in item)}{key}."
            fix = "A number has a unit, a choice has choices, a table has columns, and nothing else has them."
            raise document.error(place, problem, fix)
    if "unit" in item:
        try:
            check_unit(item["unit"], checks.units)
        except InputError as error:
            raise document.error((*place, "unit"), error.message, error.remedy) from error
