"""Evaluate many reports at once: the same declaration as for one, in NumPy columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.evaluation.compiled import compiled
from localaction.engine.evaluation.scores import column_scores
from localaction.engine.evaluation.states import BadgeColumns, badge_columns
from localaction.engine.evaluation.totals import TotalColumns, column_counts, column_total
from localaction.engine.formulas.columns import Column, ColumnWalk, Table, compared, round_half_up
from localaction.engine.packs.frameworkreader import AS_OF, PERIOD_DAYS
from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Total

NO_LEVEL = ""
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class ManyEvaluations:
    """What a framework says of many reports; every column has one entry for each.

    Parameters
    ----------
    values, scores, totals, decisions : mapping of str to Column
        By indicator, total, decision; values in the unit of the indicator, unrounded.
    coverage : mapping of str to ndarray
        Share of the parts of each total that is known.
    shares : mapping of str to Column
        Totals of scores over what could be had; not known where coverage is below the floor.
    badges : mapping of str to BadgeColumns
        Which are earned, in time, and in which state they are.
    level : Column of str
        Empty where no level holds; not known where one cannot be decided.
    """

    values: Mapping[str, Column]
    scores: Mapping[str, Column]
    totals: Mapping[str, Column]
    coverage: Mapping[str, NDArray[np.float64]]
    shares: Mapping[str, Column]
    badges: Mapping[str, BadgeColumns]
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
    verified: Mapping[str, Bools] | None = None,
) -> ManyEvaluations:
    """Return all values, scores, totals, decisions, badges and levels of ``size`` reports.

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
    with np.errstate(all="ignore"):  # what is not finite is not known
        columns = BaseColumns(answers, framework.sizes)
        columns[AS_OF] = Column(np.full(size, np.datetime64(as_of, "D")), np.ones(size, dtype=np.bool_))
        days = float(period_days * framework.sizes[PERIOD_DAYS])
        columns[PERIOD_DAYS] = Column(np.array(days), np.ones((), dtype=np.bool_))
        rows = {name: _based_table(name, table, framework) for name, table in (tables or {}).items()}
        return _Many(framework, columns, size, rows, verified or {}, as_of).evaluations()


class BaseColumns(dict[str, Column]):
    """Answers in base units, converted when asked for, and what is reckoned from them, by name.

    A converted column is not kept here: most are asked for once, and a walk keeps what it needs again.
    """

    def __init__(self, answers: Mapping[str, Column], sizes: Mapping[str, float]) -> None:
        super().__init__()
        self.answers, self.sizes = answers, sizes

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.answers

    def __missing__(self, name: str) -> Column:
        return _based(self.answers[name], self.sizes.get(name, 1.0))

    def get(self, name: str, default: Any = None) -> Any:
        """Return a column by its name."""
        try:
            return self[name]
        except KeyError:
            return default


