"""What an inventory says of the emissions that a target covers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from localaction.engine.references.protocol import Protocol


def covered_cells(protocol: Protocol, total: str, sectors: Collection[str]) -> frozenset[str]:
    """Return the cells that count in a total, of some sectors or, if none is named, of all."""
    return frozenset(
        ref
        for ref, cell in protocol.cells.items()
        if total in cell.counts_in and (not sectors or cell.sector in sectors)
    )


def measured_t(
    result: Mapping[str, Any], total: str, sectors: Collection[str], protocol: Protocol
) -> float | None:
    """Return the emissions that a total, or some sectors of it, come to in an inventory, t CO2e.

    Parameters
    ----------
    result : mapping
        Schema ``localaction.inventory/1``; its totals and cells are read.
    total : str
        Id of a total of the protocol.
    sectors : collection of str
        Ids of sectors; empty for all.
    protocol : Protocol
        Which cells count where.

    Returns
    -------
    float or None
        None where every cell is open: no data is not zero.
    """
    wanted = covered_cells(protocol, total, sectors)
    answered = [cell for cell in result["cells"] if cell["ref"] in wanted and cell["state"] != "open"]
    if not answered:
        return None
    if not sectors:
        return float(result["totals"][total]["co2e_t"])
    return math.fsum(cell["co2e_t"] or 0.0 for cell in answered)
