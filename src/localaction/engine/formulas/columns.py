"""Walk a formula over many reports at once: the same rules as on one, in NumPy, a mask beside each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.formulas.program import CHOICE, CONSTANT, NAME, NEGATIVE, NOT, OF_ROWS, Program, Step
from localaction.engine.formulas.scalar import SAME, TOO_LARGE, ZERO_DIVISOR
from localaction.engine.formulas.tree import COMPARISONS, Node

Bools = NDArray[np.bool_]
COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
MONTHS_A_YEAR = 12
FIRST_DAY, LAST_DAY = np.datetime64(date.min), np.datetime64(date.max)
ALWAYS: Bools = np.ones((), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Column:
    """One value for each report: float, truth, text, or day (``datetime64[D]``); ``known`` is false for null.

    What stands where a value is not known means nothing.
    """

    values: NDArray[Any]
    known: Bools


@dataclass(frozen=True)
class Table:
    """The rows of a table of many reports.

    Parameters
    ----------
    report : ndarray of int, shape (rows,)
        To which report each row belongs.
    given : ndarray of bool, shape (reports,)
        Whether a report has the table at all; it may have it without a row.
    columns : mapping
        The columns of the rows.
    """

    report: NDArray[np.intp]
    given: Bools
    columns: Mapping[str, Column]


class ColumnWalk:
    """One walk over ``size`` reports; ``notes`` counts what went wrong, by code.

    Parameters
    ----------
    values : mapping
        Columns by name; more may be added while the walk goes on, before they are asked for.
    size : int
        How many reports.
    tables : mapping, optional
        Rows by table.
    program : Program, optional
        Steps of formulas to be walked by `column`; `value` adds to a program of its own.
    """

    def __init__(
        self,
        values: Mapping[str, Column],
        size: int,
        tables: Mapping[str, Table] | None = None,
        program: Program | None = None,
    ) -> None:
        self.columns, self.size, self.tables = values, size, tables or {}
        self.program = program or Program()
        self.notes: Counter[str] = Counter()
        self._done: dict[int, Column] = {}
        self._inner: dict[str, ColumnWalk] = {}
        self._null = Column(np.zeros(size), np.zeros(size, dtype=np.bool_))

    def value(self, node: Node) -> Column:
        """Return what a formula gives for each report, in base units."""
        return self.column(self.program.add(node))

    def column(self, at: int) -> Column:
        """Return what a step of the program gives for each report, in base units."""
        with np.errstate(all="ignore"):
            found = self._at(at)
        if found.values.ndim and found.known.ndim:
            return found
        return Column(np.broadcast_to(found.values, self.size), np.broadcast_to(found.known, self.size))

    def _at(self, at: int) -> Column:
        """Return the result of a step, reckoned when it is first asked for; a constant has no dimension."""
        found = self._done.get(at)
        if found is None:
            found = self._reckoned(self.program.steps[at])
            if self.program.uses[at] > 1:
                self._done[at] = found
        return found

    def _reckoned(self, step: Step) -> Column:
        op = step.op
        if op == NAME:
            return self.columns.get(str(step.detail)) or self._null
        if op == CONSTANT:
            return Column(np.array(step.detail), ALWAYS)
        if op.endswith(OF_ROWS):
            return self._aggregate(step)
        parts = [self._at(part) for part in step.parts]
        if op in ARITHMETIC:
            return self._arithmetic(op, *parts)
        if op in COMPARISONS:
            return self._comparison(op, *parts)
        if op in {"and", "or"}:
            return _logic(op, parts)
        if op == NOT:
            return Column(~_truth(parts[0]), parts[0].known)
        if op == NEGATIVE:
            return Column(-parts[0].values, parts[0].known)
        return _choice(*parts) if op == CHOICE else _called(op, parts)

    def _arithmetic(self, op: str, left: Column, right: Column) -> Column:
        values = ARITHMETIC[op](left.values, right.values)
        known = left.known & right.known
        good = known & np.isfinite(values)
        if lost := int(np.count_nonzero(known)) - int(np.count_nonzero(good)):
            zero = int(np.count_nonzero(known & (right.values == 0))) if op == "/" else 0
            self.notes[ZERO_DIVISOR] += zero
            self.notes[TOO_LARGE] += lost - zero
        return Column(values, good)

    def _comparison(self, op: str, left: Column, right: Column) -> Column:
        known = left.known & right.known
        if left.values.dtype.kind != right.values.dtype.kind:  # one of them is null all over
            return Column(np.zeros(self.size, dtype=np.bool_), known)
        return Column(compared(op, left.values, right.values), known)

    def _aggregate(self, step: Step) -> Column:
        name = str(step.detail)
        table = self.tables.get(name)
        if table is None:
            return self._null
        if not step.parts:
            return Column(np.bincount(table.report, minlength=self.size).astype(np.float64), table.given)
        if name not in self._inner:
            columns = RowColumns(table, self.columns)
            self._inner[name] = ColumnWalk(columns, len(table.report), program=self.program.rows[name])
        inner = self._inner[name]
        inner.notes = self.notes
        found = inner.column(step.parts[0])
        return self._reduced(step.op.removesuffix(OF_ROWS), found, table)

    def _reduced(self, function: str, found: Column, table: Table) -> Column:
        def per_report(weights: NDArray[Any]) -> NDArray[np.float64]:
            return np.bincount(table.report, weights, minlength=self.size).astype(np.float64, copy=False)

        truth = found.values.dtype.kind == "b"
        total = per_report(found.known & found.values if truth else np.where(found.known, found.values, 0))
        if function == "count":
            return Column(total, table.given)
        known = per_report(found.known)
        if function == "any":
            unknown = np.bincount(table.report, minlength=self.size) > known
            return Column(total > 0, table.given & ((total > 0) | ~unknown))
        some = table.given & (known > 0)
        return Column(total if function == "sum" else total / known, some)


class RowColumns(dict[str, Column]):
    """What a row of a table may name: its own columns, and those of its report, spread when asked for."""

    def __init__(self, table: Table, outer: Mapping[str, Column]) -> None:
        super().__init__(table.columns)
        self.report, self.outer = table.report, outer

    def get(self, name: str, default: Any = None) -> Any:
        """Return a column with one value for each row."""
        if name not in self and name in self.outer:
            held = self.outer[name]
            self[name] = Column(held.values[self.report], held.known[self.report])
        return super().get(name, default)


def compared(op: str, left: NDArray[Any], right: NDArray[Any] | float) -> Bools:
    """Compare value by value; the rule of `scalar.compared`: numbers that are nearly equal are equal."""
    if left.dtype.kind == "f":
        slack = SAME * np.abs(right)
        if op in {"==", "!="}:
            near: Bools = np.abs(left - right) <= slack
            return near if op == "==" else ~near
        right = right + slack if op in {"<=", ">"} else right - slack
    found: Bools = COMPARE[op](left, right)
    return found


def round_half_up(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Return ``values`` rounded half away from zero; the rule of `scalar.round_half_up`."""
    scale = 10.0**digits
    with np.errstate(over="ignore"):
        scaled = np.abs(values) * scale
    rounded = np.copysign(np.floor(scaled + 0.5 + 1e-9) / scale, values)
    found: NDArray[np.float64] = np.where(np.isfinite(scaled), rounded, values)
    return found