class _Many:
    """Many reports on their way through: each step adds names that later formulas may use."""

    def __init__(
        self,
        framework: Framework,
        columns: BaseColumns,
        size: int,
        tables: Mapping[str, Table],
        verified: Mapping[str, Bools],
        as_of: date,
    ) -> None:
        self.framework, self.columns, self.size = framework, columns, size
        self.verified, self.as_of = verified, as_of
        self.steps = compiled(framework)
        self.walk = ColumnWalk(columns, size, tables, self.steps.program)
        self.nothing = Column(np.zeros(size), np.zeros(size, dtype=np.bool_))
        self.values: dict[str, Column] = {}
        self.possible: dict[str, Column] = {}
        self.scores: dict[str, Column] = {}
        self.totals: dict[str, TotalColumns] = {}
        self.badges: dict[str, BadgeColumns] = {}

    def evaluations(self) -> ManyEvaluations:
        for indicator in self.framework.indicators.values():
            self._indicator(indicator)
        for total in self.framework.totals.values():
            found = self.totals[total.id] = self._total(total)
            self.columns[total.id] = found.value
        for badge in self.framework.badges:
            self._badge(badge)
        decisions = {}
        for decision in self.framework.decisions:
            decisions[decision.id] = self.columns[decision.id] = self._truth("decisions", decision.id)
        return ManyEvaluations(
            values=self.values,
            scores=self.scores,
            totals={key: found.value for key, found in self.totals.items()},
            coverage={key: found.coverage for key, found in self.totals.items()},
            shares={key: found.share for key, found in self.totals.items() if found.share is not None},
            badges=self.badges,
            decisions=decisions,
            level=self._level(),
        )

    def _truth(self, part: str, name: str) -> Column:
        return self.walk.column(self.steps.at[part, name])

    def _indicator(self, indicator: Indicator) -> None:
        base = self.walk.column(self.steps.at["indicators", indicator.id])
        value = base
        if indicator.kind.sort == "number" and indicator.size != 1:
            value = Column(base.values / indicator.size, base.known)
        self.values[indicator.id] = value
        if indicator.name:
            self.columns[indicator.name] = Column(base.values, self._inside(indicator.id).known)
        if indicator.scoring and indicator.scoring.scores:
            inside = self._inside(indicator.id)
            shown = inside.values
            if indicator.round is not None:
                shown = round_half_up(shown, indicator.round)
            self.scores[indicator.id] = column_scores(indicator.scoring, Column(shown, inside.known))

    def _inside(self, name: str) -> Column:
        """Return an indicator's values, known where they are answered and within its range."""
        if name not in self.possible:
            indicator, value = self.framework.indicators[name], self.values[name]
            number = indicator.kind.sort == "number"
            self.possible[name] = _within(indicator, value) if number else value
        return self.possible[name]

    def _total(self, total: Total) -> TotalColumns:
        if total.rule == "count":
            flags = [self._inside(part).known for part in total.parts]
            if total.of == "verified":
                unseen = self.nothing.known
                parts = zip(flags, total.parts, strict=True)
                flags = [flag & self.verified.get(part, unseen) for flag, part in parts]
            return column_counts(flags, self.size)
        if total.of == "total":
            return column_total(total, [self.totals[part].value for part in total.parts])
        if total.of == "value":
            return column_total(total, [self._inside(part) for part in total.parts])
        scorings = [self.framework.indicators[part].scoring for part in total.parts]
        tops = [scoring.most if scoring and scoring.scores else None for scoring in scorings]
        scores = [self.scores.get(part, self.nothing) for part in total.parts]
        return column_total(total, scores, tops, self.framework.floor)

    def _badge(self, badge: Decision) -> None:
        earned = self.columns[f"badge.{badge.id}"] = self._truth("badges", badge.id)
        due = self.walk.column(self.steps.at["due", badge.id]) if badge.due_tree else None
        handed_in = self.columns.get(badge.submitted)
        self.badges[badge.id] = badge_columns(earned, handed_in, due, self.as_of)

    def _level(self) -> Column:
        """Return the first level that holds; an unknown condition makes it unknown, never a lower one."""
        levels = self.framework.levels
        names = np.array([NO_LEVEL, *(level.id for level in levels)])
        chosen = np.zeros(self.size, dtype=np.intp)
        undecided = np.ones(self.size, dtype=np.bool_)
        known = np.ones(self.size, dtype=np.bool_)
        for number, level in enumerate(levels, start=1):
            truth = self._truth("levels", level.id)
            holds = truth.values.astype(np.bool_)
            known &= truth.known | ~undecided
            undecided &= truth.known
            np.copyto(chosen, number, where=undecided & holds)
            undecided &= ~holds
        return Column(names[chosen], known)


def _within(indicator: Indicator, value: Column) -> Column:
    known = value.known
    if indicator.low is not None:
        known = known & compared(">=", value.values, indicator.low)
    if indicator.high is not None:
        known = known & compared("<=", value.values, indicator.high)
    return Column(value.values, known)


def _based(column: Column, size: float) -> Column:
    """Return a column of numbers in base units; others as they are. What is not finite is null."""
    if column.values.dtype.kind not in "fiu":
        return column
    values, known = column.values.astype(np.float64, copy=False), column.known
    finite = np.isfinite(values)
    if not finite.all():
        known = known & finite
    return Column(values if size == 1 else values * size, known)


def _based_table(name: str, table: Table, framework: Framework) -> Table:
    columns = {
        column: _based(values, framework.sizes.get(f"{name}:{column}", 1.0))
        for column, values in table.columns.items()
    }
    return Table(table.report, table.given, columns)
