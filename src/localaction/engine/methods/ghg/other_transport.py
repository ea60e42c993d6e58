"""Railways, ships, aircraft and machines: fuel burnt, divided at the boundary."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part
from localaction.engine.methods.ghg.combustion import Burnt, burn, energy_of_mass, scaled
from localaction.engine.methods.registry import implements

Array = NDArray[np.float64]


class Divided(NamedTuple):
    """Gases inside the boundary (scope 1) and of the city's part outside it (scope 3), t."""

    scope_1_co2_fossil_t: Array
    scope_1_co2_biogenic_t: Array
    scope_1_ch4_fossil_t: Array
    scope_1_ch4_biogenic_t: Array
    scope_1_n2o_t: Array
    scope_3_co2_fossil_t: Array
    scope_3_co2_biogenic_t: Array
    scope_3_ch4_fossil_t: Array
    scope_3_ch4_biogenic_t: Array
    scope_3_n2o_t: Array


def _divided(inside: Burnt, outside: Burnt) -> Divided:
    return Divided(*inside[1:], *outside[1:])


@implements("ghg.railway/1")
def railway(
    technology: ArrayLike,
    fuel_t: ArrayLike,
    inside_units: ArrayLike,
    all_units: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Divided:
    """Return the gases of railway fuel, divided by what lies inside: ``E inside = E x inside / all``.

    Parameters
    ----------
    technology : array_like of str, shape (line,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    fuel_t : array_like, shape (..., line)
        Fuel of each line, t; zero or more. Traction power is grid energy.
    inside_units, all_units : array_like, shape (..., line)
        Track-km, stations or passengers inside the boundary and in all; inside at most all,
        and all above zero.
    ncv_tj_per_gg, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share : array_like, shape (line,)
        As in `ghg.stationary_combustion`.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or more lies inside than in all.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.4; ``ipcc-2006-vol2``, chapter 3, equation 3.4.1.
    """
    whole = checked("all_units", all_units, low=0.0, open_low=True)
    inside = checked("inside_units", inside_units, low=0.0)
    checked_part("inside_units", inside, "what there is in all", whole)
    energy = energy_of_mass(fuel_t, ncv_tj_per_gg)
    burnt = burn(energy, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)
    part = inside / whole
    return _divided(scaled(burnt, part), scaled(burnt, 1.0 - part))


@implements("ghg.waterborne/1")
def waterborne(
    technology: ArrayLike,
    inside_fuel_t: ArrayLike,
    departing_fuel_t: ArrayLike,
    city_share: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Divided:
    """Return the gases of ships: trips inside the boundary, and the city's share of departing trips.

    Formula: scope 1 is fuel of trips that start and end inside; scope 3 is ``departing fuel x city share``.

    Parameters
    ----------
    technology : array_like of str, shape (fuel,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    inside_fuel_t, departing_fuel_t : array_like, shape (..., fuel)
        Fuel of trips that start and end inside (ferries, river boats, round trips), and of trips that leave
        from the city's ports, t; zero or more. Shore power is grid energy.
    city_share : array_like, shape (fuel,)
        Share of the departing trips that serves the city, from passengers and cargo; 0 to 1.
    ncv_tj_per_gg, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share : array_like, shape (fuel,)
        As in `ghg.stationary_combustion`.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.5; ``ipcc-2006-vol2``, chapter 3, section 3.5.
    """
    factors = (co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)
    inside = burn(energy_of_mass(inside_fuel_t, ncv_tj_per_gg, "inside_fuel_t"), *factors)
    departing = burn(energy_of_mass(departing_fuel_t, ncv_tj_per_gg, "departing_fuel_t"), *factors)
    return _divided(inside, scaled(departing, checked("city_share", city_share, low=0.0, high=1.0)))


@implements("ghg.aviation/1")
def aviation(
    technology: ArrayLike,
    local_fuel_t: ArrayLike,
    departing_fuel_t: ArrayLike,
    city_units: ArrayLike,
    all_units: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Divided:
    """Return the gases of aircraft: local flights, and the city's share of flights departing.

    Formula: scope 1 is fuel of flights that start and land inside; scope 3 is
    ``departing fuel x city's passengers (or freight) / all passengers (or freight)``.

    Parameters
    ----------
    technology : array_like of str, shape (fuel,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    local_fuel_t, departing_fuel_t : array_like, shape (..., fuel)
        Fuel of flights that start and land inside (helicopters, training), and of all departing flights of
        the airports that serve the city, t; zero or more.
    city_units, all_units : array_like
        Passengers or tonnes of freight of the city and of all; above zero in all, the city's at most all.
    ncv_tj_per_gg, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share : array_like, shape (fuel,)
        As in `ghg.stationary_combustion`.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or the city has more than all.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.6; ``ipcc-2006-vol2``, chapter 3, section 3.6.
    """
    whole = checked("all_units", all_units, low=0.0, open_low=True)
    city = checked("city_units", city_units, low=0.0)
    checked_part("city_units", city, "what there is in all", whole)
    factors = (co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)
    local = burn(energy_of_mass(local_fuel_t, ncv_tj_per_gg, "local_fuel_t"), *factors)
    departing = burn(energy_of_mass(departing_fuel_t, ncv_tj_per_gg, "departing_fuel_t"), *factors)
    return _divided(local, scaled(departing, np.asarray(city / whole)[..., None]))


@implements("ghg.off_road/1")
def off_road(
    technology: ArrayLike,
    fuel_t: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Burnt:
    """Return the gases of machines that work off the road; their premises decide the cell.

    Formula: ``E = mass x NCV x EF``. Airports, harbours and stations count in II.5; factories and building
    sites in I.3; farms and forests in I.5; military in I.6.

    Parameters
    ----------
    technology : array_like of str, shape (machine,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    fuel_t : array_like, shape (..., machine)
        Fuel burnt by each kind of machine, t; zero or more.
    ncv_tj_per_gg, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share : array_like, shape (machine,)
        As in `ghg.stationary_combustion`.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7, section 7.7 (split by premises: from memory); ``ipcc-2006-vol2``, chapter 3,
    equation 3.3.1.
    """
    energy = energy_of_mass(fuel_t, ncv_tj_per_gg)
    return burn(energy, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)
