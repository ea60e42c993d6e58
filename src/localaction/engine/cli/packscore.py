"""``localaction pack score``: evaluate answers; what is odd about them, and what it takes to get further."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from localaction.engine.cli.files import opened
from localaction.engine.cli.nexttext import next_text
from localaction.engine.cli.packtext import evaluation_text
from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.nextsteps import next_steps
from localaction.engine.evaluation.plausibility import plausibility
from localaction.engine.methods.jsoninput import parse_json
from localaction.engine.packs import Library
from localaction.engine.packs.frameworks import Framework


class BadDay(InputError):
    """A day is not written as one."""

    code = "packs.bad_day"
    text = '"{day}" is no day.'
    remedy_text = "Write it as in 2026-11-21."


class BadAnswers(InputError):
    """A file of answers does not hold answers by data item."""

    code = "packs.bad_answers"
    text = "{where} holds {found}, not answers by data item."
    remedy_text = 'Write {{"population.total": 120000, ...}}; of earlier years {{"2023": {{...}}, ...}}.'


class NoIndicator(InputError):
    """An indicator is named that the framework does not have."""

    code = "packs.no_indicator"
    text = '{framework} has no indicator "{name}".'
    remedy_text = "{hint}"


def scored(framework: Framework, words: argparse.Namespace) -> str:
    """Return the evaluation of the answers in a file, as text or JSON."""
    try:
        as_of = date.fromisoformat(words.as_of)
    except ValueError as error:
        raise BadDay(day=words.as_of) from error
    answers = _answers(words.answers, _read(words.answers))
    earlier = _by_year(words.earlier, _read(words.earlier)) if words.earlier else {}
    found = evaluate(framework, answers, as_of=as_of, verified=_verified(framework, words.verified))
    odd = plausibility(Library.load().plausible, answers, year=as_of.year, earlier=earlier)
    steps = next_steps(framework, found, answers, as_of=as_of)
    if words.format == "json":
        plain = {**found.to_dict(), "odd": [one.to_dict() for one in odd], "next": steps.to_dict()}
        return json.dumps(plain, ensure_ascii=False, indent=2)
    return "\n".join(
        [
            evaluation_text(framework, found),
            *(f"odd: {one.message} {one.remedy}" for one in odd),
            *next_text(steps),
        ]
    )


def _verified(framework: Framework, names: list[str]) -> list[str]:
    for name in names:
        if name not in framework.indicators:
            hint = did_you_mean(name, framework.indicators) or "The command pack show lists them."
            raise NoIndicator(framework=framework.title, name=shown(name), hint=hint)
    return names


def _read(path: str) -> Any:
    with opened(path) as stream:
        return parse_json(stream)


def _answers(where: str, found: Any) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise BadAnswers(where=where, found=shown(json.dumps(found)))
    return found


def _by_year(where: str, found: Any) -> dict[int, Mapping[str, Any]]:
    years = {}
    for year, answers in _answers(where, found).items():
        if not (year.isascii() and year.isdigit()):
            raise BadAnswers(where=where, found=f'the year "{shown(year)}"')
        years[int(year)] = _answers(f"{where}, {year}", answers)
    return years
