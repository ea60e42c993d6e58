"""Answers as handed in, brought to what formulas take: base units, truths, texts, days, rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from localaction.engine.errors import Finding, Refused, did_you_mean, shown
from localaction.engine.evaluation.findings import UnknownItem, WrongKind
from localaction.engine.formulas.scalar import Scalar
from localaction.engine.packs.frameworkreader import AS_OF, PERIOD_DAYS
from localaction.engine.packs.frameworks import Framework

WANTED = {
    "number": "a number",
    "yes_no": "true or false",
    "day": 'a day such as "2026-11-21"',
    "text": "a text",
    "table": "a list of rows",
}
KEY = "notation_key"


@dataclass
class Answers:
    """What is known: ``values`` in base units, ``tables`` of rows, and the items that hold a notation key."""

    values: dict[str, Scalar] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Scalar]]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def read_answers(
    framework: Framework, given: Mapping[str, Any], *, as_of: date, period_days: int = 365
) -> Answers:
    """Return the answers of one report.

    Parameters
    ----------
    framework : Framework
        What is asked.
    given : mapping
        By data item: a number in the item's unit, a text, true or false, a day, a list of rows, or
        ``{"notation_key": "NE"}``; None is missing.
    as_of : date
        The day for which is decided; the engine has no clock.
    period_days : int
        Days of the reporting period.

    Raises
    ------
    Refused
        With a finding for each answer that cannot be read.
    """
    answers = Answers({AS_OF: as_of, PERIOD_DAYS: period_days * framework.sizes[PERIOD_DAYS]})
    answers.values.update(framework.settings)
    problems: list[Finding] = []
    for item, value in given.items():
        if item not in framework.items:
            hint = did_you_mean(item, framework.items)
            problem = UnknownItem(framework=framework.title, item=shown(item), hint=hint)
            problems.append(Finding.of(problem, column=item))
        elif isinstance(value, Mapping) and set(value) == {KEY}:
            answers.keys[item] = str(value[KEY])
        elif value is not None:
            try:
                _take(answers, framework, item, value)
            except WrongKind as problem:
                problems.append(Finding.of(problem, column=item))
    if problems:
        raise Refused(problems)
    return answers


def _take(answers: Answers, framework: Framework, item: str, value: Any) -> None:
    declared = framework.items[item]
    if declared["kind"] != "table":
        answers.values[item] = _scalar(declared, item, value, framework.sizes.get(item, 1.0))
        return
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _wrong(item, value, "table")
    answers.tables[item] = [dict(_row(declared, item, row, framework)) for row in value]


def _row(
    declared: Mapping[str, Any], item: str, row: Any, framework: Framework
) -> Iterator[tuple[str, Scalar]]:
    if not isinstance(row, Mapping):
        raise _wrong(item, row, "table")
    columns = {column["id"]: column for column in declared["columns"]}
    for name, value in row.items():
        if name not in columns:
            raise WrongKind(item=item, found=f'a row with "{shown(str(name))}"', wanted=", ".join(columns))
        if value is not None:
            size = framework.sizes.get(f"{item}:{name}", 1.0)
            yield name, _scalar(columns[name], f"{item}, column {name}", value, size)


def _scalar(declared: Mapping[str, Any], item: str, value: Any, size: float) -> Scalar:
    kind = declared["kind"]
    if kind == "number" and (number := as_number(value, size)) is not None:
        return number
    if kind == "yes_no" and isinstance(value, bool):
        return value
    if kind == "day":
        return _day(item, value)
    if kind == "text" and isinstance(value, str):
        return value
    if kind == "choice":
        return _choice(declared, item, value)
    raise _wrong(item, value, kind)


def as_number(value: object, size: float) -> float | None:
    """Return a number in base units; None for what is no number, not finite, or too large to be one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value) * size
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _day(item: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _wrong(item, value, "day") from error


def _choice(declared: Mapping[str, Any], item: str, value: Any) -> str:
    choices = [entry["id"] if isinstance(entry, Mapping) else entry for entry in declared["choices"]]
    if value not in choices:
        raise WrongKind(item=item, found=shown(repr(value)), wanted=f"one of {', '.join(choices)}")
    return str(value)


def _wrong(item: str, value: Any, kind: str) -> WrongKind:
    return WrongKind(item=item, found=shown(repr(value)), wanted=WANTED[kind])
