"""What is known of one evaluated report, by the names that formulas use, and what stands behind each name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from localaction.engine.evaluation.answers import read_answers
from localaction.engine.evaluation.results import Evaluation
from localaction.engine.formulas.scalar import Scalar, Walk
from localaction.engine.formulas.tree import (
    Aggregate,
    Binary,
    Call,
    Choice,
    Logic,
    Name,
    Node,
    Number,
    Unary,
    names_in,
)
from localaction.engine.packs.frameworkreader import AS_OF, PERIOD_DAYS
from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Total

Measure = tuple[str, float]  # a unit, and its size in base units
PLAIN: Measure = ("1", 1.0)
UNNAMED: Measure = ("", 1.0)


class Known:
    """One report, its evaluation, and the walk by which any part of a formula is reckoned again.

    Parameters
    ----------
    framework, evaluation, answers
        As in `nextsteps.next_steps`.
    """

    def __init__(
        self,
        framework: Framework,
        evaluation: Evaluation,
        answers: Mapping[str, Any],
        *,
        as_of: date,
        period_days: int,
    ) -> None:
        self.framework, self.evaluation = framework, evaluation
        read = read_answers(framework, answers, as_of=as_of, period_days=period_days)
        self.given = {*read.values, *read.tables}
        self.indicators: dict[str, Indicator] = {
            indicator.name: indicator for indicator in framework.indicators.values() if indicator.name
        }
        self.conditions: dict[str, Decision] = {
            **{f"badge.{badge.id}": badge for badge in framework.badges},
            **{decision.id: decision for decision in framework.decisions},
        }
        self.settings = {setting.id: setting for setting in framework.declared}
        self.walk = Walk({**read.values, **self._reckoned()}, read.tables)

    def _reckoned(self) -> dict[str, Scalar]:
        found: dict[str, Scalar] = {}
        for name, indicator in self.indicators.items():
            result = self.evaluation.results[indicator.id]
            value = result.value * indicator.size if isinstance(result.value, float) else result.value
            found[name] = None if result.status == "outside" else value
        found.update({key: total.value for key, total in self.evaluation.totals.items()})
        found.update({f"badge.{key}": badge.earned for key, badge in self.evaluation.badges.items()})
        found.update(self.evaluation.decisions)
        return found

    def label(self, name: str) -> str:
        """Return what a name is called; empty for a name that has no label."""
        if name in self.framework.items:
            return str(self.framework.items[name]["label"])
        for labelled in (self.indicators, self.framework.totals, self.conditions, self.settings):
            if name in labelled:
                return labelled[name].label
        return ""

    def fixed(self, node: Node) -> bool:
        """Return whether a part rests on no answer: a number, a setting, the day."""
        return all(name in self.settings or name in {AS_OF, PERIOD_DAYS} for name in names_in(node))

    def measure(self, node: Node) -> Measure | None:
        """Return the unit in which a part is shown: that of the first name whose unit is its own."""
        match node:
            case Name(id=name):
                return self._named(name)
            case Unary(part=part):
                return self.measure(part)
            case Binary(op="+" | "-", left=left, right=right):
                return self.measure(left) or self.measure(right)
            case Binary(op="*" | "/", left=left, right=Number()):
                return self.measure(left)
            case Choice(then=then, otherwise=otherwise):
                return self.measure(then) or self.measure(otherwise)
            case Call(function="min" | "max" | "abs", parts=parts):
                return next((found for part in parts if (found := self.measure(part))), None)
            case Aggregate(function="count" | "share"):
                return PLAIN
            case Aggregate(table=table, row=Name(id=column)):
                return self._column(table, column)
            case _:
                return None

    def _named(self, name: str) -> Measure | None:
        if name in self.indicators:
            return (self.indicators[name].unit, self.indicators[name].size)
        if name in self.framework.totals:
            return PLAIN
        declared = self.framework.items.get(name, {})
        unit = self.settings[name].unit if name in self.settings else declared.get("unit")
        return (str(unit), self.framework.sizes[name]) if unit else None

    def _column(self, table: str, column: str) -> Measure | None:
        columns = self.framework.items[table]["columns"]
        unit = next((entry.get("unit") for entry in columns if entry["id"] == column), None)
        return (str(unit), self.framework.sizes[f"{table}:{column}"]) if unit else None

    def missing(self, node: Node) -> tuple[str, ...]:
        """Return the data items without a value that stand in the way of a part, in their order.

        Of an ``if`` they are those of the way at hand, or of its condition where that cannot be told; under a
        total those of its indicators that have no value.
        """
        found = set(self._missing(node))
        return tuple(item for item in self.framework.items if item in found)

    def _missing(self, node: Node) -> Iterator[str]:
        match node:
            case Name(id=name):
                yield from self._missing_of(name)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                truth = self.walk.value(condition)
                way = condition if truth is None else then if truth else otherwise
                yield from self._missing(way)
            case Logic(op=op, parts=parts):
                if self.walk.value(node) is not (op == "or"):  # decided already by one of them
                    yield from self._all_missing(parts)
            case Binary(left=left, right=right):
                yield from self._all_missing((left, right))
            case Unary(part=part):
                yield from self._missing(part)
            case Call(parts=parts):
                yield from self._all_missing(parts)
            case Aggregate(table=table):
                if table not in self.given:
                    yield table

    def _all_missing(self, parts: Iterable[Node]) -> Iterator[str]:
        for part in parts:
            yield from self._missing(part)

    def _missing_of(self, name: str) -> Iterator[str]:
        if name in self.framework.items:
            if name not in self.given:
                yield name
        elif name in self.indicators:
            yield from self._missing(self.indicators[name].tree)
        elif name in self.conditions:
            yield from self._missing(self.conditions[name].tree)
        elif name in self.framework.totals:
            for indicator in self.parts_of(self.framework.totals[name]):
                yield from self._missing(indicator.tree)

    def indicators_under(self, node: Node) -> Iterator[str]:
        """Yield the indicators that a part rests on; of a data item those that ask for it."""
        for name in names_in(node):
            if name in self.indicators:
                yield self.indicators[name].id
            elif name in self.conditions:
                yield from self.indicators_under(self.conditions[name].tree)
            elif name in self.framework.totals:
                yield from (indicator.id for indicator in self.parts_of(self.framework.totals[name]))
            else:
                asking = self.framework.indicators.values()
                yield from (indicator.id for indicator in asking if name in indicator.items)

    def parts_of(self, total: Total) -> Iterator[Indicator]:
        """Yield the indicators of a total, through other totals too."""
        for part in total.parts:
            if total.of == "total":
                yield from self.parts_of(self.framework.totals[part])
            else:
                yield self.framework.indicators[part]

    def unusable(self, indicator: str) -> bool:
        """Return whether an indicator gives no value though nothing is missing."""
        result = self.evaluation.results[indicator]
        whole = not self.missing(self.framework.indicators[indicator].tree)
        return result.status == "outside" or (result.value is None and whole)

    def in_order(self, indicators: Iterable[str]) -> tuple[str, ...]:
        """Return indicators once each, in the order of the framework."""
        wanted = set(indicators)
        return tuple(indicator for indicator in self.framework.indicators if indicator in wanted)
