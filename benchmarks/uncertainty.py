"""Ranges of 10,000 cities at once, beside a plain-Python version of the same sums."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import record
from localaction.engine.inventory.manycities import half_widths

CITIES, PARTS, ESTIMATES = 10_000, 54, 40
ROUNDS, SEED = 5, 2019


def table() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return city, estimate and half-width of every part."""
    chance = np.random.default_rng(SEED)
    city = np.repeat(np.arange(CITIES), PARTS)
    return city, chance.integers(0, ESTIMATES, len(city)), chance.uniform(1, 1000, len(city))


def plain(city: NDArray[np.int64], estimate: NDArray[np.int64], width: NDArray[np.float64]) -> list[float]:
    """Return the same half-widths with dictionaries and loops."""
    held: dict[tuple[int, int], float] = {}
    for where, what, one in zip(city.tolist(), estimate.tolist(), width.tolist(), strict=True):
        held[where, what] = held.get((where, what), 0.0) + one
    squares = [0.0] * CITIES
    for (where, _), total in held.items():
        squares[where] += total * total
    return [math.sqrt(square) for square in squares]


def main() -> None:
    """Measure both in turn and keep the figures."""
    columns = table()
    if not np.allclose(half_widths(*columns, CITIES), plain(*columns)):
        raise SystemExit("the two versions differ")
    fast, slow = [], []
    for _ in range(ROUNDS):
        fast.append(_seconds(lambda: half_widths(*columns, CITIES)))
        slow.append(_seconds(lambda: plain(*columns)))
    quick, long = statistics.median(fast), statistics.median(slow)
    record(
        "uncertainty",
        [
            "## Ranges of many cities",
            "",
            f"{CITIES:,} cities of {PARTS} parts, {ESTIMATES} shared estimates; median of {ROUNDS} rounds.",
            "",
            "| | ms | over arrays |",
            "|---|---|---|",
            f"| arrays | {1000 * quick:.0f} | 1.0 |",
            f"| plain Python | {1000 * long:.0f} | {long / quick:.1f} |",
        ],
    )


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
