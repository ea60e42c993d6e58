"""Sums of amounts by recipe: all that is kept of a million rows.

Rows of one recipe that name the same source are one measurement, however many rows it is split into: their
errors are one error. Sources are told apart by a short digest, so that memory stays bounded whatever a
million rows say; two sources that share one are taken as one, which widens the range and never narrows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SOURCE_BITS = 16
SOURCES_TOLD_APART = (1 << SOURCE_BITS) - 1


class Sums:
    """For each recipe the number of its rows, the sum and the size of their amounts, and both by source.

    ``groups`` holds for each recipe and source the sum of the amounts whose uncertainty goes by grade, and
    the sum of amount times percent of those that state their own; ``own_size`` the size of the latter.
    """

    def __init__(self) -> None:
        self.rows = np.zeros(0, dtype=np.int64)
        self.amount = np.zeros(0)
        self.size = np.zeros(0)
        self.own_size = np.zeros(0)
        self.groups: dict[int, tuple[float, float]] = {}
        self.nonzero = np.zeros(0, dtype=np.bool_)
        self.negative = np.zeros(0, dtype=np.bool_)

    def add(
        self,
        codes: NDArray[np.intp],
        amounts: NDArray[np.float64],
        recipes: int,
        percents: NDArray[np.float64] | None = None,
        sources: Sequence[str] | None = None,
    ) -> None:
        """Add rows, given the recipe and the amount of each.

        Parameters
        ----------
        codes : ndarray of int, shape (n,)
            Index of each row's recipe.
        amounts : ndarray of float, shape (n,)
            Amount of each row.
        recipes : int
            Number of recipes known by now.
        percents : ndarray of float, shape (n,), optional
            Half-width of each amount in percent; NaN where it goes by grade.
        sources : sequence of str, shape (n,), optional
            Where each amount comes from.
        """
        self._grow(recipes)
        self.rows += np.bincount(codes, minlength=recipes)
        self.amount += np.bincount(codes, weights=amounts, minlength=recipes)
        self.size += np.bincount(codes, weights=np.abs(amounts), minlength=recipes)
        by_grade, own = amounts, np.zeros_like(amounts)
        if percents is not None:
            graded = np.isnan(percents)
            own = np.where(graded, 0.0, amounts * percents)
            by_grade = np.where(graded, amounts, 0.0)
            self.own_size += np.bincount(codes, weights=np.abs(amounts - by_grade), minlength=recipes)
        self._group(codes, by_grade, own, sources)
        self.nonzero[codes[amounts != 0]] = True
        below = amounts < 0
        if bool(below.any()):
            self.negative[codes[below]] = True

    def _group(
        self,
        codes: NDArray[np.intp],
        by_grade: NDArray[np.float64],
        own: NDArray[np.float64],
        sources: Sequence[str] | None,
    ) -> None:
        keys = codes.astype(np.int64) << SOURCE_BITS
        if sources is not None:
            digests = {text: crc32(text.strip().encode()) & SOURCES_TOLD_APART for text in set(sources)}
            keys |= np.fromiter(map(digests.__getitem__, sources), dtype=np.int64, count=len(codes))
        found, places = np.unique(keys, return_inverse=True)
        graded, stated = np.bincount(places, weights=by_grade), np.bincount(places, weights=own)
        for key, more, more_own in zip(found.tolist(), graded.tolist(), stated.tolist(), strict=True):
            held, held_own = self.groups.get(key, (0.0, 0.0))
            self.groups[key] = (held + more, held_own + more_own)

    def by_source(self) -> dict[int, list[tuple[int, float, float]]]:
        """Return for each recipe its sources: digest, amounts by grade, amounts times their own percents."""
        found: dict[int, list[tuple[int, float, float]]] = {}
        for key, (graded, own) in self.groups.items():
            found.setdefault(key >> SOURCE_BITS, []).append((key & SOURCES_TOLD_APART, graded, own))
        return found

    def _grow(self, recipes: int) -> None:
        more = recipes - len(self.rows)
        if more > 0:
            self.rows = np.pad(self.rows, (0, more))
            self.amount = np.pad(self.amount, (0, more))
            self.size = np.pad(self.size, (0, more))
            self.own_size = np.pad(self.own_size, (0, more))
            self.nonzero = np.pad(self.nonzero, (0, more))
            self.negative = np.pad(self.negative, (0, more))
