"""Sums of amounts by recipe: all that is kept of a million rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Sums:
    """For each recipe the number of its rows, the sum of their amounts and the sums of squares.

    ``square`` is of the amounts whose uncertainty goes by grade, ``own_square`` of the products of amount and
    percent of those that state their own.
    """

    def __init__(self) -> None:
        self.rows = np.zeros(0, dtype=np.int64)
        self.amount = np.zeros(0)
        self.square = np.zeros(0)
        self.own_square = np.zeros(0)
        self.nonzero = np.zeros(0, dtype=np.bool_)
        self.negative = np.zeros(0, dtype=np.bool_)

    def add(
        self,
        codes: NDArray[np.intp],
        amounts: NDArray[np.float64],
        recipes: int,
        percents: NDArray[np.float64] | None = None,
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
        """
        self._grow(recipes)
        self.rows += np.bincount(codes, minlength=recipes)
        self.amount += np.bincount(codes, weights=amounts, minlength=recipes)
        by_grade = amounts
        if percents is not None:
            own = np.where(np.isnan(percents), 0.0, amounts * percents)
            self.own_square += np.bincount(codes, weights=own * own, minlength=recipes)
            by_grade = np.where(np.isnan(percents), amounts, 0.0)
        self.square += np.bincount(codes, weights=by_grade * by_grade, minlength=recipes)
        self.nonzero[codes[amounts != 0]] = True
        below = amounts < 0
        if bool(below.any()):
            self.negative[codes[below]] = True

    def _grow(self, recipes: int) -> None:
        more = recipes - len(self.rows)
        if more > 0:
            self.rows = np.pad(self.rows, (0, more))
            self.amount = np.pad(self.amount, (0, more))
            self.square = np.pad(self.square, (0, more))
            self.own_square = np.pad(self.own_square, (0, more))
            self.nonzero = np.pad(self.nonzero, (0, more))
            self.negative = np.pad(self.negative, (0, more))
