"""Nitrous oxide from domestic wastewater: IPCC 2006 and the 2019 Refinement."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked, checked_shares
from localaction.engine.methods.ghg.waste_common import (
    DAYS_PER_YEAR,
    G_PER_KG,
    G_PER_T,
    KG_PER_T,
    N2O_PER_N,
    Array,
    less_sludge,
)
from localaction.engine.methods.registry import implements

NITROGEN = "nitrogen"


class Nitrous2006(NamedTuple):
    """N2O, t: in all, from effluent, from plants; nitrogen that reaches open water, kg N."""

    n2o: Array
    n2o_effluent: Array
    n2o_plants: Array
    nitrogen: Array


class Nitrous2019(NamedTuple):
    """N2O, t: in all, from plants by path, from effluent; nitrogen that reaches open water, kg N."""

    n2o: Array
    n2o_plants: Array
    n2o_effluent: Array
    nitrogen: Array


@implements("ghg.wastewater_n2o_2006/1")
def wastewater_n2o_2006(
    population: ArrayLike,
    protein: ArrayLike,
    grinders: object,
    nitrogen_share: ArrayLike,
    not_consumed: ArrayLike,
    industrial: ArrayLike,
    sludge_nitrogen: ArrayLike,
    effluent_factor: ArrayLike,
    plant_share: ArrayLike,
    plant_factor: ArrayLike,
) -> Nitrous2006:
    """Return the N2O of domestic wastewater by the 2006 guidelines.

    ``N = P * protein * F_NPR * F_NON-CON * F_IND-COM - N_sludge``; plants with controlled nitrification give
    ``P * T_plant * F_IND-COM * EF``, whose nitrogen is taken off N; the rest times the factor of the effluent
    times 44/28. Source: ``ipcc-2006-vol5``, chapter 6, equations 6.7 to 6.9; ``gpc-1.1``, equation 8.12.

    Parameters
    ----------
    population, protein, plant_factor : array_like, shape (...)
        People; protein eaten, g/person/day; N2O of plants, g/person/year; zero or more.
    grinders
        What the default of ``not_consumed`` was chosen by; it changes nothing else.
    nitrogen_share, effluent_factor, plant_share : array_like, shape (...)
        F_NPR, kg N/kg; N2O-N of nitrogen in the effluent, kg/kg; T_plant; 0 to 1.
    not_consumed, industrial : array_like, shape (...)
        F_NON-CON and F_IND-COM: what is added by protein not eaten and by industry; 1 or more.
    sludge_nitrogen : array_like, shape (...)
        **Nitrogen** in the sludge taken out, kg N, never the mass of the sludge; at most N.

    Raises
    ------
    InputProblem
        If a value is outside its range, or sludge holds more nitrogen than there is.
    """
    people = checked("population", population, low=0.0)
    added = checked("industrial", industrial, low=1.0)
    total = _nitrogen(people, protein, nitrogen_share, not_consumed) * added
    after_sludge = less_sludge(total, sludge_nitrogen, NITROGEN, "sludge_nitrogen")
    served = people * checked("plant_share", plant_share, low=0.0, high=1.0)
    plants = served * added * checked("plant_factor", plant_factor, low=0.0) / G_PER_T
    nitrogen = np.maximum(after_sludge - plants * KG_PER_T / N2O_PER_N, 0.0)
    factor = checked("effluent_factor", effluent_factor, low=0.0, high=1.0)
    effluent = nitrogen * factor * N2O_PER_N / KG_PER_T
    return Nitrous2006(effluent + plants, effluent, plants, nitrogen)


@implements("ghg.wastewater_n2o_2019/1")
def wastewater_n2o_2019(
    population: ArrayLike,
    protein_supply: ArrayLike,
    consumed_share: ArrayLike,
    nitrogen_share: ArrayLike,
    household: ArrayLike,
    not_consumed: ArrayLike,
    path: object,
    collection: object,
    removal: object,
    path_share: ArrayLike,
    industrial: ArrayLike,
    plant_factor: ArrayLike,
    removed_share: ArrayLike,
    effluent_factor: ArrayLike,
) -> Nitrous2019:
    """Return the N2O of domestic wastewater by the 2019 Refinement: from plants, and from effluent.

    ``TN_j = P * T_j * supply * FPC * F_NPR * N_HH * F_NON-CON * F_IND-COM_j``; plants give
    ``sum(TN_j * EF_j) * 44/28``, the effluent ``sum(TN_j * (1 - N_rem_j)) * EF * 44/28``. Sludge is in N_rem
    and is not taken off again. Source: ``ipcc-2019-vol5``, chapter 6, equations 6.7 to 6.10.

    Parameters
    ----------
    population, protein_supply : array_like, shape (...)
        People; protein supplied, g/person/day; zero or more.
    consumed_share, nitrogen_share, effluent_factor : array_like, shape (...)
        FPC; F_NPR, kg N/kg; N2O-N of nitrogen in the effluent, kg/kg; 0 to 1.
    household, not_consumed : array_like, shape (...)
        N_HH and F_NON-CON: what household products and protein not eaten add; 1 or more.
    path, collection, removal
        What the defaults were chosen by; they change nothing else.
    path_share, plant_factor, removed_share : array_like, shape (..., path)
        T, which sums to 1; N2O-N of nitrogen treated, kg/kg; N_rem; 0 to 1.
    industrial : array_like, shape (..., path)
        F_IND-COM: what industry adds to a path; 1 where none is connected, never 0.
    """
    people = checked("population", population, low=0.0)
    eaten = checked("consumed_share", consumed_share, low=0.0, high=1.0)
    products = checked("household", household, low=1.0)
    per_city = (
        _nitrogen(people, protein_supply, nitrogen_share, not_consumed, "protein_supply") * eaten * products
    )
    shares = checked_shares("path_share", path_share) * checked("industrial", industrial, low=1.0)
    treated = per_city[..., None] * shares
    factor = checked("plant_factor", plant_factor, low=0.0, high=1.0)
    plants = treated * factor * N2O_PER_N / KG_PER_T
    removed = checked("removed_share", removed_share, low=0.0, high=1.0)
    nitrogen = (treated * (1 - removed)).sum(axis=-1)
    rate = checked("effluent_factor", effluent_factor, low=0.0, high=1.0)
    effluent = nitrogen * rate * N2O_PER_N / KG_PER_T
    return Nitrous2019(plants.sum(axis=-1) + effluent, plants, effluent, nitrogen)


def _nitrogen(
    people: Array,
    protein: ArrayLike,
    nitrogen_share: ArrayLike,
    not_consumed: ArrayLike,
    name: str = "protein",
) -> Array:
    """Return nitrogen in the wastewater of people before industry adds to it, kg N a year."""
    yearly = checked(name, protein, low=0.0) / G_PER_KG * DAYS_PER_YEAR
    share = checked("nitrogen_share", nitrogen_share, low=0.0, high=1.0)
    return people * yearly * share * checked("not_consumed", not_consumed, low=1.0)
