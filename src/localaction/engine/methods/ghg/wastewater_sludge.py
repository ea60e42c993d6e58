"""Organic matter in sludge of wastewater, by the 2019 Refinement."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked
from localaction.engine.methods.ghg.waste_common import KG_PER_T, Array
from localaction.engine.methods.registry import implements


class Sludge(NamedTuple):
    """Organic matter in sludge, kg BOD: of each plant, and of septic tanks."""

    aerobic: Array
    septic: Array


@implements("ghg.wastewater_sludge_2019/1")
def wastewater_sludge_2019(
    plant: object,
    mass: ArrayLike,
    removal_factor: ArrayLike,
    septic_load: ArrayLike,
    emptied_share: ArrayLike,
    settled_share: ArrayLike,
) -> Sludge:
    """Return the organic matter in sludge: ``mass * K_rem * 1000`` of plants, ``TOW * F * share`` of tanks.

    Parameters
    ----------
    plant
        What the default of ``removal_factor`` was chosen by; it changes nothing else.
    mass : array_like, shape (..., plant)
        Sludge taken out in the year, dry, t; zero or more.
    removal_factor : array_like, shape (..., plant)
        K_rem, kg BOD/kg dry sludge; zero or more.
    septic_load : array_like, shape (...)
        Organic matter that goes into septic tanks, kg BOD; zero or more.
    emptied_share, settled_share : array_like, shape (...)
        Share of the tanks that are emptied as they should be, F; share of the organic matter that settles in
        such a tank; 0 to 1.

    Returns
    -------
    Sludge
        ``aerobic``, shape (..., plant), and ``septic``, shape (...).

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2019-vol5``, chapter 6, equations 6.3B and 6.3C.
    """
    dry = checked("mass", mass, low=0.0) * KG_PER_T
    load = checked("septic_load", septic_load, low=0.0)
    emptied = checked("emptied_share", emptied_share, low=0.0, high=1.0)
    settled = checked("settled_share", settled_share, low=0.0, high=1.0)
    return Sludge(dry * checked("removal_factor", removal_factor, low=0.0), load * emptied * settled)
