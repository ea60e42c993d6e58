"""Run the worked cases of a framework, and say what does not come out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.results import Evaluation
from localaction.engine.packs.frameworks import Case, Framework

ANY_DAY = date(2000, 1, 1)  # for cases in which no day decides anything


def deviations(framework: Framework) -> Iterator[str]:
    """Yield a line for each case and figure that does not come out, and for each indicator without a case."""
    for case in framework.cases.values():
        as_of = date.fromisoformat(case.as_of) if case.as_of else ANY_DAY
        found = evaluate(framework, case.answers, as_of=as_of, verified=case.verified)
        yield from _case(framework, case, found)
    said = {
        indicator
        for case in framework.cases.values()
        for part in ("values", "scores")
        for indicator in case.expected.get(part, {})
    }
    for indicator in framework.indicators:
        if indicator not in said:
            yield f"{framework.key}: no case says what comes out of indicator {indicator}."


def _case(framework: Framework, case: Case, found: Evaluation) -> Iterator[str]:
    where = f"{framework.key}, case {case.id}"
    figures: Mapping[str, Mapping[str, object]] = {
        "values": {key: result.value for key, result in found.results.items()},
        "scores": {key: result.score for key, result in found.results.items()},
        "totals": {key: total.value for key, total in found.totals.items()},
        "coverage": {key: total.coverage for key, total in found.totals.items()},
        "decisions": found.decisions,
        "badges": {key: badge.state for key, badge in found.badges.items()},
    }
    for part, values in figures.items():
        for name, expected in case.expected.get(part, {}).items():
            if not _same(values[name], expected, case.tolerance):
                yield f"{where}: {part} {name} is {values[name]}, expected is {expected}."
    if "level" in case.expected and (found.level, found.level_known) != (case.expected["level"], True):
        level = found.level if found.level_known else "unknown"
        yield f"{where}: level is {level}, expected is {case.expected['level']}."
    codes = [finding.code for finding in found.findings]
    if "findings" in case.expected and codes != case.expected["findings"]:
        yield f"{where}: findings are {codes}, expected are {case.expected['findings']}."


def _same(found: object, expected: object, tolerance: float) -> bool:
    if isinstance(found, int | float) and isinstance(expected, int | float) and not isinstance(found, bool):
        return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)
    return str(found) == expected if hasattr(found, "isoformat") else found == expected
