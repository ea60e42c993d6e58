"""Evaluate many reports at once: the same declaration as for one, in NumPy columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.evaluation.scores import column_scores
from localaction.engine.formulas.columns import Column, ColumnWalk, Table, compared, round_half_up
from localaction.engine.packs.frameworkreader import AS_OF, PERIOD_DAYS
from localaction.engine.packs.frameworks import Framework, Indicator, Total

NO_LEVEL = ""


@dataclass(frozen=True)
class ManyEvaluations:
    """What a framework says of many reports; every column has one entry for each.

    Parameters
    ----------
    values, scores, totals, decisions : mapping of str to Column
        By indicator, total, decision; values in the unit of the indicator, unrounded.
    coverage : mapping of str to ndarray
        Share of the parts of each total that is known.
    level : Column of str
        Empty where no level holds; not known where one cannot be decided.
    """

    values: Mapping[str, Column]
    scores: Mapping[str, Column]
    totals: Mapping[str, Column]
    coverage: Mapping[str, NDArray[np.float64]]
    decisions: Mapping[str, Column]
    level: Column


def evaluate_columns(
    framework: Framework,
    answers: Mapping[str, Column],
    size: int,
    *,
    as_of: date,
    period_days: int = 365,
    tables: Mapping[str, Table] | None = None,
    verified: Mapping[str, NDArray[np.bool_]] | None = None,
) -> ManyEvaluations:
    """Return all values, scores, totals, decisions and levels of ``size`` reports.

    Parameters
    ----------
    framework : Framework
        The edition.
    answers : mapping of str to Column
        By data item, in the unit of the item; an item that is absent is missing everywhere.
    size : int
        How many reports.
    as_of, period_days
        As in `evaluate.evaluate`, the same for all reports.
    tables : mapping of str to Table
        Rows by table, in the units of the columns.
    verified : mapping of str to ndarray of bool
        By indicator: which reports have it confirmed.
    """
    columns = {name: _based(column, framework.sizes.get(name, 1.0)) for name, column in answers.items()}
    columns.update({name: _same(value, size) for name, value in framework.settings.items()})
    columns[AS_OF] = Column(np.full(size, np.datetime64(as_of, "D")), np.ones(size, dtype=np.bool_))
    columns[PERIOD_DAYS] = _same(period_days * framework.sizes[PERIOD_DAYS], size)
    rows = {name: _based_table(name, table, framework) for name, table in (tables or {}).items()}
    return _Many(framework, columns, size, rows, verified or {}).evaluations()


class _Many:
    """Many reports on their way through."""

    def __init__(
        self,
        framework: Framework,
        columns: dict[str, Column],
        size: int,
        tables: Mapping[str, Table],
        verified: Mapping[str, NDArray[np.bool_]],
    ) -> None:
        self.framework, self.columns, self.size = framework, columns, size
        self.tables, self.verified = tables, verified
        self.values: dict[str, Column] = {}
        self.scores: dict[str, Column] = {}
        self.totals: dict[str, Column] = {}
        self.coverage: dict[str, NDArray[np.float64]] = {}

    def evaluations(self) -> ManyEvaluations:
        walk = ColumnWalk(self.columns, self.size, self.tables)
        for indicator in self.framework.indicators.values():
            self._indicator(indicator, walk)
        for total in self.framework.totals.values():
            self.totals[total.id] = self.columns[total.id] = self._total(total)
        for badge in self.framework.badges:
            self.columns[f"badge.{badge.id}"] = walk.value(badge.tree)
        decisions = {}
        for decision in self.framework.decisions:
            decisions[decision.id] = self.columns[decision.id] = walk.value(decision.tree)
        return ManyEvaluations(
            values=self.values,
            scores=self.scores,
            totals=self.totals,
            coverage=self.coverage,
            decisions=decisions,
            level=self._level(walk),
        )

    def _indicator(self, indicator: Indicator, walk: ColumnWalk) -> None:
        base = walk.value(indicator.tree)
        inside, value = base.known, base
        if indicator.kind.sort == "number":
            value = Column(base.values / indicator.size, base.known)
            inside = base.known & _inside(indicator, value.values)
        self.values[indicator.id] = value
        if indicator.name:
            self.columns[indicator.name] = Column(base.values, inside)
        if indicator.scoring and indicator.scoring.confidence != "unverified":
            shown = value.values
            if indicator.round is not None:
                shown = round_half_up(shown, indicator.round)
            self.scores[indicator.id] = column_scores(indicator.scoring, Column(shown, inside))

    def _total(self, total: Total) -> Column:
        if total.rule == "count":
            flags = [self._counts(total, part) for part in total.parts]
            self.coverage[total.id] = np.ones(self.size)
            return Column(np.sum(flags, axis=0).astype(np.float64), np.ones(self.size, dtype=np.bool_))
        parts = [self._part(total, part) for part in total.parts]
        known = np.array([part.known for part in parts])
        values = np.where(known, [part.values for part in parts], 0.0)
        weights = np.array([total.weights.get(part, 1.0) for part in total.parts])[:, None]
        coverage = self.coverage[total.id] = known.mean(axis=0)
        some = known.any(axis=0) & (coverage >= total.min_coverage)
        if total.missing == "null" or total.rule == "product":
            some &= known.all(axis=0)
        result, good = _reduced(total.rule, values, known, weights * known)
        if total.round is not None:
            result = round_half_up(result, total.round)
        return Column(result, some & good)

    def _part(self, total: Total, part: str) -> Column:
        if total.of == "total":
            return self.totals[part]
        if total.of == "score":
            return self.scores.get(part) or Column(np.zeros(self.size), np.zeros(self.size, dtype=np.bool_))
        indicator = self.framework.indicators[part]
        value = self.values[part]
        return Column(value.values, value.known & _inside(indicator, value.values))

    def _counts(self, total: Total, part: str) -> NDArray[np.bool_]:
        indicator, value = self.framework.indicators[part], self.values[part]
        answered = value.known
        if indicator.kind.sort == "number":
            answered = answered & _inside(indicator, value.values)
        if total.of == "answered":
            return answered
        return answered & self.verified.get(part, np.zeros(self.size, dtype=np.bool_))

    def _level(self, walk: ColumnWalk) -> Column:
        names = np.full(self.size, NO_LEVEL, dtype=object)
        known = np.ones(self.size, dtype=np.bool_)
        open_ = np.ones(self.size, dtype=np.bool_)
        for level in self.framework.levels:
            truth = walk.value(level.tree)
            known &= ~(open_ & ~truth.known)
            names[open_ & truth.known & truth.values.astype(np.bool_)] = level.id
            open_ &= truth.known & ~truth.values.astype(np.bool_)
        return Column(names.astype(np.str_), known)


def _reduced(
    rule: str, values: NDArray[np.float64], known: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the totals, and where they can be reckoned; rows are parts, columns reports."""
    good = np.ones(values.shape[1], dtype=np.bool_)
    if rule == "sum":
        return values.sum(axis=0), good
    if rule == "product":
        return np.where(known, values, 1.0).prod(axis=0), good
    weight = np.maximum(weights.sum(axis=0), np.finfo(np.float64).tiny)
    if rule == "geometric":
        positive = np.where(known, values > 0, True)
        logs = np.log(np.where(known & positive, values, 1.0))
        return np.exp((logs * weights).sum(axis=0) / weight), np.asarray(positive.all(axis=0))
    return (values * weights).sum(axis=0) / weight, good


