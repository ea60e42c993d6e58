"""One value of an input: of the right kind, finite, inside its range."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from localaction.engine.errors import shown
from localaction.engine.methods import problems
from localaction.engine.methods.problems import Index
from localaction.engine.packs.methods import Input

LONGEST_TEXT = 200
LARGEST = 1e30  # far above any amount on Earth; keeps products finite
WHOLE_LIMIT = 2**53  # beyond it a number of JSON is not exact


def leaf(entry: Input, index: Index, value: Any, multiplier: float = 1.0) -> float | int | str:
    """Return one value as the kind of the input needs it, times ``multiplier``, which brings it to its unit.

    Raises
    ------
    InputProblem
        What is wrong with it, where, and what to do.
    """
    if value is None:
        raise problems.MissingValue(entry.name, index)
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        raise problems.NotOneValue(entry.name, index, found=described(value))
    if entry.kind in {"choice", "text"}:
        return _text(entry, index, value)
    number = _number(entry, index, value, multiplier)
    if entry.kind == "number":
        return number
    if number != math.floor(number) or abs(number) > WHOLE_LIMIT:
        example = "2004" if entry.kind == "year" else "12"
        raise problems.NotWhole(entry.name, index, found=described(value), example=example)
    return int(number)


def _text(entry: Input, index: Index, value: Any) -> str:
    if not isinstance(value, str):
        raise problems.NotAText(entry.name, index, found=described(value))
    if entry.kind == "choice" and value not in entry.choices:
        raise problems.UnknownChoice(entry.name, index, value=value, known=list(entry.choices))
    return value.replace("\0", "")[:LONGEST_TEXT]


def _number(entry: Input, index: Index, value: Any, multiplier: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problems.NotANumber(entry.name, index, found=described(value))
    try:
        number = float(value) * multiplier
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise problems.NotFinite(entry.name, index)
    _inside(entry, index, number)
    return number


def _inside(entry: Input, index: Index, number: float) -> None:
    too_low = (entry.min is not None and number < entry.min) or (
        entry.above is not None and number <= entry.above
    )
    too_high = (entry.max is not None and number > entry.max) or (
        entry.below is not None and number >= entry.below
    )
    if too_low or too_high:
        problem = problems.TooLow if too_low else problems.TooHigh
        raise problem(entry.name, index, value=f"{number:.15g}", bound=entry.range_text())


def described(value: Any) -> str:
    """Return in words what was found: ``a list``, ``an object``, ``"12"``, ``true``."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    try:
        return shown(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError):
        return f"a {type(value).__name__}"
