"""Methane from the anaerobic digestion of waste."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked
from localaction.engine.methods.ghg.waste_common import G_PER_KG, Array, less_recovered
from localaction.engine.methods.registry import implements


class Digestion(NamedTuple):
    """Methane that leaks from digesters in the year, t."""

    ch4: Array


@implements("ghg.digestion/1")
def digestion(mass: ArrayLike, basis: str, ch4_factor: ArrayLike, ch4_recovered: ArrayLike) -> Digestion:
    """Return the methane that leaks from digesters: ``CH4 = sum(M * EF) - R``.

    Parameters
    ----------
    mass : array_like, shape (..., stream)
        Waste digested in the year, t; zero or more.
    basis : str
        ``wet`` or ``dry``: how the mass is weighed. It chooses the default factor and changes nothing else.
    ch4_factor : array_like, shape (..., stream)
        Methane that leaks for each kilogram of waste, g/kg; zero or more.
    ch4_recovered : array_like, shape (...)
        Leaking methane that is collected and burnt, t; at most what leaks. The biogas of the digester itself
        is no leak and does not belong here.

    Returns
    -------
    Digestion
        ``ch4``, shape (...), t.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or more methane is recovered than arises.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 4, equation 4.1.
    """
    waste = checked("mass", mass, low=0.0)
    rate = checked("ch4_factor", ch4_factor, low=0.0, high=G_PER_KG)
    generated = (waste * rate).sum(axis=-1) / G_PER_KG
    return Digestion(less_recovered(generated, ch4_recovered, "ch4_recovered"))