def _inside(indicator: Indicator, values: NDArray[Any]) -> NDArray[np.bool_]:
    inside = np.ones(values.shape, dtype=np.bool_)
    if indicator.low is not None:
        inside &= compared(">=", values, np.full_like(values, indicator.low))
    if indicator.high is not None:
        inside &= compared("<=", values, np.full_like(values, indicator.high))
    return inside


def _same(value: float, size: int) -> Column:
    return Column(np.full(size, value), np.ones(size, dtype=np.bool_))


def _based(column: Column, size: float) -> Column:
    """Return a column of numbers in base units; others as they are. NaN is null."""
    if column.values.dtype.kind not in "fiu":
        return column
    values = column.values.astype(np.float64)
    finite = np.isfinite(values)
    return Column(np.where(finite, values, 0.0) * size, column.known & finite)


def _based_table(name: str, table: Table, framework: Framework) -> Table:
    columns = {
        column: _based(values, framework.sizes.get(f"{name}:{column}", 1.0))
        for column, values in table.columns.items()
    }
    return Table(table.report, table.given, columns)


def columns_of(
    framework: Framework, reports: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Column], dict[str, Table]]:
    """Return reports, one mapping of answers each, as columns and tables; a notation key is no value."""
    columns = {
        item: _column([_plain(report.get(item)) for report in reports], declared["kind"])
        for item, declared in framework.items.items()
        if declared["kind"] != "table"
    }
    tables = {
        item: _table([report.get(item) for report in reports], declared["columns"])
        for item, declared in framework.items.items()
        if declared["kind"] == "table"
    }
    return columns, tables


def _plain(value: Any) -> Any:
    return None if isinstance(value, Mapping) else value


def _column(values: Sequence[Any], kind: str) -> Column:
    known = np.array([value is not None for value in values], dtype=np.bool_)
    if kind == "number":
        return Column(
            np.array([0.0 if value is None else value for value in values], dtype=np.float64), known
        )
    if kind == "yes_no":
        return Column(np.array([bool(value) for value in values], dtype=np.bool_), known)
    if kind == "day":
        days = [date.min if value is None else value for value in values]
        return Column(np.array([str(day) for day in days], dtype="datetime64[D]"), known)
    return Column(np.array(["" if value is None else str(value) for value in values], dtype=np.str_), known)


def _table(tables: Sequence[Any], declared: Sequence[Mapping[str, Any]]) -> Table:
    rows = [(index, row) for index, found in enumerate(tables) for row in found or ()]
    return Table(
        report=np.array([index for index, _ in rows], dtype=np.intp),
        given=np.array([found is not None for found in tables], dtype=np.bool_),
        columns={
            column["id"]: _column([row.get(column["id"]) for _, row in rows], column["kind"])
            for column in declared
        },
    )
