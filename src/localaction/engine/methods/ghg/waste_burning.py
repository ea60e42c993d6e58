"""Gases from waste that is incinerated or burnt in the open; biogenic CO2 apart."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked, checked_shares
from localaction.engine.methods.ghg.waste_common import CO2_PER_C, DAYS_PER_YEAR, G_PER_T, KG_PER_T, Array
from localaction.engine.methods.registry import implements


class Incineration(NamedTuple):
    """Gases of the year, t; ``co2_biogenic`` is a memo line and counts in no total."""

    co2: Array
    co2_biogenic: Array
    ch4: Array
    n2o: Array


class OpenBurning(NamedTuple):
    """Waste burnt, wet, t, and gases of the year, t; ``co2_biogenic`` counts in no total."""

    burnt: Array
    co2: Array
    co2_biogenic: Array
    ch4: Array
    n2o: Array


class _Carbon(NamedTuple):
    """In one tonne of wet waste: fossil and biogenic carbon, and dry matter, t."""

    fossil: Array
    biogenic: Array
    dry: Array


@implements("ghg.incineration/1")
def incineration(
    waste: ArrayLike,
    waste_type: object,
    composition: ArrayLike,
    technology: object,
    kind: object,
    dry_matter: ArrayLike,
    carbon: ArrayLike,
    fossil_share: ArrayLike,
    oxidised: ArrayLike,
    ch4_factor: ArrayLike,
    n2o_factor: ArrayLike,
) -> Incineration:
    """Return the gases of incinerated waste: ``CO2 = W * sum(WF * dm * CF * FCF) * OF * 44/12``.

    With ``1 - FCF`` in place of ``FCF`` it is the biogenic CO2, a memo line. CH4 and N2O are wet waste times
    a factor.

    Parameters
    ----------
    waste : array_like, shape (...)
        Waste burnt in the year, wet, t; zero or more.
    waste_type, technology, kind
        What the defaults were chosen by; they change nothing else.
    composition : array_like, shape (..., type)
        Shares of the types in the wet waste, WF; they sum to 1.
    dry_matter, carbon, fossil_share : array_like, shape (..., type)
        Dry matter of wet waste, carbon of dry matter, fossil part of the carbon; 0 to 1.
    oxidised : array_like, shape (...)
        Share of the carbon that burns, OF; 0 to 1.
    ch4_factor, n2o_factor : array_like, shape (...)
        Gas for each tonne of wet waste, g/t (the same as kg/Gg); zero or more.

    Returns
    -------
    Incineration
        Each of shape (...), t.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or the shares do not sum to 1.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 5, equations 5.2, 5.4 and 5.5.
    """
    tonnes = checked("waste", waste, low=0.0)
    content = _carbon(composition, dry_matter, carbon, fossil_share)
    burnt = tonnes * checked("oxidised", oxidised, low=0.0, high=1.0) * CO2_PER_C
    methane = checked("ch4_factor", ch4_factor, low=0.0, high=G_PER_T)
    nitrous = checked("n2o_factor", n2o_factor, low=0.0, high=G_PER_T)
    gases = tonnes * methane / G_PER_T, tonnes * nitrous / G_PER_T
    return Incineration(burnt * content.fossil, burnt * content.biogenic, *gases)


@implements("ghg.open_burning/1")
def open_burning(
    population: ArrayLike,
    burning_share: ArrayLike,
    waste_per_person: ArrayLike,
    waste_type: object,
    composition: ArrayLike,
    edition: str,
    burnt_share: ArrayLike,
    dry_matter: ArrayLike,
    carbon: ArrayLike,
    fossil_share: ArrayLike,
    oxidised: ArrayLike,
    ch4_factor: ArrayLike,
    n2o_factor: ArrayLike,
) -> OpenBurning:
    """Return the gases of waste burnt in the open; the amount is ``P * P_frac * MSW_P * B_frac * 365``.

    CO2 is that of `incineration`; CH4 goes by wet waste, N2O by **dry** matter, because its factor is.

    Parameters
    ----------
    population, waste_per_person : array_like, shape (...)
        People, and wet waste of one person, kg/day; zero or more.
    burning_share, burnt_share : array_like, shape (...)
        Share of the people whose waste is burnt, P_frac, and of that waste that burns, B_frac; 0 to 1.
    waste_type, edition
        What the defaults were chosen by; they change nothing else.
    composition, dry_matter, carbon, fossil_share, oxidised
        As in `incineration`.
    ch4_factor, n2o_factor : array_like, shape (...)
        CH4 for each tonne of wet waste, N2O for each tonne of dry matter, g/t; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or the shares do not sum to 1.

    Source
    ------
    ``ipcc-2006-vol5``, chapter 5, equations 5.2, 5.4, 5.5 and 5.7.
    """
    people = checked("population", population, low=0.0)
    part = checked("burning_share", burning_share, low=0.0, high=1.0)
    daily = checked("waste_per_person", waste_per_person, low=0.0)
    burning = checked("burnt_share", burnt_share, low=0.0, high=1.0)
    burnt = people * part * daily * burning * DAYS_PER_YEAR / KG_PER_T
    content = _carbon(composition, dry_matter, carbon, fossil_share)
    co2 = burnt * checked("oxidised", oxidised, low=0.0, high=1.0) * CO2_PER_C
    ch4 = burnt * checked("ch4_factor", ch4_factor, low=0.0, high=G_PER_T) / G_PER_T
    n2o = burnt * content.dry * checked("n2o_factor", n2o_factor, low=0.0, high=G_PER_T) / G_PER_T
    return OpenBurning(burnt, co2 * content.fossil, co2 * content.biogenic, ch4, n2o)


def _carbon(
    composition: ArrayLike, dry_matter: ArrayLike, carbon: ArrayLike, fossil_share: ArrayLike
) -> _Carbon:
    dry = checked_shares("composition", composition) * checked("dry_matter", dry_matter, low=0.0, high=1.0)
    all_carbon = dry * checked("carbon", carbon, low=0.0, high=1.0)
    fossil = all_carbon * checked("fossil_share", fossil_share, low=0.0, high=1.0)
    return _Carbon(fossil.sum(axis=-1), (all_carbon - fossil).sum(axis=-1), dry.sum(axis=-1))
