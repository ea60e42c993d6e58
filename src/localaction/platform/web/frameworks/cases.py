"""Worked cases of a framework: what goes in, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.packs.frameworks import Case, Framework
from localaction.platform.web import numbers
from localaction.platform.web.calculator.pages import Cited
from localaction.platform.web.frameworks import words
from localaction.platform.web.frameworks.speech import published
from localaction.platform.web.frameworks.words import cited_at
from localaction.platform.web.said import alike

Line = tuple[str, str]


@dataclass(frozen=True)
class CaseView:
    """A worked case in lines."""

    case: Case
    answers: Sequence[Line]
    expected: Sequence[Line]
    cited: Cited


def case_views(framework: Framework) -> list[CaseView]:
    """Return the worked cases of a framework."""
    return [_case(framework, case) for case in framework.cases.values()]


def _case(framework: Framework, case: Case) -> CaseView:
    answers, expected = list(_answers(framework, case)), list(_expected(framework, case))
    said = replace(case, title=published(case.title, framework), note=published(case.note, framework))
    return CaseView(said, answers, expected, cited_at(case.source))


def _answers(framework: Framework, case: Case) -> Iterator[Line]:
    for item, answer in case.answers.items():
        held = framework.items[item]
        unit = words.unit_shown(held.get("unit", ""))
        yield held["label"], f"{_said(answer, words.choices_of(held))} {unit}".strip()
    if case.as_of:
        yield _("Decided for the day"), case.as_of
    if case.verified:
        yield _("Verified by a third party"), ", ".join(case.verified)


def _expected(framework: Framework, case: Case) -> Iterator[Line]:
    expected = case.expected
    for indicator, value in expected.get("values", {}).items():
        held = framework.indicators[indicator]
        choices = words.choices_of(framework.items.get(held.answer))
        yield _named(framework, indicator), f"{_said(value, choices)} {words.unit_shown(held.unit)}".strip()
    for indicator, value in expected.get("scores", {}).items():
        yield _("Score of %(what)s") % {"what": indicator}, _said(value)
    for total, value in expected.get("totals", {}).items():
        yield framework.totals[total].label, _said(value)
    for total, value in expected.get("coverage", {}).items():
        yield _("Known of %(what)s") % {"what": framework.totals[total].label}, _said(value)
    yield from _decided(framework, expected)


def _decided(framework: Framework, expected: Mapping[str, Any]) -> Iterator[Line]:
    labels = {found.id: found.label for found in framework.decisions}
    badges = {found.id: found.label for found in framework.badges}
    levels = {found.id: found.label for found in framework.levels}
    for name, truth in expected.get("decisions", {}).items():
        yield labels[name], _said(truth)
    for name, state in expected.get("badges", {}).items():
        yield badges[name], _state(state)
    if "level" in expected:
        yield _("Level"), levels.get(expected["level"] or "", _("none"))
    if expected.get("findings"):
        yield _("Findings"), ", ".join(expected["findings"])


def _named(framework: Framework, indicator: str) -> str:
    label = framework.indicators[indicator].label
    return alike(f"{indicator} {label}", label)


def _state(state: str) -> str:
    known: Mapping[str, str] = {
        "earned": _("earned"),
        "earned in time": _("earned in time"),
        "earned late": _("earned late"),
        "due soon": _("due soon"),
        "overdue": _("overdue"),
        "not earned": _("not earned"),
        "unknown": _("unknown"),
    }
    return known.get(state, state)


def _said(value: object, choices: Mapping[str, str] | None = None) -> str:
    """Return an answer or a result in words; numbers with every digit, as one would type them."""
    if value is None:
        return _("no value")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return numbers.exact(value)
    if isinstance(value, list | tuple):
        return ngettext("%(count)d row", "%(count)d rows", len(value)) % {"count": len(value)}
    return (choices or {}).get(str(value), str(value))
