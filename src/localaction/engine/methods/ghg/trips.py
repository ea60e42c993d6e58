"""Traffic on roads by trips: induced, territorial, and of residents."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked
from localaction.engine.methods.ghg.combustion import KG_PER_T
from localaction.engine.methods.registry import implements

Array = NDArray[np.float64]


class Trips(NamedTuple):
    """Vehicle-kilometres and emissions, t CO2e, inside (scope 1) and outside the boundary (scope 3)."""

    scope_1_km: Array
    scope_3_km: Array
    scope_1_co2e_t: Array
    scope_3_co2e_t: Array


@implements("ghg.road_induced/1")
def road_induced(
    inside_km: ArrayLike,
    crossing_inside_km: ArrayLike,
    crossing_outside_km: ArrayLike,
    co2e_kg_per_km: ArrayLike,
    kept_share: ArrayLike,
) -> Trips:
    """Return the emissions of traffic that the city induces. Traffic passing through is left out.

    Formula: scope 1 is ``(inside trips + kept x inside part of crossing trips) x EF``; scope 3 is
    ``kept x outside part of crossing trips x EF``.

    Parameters
    ----------
    inside_km : array_like, shape (..., vehicle_class)
        Distance of trips that stay inside, vehicle-km; zero or more.
    crossing_inside_km, crossing_outside_km : array_like, shape (..., vehicle_class)
        Distance of trips that cross the boundary, its part inside and outside, vehicle-km; zero or more.
    co2e_kg_per_km : array_like, shape (vehicle_class,)
        Emission factor, kg CO2e/km; zero or more.
    kept_share : array_like
        Part of a crossing trip that belongs to this city; a half by convention (one end of two); 0 to 1.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.3: induced activity, half of trips from or to other places.
    """
    kept = checked("kept_share", kept_share, low=0.0, high=1.0)
    inside = checked("inside_km", inside_km, low=0.0)
    scope_1 = inside + kept * checked("crossing_inside_km", crossing_inside_km, low=0.0)
    scope_3 = kept * checked("crossing_outside_km", crossing_outside_km, low=0.0)
    return _emitted(scope_1, scope_3, co2e_kg_per_km)


class Territory(NamedTuple):
    """Vehicle-kilometres and emissions, t CO2e, inside the boundary (scope 1)."""

    scope_1_km: Array
    scope_1_co2e_t: Array


@implements("ghg.road_territorial/1")
def road_territorial(
    inside_km: ArrayLike, crossing_inside_km: ArrayLike, through_km: ArrayLike, co2e_kg_per_km: ArrayLike
) -> Territory:
    """Return the emissions of all traffic inside the boundary, through traffic too; there is no scope 3.

    Formula: ``(inside trips + inside part of crossing trips + through traffic) x EF``.

    Parameters
    ----------
    inside_km, crossing_inside_km, through_km : array_like, shape (..., vehicle_class)
        Distance inside the boundary of trips that stay, that cross, and that pass through, vehicle-km.
    co2e_kg_per_km : array_like, shape (vehicle_class,)
        Emission factor, kg CO2e/km; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.3: geographic (territorial) method.
    """
    distance = (
        checked("inside_km", inside_km, low=0.0)
        + checked("crossing_inside_km", crossing_inside_km, low=0.0)
        + checked("through_km", through_km, low=0.0)
    )
    factor = checked("co2e_kg_per_km", co2e_kg_per_km, low=0.0)
    return Territory(distance, distance * factor / KG_PER_T)


@implements("ghg.road_resident/1")
def road_resident(resident_km: ArrayLike, inside_share: ArrayLike, co2e_kg_per_km: ArrayLike) -> Trips:
    """Return the emissions of all driving of residents' vehicles, inside and outside the boundary apart.

    Formula: scope 1 is ``km x share inside x EF``, scope 3 the rest.

    Parameters
    ----------
    resident_km : array_like, shape (..., vehicle_class)
        Distance of vehicles registered or resident in the city, vehicle-km; zero or more.
    inside_share : array_like, shape (vehicle_class,)
        Share of that distance inside the boundary; 0 to 1.
    co2e_kg_per_km : array_like, shape (vehicle_class,)
        Emission factor, kg CO2e/km; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.3: resident activity.
    """
    distance = checked("resident_km", resident_km, low=0.0)
    inside = distance * checked("inside_share", inside_share, low=0.0, high=1.0)
    return _emitted(inside, distance - inside, co2e_kg_per_km)


def _emitted(scope_1_km: Array, scope_3_km: Array, co2e_kg_per_km: ArrayLike) -> Trips:
    factor = checked("co2e_kg_per_km", co2e_kg_per_km, low=0.0)
    return Trips(scope_1_km, scope_3_km, scope_1_km * factor / KG_PER_T, scope_3_km * factor / KG_PER_T)
