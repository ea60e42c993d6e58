"""Ranges of many cities at once: half-widths by city and estimate, in arrays.

The same rule as for one inventory: half-widths of one estimate add as they are, those of different ones by
squares (IPCC 2006 Guidelines, volume 1, chapter 3, approach 1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.errors import InputError


class UnlikeLengths(InputError):
    """Columns of one table have different lengths."""

    code = "inventory.unlike_lengths"
    text = "The columns have {lengths} entries; they are of one table."
    remedy_text = "Give one city, one estimate and one half-width for each row."


def half_widths(
    city: ArrayLike, estimate: ArrayLike, half_width_t: ArrayLike, cities: int
) -> NDArray[np.float64]:
    """Return the half-width of the total of each city.

    Parameters
    ----------
    city : array_like of int, shape (n,)
        City of each part, from 0 to ``cities`` - 1.
    estimate : array_like of int, shape (n,)
        What the part's error is shared by, 0 or more: one number for each factor and gas, and one for each
        source of amounts.
    half_width_t : array_like of float, shape (n,)
        Half of the 95 % interval that the part adds, t CO2e; negative for a removal.
    cities : int
        Number of cities.

    Returns
    -------
    ndarray of float, shape (cities,)
        Half of the 95 % interval, t CO2e; 0 for a city without parts.

    Raises
    ------
    UnlikeLengths
    """
    where = np.asarray(city, dtype=np.int64)
    what = np.asarray(estimate, dtype=np.int64)
    width = np.asarray(half_width_t, dtype=np.float64)
    if not len(where) == len(what) == len(width):
        raise UnlikeLengths(lengths=f"{len(where)}, {len(what)} and {len(width)}")
    if not len(where):
        return np.zeros(cities)
    key = where * (int(what.max()) + 1) + what
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sums = np.add.reduceat(width[order], first)
    squares = np.bincount(where[order][first], weights=sums * sums, minlength=cities)
    return np.sqrt(squares)
