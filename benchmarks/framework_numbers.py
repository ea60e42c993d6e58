"""Every number of a framework that decides something, and how to change it where it lies in memory.

A number is changed by one in a hundred; where that makes no difference to any value, by more: ends of bands
of values that are rounded by a printed digit, years and other whole settings by one. Bands that nobody has
seen give no score and decide nothing, so they are left alone, as zeros are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from localaction.engine.formulas.tree import Aggregate, Binary, Call, Choice, Logic, Node, Number, Unary
from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Scoring, Total

CHANGE = 1.01
Change = tuple[str, Callable[[], None]]  # what it is, and what changes it


def numbers_of(framework: Framework) -> Iterator[Change]:
    """Yield the numbers of scorings, ranges, formulas, settings, totals, levels, badges and checks."""
    for indicator in framework.indicators.values():
        for where, change in _indicator(indicator):
            yield f"indicator {indicator.id} {where}", change
    for name, value in framework.settings.items():
        if value:
            setting = next(held for held in framework.declared if held.id == name)
            whole = setting.unit == "1" and value.is_integer()
            yield f"{name} {value}", _in_mapping(framework.settings, name, 1.0 if whole else 0.0)
    for total in framework.totals.values():
        for where, change in _total(total):
            yield f"total {total.id} {where}", change
    if framework.floor and any(total.of == "score" for total in framework.totals.values()):
        yield f"floor {framework.floor}", _attribute(framework, "floor")
    for part in ("badges", "decisions", "levels", "checks"):
        for decision in getattr(framework, part):
            for where, change in _decision(decision):
                yield f"{part} {decision.id} {where}", change


def _indicator(indicator: Indicator) -> Iterator[Change]:
    yield from _formula(indicator.tree)
    for name in ("low", "high"):
        if value := getattr(indicator, name):
            yield f"{name} {value}", _attribute(indicator, name)
    if indicator.scoring and indicator.scoring.scores:
        yield from _scoring(indicator.scoring, 0.0 if indicator.round is None else 10.0**-indicator.round)


def _scoring(scoring: Scoring, digit: float) -> Iterator[Change]:
    for position, band in enumerate(scoring.bands):
        for name in ("score", "below", "to"):
            if value := getattr(band, name):
                yield f"band {position} {name} {value}", _attribute(band, name, digit)
    for mapping in (scoring.ladder, scoring.numbers):
        for name, value in mapping.items():
            if value:
                yield f"{name} {value}", _in_mapping(mapping, name)


def _total(total: Total) -> Iterator[Change]:
    for name, value in total.weights.items():
        yield f"weight of {name} {value}", _in_mapping(total.weights, name)
    if total.min_coverage:
        yield f"least coverage {total.min_coverage}", _attribute(total, "min_coverage")


def _decision(decision: Decision) -> Iterator[Change]:
    yield from _formula(decision.tree)
    if decision.due_tree:
        yield from _formula(decision.due_tree, 1.0)


def _formula(node: Node, least: float = 0.0) -> Iterator[Change]:
    for number in _numbers(node):
        if number.value:
            yield f"formula at {number.at}: {number.value}", _attribute(number, "value", least)


def _numbers(node: Node) -> Iterator[Number]:
    match node:
        case Number():
            yield node
        case Unary(part=part):
            yield from _numbers(part)
        case Binary(left=left, right=right):
            yield from _numbers(left)
            yield from _numbers(right)
        case Logic(parts=parts) | Call(parts=parts):
            for part in parts:
                yield from _numbers(part)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            for part in (condition, then, otherwise):
                yield from _numbers(part)
        case Aggregate(row=row) if row is not None:
            yield from _numbers(row)


def _changed(value: float, least: float) -> float:
    return value + max(abs(value) * (CHANGE - 1), least) * (1 if value > 0 else -1)


def _attribute(held: object, name: str, least: float = 0.0) -> Callable[[], None]:
    return lambda: object.__setattr__(held, name, _changed(getattr(held, name), least))


def _in_mapping(mapping: object, name: str, least: float = 0.0) -> Callable[[], None]:
    def change() -> None:
        mapping[name] = _changed(mapping[name], least)  # type: ignore[index]

    return change
