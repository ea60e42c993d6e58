"""Electricity, heat and cooling from a network: by location, by contract, losses, heat and power together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part, first
from localaction.engine.methods.problems import InputProblem
from localaction.engine.methods.registry import implements

Array = NDArray[np.float64]
OVER_CONSUMPTION, OVER_GENERATION = "over_consumption", "over_generation"


class Emitted(NamedTuple):
    """Emissions of grid energy, t CO2e not split into gases."""

    co2e_t: Array


@implements("ghg.grid_energy_location/1")
def grid_energy_location(consumption_mwh: ArrayLike, grid_t_per_mwh: ArrayLike) -> Emitted:
    """Return scope 2 emissions by location: ``E = consumption x grid average``.

    Parameters
    ----------
    consumption_mwh : array_like, shape (..., user)
        Energy taken from the grid, MWh; zero or more.
    grid_t_per_mwh : array_like
        Average of the generation that serves the grid, without losses, t CO2e/MWh; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative.

    Source
    ------
    ``gpc-1.1``, chapter 6.
    """
    taken = checked("consumption_mwh", consumption_mwh, low=0.0)
    return Emitted(taken * checked("grid_t_per_mwh", grid_t_per_mwh, low=0.0))


class Market(NamedTuple):
    """Emissions by contract, t CO2e; the part without a contract, MWh; the share that has one, 0 to 1."""

    co2e_t: Array
    uncovered_mwh: Array
    covered_share: Array


@implements("ghg.grid_energy_market/1")
def grid_energy_market(
    consumption_mwh: ArrayLike,
    contract_mwh: ArrayLike,
    contract_t_per_mwh: ArrayLike,
    residual_t_per_mwh: ArrayLike,
) -> Market:
    """Return scope 2 emissions by contract. Shown beside the figure by location, never added to it.

    Formula: ``E = sum(contract x supplier factor) + (consumption - sum(contract)) x residual mix``.

    Parameters
    ----------
    consumption_mwh : array_like, scalar or shape (...)
        All energy taken from the grid, MWh; zero or more.
    contract_mwh, contract_t_per_mwh : array_like, shape (..., contract)
        Energy of each contract or certificate, MWh, and its factor, t CO2e/MWh; zero or more.
    residual_t_per_mwh : array_like
        Factor of what nobody has claimed, t CO2e/MWh; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative, or the contracts cover more than was taken.

    Source
    ------
    ``gpc-1.1``, chapter 6.
    """
    taken = checked("consumption_mwh", consumption_mwh, low=0.0)
    contracts = checked("contract_mwh", contract_mwh, low=0.0)
    factors = checked("contract_t_per_mwh", contract_t_per_mwh, low=0.0)
    covered = contracts.sum(axis=-1)
    checked_part("contract_mwh", covered, "the energy taken from the grid", taken)
    left = np.maximum(taken - covered, 0.0)
    rest = left * checked("residual_t_per_mwh", residual_t_per_mwh, low=0.0)
    part = np.divide(covered, taken, out=np.zeros_like(covered + taken), where=taken > 0)
    return Market((contracts * factors).sum(axis=-1) + rest, left, part)


@implements("ghg.network_losses/1")
def network_losses(
    consumption_mwh: ArrayLike, reading: str, loss_share: ArrayLike, grid_t_per_mwh: ArrayLike
) -> Emitted:
    """Return scope 3 emissions of transmission and distribution losses.

    Formula: ``E = C x l x EF`` if the share ``l`` is losses over consumption, ``E = C x l / (1 - l) x EF`` if
    it is losses over net generation.

    Parameters
    ----------
    consumption_mwh : array_like, shape (..., user)
        Energy taken from the grid, MWh; zero or more.
    reading : {"over_consumption", "over_generation"}
        What the share of losses is a share of.
    loss_share : array_like
        Share lost; 0 to 1, below 1 if it is over generation.
    grid_t_per_mwh : array_like
        Average of the generation, t CO2e/MWh; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 6; both readings are in use, see ``docs/explanation/energy-methods.md``.
    """
    taken = checked("consumption_mwh", consumption_mwh, low=0.0)
    over_generation = reading == OVER_GENERATION
    lost = checked("loss_share", loss_share, low=0.0, high=1.0, open_high=over_generation)
    ratio = lost / (1.0 - lost) if over_generation else lost
    return Emitted(taken * ratio * checked("grid_t_per_mwh", grid_t_per_mwh, low=0.0))


class Network(NamedTuple):
    """Factor at the plant, t CO2e/MWh generated; scope 2 of the users and losses of the network, t CO2e."""

    plant_t_per_mwh: Array
    co2e_t: Array
    losses_co2e_t: Array


@implements("ghg.heat_network/1")
def heat_network(
    plant_co2e_t: ArrayLike, generated_mwh: ArrayLike, delivered_mwh: ArrayLike, consumption_mwh: ArrayLike
) -> Network:
    """Return emissions of heat or cold taken from a network, and of what the network loses on the way.

    Formula: ``f = plant emissions / generated``; scope 2 is ``consumption x f``; losses are
    ``consumption x (generated - delivered) / delivered x f``.

    Parameters
    ----------
    plant_co2e_t : array_like
        Emissions of the plants for this heat or cold, t CO2e; zero or more. Of a plant that makes power too,
        only the part of heat (`combined_heat_and_power`).
    generated_mwh, delivered_mwh : array_like
        Heat or cold fed in and arriving at all users, MWh; above zero, delivered at most generated.
    consumption_mwh : array_like, shape (..., user)
        Taken by users in the city, MWh; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or more is delivered than generated.

    Source
    ------
    ``gpc-1.1``, chapter 6: heat and cold follow the form of electricity.
    """
    generated = checked("generated_mwh", generated_mwh, low=0.0, open_low=True)
    delivered = checked("delivered_mwh", delivered_mwh, low=0.0, open_low=True)
    checked_part("delivered_mwh", delivered, "what is generated", generated)
    factor = checked("plant_co2e_t", plant_co2e_t, low=0.0) / generated
    used = checked("consumption_mwh", consumption_mwh, low=0.0)
    lost_share = np.maximum(generated - delivered, 0.0) / delivered
    return Network(factor, used * factor, used * lost_share * factor)


class NothingMade(InputProblem):
    """A plant makes neither heat nor power."""

    code = "methods.nothing_made"
    text = "{where} is 0 and the power made is 0 too, so the emissions of the plant have nothing to go to."
    remedy_text = "Give the heat or the power that the plant makes, or leave the plant out."


class Shared(NamedTuple):
    """Emissions of a plant, t CO2e, divided between heat and power."""

    heat_co2e_t: Array
    power_co2e_t: Array


@implements("ghg.combined_heat_and_power/1")
def combined_heat_and_power(
    plant_co2e_t: ArrayLike,
    heat_mwh: ArrayLike,
    power_mwh: ArrayLike,
    heat_efficiency: ArrayLike,
    power_efficiency: ArrayLike,
) -> Shared:
    """Return the emissions of a plant for its heat and for its power, by the efficiency method.

    Formula: ``E_heat = (H / e_H) / (H / e_H + P / e_P) x E``; ``E_power = E - E_heat``.

    Parameters
    ----------
    plant_co2e_t, heat_mwh, power_mwh : array_like, shape (..., plant)
        Emissions, t CO2e, and what was made, MWh; zero or more, heat and power not both zero.
    heat_efficiency, power_efficiency : array_like
        Of making the heat alone and the power alone; above 0, at most 1.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range.

    Source
    ------
    ``gpc-1.1``, chapter 6: efficiency method; the usual efficiencies are from memory.
    """
    emitted = checked("plant_co2e_t", plant_co2e_t, low=0.0)
    for_heat_alone = checked("heat_efficiency", heat_efficiency, low=0.0, high=1.0, open_low=True)
    for_power_alone = checked("power_efficiency", power_efficiency, low=0.0, high=1.0, open_low=True)
    heat = checked("heat_mwh", heat_mwh, low=0.0) / for_heat_alone
    power = checked("power_mwh", power_mwh, low=0.0) / for_power_alone
    fuel = _something_made(heat + power)
    for_heat = emitted * heat / fuel
    return Shared(for_heat, emitted - for_heat)


def _something_made(fuel: Array) -> Array:
    nothing = np.atleast_1d(fuel <= 0.0)
    if nothing.any():
        raise NothingMade("heat_mwh", first(nothing) if fuel.ndim else ())
    return fuel
