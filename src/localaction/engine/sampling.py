"""A sample that anybody can draw again: larger lines more often, the seed in the record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

DIGEST_SPAN = 2**64


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of a sample.

    Parameters
    ----------
    index : int
        Its place among the lines, from 0.
    share : float
        Its size over the sum of all, in [0, 1].
    certain : bool
        True if it is so large that every seed draws it.
    """

    index: int
    share: float
    certain: bool


def start_of(seed: str) -> float:
    """Return the number in [0, 1) that a seed stands for: the first 64 bits of its SHA-256 over 2^64."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") / DIGEST_SPAN


def drawn(sizes: Sequence[float], count: int, seed: str) -> list[Drawn]:
    """Draw about ``count`` lines, each with a chance in proportion to its size.

    Systematic sampling: the sizes stand end to end; every ``total / count`` from a start that the seed gives,
    the line is taken on which the point falls. A line longer than that step is always taken, and once only,
    so the sample may be smaller than asked for.

    Parameters
    ----------
    sizes : sequence of float
        Size of each line, zero or more, in the order of the document.
    count : int
        How many points; all lines if there are no more than that.
    seed : str
        Any text.

    Returns
    -------
    list of Drawn
        In the order of the document.
    """
    total = sum(sizes)
    if len(sizes) <= count or not total:
        # Without sizes no line weighs more than another; the first ones are as good as any and few.
        taken = range(min(count, len(sizes))) if not total else range(len(sizes))
        return [Drawn(index, sizes[index] / total if total else 0.0, len(sizes) <= count) for index in taken]
    step = total / count
    point, reached = start_of(seed) * step, 0.0
    found = []
    for index, size in enumerate(sizes):
        reached += size
        if point < reached:
            found.append(Drawn(index, size / total, size >= step))
            while point < reached:
                point += step
    return found
