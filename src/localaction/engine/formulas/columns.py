"""Walk a formula over many reports at once: the same rules as on one, in NumPy, a mask beside each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.formulas.scalar import SAME, TOO_LARGE, ZERO_DIVISOR
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
    """One walk over ``size`` reports; ``notes`` counts what went wrong, by code."""

    def __init__(
        self, values: Mapping[str, Column], size: int, tables: Mapping[str, Table] | None = None
    ) -> None:
        self.columns, self.size, self.tables = values, size, tables or {}
        self.notes: Counter[str] = Counter()

    def value(self, node: Node) -> Column:
        """Return what a formula gives for each report, in base units."""
        match node:
            case Number(value=value):
                return self._constant(value)
            case Text(value=value):
                return self._constant(value)
            case Name(id=name):
                return self.columns.get(name) or self._null()
            case Unary(op=op, part=part):
                found = self.value(part)
                return Column(~found.values if op == "not" else -found.values, found.known)
            case Binary(op=op, left=left, right=right):
                return self._binary(op, self.value(left), self.value(right))
            case Logic(op=op, parts=parts):
                return _logic(op, [self.value(part) for part in parts])
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self._choice(self.value(condition), self.value(then), self.value(otherwise))
            case Call(function=function, parts=parts):
                return self._call(function, [self.value(part) for part in parts])
            case Aggregate():
                return self._aggregate(node)

    def _constant(self, value: float | str) -> Column:
        return Column(np.full(self.size, value), np.ones(self.size, dtype=np.bool_))

    def _null(self) -> Column:
        return Column(np.zeros(self.size), np.zeros(self.size, dtype=np.bool_))

    def _binary(self, op: str, left: Column, right: Column) -> Column:
        known = left.known & right.known
        if op in COMPARISONS:
            if left.values.dtype.kind != right.values.dtype.kind:  # one of them is null all over
                return Column(np.zeros(self.size, dtype=np.bool_), known)
            return Column(compared(op, left.values, right.values), known)
        if op == "/":
            zero = known & (right.values == 0)
            self.notes[ZERO_DIVISOR] += int(zero.sum())
            known = known & ~zero
        with np.errstate(all="ignore"):
            values = ARITHMETIC[op](left.values, right.values)
        wild = known & ~np.isfinite(values)
        self.notes[TOO_LARGE] += int(wild.sum())
        return Column(values, known & ~wild)

    def _choice(self, condition: Column, then: Column, otherwise: Column) -> Column:
        truth = condition.values.astype(np.bool_)
        if then.values.dtype.kind != otherwise.values.dtype.kind:
            then, otherwise = _alike(then, otherwise), _alike(otherwise, then)
        values = np.where(truth, then.values, otherwise.values)
        return Column(values, condition.known & np.where(truth, then.known, otherwise.known))

    def _call(self, function: str, parts: list[Column]) -> Column:
        if function == "present":
            return Column(parts[0].known, np.ones(self.size, dtype=np.bool_))
        known = np.logical_and.reduce([part.known for part in parts])
        if function == "years_after":
            return Column(_years_after(parts[0], parts[1], known), known)
        values = [part.values for part in parts]
        if function == "abs":
            return Column(np.abs(values[0]), known)
        reduce = np.minimum.reduce if function == "min" else np.maximum.reduce
        return Column(reduce(values), known)

    def _aggregate(self, node: Aggregate) -> Column:
        table = self.tables.get(node.table)
        if table is None:
            return self._null()
        rows = len(table.report)
        if node.row is None:
            return Column(np.bincount(table.report, minlength=self.size).astype(np.float64), table.given)
        outer = {
            name: Column(column.values[table.report], column.known[table.report])
            for name, column in self.columns.items()
        }
        inner = ColumnWalk({**outer, **table.columns}, rows)
        found = inner.value(node.row)
        self.notes.update(inner.notes)
        return self._reduced(node.function, found, table)

    def _reduced(self, function: str, found: Column, table: Table) -> Column:
        def per_report(weights: NDArray[Any]) -> NDArray[np.float64]:
            counted = np.bincount(table.report, weights=weights, minlength=self.size)
            return counted.astype(np.float64)

        known = per_report(found.known.astype(np.float64))
        total = per_report(np.where(found.known, found.values, 0).astype(np.float64))
        if function == "count":
            return Column(total, table.given)
        if function == "any":
            unknown = np.bincount(table.report, minlength=self.size) > known
            return Column(total > 0, table.given & ((total > 0) | ~unknown))
        some = table.given & (known > 0)
        if function == "sum":
            return Column(total, some)
        return Column(np.divide(total, known, out=np.zeros(self.size), where=known > 0), some)


def compared(op: str, left: NDArray[Any], right: NDArray[Any]) -> Bools:
    """Compare value by value; the rule of `scalar.compared`."""
    if left.dtype.kind == "f":
        with np.errstate(all="ignore"):
            near = np.abs(left - right) <= SAME * np.maximum(np.abs(left), np.abs(right))
        right = np.where(near, left, right)
    found: Bools = COMPARE[op](left, right)
    return found


def round_half_up(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Return ``values`` rounded half away from zero; the rule of `scalar.round_half_up`."""
    scale = 10.0**digits
    rounded: NDArray[np.float64] = np.copysign(np.floor(np.abs(values) * scale + 0.5 + 1e-9) / scale, values)
    return rounded


def _logic(op: str, parts: list[Column]) -> Column:
    decisive = op == "or"
    decided = np.logical_or.reduce([part.known & (part.values == decisive) for part in parts])
    all_known = np.logical_and.reduce([part.known for part in parts])
    return Column(decided if decisive else ~decided, decided | all_known)


def _alike(column: Column, other: Column) -> Column:
    """A column that is null all over takes the kind of the other."""
    return column if column.known.any() else Column(np.zeros_like(other.values), column.known)


def _years_after(day: Column, years: Column, known: Bools) -> NDArray[Any]:
    """Return anniversaries; 29 February falls on 28 February where the year has none."""
    days = np.where(known, day.values.astype("datetime64[D]"), np.datetime64("2000-01-01", "D"))
    count = np.where(known, years.values, 0).astype(np.int64)
    months = days.astype("datetime64[M]")
    offset = days - months.astype("datetime64[D]")
    moved = months + (count * MONTHS_A_YEAR).astype("timedelta64[M]")
    last = (moved + np.timedelta64(1, "M")).astype("datetime64[D]") - moved.astype("datetime64[D]")
    longest = last - np.timedelta64(1, "D")
    found: NDArray[Any] = moved.astype("datetime64[D]") + np.minimum(offset, longest)
    return found
