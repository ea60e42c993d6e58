"""Methane from landfills by first-order decay: IPCC 2006, the 2019 Refinement, and the form of the GPC.

What is deposited is ``W(T) * share * DOC * DOCf * MCF(T)``, and decomposes as `decay` says; then
``emitted(T) = (sum over types of decomposed(T) * F * 16/12 - R(T)) * (1 - OX(T))``. The editions of the
guidelines differ in the defaults alone: DOCf for all waste or by type, and the kinds of sites. Waste keeps
the MCF of its own year, so that a better site does not change how old waste lies in it.

Source: ``ipcc-2006-vol5``, chapter 3, equations 3.1 to 3.6; ``ipcc-2019-vol5``, chapter 3; ``gpc-1.1``,
equation 8.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_shares, checked_years, first
from localaction.engine.methods.ghg.waste_common import (
    CH4_PER_C,
    Array,
    BeforeOpening,
    BothGiven,
    NeverDecays,
    NoneGiven,
    NotInSeries,
    along,
    less_recovered,
)
from localaction.engine.methods.ghg.waste_decay import LAST_MONTH, decay
from localaction.engine.methods.problems import NotWhole
from localaction.engine.methods.registry import implements

EARLIEST_MONTH = 7  # the guidelines allow no delay shorter than to the July of the same year
SAME_YEAR = 1  # the GPC lets waste decay for the whole of its own year


class Landfill(NamedTuple):
    """Methane of a landfill, t, and degradable carbon left in it at the end of each year, t C.

    ``ch4`` is that emitted in the inventory year, shape (...); ``emitted``, ``generated`` and ``carbon_left``
    have the shape (..., year), ``generated_by_type`` (..., year, type).
    """

    ch4: Array
    emitted: Array
    generated: Array
    generated_by_type: Array
    carbon_left: Array


@implements("ghg.landfill_decay_2006/1")
@implements("ghg.landfill_decay_2019/1")
def landfill_decay(
    year: ArrayLike,
    waste: ArrayLike,
    waste_type: object,
    basis: str,
    climate: object,
    site_type: object,
    cover: object,
    mcf: ArrayLike,
    doc: ArrayLike,
    docf: ArrayLike,
    k: ArrayLike,
    ch4_share: ArrayLike,
    recovered: ArrayLike,
    oxidation: ArrayLike,
    delay_month: ArrayLike,
    composition: ArrayLike | None = None,
    composition_by_year: ArrayLike | None = None,
    half_life: ArrayLike | None = None,
    opened: int | None = None,
    inventory_year: int | None = None,
) -> Landfill:
    """Return the methane of a landfill by first-order decay; formulas and outputs are those of the module.

    Parameters
    ----------
    year, waste : array_like, shape (year,) and (..., year)
        Years one by one, and waste deposited in each, t; zero or more. Leading axes are sites.
    waste_type, basis, climate, site_type, cover
        What the defaults were chosen by; they change nothing else.
    mcf, recovered, oxidation : array_like, shape (..., year)
        MCF, 0 to 1; methane recovered, t, at most what is generated; OX, from 0, below 1.
    doc, docf, k : array_like, shape (..., type)
        DOC, t C/t, and DOCf, 0 to 1; rate of decay, 1/year, above zero for waste with degradable carbon.
    ch4_share, delay_month : array_like, shape (...)
        F by volume, above 0, below 1; the month M, 7 to 13.
    composition, composition_by_year : array_like, shape (..., type) or (..., year, type)
        Shares of the types, which sum to 1; one of the two.
    half_life : array_like, shape (..., type), optional
        Years in which half of the carbon decomposes, above zero; takes the place of ``k``.
    opened, inventory_year : int, optional
        First year in which waste can lie in the site; year of ``ch4``, the last one if not given.

    Raises
    ------
    InputProblem
        Also if years leave a gap, waste lies before the opening, or more is recovered than generated.
    """
    month = checked("delay_month", delay_month, low=EARLIEST_MONTH, high=LAST_MONTH)
    if month.ndim or month != np.floor(month):
        raise NotWhole("delay_month", (), found=str(delay_month), example="13")
    years, tonnes = _waste(year, waste, opened)
    shares = _composition(composition, composition_by_year, len(years))
    carbon = _carbon(tonnes, shares, mcf, doc, docf)
    rate = _rate(k, half_life, carbon)
    return _landfill(years, carbon, rate, month, ch4_share, recovered, oxidation, inventory_year)


@implements("ghg.landfill_decay_gpc/1")
def landfill_decay_gpc(
    year: ArrayLike,
    waste: ArrayLike,
    waste_type: object,
    climate: object,
    site_type: object,
    cover: object,
    mcf: ArrayLike,
    doc: ArrayLike,
    docf: ArrayLike,
    k: ArrayLike,
    ch4_share: ArrayLike,
    recovered: ArrayLike,
    oxidation: ArrayLike,
    composition: ArrayLike | None = None,
    composition_by_year: ArrayLike | None = None,
    half_life: ArrayLike | None = None,
    opened: int | None = None,
    inventory_year: int | None = None,
) -> Landfill:
    """Return the methane of a landfill in the form of the GPC, in which waste emits in its own year.

    ``CH4(T) = (sum over x <= T of W(x) * L0(x) * (1 - exp(-k)) * exp(-k (T - x)) - R(T)) * (1 - OX(T))``. The
    curve lies one year before that of `landfill_decay` with month 13; over all time the mass is the same. A
    series must not pass from one form to the other: the year between would count twice or not at all.

    Parameters, results and refusals are those of `landfill_decay`; there is no delay.

    Source
    ------
    ``gpc-1.1``, equations 8.2 and 8.4.
    """
    years, tonnes = _waste(year, waste, opened)
    shares = _composition(composition, composition_by_year, len(years))
    carbon = _carbon(tonnes, shares, mcf, doc, docf)
    rate = _rate(k, half_life, carbon)
    return _landfill(years, carbon, rate, SAME_YEAR, ch4_share, recovered, oxidation, inventory_year)


def _waste(year: ArrayLike, waste: ArrayLike, opened: int | None) -> tuple[NDArray[np.int64], Array]:
    years = checked_years("year", year)
    tonnes = along("waste", checked("waste", waste, low=0.0), len(years), "year", "year")
    if opened is not None:
        wrong = (tonnes > 0) & (years < opened)
        if wrong.any():
            index = first(wrong)
            raise BeforeOpening("waste", index, value=f"{tonnes[index]:.10g}", opened=int(opened))
    return years, tonnes


def _composition(composition: ArrayLike | None, by_year: ArrayLike | None, years: int) -> Array:
    """Return shares with an axis of years before that of types."""
    if composition is not None and by_year is not None:
        raise BothGiven("composition_by_year", other="the composition of all years")
    if by_year is not None:
        shares = checked_shares("composition_by_year", by_year)
        along("composition_by_year", shares[..., 0], years, "year", "year")
        return shares
    if composition is None:
        raise NoneGiven("composition", other="the composition year by year")
    return checked_shares("composition", composition)[..., None, :]


def _carbon(tonnes: Array, shares: Array, mcf: ArrayLike, doc: ArrayLike, docf: ArrayLike) -> Array:
    """Return the degradable carbon that can decompose, by year and type, t C (equation 3.2)."""
    correction = checked("mcf", mcf, low=0.0, high=1.0)
    along("mcf", correction, tonnes.shape[-1], "year", "waste")
    content = checked("doc", doc, low=0.0, high=1.0) * checked("docf", docf, low=0.0, high=1.0)
    managed: Array = tonnes * correction
    return managed[..., None] * (shares * content[..., None, :])


def _rate(k: ArrayLike, half_life: ArrayLike | None, carbon: Array) -> Array:
    name = "k"
    rate = checked("k", k, low=0.0)
    if half_life is not None:
        name, rate = "half_life", np.log(2) / checked("half_life", half_life, low=0.0, open_low=True)
    wrong = (rate == 0) & (carbon.max(axis=-2) > 0)
    if wrong.any():
        raise NeverDecays(name, first(np.atleast_1d(wrong)) if rate.ndim == wrong.ndim else ())
    return rate


def _landfill(
    years: NDArray[np.int64],
    carbon: Array,
    rate: Array,
    month: Array | float,
    ch4_share: ArrayLike,
    recovered: ArrayLike,
    oxidation: ArrayLike,
    inventory_year: int | None,
) -> Landfill:
    share = checked("ch4_share", ch4_share, low=0.0, high=1.0, open_low=True, open_high=True)
    cover = checked("oxidation", oxidation, low=0.0, high=1.0, open_high=True)
    at = _position(years, inventory_year)
    decomposed, left = decay(carbon, rate, month)
    by_type = decomposed * (share[..., None, None] * CH4_PER_C)
    generated = by_type.sum(axis=-1)
    emitted = less_recovered(generated, recovered) * (1 - cover)
    return Landfill(emitted[..., at], emitted, generated, by_type, left.sum(axis=-1))


def _position(years: NDArray[np.int64], inventory_year: int | None) -> int:
    if inventory_year is None:
        return len(years) - 1
    if not years[0] <= inventory_year <= years[-1]:
        params = {"value": int(inventory_year), "start": int(years[0]), "end": int(years[-1])}
        raise NotInSeries("inventory_year", (), **params)
    return int(inventory_year - years[0])
