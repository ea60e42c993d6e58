"""First-order decay of waste in landfills: a recurrence over years, for all sites and types at once."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from localaction.engine.methods.ghg.waste_common import Array

LAST_MONTH = 13  # decay starts in the January after the year of deposit
MONTHS = 12


class Decay(NamedTuple):
    """Degradable carbon that decomposes in each year, and what is left at its end, t C; (..., year, type)."""

    decomposed: Array
    left: Array


def decay(deposited: Array, k: Array, start_month: Array | float = LAST_MONTH) -> Decay:
    """Return the decay of carbon deposited year by year.

    With ``e = exp(-k)`` the stock is ``left(T) = deposited(T) * e2 + left(T-1) * e`` and what decomposes is
    ``left(T-1) * (1 - e) + deposited(T) * (1 - e2)``, where ``e2 = exp(-k (13 - M) / 12)`` and M is the month
    in which waste starts to decay, counted from the January of its year: 13 is the next January, 7 the July
    of the same year, 1 the January of the same year.

    Parameters
    ----------
    deposited : ndarray, shape (..., year, type)
        Degradable carbon deposited in each year, t C.
    k : ndarray, shape (..., type)
        Rate of decay, 1/year.
    start_month : float
        The month M, 1 to 13.

    Returns
    -------
    Decay
        Same shape as ``deposited``; carbon is kept: all that was deposited decomposes or is left.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 3, equations 3.4 and 3.5.
    """
    by_year = np.ascontiguousarray(np.moveaxis(deposited, -2, 0))
    in_first = k * (LAST_MONTH - np.asarray(start_month)) / MONTHS
    left = by_year * np.exp(-in_first)
    decomposed = by_year * -np.expm1(-in_first)
    staying, carried = np.exp(-k), np.empty_like(left[0])
    for before, now in pairwise(left):  # year by year; sites and types go together
        np.multiply(before, staying, out=carried)
        now += carried
    decomposed[1:] += left[:-1] * -np.expm1(-k)
    return Decay(np.moveaxis(decomposed, 0, -2), np.moveaxis(left, 0, -2))
