"""Traffic on roads: fuel sold, distance driven, trips, and blends of fuel."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked
from localaction.engine.methods.ghg.combustion import KG_PER_T, Burnt, burn, energy_of_mass, scaled
from localaction.engine.methods.registry import implements

KM_PER_100_KM = 100.0
G_PER_T = 1e6
Array = NDArray[np.float64]


@implements("ghg.road_fuel_sold/1")
def road_fuel_sold(
    technology: ArrayLike,
    fuel_sold_l: ArrayLike,
    density_kg_per_l: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
    inside_share: ArrayLike = 1.0,
) -> Burnt:
    """Return the gases of road fuel sold in the city: ``E = litres x density x NCV x EF x share inside``.

    Parameters
    ----------
    technology : array_like of str, shape (fuel,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    fuel_sold_l : array_like, shape (..., fuel)
        Fuel sold, L; zero or more.
    density_kg_per_l, ncv_tj_per_gg : array_like, shape (fuel,)
        kg/L and TJ/Gg; above zero.
    co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj : array_like, shape (fuel,)
        Emission factors, kg/TJ.
    biogenic_share : array_like, shape (fuel,)
        Share of the energy that is biofuel; 0 to 1 (`fuel_blend` gives it).
    inside_share : array_like
        Share of the fuel burnt inside the boundary; 1 unless the city allocates by distance; 0 to 1.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7; ``ipcc-2006-vol2``, chapter 3, equations 3.2.1 and 3.2.3.
    """
    litres = checked("fuel_sold_l", fuel_sold_l, low=0.0)
    density = checked("density_kg_per_l", density_kg_per_l, low=0.0, open_low=True)
    energy = energy_of_mass(litres * density / KG_PER_T, ncv_tj_per_gg)
    all_of_it = burn(energy, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)
    return scaled(all_of_it, checked("inside_share", inside_share, low=0.0, high=1.0))


class Driven(NamedTuple):
    """Fuel burnt, L, and the gases of it, t, for each class of vehicle."""

    fuel_l: Array
    energy_tj: Array
    co2_fossil_t: Array
    co2_biogenic_t: Array
    ch4_fossil_t: Array
    ch4_biogenic_t: Array
    n2o_t: Array


@implements("ghg.road_distance_fuel/1")
def road_distance_fuel(
    technology: ArrayLike,
    distance_km: ArrayLike,
    economy_l_per_100km: ArrayLike,
    density_kg_per_l: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Driven:
    """Return the gases of distance driven, through the fuel it takes: ``fuel = km x L/100 km / 100``.

    Parameters
    ----------
    technology : array_like of str, shape (vehicle_class,)
        Fuel and engine; it chooses the defaults and changes nothing else.
    distance_km : array_like, shape (..., vehicle_class)
        Vehicle-kilometres inside the boundary; zero or more.
    economy_l_per_100km : array_like, shape (vehicle_class,)
        Fuel for 100 km, L; zero or more.
    density_kg_per_l, ncv_tj_per_gg, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share : array_like
        As in `road_fuel_sold`, shape (vehicle_class,).

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 7; ``ipcc-2006-vol2``, chapter 3, equation 3.2.6 (fuel from distance).
    """
    distance = checked("distance_km", distance_km, low=0.0)
    litres = distance * checked("economy_l_per_100km", economy_l_per_100km, low=0.0) / KM_PER_100_KM
    density = checked("density_kg_per_l", density_kg_per_l, low=0.0, open_low=True)
    energy = energy_of_mass(litres * density / KG_PER_T, ncv_tj_per_gg)
    return Driven(litres, *burn(energy, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share))


class Exhaust(NamedTuple):
    """Tonnes of fossil CO2, fossil CH4 and N2O for each class of vehicle."""

    co2_fossil_t: Array
    ch4_fossil_t: Array
    n2o_t: Array


@implements("ghg.road_distance_factor/1")
def road_distance_factor(
    distance_km: ArrayLike, co2_g_per_km: ArrayLike, ch4_g_per_km: ArrayLike, n2o_g_per_km: ArrayLike
) -> Exhaust:
    """Return the gases of distance driven, from factors for each kilometre: ``E = km x EF``.

    Parameters
    ----------
    distance_km : array_like, shape (..., vehicle_class)
        Vehicle-kilometres inside the boundary; zero or more.
    co2_g_per_km, ch4_g_per_km, n2o_g_per_km : array_like, shape (vehicle_class,)
        Emission factors, g/km; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 3, equation 3.2.5 (distance and technology).
    """
    distance = checked("distance_km", distance_km, low=0.0)
    factors = (
        checked("co2_g_per_km", co2_g_per_km, low=0.0),
        checked("ch4_g_per_km", ch4_g_per_km, low=0.0),
        checked("n2o_g_per_km", n2o_g_per_km, low=0.0),
    )
    return Exhaust(*(distance * factor / G_PER_T for factor in factors))


class Blend(NamedTuple):
    """Energy of the fossil and the biogenic part, TJ; the biogenic share of it; CO2 of each part, t."""

    fossil_tj: Array
    biogenic_tj: Array
    biogenic_energy_share: Array
    co2_fossil_t: Array
    co2_biogenic_t: Array


@implements("ghg.fuel_blend/1")
def fuel_blend(
    blend_l: ArrayLike,
    biogenic_volume_share: ArrayLike,
    fossil_density_kg_per_l: ArrayLike,
    fossil_ncv_tj_per_gg: ArrayLike,
    fossil_co2_kg_per_tj: ArrayLike,
    biogenic_density_kg_per_l: ArrayLike,
    biogenic_ncv_tj_per_gg: ArrayLike,
    biogenic_co2_kg_per_tj: ArrayLike,
) -> Blend:
    """Split a blend such as E10 or B7 by volume into its fossil and its biogenic part.

    Formula: energy of a part = ``litres x share by volume x density x NCV``. Biogenic CO2 is a memo.

    Parameters
    ----------
    blend_l : array_like, shape (..., blend)
        Blend sold or burnt, L; zero or more.
    biogenic_volume_share : array_like, shape (blend,)
        Share of biofuel by volume; 0 to 1.
    fossil_density_kg_per_l, biogenic_density_kg_per_l : array_like, shape (blend,)
        kg/L; above zero.
    fossil_ncv_tj_per_gg, biogenic_ncv_tj_per_gg : array_like, shape (blend,)
        TJ/Gg; above zero.
    fossil_co2_kg_per_tj, biogenic_co2_kg_per_tj : array_like, shape (blend,)
        CO2 factors, kg/TJ; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 3, section 3.2.1 (biofuels).
    """
    litres = checked("blend_l", blend_l, low=0.0)
    part = checked("biogenic_volume_share", biogenic_volume_share, low=0.0, high=1.0)
    fossil = _energy(litres * (1.0 - part), "fossil", fossil_density_kg_per_l, fossil_ncv_tj_per_gg)
    biogenic = _energy(litres * part, "biogenic", biogenic_density_kg_per_l, biogenic_ncv_tj_per_gg)
    total = fossil + biogenic
    return Blend(
        fossil_tj=fossil,
        biogenic_tj=biogenic,
        biogenic_energy_share=np.divide(biogenic, total, out=np.zeros_like(total), where=total > 0),
        co2_fossil_t=fossil * checked("fossil_co2_kg_per_tj", fossil_co2_kg_per_tj, low=0.0) / KG_PER_T,
        co2_biogenic_t=biogenic
        * checked("biogenic_co2_kg_per_tj", biogenic_co2_kg_per_tj, low=0.0)
        / KG_PER_T,
    )


def _energy(litres: Array, part: str, density: ArrayLike, ncv: ArrayLike) -> Array:
    kg_per_l = checked(f"{part}_density_kg_per_l", density, low=0.0, open_low=True)
    tj_per_gg = checked(f"{part}_ncv_tj_per_gg", ncv, low=0.0, open_low=True)
    return litres * kg_per_l * tj_per_gg / KG_PER_T / KG_PER_T
