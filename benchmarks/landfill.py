"""Landfill decay beside a plain Python version: one site of 60 years and 6 types, and 10,000 sites at once.

Both versions get the same waste and parameters in the same process, round by round; their methane is compared
first. The function checks its input, the plain version does not.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.compute import machine
from benchmarks.results import record
from localaction.engine.methods.ghg.waste_landfill import landfill_decay

YEARS, TYPES, SITES = 60, 6, 10_000
ROUNDS, SITE_ROUNDS = 200, 5
PLAIN_SITES = 200  # as many as plain Python does in a fair time; the rest is scaled up
SEED = 2019
SHARES = [0.35, 0.1, 0.2, 0.1, 0.05, 0.2]
DOC = [0.15, 0.2, 0.4, 0.43, 0.24, 0.0]
DOCF = [0.5] * TYPES
K = [0.185, 0.1, 0.06, 0.03, 0.06, 0.0]
F, OX = 0.5, 0.1


def some_waste(sites: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return tonnes by site and year."""
    return np.random.default_rng(SEED).uniform(1e3, 1e5, (sites, YEARS))


def ours(waste: Any) -> Any:
    """Return emissions by year of one site or many."""
    return landfill_decay(
        range(1960, 1960 + YEARS),
        waste,
        None,
        "",
        None,
        None,
        None,
        0.8,
        DOC,
        DOCF,
        K,
        F,
        0.0,
        OX,
        13,
        SHARES,
    ).emitted


def plain(waste: list[float]) -> list[float]:
    """Return emissions by year of one site, step by step."""
    emitted = [0.0] * YEARS
    for share, doc, docf, k in zip(SHARES, DOC, DOCF, K, strict=True):
        staying, left = math.exp(-k), 0.0
        for year in range(YEARS):
            emitted[year] += left * (1 - staying) * F * 16 / 12 * (1 - OX)
            left = left * staying + waste[year] * share * doc * docf * 0.8
    return emitted


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def medians(rounds: int, *calls: Callable[[], object]) -> list[float]:
    """Return the median seconds of each call, measured in turn."""
    times = [[seconds(call) for call in calls] for _ in range(rounds)]
    return [statistics.median(each) for each in zip(*times, strict=True)]


def report() -> list[str]:
    """Measure everything; return the figures as lines of Markdown."""
    waste = some_waste(SITES)
    listed = waste[:PLAIN_SITES].tolist()
    if not np.allclose(ours(waste)[:PLAIN_SITES], [plain(site) for site in listed], rtol=1e-12):
        sys.exit("the two versions disagree, so their times mean nothing")
    one, one_plain = medians(ROUNDS, lambda: ours(waste[0]), lambda: plain(listed[0]))
    many, some = medians(SITE_ROUNDS, lambda: ours(waste), lambda: [plain(site) for site in listed])
    many_plain = some * SITES / PLAIN_SITES
    title = f"{YEARS} years, {TYPES} types of waste"
    return [
        "## Landfill decay",
        "",
        f"{machine()}.",
        f"Median of {ROUNDS} and {SITE_ROUNDS} interleaved rounds. The function checks every input, which is",
        "most of its time for one site; plain Python checks nothing, and for",
        f"{SITES:,} sites is scaled up from {PLAIN_SITES}.",
        "",
        f"| {title} | function, ms | plain Python, ms | plain / function |",
        "|---|---|---|---|",
        f"| one site | {one * 1e3:.2f} | {one_plain * 1e3:.2f} | {one_plain / one:.1f} |",
        f"| {SITES:,} sites | {many * 1e3:,.0f} | {many_plain * 1e3:,.0f} | {many_plain / many:.1f} |",
    ]


def main() -> None:
    """Measure, print and record."""
    lines = report()
    print("\n".join(lines))
    record("landfill", lines)


if __name__ == "__main__":
    main()
