"""What a release says of itself that its check rests on: membership in totals, and factors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from localaction.engine.exchange.release import tables
from localaction.engine.exchange.release.tables import Table
from localaction.engine.exchange.release.writing import file_names


class Rules:
    """Membership of cells in totals and sectors, and kg per unit of every factor and gas."""

    def __init__(self, folder: Path) -> None:
        self.factors: dict[tuple[str, str, str], float] = {
            (name, digest, gas): mass
            for name, digest, gas, mass in _rows(
                folder, tables.FACTORS, "factor_id", "factor_sha256", "gas", "mass_kg_per_unit"
            )
        }
        self._members: dict[tuple[str, str], list[str]] = defaultdict(list)
        for protocol, total, ref in _rows(folder, tables.TOTAL_RULES, "protocol", "total", "ref"):
            self._members[protocol, total].append(ref)
        self._sectors: dict[tuple[str, str], str] = {
            (protocol, ref): sector
            for protocol, ref, sector in _rows(folder, tables.CELL_RULES, "protocol", "ref", "sector")
        }

    def totals(self, protocol: str) -> set[str]:
        """Return the totals of a protocol."""
        return {total for known, total in self._members if known == protocol}

    def members(self, protocol: str, total: str, sector: str | None = None) -> list[str]:
        """Return the cells that count in a total, of one sector or of all."""
        refs = self._members.get((protocol, total), [])
        if sector is None:
            return refs
        return [ref for ref in refs if self._sectors.get((protocol, ref)) == sector]


def _rows(folder: Path, table: Table, *names: str) -> Iterator[tuple[Any, ...]]:
    found = pq.read_table(folder / file_names(table)[1], columns=list(names))
    return zip(*(found.column(name).to_pylist() for name in names), strict=True)
