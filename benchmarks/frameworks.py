"""Every framework on 10,000 cities beside its second version in plain NumPy, and one report at a time.

Both get the same made-up cities in the same process, round by round, and must agree (`tests/parity`) before
anything is timed. The second version knows its document alone: no units, no packs, no states of checks. One
report goes from answers as handed in to a result with all lines, findings and traces.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from tests.parity.cities import COUNT, TODAY, as_columns, cities, report
from tests.parity.plain import Outcome
from tests.parity.versions import VERSIONS

from benchmarks.compute import machine
from benchmarks.results import record
from localaction.engine.evaluation.columns import ManyEvaluations, evaluate_columns
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.frameworks import Framework

ROUNDS, ONES = 41, 200  # rounds over columns; reports one at a time
GOAL, GOAL_MS = 1.5, 20.0


def seconds(call: Callable[[], object]) -> float:
    """Return the processor seconds of one call: other work on the machine is not in it."""
    start = time.process_time()
    call()
    return time.process_time() - start


def agree(ours: ManyEvaluations, theirs: Outcome) -> bool:
    """Return whether values, scores and totals are the same, known and unknown."""
    pairs = [
        (held[name], expected)
        for held, second in (
            (ours.values, theirs.values),
            (ours.scores, theirs.scores),
            (ours.totals, theirs.totals),
        )
        for name, expected in second.items()
    ]
    return all(_same(held.values, held.known, expected) for held, expected in pairs)


def _same(values: Any, known: Any, expected: Any) -> bool:
    here = expected != "" if expected.dtype.kind == "U" else ~np.isnan(expected)
    if not np.array_equal(known, here):
        return False
    if expected.dtype.kind == "U":
        return bool((values[here] == expected[here]).all())
    return bool(np.allclose(values[here], expected[here], rtol=1e-9, atol=1e-9))


def measure(framework: Framework) -> tuple[float, float, float]:
    """Return median seconds over columns of both versions, and of one report."""
    found = cities(framework)
    columns, tables = as_columns(found, framework)
    second = VERSIONS[framework.key]

    def ours() -> ManyEvaluations:
        return evaluate_columns(
            framework, columns, found.count, as_of=TODAY, tables=tables, verified=found.verified
        )

    with np.errstate(all="ignore"):
        if not agree(ours(), second(found)):
            sys.exit(f"the two versions of {framework.key} disagree, so their times mean nothing")
        times = [(seconds(ours), seconds(lambda: second(found))) for _ in range(ROUNDS)]
    reports = [report(found, framework, city) for city in range(ONES)]
    ones = [seconds(lambda one=one: evaluate(framework, one, as_of=TODAY).to_dict()) for one in reports]
    return (*(statistics.median(each) for each in zip(*times, strict=True)), statistics.median(ones))


def lines() -> tuple[list[str], bool]:
    """Measure every framework; return the figures as lines of Markdown, and whether they reach the goals."""
    rows, good = [], True
    for key, framework in frameworks().items():
        many, second, one = measure(framework)
        good &= many <= GOAL * second and one * 1e3 < GOAL_MS
        each = many / COUNT
        rows.append(
            f"| `{key}` | {len(framework.indicators)} | {many * 1e3:.1f} | {second * 1e3:.1f} | "
            f"{many / second:.2f} | {one * 1e3:.2f} | {one / each:,.0f} |"
        )
    return [
        "## Frameworks on 10,000 cities",
        "",
        f"{machine()}. Processor time, median of {ROUNDS} interleaved rounds and of {ONES} reports.",
        f"Goals: at most {GOAL} times the second version, and less than {GOAL_MS:.0f} ms for one report.",
        "",
        "| framework | indicators | columns, ms | second, ms | ratio | one report, ms | over a column's |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ], good


def main() -> int:
    """Measure, print and record; return 1 if a goal is missed."""
    found, good = lines()
    print("\n".join(found))
    record("frameworks", found)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
