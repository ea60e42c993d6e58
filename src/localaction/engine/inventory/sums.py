"""Sums of amounts by recipe: all that is kept of a million rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Sums:
    """For each recipe the number of its rows, the sum of their amounts and the sum of the squares."""

    def __init__(self) -> None:
        self.rows = np.zeros(0, dtype=np.int64)
        self.amount = np.zeros(0)
        self.square = np.zeros(0)
        self.negative = np.zeros(0, dtype=np.bool_)

    def add(self, codes: NDArray[np.intp], amounts: NDArray[np.float64], recipes: int) -> None:
        """Add rows, given the recipe and the amount of each.

        Parameters
        ----------
        codes : ndarray of int, shape (n,)
            Index of each row's recipe.
        amounts : ndarray of float, shape (n,)
            Amount of each row.
        recipes : int
            Number of recipes known by now.
        """
        self._grow(recipes)
        self.rows += np.bincount(codes, minlength=recipes)
        self.amount += np.bincount(codes, weights=amounts, minlength=recipes)
        self.square += np.bincount(codes, weights=amounts * amounts, minlength=recipes)
        below = amounts < 0
        if bool(below.any()):
            self.negative[codes[below]] = True

    def _grow(self, recipes: int) -> None:
        more = recipes - len(self.rows)
        if more > 0:
            self.rows = np.pad(self.rows, (0, more))
            self.amount = np.pad(self.amount, (0, more))
            self.square = np.pad(self.square, (0, more))
            self.negative = np.pad(self.negative, (0, more))
