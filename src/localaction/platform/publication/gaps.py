"""What a total leaves out: cells that are open or marked not estimated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.references.protocol import Protocol

NOT_ESTIMATED = "NE"


def gaps_in(result: Mapping[str, Any], total: str, protocol: Protocol, sector: str = "") -> list[str]:
    """Return the cells that count in a total, or in a sector of it, and hold neither figure nor answer.

    A cell is a gap if it is open or says that its emissions occur but are not estimated (NE); never a zero.
    """
    return [
        cell["ref"]
        for cell in result["cells"]
        if (cell["state"] == "open" or cell["notation_key"] == NOT_ESTIMATED)
        and total in protocol.cells[cell["ref"]].counts_in
        and sector in ("", protocol.cells[cell["ref"]].sector)
    ]
