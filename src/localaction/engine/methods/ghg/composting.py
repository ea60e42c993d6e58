"""Gases from composting."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part
from localaction.engine.methods.registry import implements

G_PER_KG = 1000.0  # a factor in g/kg is a thousandth of t/t


class Composting(NamedTuple):
    """Gases emitted in the year, t."""

    ch4: NDArray[np.float64]
    n2o: NDArray[np.float64]


@implements("ghg.composting/1")
def composting(
    mass: ArrayLike,
    basis: str,
    ch4_factor: ArrayLike,
    n2o_factor: ArrayLike,
    ch4_recovered: ArrayLike,
) -> Composting:
    """Return the gases from composting waste: ``CH4 = sum(M * EF) - R``, ``N2O = sum(M * EF)``.

    Parameters
    ----------
    mass : array_like, shape (..., stream)
        Waste composted in the year, t; zero or more.
    basis : str
        ``wet`` or ``dry``: how the mass is weighed. It chooses the default factors and changes nothing else.
    ch4_factor, n2o_factor : array_like, shape (..., stream)
        Gas for each kilogram of waste, g/kg; zero or more.
    ch4_recovered : array_like, shape (...)
        Methane collected and burnt, t; at most what arises.

    Returns
    -------
    Composting
        ``ch4`` and ``n2o``, shape (...), t.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or more methane is recovered than arises.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 4, equations 4.1 and 4.2.
    """
    waste = checked("mass", mass, low=0.0)
    ch4_rate = checked("ch4_factor", ch4_factor, low=0.0, high=G_PER_KG)
    n2o_rate = checked("n2o_factor", n2o_factor, low=0.0, high=G_PER_KG)
    generated = (waste * ch4_rate).sum(axis=-1) / G_PER_KG
    recovered = checked("ch4_recovered", ch4_recovered, low=0.0)
    checked_part("ch4_recovered", recovered, "the methane that arises", generated)
    return Composting(np.maximum(generated - recovered, 0.0), (waste * n2o_rate).sum(axis=-1) / G_PER_KG)