def _truth(column: Column) -> Bools:
    found: Bools = column.values
    return found if found.dtype.kind == "b" else found.astype(np.bool_)


def _logic(op: str, parts: list[Column]) -> Column:
    """Three-valued: one false decides ``and``, one true decides ``or``, whatever is unknown."""
    decided: Bools = np.zeros((), dtype=np.bool_)
    known: Bools = ALWAYS
    for part in parts:
        truth = _truth(part)
        decided = decided | (part.known & (truth if op == "or" else ~truth))
        known = known & part.known
    return Column(decided if op == "or" else ~decided, decided | known)


def _choice(condition: Column, then: Column, otherwise: Column) -> Column:
    truth = _truth(condition)
    if then.values.dtype.kind != otherwise.values.dtype.kind:
        then, otherwise = _alike(then, otherwise), _alike(otherwise, then)
    values = np.where(truth, then.values, otherwise.values)
    return Column(values, condition.known & np.where(truth, then.known, otherwise.known))


def _called(function: str, parts: list[Column]) -> Column:
    if function == "present":
        return Column(parts[0].known, ALWAYS)
    known = reduce(np.logical_and, [part.known for part in parts])
    if function == "years_after":
        return Column(_years_after(parts[0], parts[1], known), known)
    values = [part.values for part in parts]
    if function == "abs":
        return Column(np.abs(values[0]), known)
    return Column(reduce(np.minimum if function == "min" else np.maximum, values), known)


def _alike(column: Column, other: Column) -> Column:
    """A column that is null all over takes the kind of the other."""
    return column if column.known.any() else Column(np.zeros_like(other.values), column.known)


def _years_after(day: Column, years: Column, known: Bools) -> NDArray[Any]:
    """Return anniversaries; where years are the same for all, every day between first and last once."""
    if not known.any():
        return day.values
    days: NDArray[Any] = np.where(
        known, day.values, day.values[known.argmax()] if day.values.ndim else day.values
    )
    number = days.astype("datetime64[D]").view(np.int64)
    first, last = number.min(), number.max()
    if years.values.ndim or last - first >= number.size:
        return _moved(number.view("datetime64[D]"), np.where(known, years.values, 0))
    calendar = _moved(np.arange(first, last + 1).view("datetime64[D]"), years.values)
    found: NDArray[Any] = calendar[number - first]
    return found


def _moved(days: NDArray[Any], years: NDArray[Any]) -> NDArray[Any]:
    """Return days so many years on; 29 February falls on 28 February where the year has none."""
    months = days.astype("datetime64[M]")
    moved = months + (years.astype(np.int64) * MONTHS_A_YEAR).astype("timedelta64[M]")
    end = (moved + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found = np.minimum(moved.astype("datetime64[D]") + (days - months), end)
    held: NDArray[Any] = np.clip(found, FIRST_DAY, LAST_DAY)
    return held
