"""Methane and carbon dioxide that escape: coal mines, oil and gas, networks of gas."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part
from localaction.engine.methods.registry import implements

KG_PER_T = 1000.0
Array = NDArray[np.float64]


class Mined(NamedTuple):
    """Methane set free by mining, set free afterwards, and what escapes, t CH4 of fossil origin."""

    mining_ch4_t: Array
    post_mining_ch4_t: Array
    ch4_fossil_t: Array


@implements("ghg.coal_mine_methane/1")
def coal_mine_methane(
    mine: ArrayLike,
    coal_t: ArrayLike,
    mining_m3_per_t: ArrayLike,
    post_mining_m3_per_t: ArrayLike,
    methane_kg_per_m3: ArrayLike,
    recovered_ch4_t: ArrayLike = 0.0,
) -> Mined:
    """Return the methane of coal mines: ``CH4 = coal x (EF mining + EF after) x density - recovered``.

    Parameters
    ----------
    mine : array_like of str, shape (mine,)
        Kind and depth of each mine; it chooses the default factors and changes nothing else.
    coal_t : array_like, shape (..., mine)
        Coal mined, t; zero or more.
    mining_m3_per_t, post_mining_m3_per_t : array_like, shape (mine,)
        Methane set free in mining and afterwards, m3 for each t; zero or more.
    methane_kg_per_m3 : array_like
        Density of methane, kg/m3; above zero.
    recovered_ch4_t : array_like, shape (..., mine)
        Methane captured and burnt, t; zero or more, at most what is set free.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 4, equations 4.1.1 to 4.1.4.
    """
    coal = checked("coal_t", coal_t, low=0.0)
    density = checked("methane_kg_per_m3", methane_kg_per_m3, low=0.0, open_low=True) / KG_PER_T
    mining = coal * checked("mining_m3_per_t", mining_m3_per_t, low=0.0) * density
    after = coal * checked("post_mining_m3_per_t", post_mining_m3_per_t, low=0.0) * density
    recovered = checked("recovered_ch4_t", recovered_ch4_t, low=0.0)
    checked_part("recovered_ch4_t", recovered, "the methane set free", mining + after)
    return Mined(mining, after, np.maximum(mining + after - recovered, 0.0))


class Escaped(NamedTuple):
    """Fossil methane and carbon dioxide that escape, t."""

    ch4_fossil_t: Array
    co2_fossil_t: Array


@implements("ghg.oil_gas_fugitive/1")
def oil_gas_fugitive(
    step: ArrayLike,
    throughput_million_m3: ArrayLike,
    ch4_t_per_million_m3: ArrayLike,
    co2_t_per_million_m3: ArrayLike,
) -> Escaped:
    """Return what escapes from oil and gas systems, tier 1: ``E = throughput x EF`` for each step.

    Parameters
    ----------
    step : array_like of str, shape (step,)
        Which step; it chooses the default factors and changes nothing else.
    throughput_million_m3 : array_like, shape (..., step)
        Gas or oil through each step, million m3; zero or more.
    ch4_t_per_million_m3, co2_t_per_million_m3 : array_like, shape (step,)
        Emission factors, t for each million m3; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 4, equation 4.2.1, tables 4.2.4 and 4.2.5.
    """
    through = checked("throughput_million_m3", throughput_million_m3, low=0.0)
    methane = checked("ch4_t_per_million_m3", ch4_t_per_million_m3, low=0.0)
    carbon = checked("co2_t_per_million_m3", co2_t_per_million_m3, low=0.0)
    return Escaped(through * methane, through * carbon)


class Leaked(NamedTuple):
    """Fossil methane that leaks, t."""

    ch4_fossil_t: Array


@implements("ghg.gas_network_leakage/1")
def gas_network_leakage(
    gas_lost_m3: ArrayLike, methane_share: ArrayLike, methane_kg_per_m3: ArrayLike
) -> Leaked:
    """Return the methane of gas known to be lost: ``CH4 = gas lost x share of methane x density``.

    Parameters
    ----------
    gas_lost_m3 : array_like, shape (..., network)
        Gas lost, m3; zero or more. Unbilled gas is not all lost.
    methane_share : array_like, shape (network,)
        Methane in the gas by volume; 0 to 1.
    methane_kg_per_m3 : array_like
        Density of methane, kg/m3; above zero.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``ipcc-2006-vol2``, chapter 4: losses known from measurement instead of tier 1.
    """
    lost = checked("gas_lost_m3", gas_lost_m3, low=0.0)
    density = checked("methane_kg_per_m3", methane_kg_per_m3, low=0.0, open_low=True)
    return Leaked(lost * checked("methane_share", methane_share, low=0.0, high=1.0) * density / KG_PER_T)
