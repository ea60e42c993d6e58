"""Methane commitment: all methane that waste will ever give, booked in the year of disposal."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from localaction.engine.methods.checking import checked, checked_shares
from localaction.engine.methods.ghg.waste_common import CH4_PER_C, Array
from localaction.engine.methods.registry import implements


class Commitment(NamedTuple):
    """Methane booked, t; degradable carbon, t C/t; methane potential L0, t CH4/t."""

    ch4: Array
    doc: Array
    potential: Array


@implements("ghg.methane_commitment/1")
def methane_commitment(
    waste: ArrayLike,
    waste_type: object,
    composition: ArrayLike,
    doc_by_type: ArrayLike,
    site_type: object,
    cover: object,
    mcf: ArrayLike,
    docf: ArrayLike,
    ch4_share: ArrayLike,
    recovered_share: ArrayLike,
    oxidation: ArrayLike,
) -> Commitment:
    """Return all future methane of the waste of one year: ``CH4 = W * L0 * (1 - f_rec) * (1 - OX)``.

    ``L0 = MCF * DOC * DOCf * F * 16/12`` and ``DOC = sum(share * DOC of the type)``.

    Parameters
    ----------
    waste : array_like, shape (...)
        Waste sent to landfill in the year, wet, t; zero or more.
    waste_type, site_type, cover
        What the defaults were chosen by; they change nothing else.
    composition : array_like, shape (..., type)
        Shares of the types in the wet waste; they sum to 1.
    doc_by_type : array_like, shape (..., type)
        Degradable carbon of the type, t C/t; 0 to 1.
    mcf, docf : array_like, shape (...)
        Methane correction factor, and share of the carbon that decomposes; 0 to 1.
    ch4_share : array_like, shape (...)
        Methane in landfill gas by volume, F; above 0, below 1.
    recovered_share : array_like, shape (...)
        Share of the methane that is collected and burnt; 0 to 1.
    oxidation : array_like, shape (...)
        Share oxidised in the cover, OX; from 0, below 1.

    Returns
    -------
    Commitment
        Each of shape (...).

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or the shares do not sum to 1.

    Source
    ------
    ``gpc-1.1``, equations 8.1, 8.3 and 8.4.
    """
    tonnes = checked("waste", waste, low=0.0)
    shares = checked_shares("composition", composition)
    doc = (shares * checked("doc_by_type", doc_by_type, low=0.0, high=1.0)).sum(axis=-1)
    correction = checked("mcf", mcf, low=0.0, high=1.0)
    decomposing = checked("docf", docf, low=0.0, high=1.0)
    share = checked("ch4_share", ch4_share, low=0.0, high=1.0, open_low=True, open_high=True)
    recovered = checked("recovered_share", recovered_share, low=0.0, high=1.0)
    cover = checked("oxidation", oxidation, low=0.0, high=1.0, open_high=True)
    potential = correction * doc * decomposing * share * CH4_PER_C
    return Commitment(tonnes * potential * (1 - recovered) * (1 - cover), doc, potential)
