"""Methane from wastewater: domestic by IPCC 2006 and the 2019 Refinement, and industrial."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked, checked_shares
from localaction.engine.methods.ghg.waste_common import (
    DAYS_PER_YEAR,
    G_PER_KG,
    KG_PER_T,
    Array,
    less_recovered,
    less_sludge,
)
from localaction.engine.methods.registry import implements

ORGANIC = "organic matter"


class Domestic2006(NamedTuple):
    """Methane, t, in all and by path; organic load of all people without I, kg BOD."""

    ch4: Array
    ch4_by_path: Array
    organic_load: Array


class Domestic2019(NamedTuple):
    """Methane, t: in all, from treatment and from discharge by path; organic load without I, kg BOD."""

    ch4: Array
    ch4_treatment: Array
    ch4_discharge: Array
    organic_load: Array


class Industrial(NamedTuple):
    """Methane, t, in all and by industry; organic load by industry, kg COD."""

    ch4: Array
    ch4_by_industry: Array
    organic_load: Array


@implements("ghg.wastewater_ch4_2006/1")
def wastewater_ch4_2006(
    population: ArrayLike,
    region: object,
    bod: ArrayLike,
    path: object,
    collection: object,
    group_share: ArrayLike,
    path_share: ArrayLike,
    correction: ArrayLike,
    mcf: ArrayLike,
    capacity: ArrayLike,
    sludge: ArrayLike,
    recovered: ArrayLike,
) -> Domestic2006:
    """Return the methane of domestic wastewater: ``CH4 = sum over paths ((TOW_j - S_j) * Bo * MCF_j - R_j)``.

    ``TOW_j = P * BOD * 0.001 * 365 * I_j * sum over groups (U_i * T_ij)``. Source: ``ipcc-2006-vol5``,
    chapter 6, equations 6.1 to 6.3; ``gpc-1.1``, equation 8.9.

    Parameters
    ----------
    population, bod, capacity : array_like, shape (...)
        People; BOD, g/person/day; Bo, kg CH4/kg BOD; zero or more.
    region, path, collection
        What the defaults were chosen by; they change nothing else.
    group_share, path_share : array_like, shape (..., group) and (..., group, path)
        U, shares of the population, and T, shares of each group's wastewater; each sums to 1.
    correction, mcf : array_like, shape (..., path)
        I, for industrial wastewater in sewers, 1 or more; MCF, 0 to 1.
    sludge, recovered : array_like, shape (..., path)
        Organic matter in sludge, kg BOD, and methane burnt, t; each at most what its path has.

    Raises
    ------
    InputProblem
        If a value is outside its range, shares do not sum to 1, or more is taken out than is there.
    """
    load, held = _loads(population, bod, group_share, path_share, correction)
    treated = less_sludge(held, sludge, ORGANIC)
    left = less_recovered(_methane(treated, mcf, capacity), recovered)
    return Domestic2006(left.sum(axis=-1), left, load)


@implements("ghg.wastewater_ch4_2019/1")
def wastewater_ch4_2019(
    population: ArrayLike,
    region: object,
    bod: ArrayLike,
    path: object,
    collection: object,
    removal: object,
    water: object,
    group_share: ArrayLike,
    path_share: ArrayLike,
    correction: ArrayLike,
    mcf: ArrayLike,
    removed_share: ArrayLike,
    discharged_share: ArrayLike,
    discharge_mcf: ArrayLike,
    capacity: ArrayLike,
    sludge: ArrayLike,
    recovered: ArrayLike,
) -> Domestic2019:
    """Return the methane of domestic wastewater from treatment and from the effluent in open water.

    Treatment: ``(TOW_j - S_j) * Bo * MCF_j - R_j``. Discharge: ``TOW_j * (1 - removed_j) * Bo * MCF_water``,
    for the share that reaches water. Source: ``ipcc-2019-vol5``, chapter 6, equations 6.1 to 6.3.

    Parameters
    ----------
    population, bod, group_share, path_share, correction, mcf, capacity, sludge, recovered
        As in `wastewater_ch4_2006`; `wastewater_sludge_2019` gives the organic matter in sludge.
    region, path, collection, removal, water
        What the defaults were chosen by; they change nothing else.
    removed_share, discharged_share, discharge_mcf : array_like, shape (..., path)
        TOW_rem; share of the effluent that reaches open water; MCF of that water; 0 to 1.

    Raises
    ------
    InputProblem
        If a value is outside its range, shares do not sum to 1, or more is taken out than is there.
    """
    load, held = _loads(population, bod, group_share, path_share, correction)
    treated = less_sludge(held, sludge, ORGANIC)
    treatment = less_recovered(_methane(treated, mcf, capacity), recovered)
    removed = checked("removed_share", removed_share, low=0.0, high=1.0)
    discharged = checked("discharged_share", discharged_share, low=0.0, high=1.0)
    effluent = held * (1 - removed) * discharged
    discharge = _methane(effluent, discharge_mcf, capacity, "discharge_mcf")
    return Domestic2019((treatment + discharge).sum(axis=-1), treatment, discharge, load)


@implements("ghg.industrial_wastewater_ch4/1")
def industrial_wastewater_ch4(
    industry: object,
    product: ArrayLike,
    path: object,
    wastewater: ArrayLike,
    cod: ArrayLike,
    mcf: ArrayLike,
    capacity: ArrayLike,
    sludge: ArrayLike,
    recovered: ArrayLike,
) -> Industrial:
    """Return the methane of industrial wastewater: ``CH4 = sum((P * W * COD - S) * Bo * MCF - R)``.

    Parameters
    ----------
    industry, path
        What the defaults were chosen by; they change nothing else.
    product : array_like, shape (..., industry)
        Production of the year, t; zero or more.
    wastewater : array_like, shape (..., industry)
        Wastewater for each tonne of product, m3/t; zero or more.
    cod : array_like, shape (..., industry)
        Chemical oxygen demand of the wastewater, kg/m3; zero or more.
    mcf : array_like, shape (..., industry)
        Methane correction factor of its treatment; 0 to 1.
    capacity : array_like, shape (...)
        Bo, kg CH4/kg COD; zero or more.
    sludge : array_like, shape (..., industry)
        Organic matter taken out as sludge, kg COD; at most what there is.
    recovered : array_like, shape (..., industry)
        Methane collected and burnt, t; at most what is generated.

    Returns
    -------
    Industrial
        ``ch4``, shape (...), t; by industry ``ch4_by_industry``, t, and ``organic_load``, kg COD.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or more is taken out than there is.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 6, equations 6.4 to 6.6.
    """
    volume = checked("product", product, low=0.0) * checked("wastewater", wastewater, low=0.0)
    held = volume * checked("cod", cod, low=0.0)
    left = less_recovered(_methane(less_sludge(held, sludge, ORGANIC), mcf, capacity), recovered)
    return Industrial(left.sum(axis=-1), left, held)


def _loads(
    population: ArrayLike,
    bod: ArrayLike,
    group_share: ArrayLike,
    path_share: ArrayLike,
    correction: ArrayLike,
) -> tuple[Array, Array]:
    """Return the organic load of all people without I, and that of each path with I, kg BOD."""
    people = checked("population", population, low=0.0)
    load = people * checked("bod", bod, low=0.0) / G_PER_KG * DAYS_PER_YEAR
    groups = checked_shares("group_share", group_share)
    paths = checked_shares("path_share", path_share)
    shares = (groups[..., None] * paths).sum(axis=-2)
    with_industry = checked("correction", correction, low=1.0)
    return load, load[..., None] * shares * with_industry


def _methane(organic: Array, mcf: ArrayLike, capacity: ArrayLike, name: str = "mcf") -> Array:
    """Return the methane that organic matter gives, t: ``kg * Bo * MCF / 1000``."""
    factor = checked(name, mcf, low=0.0, high=1.0)
    most = np.asarray(checked("capacity", capacity, low=0.0))[..., None]
    return organic * factor * most / KG_PER_T
