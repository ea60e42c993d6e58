"""The data items that packs define: a figure is about one of them, never about something invented."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from localaction.engine.errors import InputError, shown
from localaction.engine.formulas.kinds import Kind, number
from localaction.engine.packs import Library
from localaction.engine.references.quantity import PLAIN, NotThisUnit, parts_of
from localaction.platform.values.errors import NotAnAnswer, UnknownItem

YES, NO = "yes", "no"
OPEN = "open"  # what a computed amount says when nothing is known of its parts; never zero
COLUMN = {
    "number": "amount",
    "choice": "choice",
    "yes_no": "choice",
    "day": "day",
    "text": "text",
    "table": "text",
}


def data_item(item_id: str) -> Mapping[str, Any]:
    """Return what a pack says of a data item: label, unit, dimensions. Raises ``UnknownItem``."""
    known = Library.load().items
    if item_id not in known:
        raise UnknownItem(item_id, sorted(known))
    return known[item_id]


def choices_of(declared: Mapping[str, Any]) -> dict[str, str]:
    """Return the choices of an item or column: id and label; yes and no for a yes or no."""
    if declared["kind"] == "yes_no":
        return {YES: YES, NO: NO}
    return {
        entry["id"] if isinstance(entry, Mapping) else entry: (
            entry["label"] if isinstance(entry, Mapping) else str(entry).replace("_", " ")
        )
        for entry in declared.get("choices", ())
    }


def problem_of_kind(declared: Mapping[str, Any], given: Mapping[str, bool], choice: str, unit: str) -> str:
    """Return why a figure is not of the kind of its item; an empty text if it is.

    Parameters
    ----------
    declared : mapping
        The data item.
    given : mapping
        Which of amount, notation key, choice, text and day the figure gives; a key fits every kind.
    choice, unit : str
        What is chosen, and the unit of the amount.
    """
    if given["notation_key"] or (declared["kind"] == "number" and choice == OPEN):
        return ""
    if not given[COLUMN[declared["kind"]]] or (choice and choice not in choices_of(declared)):
        return f"it takes {wanted_of(declared)}."
    if not given["amount"]:
        return ""
    if not unit:
        return "an amount needs its unit."
    try:
        checked_unit(declared, unit)
    except NotAnAnswer:
        return f'"{shown(unit)}" does not measure what {declared["unit"]} measures.'
    return ""


def checked_unit(declared: Mapping[str, Any], unit: str) -> str:
    """Return the symbol of a unit in which this item can be given.

    Raises
    ------
    NotAnAnswer
        If the unit is unknown, or measures something else.
    """
    try:
        scale(unit, declared["unit"])
        return symbol_of(unit)
    except InputError as error:
        found, wanted = f'in "{shown(unit)}"', f"an amount in {declared['unit']}"
        raise NotAnAnswer(declared["label"], found, wanted) from error


def scale(source: str, target: str) -> float:
    """Return by what an amount in ``source`` is multiplied to be in ``target``, units of several parts too.

    Raises
    ------
    UnknownUnit, NotThisUnit
        If a part is not on file, or the two do not measure the same.
    """
    if source == target:
        return 1.0
    here, there = _kind(source), _kind(target)
    if here.powers != there.powers:
        raise NotThisUnit(unit=source, expected=target)
    return here.size / there.size


def symbol_of(unit: str) -> str:
    """Return the unit with each part by its symbol: ``hectare/person`` is ``ha/person``."""
    units = Library.load().units
    return "/".join(part if part in PLAIN else units.get(part).symbol for part in parts_of(unit))


@cache
def _kind(unit: str) -> Kind:
    return number(unit, Library.load().units)


def wanted_of(declared: Mapping[str, Any]) -> str:
    """Return in words what an item takes."""
    return {
        "number": f"an amount in {declared.get('unit', '')}",
        "choice": f"one of {', '.join(choices_of(declared))}",
        "yes_no": "yes or no",
        "day": "a day",
        "text": "a text",
        "table": "rows",
    }[declared["kind"]]
