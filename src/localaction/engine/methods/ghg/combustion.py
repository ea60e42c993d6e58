"""Burning fuel: energy, carbon dioxide by origin, methane and nitrous oxide."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked
from localaction.engine.methods.registry import implements

KG_PER_T = 1000.0
T_PER_GG = 1000.0
Array = NDArray[np.float64]


class Burnt(NamedTuple):
    """What burning fuel gives, one entry for each fuel.

    Parameters
    ----------
    energy_tj : ndarray
        Net calorific energy, TJ.
    co2_fossil_t, co2_biogenic_t, ch4_fossil_t, ch4_biogenic_t, n2o_t : ndarray
        Tonnes of each gas. Biogenic CO2 is a memo and belongs to no total.
    """

    energy_tj: Array
    co2_fossil_t: Array
    co2_biogenic_t: Array
    ch4_fossil_t: Array
    ch4_biogenic_t: Array
    n2o_t: Array


def burn(
    energy_tj: Array,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
    oxidised_share: ArrayLike = 1.0,
) -> Burnt:
    """Return the gases of fuel energy: ``E_gas = energy x EF_gas``; CO2 also times the share oxidised.

    Parameters
    ----------
    energy_tj : ndarray
        Net calorific energy burnt, TJ; zero or more, checked by the caller.
    co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj : array_like
        Emission factors on net calorific value, kg/TJ; zero or more.
    biogenic_share, oxidised_share : array_like
        Share of the energy of biogenic origin, share of the carbon that burns; 0 to 1.

    Raises
    ------
    InputProblem
        If a factor is negative or a share lies outside 0 to 1.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 2, equations 2.1 and 2.2.
    """
    co2 = checked("co2_kg_per_tj", co2_kg_per_tj, low=0.0)
    ch4 = checked("ch4_kg_per_tj", ch4_kg_per_tj, low=0.0)
    n2o = checked("n2o_kg_per_tj", n2o_kg_per_tj, low=0.0)
    biogenic = checked("biogenic_share", biogenic_share, low=0.0, high=1.0)
    carbon_t = energy_tj * co2 * checked("oxidised_share", oxidised_share, low=0.0, high=1.0) / KG_PER_T
    methane_t = energy_tj * ch4 / KG_PER_T
    return Burnt(
        energy_tj=energy_tj,
        co2_fossil_t=carbon_t * (1.0 - biogenic),
        co2_biogenic_t=carbon_t * biogenic,
        ch4_fossil_t=methane_t * (1.0 - biogenic),
        ch4_biogenic_t=methane_t * biogenic,
        n2o_t=energy_tj * n2o / KG_PER_T,
    )


def scaled(burnt: Burnt, part: Array) -> Burnt:
    """Return a part of everything that was burnt."""
    return Burnt(*(value * part for value in burnt))


def energy_of_mass(fuel_t: ArrayLike, ncv_tj_per_gg: ArrayLike, name: str = "fuel_t") -> Array:
    """Return the energy of a mass of fuel, TJ: tonnes over 1,000 times the net calorific value, TJ/Gg."""
    mass = checked(name, fuel_t, low=0.0)
    ncv = checked("ncv_tj_per_gg", ncv_tj_per_gg, low=0.0, open_low=True)
    return mass / T_PER_GG * ncv


@implements("ghg.stationary_combustion/1")
def stationary_combustion(
    use: str,
    fuel: ArrayLike,
    fuel_t: ArrayLike,
    ncv_tj_per_gg: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
    oxidised_share: ArrayLike = 1.0,
) -> Burnt:
    """Return the gases of fuels burnt in buildings, plants and machines: ``E = mass x NCV x EF``.

    Parameters
    ----------
    use : str
        Where the fuel is burnt.
    fuel : array_like of str, shape (fuel,)
        Which fuel; with the use it chooses the defaults and changes nothing else.
    fuel_t : array_like, shape (..., fuel)
        Fuel burnt, t; zero or more. Fuel used as feedstock is left out.
    ncv_tj_per_gg : array_like, shape (fuel,)
        Net calorific value, TJ/Gg; above zero.
    co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj : array_like, shape (fuel,)
        Emission factors on net calorific value, kg/TJ.
    biogenic_share, oxidised_share : array_like, shape (fuel,)
        0 to 1.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 2, equations 2.1 and 2.2.
    """
    energy = energy_of_mass(fuel_t, ncv_tj_per_gg)
    return burn(energy, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share, oxidised_share)


@implements("ghg.stationary_combustion_energy/1")
def stationary_combustion_energy(
    use: str,
    fuel: ArrayLike,
    energy_tj: ArrayLike,
    net_over_gross: ArrayLike,
    co2_kg_per_tj: ArrayLike,
    ch4_kg_per_tj: ArrayLike,
    n2o_kg_per_tj: ArrayLike,
    biogenic_share: ArrayLike = 0.0,
) -> Burnt:
    """Return the gases of metered fuel energy: ``E = energy x net over gross x EF``.

    Parameters
    ----------
    use : str
        Where the fuel is burnt.
    fuel : array_like of str, shape (fuel,)
        Which fuel; with the use it chooses the defaults and changes nothing else.
    energy_tj : array_like, shape (..., fuel)
        Energy as metered or billed, TJ; zero or more.
    net_over_gross : array_like, shape (fuel,)
        1 if the energy is net calorific; the ratio of net to gross if it is gross; above 0, at most 1.
    co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj : array_like, shape (fuel,)
        Emission factors on net calorific value, kg/TJ.
    biogenic_share : array_like, shape (fuel,)
        0 to 1.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 2, equation 2.1; chapter 1 for net and gross calorific values.
    """
    metered = checked("energy_tj", energy_tj, low=0.0)
    ratio = checked("net_over_gross", net_over_gross, low=0.0, high=1.0, open_low=True)
    return burn(metered * ratio, co2_kg_per_tj, ch4_kg_per_tj, n2o_kg_per_tj, biogenic_share)


class Gases(NamedTuple):
    """Tonnes of fossil CO2, of fossil CH4 and of N2O."""

    co2_fossil_t: Array
    ch4_fossil_t: Array
    n2o_t: Array


@implements("ghg.fuel_volume/1")
def fuel_volume(
    fuel_m3: ArrayLike, co2_kg_per_m3: ArrayLike, ch4_kg_per_m3: ArrayLike, n2o_kg_per_m3: ArrayLike
) -> Gases:
    """Return the gases of fossil fuel by volume, from published factors for each cubic metre.

    Formula: ``E = volume x EF`` (GPC equation 5.1).

    Parameters
    ----------
    fuel_m3 : array_like, shape (..., fuel)
        Fuel burnt, m3; zero or more.
    co2_kg_per_m3, ch4_kg_per_m3, n2o_kg_per_m3 : array_like, shape (fuel,)
        Emission factors, kg/m3; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative.

    Source
    ------
    ``gpc-1.1``, chapter 5, equation 5.1.
    """
    volume = checked("fuel_m3", fuel_m3, low=0.0)
    factors = (
        checked("co2_kg_per_m3", co2_kg_per_m3, low=0.0),
        checked("ch4_kg_per_m3", ch4_kg_per_m3, low=0.0),
        checked("n2o_kg_per_m3", n2o_kg_per_m3, low=0.0),
    )
    return Gases(*(volume * factor / KG_PER_T for factor in factors))
