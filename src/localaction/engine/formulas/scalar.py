"""Walk a formula on one report: null, three-valued logic and division by zero are defined here.

Any missing input gives null; ``and`` and ``or`` are three-valued; an ``if`` on null is null; division by zero
is null with a note; aggregates skip nulls, and a sum of nothing is null; an absent table (null) is not an
empty one. Numbers that differ by no more than binary fractions lose of decimals are equal.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from functools import reduce
from typing import Any, cast

from localaction.engine.formulas.tree import (
    COMPARISONS,
    Aggregate,
    Binary,
    Call,
    Choice,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
)

Scalar = float | bool | str | date | None
Row = Mapping[str, Scalar]
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
SAME = 1e-12  # of the larger one: a cut from 48 to 43.2 is 10 %, though binary fractions make it a trace less
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
ZERO_DIVISOR, TOO_LARGE = "formulas.division_by_zero", "formulas.too_large"


class Walk:
    """One walk over one report.

    Parameters
    ----------
    values : mapping
        What is known by name, numbers in base units; a name that is absent is null.
    tables : mapping
        Rows by table, each a mapping of columns; None for a table that was not given.

    Attributes
    ----------
    notes : list of str
        Codes of what went wrong on the way: a division by zero, a number too large.
    """

    def __init__(
        self, values: Mapping[str, Scalar], tables: Mapping[str, Sequence[Row] | None] | None = None
    ) -> None:
        self.values, self.tables = values, tables or {}
        self.notes: list[str] = []

    def value(self, node: Node) -> Scalar:
        """Return what a formula gives, in base units."""
        match node:
            case Number(value=value) | Text(value=value):
                return value
            case Name(id=name):
                return self.values.get(name)
            case Unary(op=op, part=part):
                found = self.value(part)
                return None if found is None else (not found if op == "not" else -cast("float", found))
            case Binary(op=op, left=left, right=right):
                return self._binary(op, self.value(left), self.value(right))
            case Logic(op=op, parts=parts):
                return _logic(op, [cast("bool | None", self.value(part)) for part in parts])
            case Choice(condition=condition, then=then, otherwise=otherwise):
                truth = self.value(condition)
                return None if truth is None else self.value(then if truth else otherwise)
            case Call(function=function, parts=parts):
                return _called(function, [self.value(part) for part in parts])
            case Aggregate():
                return self._aggregate(node)

    def _binary(self, op: str, left: Scalar, right: Scalar) -> Scalar:
        if left is None or right is None:
            return None
        if op in COMPARISONS:
            return compared(op, left, right)
        first, second = cast("float", left), cast("float", right)
        if op == "/":
            if second == 0:
                self.notes.append(ZERO_DIVISOR)
                return None
            result = first / second
        else:
            result = ARITHMETIC[op](first, second)
        if not math.isfinite(result):
            self.notes.append(TOO_LARGE)
            return None
        return result

    def _aggregate(self, node: Aggregate) -> Scalar:
        rows = self.tables.get(node.table)
        if rows is None:
            return None
        if node.row is None:
            return float(len(rows))
        found = [self._row(row, node.row) for row in rows]
        known = [value for value in found if value is not None]
        if node.function == "count":
            return float(sum(map(bool, known)))
        if node.function == "any":
            return _logic("or", [cast("bool | None", value) for value in found]) if found else False
        if not known:
            return None
        total = math.fsum(cast("Sequence[float]", known))
        return total if node.function == "sum" else total / len(known)

    def _row(self, row: Row, formula: Node) -> Scalar:
        inner = Walk({**self.values, **row})
        result = inner.value(formula)
        self.notes.extend(inner.notes)
        return result


def years_after(day: date, years: float) -> date:
    """Return the anniversary; 29 February falls on 28 February where the year has none.

    What lies beyond the calendar is its last day or its first.
    """
    year = day.year + int(min(max(years, -MAXYEAR), MAXYEAR))
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def compared(op: str, left: Scalar, right: Scalar) -> bool:
    """Return whether a comparison holds; two numbers as near as `SAME` says are equal."""
    if isinstance(left, float) and isinstance(right, float) and math.isclose(left, right, rel_tol=SAME):
        return COMPARE[op](left, left)
    return COMPARE[op](left, right)


def round_half_up(value: float, digits: int) -> float:
    """Return ``value`` rounded half away from zero: ``floor(|x| * 10^d + 0.5 + 1e-9) / 10^d``.

    The same rule on every backend; the last term takes what binary numbers lose of a decimal half. A number
    so large that it cannot be scaled has no digits to round.
    """
    scale = 10.0**digits
    scaled = abs(value) * scale
    return math.copysign(math.floor(scaled + 0.5 + 1e-9) / scale, value) if math.isfinite(scaled) else value


def _logic(op: str, parts: Sequence[bool | None]) -> bool | None:
    decisive = op == "or"
    if any(part is decisive for part in parts):
        return decisive
    return None if any(part is None for part in parts) else not decisive


def _called(function: str, values: Sequence[Scalar]) -> Scalar:
    if function == "present":
        return values[0] is not None
    if any(value is None for value in values):
        return None
    if function == "years_after":
        return years_after(cast("date", values[0]), cast("float", values[1]))
    numbers = cast("Sequence[float]", values)
    if function == "abs":
        return abs(numbers[0])
    return reduce(min if function == "min" else max, numbers)
