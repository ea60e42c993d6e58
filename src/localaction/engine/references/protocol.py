"""The accounting protocol as data: cells, totals, notation keys, sectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Total:
    """A total that cells add up to, such as BASIC."""

    id: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class NotationKey:
    """A key that stands in a cell instead of a number.

    With ``zero`` nothing is to be added for the cell: it does not occur, or it is in another cell. Without it
    the cell is a gap.
    """

    id: str
    label: str
    explain: str
    needs_reason: bool
    needs_reference: bool
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the matrix: where an emission happens, and the scope that is usual there.

    ``market_uses`` are words by which factors of a market-based row are matched; without one the column has
    no market-based rows.
    """

    id: str
    label: str
    scope: int
    market_uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the inventory: sub-sector by scope.

    Parameters
    ----------
    ref : str
        GPC reference number; never reused.
    counts_in, required_at : frozenset of str
        Totals it is part of; levels at which it may not stay open.
    uses : tuple of str
        What emission factors are matched by.
    removals : bool
        Whether negative values are to be expected.
    separate_row : bool
        Shown in a row of its own below its sub-sector.
    note, note_confidence : str
        What to know when filling it, and how sure that is.
    """

    ref: str
    label: str
    scope: int
    column: str
    sector: str
    subsector: str
    counts_in: frozenset[str]
    required_at: frozenset[str]
    uses: tuple[str, ...]
    removals: bool
    separate_row: bool
    note: str
    note_confidence: str


@dataclass(frozen=True, slots=True)
class Subsector:
    """A row of the matrix."""

    id: str
    label: str
    ipcc: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A block of sub-sectors; ``theme`` names its colour."""

    id: str
    label: str
    theme: str
    subsectors: tuple[Subsector, ...]


@dataclass(frozen=True)
class Protocol:
    """An accounting protocol: ``id`` is ``gpc@1.1``; cells and keys are in their printed order."""

    id: str
    title: str
    source_ref: str
    confidence: str
    last_checked: str
    totals: tuple[Total, ...]
    notation_keys: Mapping[str, NotationKey]
    columns: tuple[Column, ...]
    sectors: tuple[Sector, ...]
    cells: Mapping[str, Cell]
    counted_gases: frozenset[str]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Protocol:
        """Return the protocol of a pack that follows its schema."""
        sectors = tuple(_sector(sector, data["confidence"]) for sector in data["sectors"])
        return cls(
            id=f"{data['protocol']}@{data['edition']}",
            title=data["title"],
            source_ref=data["source"]["ref"],
            confidence=data["confidence"],
            last_checked=data["last_checked"],
            totals=tuple(Total(total["id"], total["label"], total["note"]) for total in data["totals"]),
            notation_keys={key["id"]: NotationKey(**key) for key in data["notation_keys"]},
            columns=tuple(
                Column(column["id"], column["label"], column["scope"], tuple(column.get("market_uses", ())))
                for column in data["columns"]
            ),
            sectors=sectors,
            cells={cell.ref: cell for cell in _cells(sectors)},
            counted_gases=frozenset(data["counted_gases"]),
        )

    @property
    def name(self) -> str:
        """Its id without the edition, such as ``gpc``."""
        return self.id.partition("@")[0]

    def amount_of(self, key: str) -> float | None:
        """Return what a cell with a notation key adds: nought if that is sure, None if it is a gap."""
        said = self.notation_keys.get(key)
        return 0.0 if said is not None and said.zero else None

    @property
    def uses(self) -> tuple[str, ...]:
        """Every word by which factors and cells are matched."""
        words = (use for cell in self.cells.values() for use in cell.uses)
        return tuple(dict.fromkeys([*words, *self.all_market_uses]))

    @property
    def all_market_uses(self) -> tuple[str, ...]:
        """Every word by which the factors of market-based rows are matched."""
        return tuple(dict.fromkeys(use for column in self.columns for use in column.market_uses))

    def market_uses(self, ref: str) -> tuple[str, ...]:
        """Return the words by which market-based rows of a cell find factors; empty if it has none."""
        column = self.cells[ref].column
        return next((found.market_uses for found in self.columns if found.id == column), ())


def _cells(sectors: tuple[Sector, ...]) -> Iterator[Cell]:
    for sector in sectors:
        for subsector in sector.subsectors:
            yield from subsector.cells


def _sector(data: Mapping[str, Any], confidence: str) -> Sector:
    subsectors = tuple(
        Subsector(
            id=subsector["id"],
            label=subsector["label"],
            ipcc=subsector["ipcc"],
            cells=tuple(_cell(cell, data["id"], subsector["id"], confidence) for cell in subsector["cells"]),
        )
        for subsector in data["subsectors"]
    )
    return Sector(data["id"], data["label"], data["theme"], subsectors)


def _cell(data: Mapping[str, Any], sector: str, subsector: str, confidence: str) -> Cell:
    return Cell(
        ref=data["ref"],
        label=data["label"],
        scope=data["scope"],
        column=data["column"],
        sector=sector,
        subsector=subsector,
        counts_in=frozenset(data["counts_in"]),
        required_at=frozenset(data["required_at"]),
        uses=tuple(data["uses"]),
        removals=data.get("removals", False),
        separate_row=data.get("separate_row", False),
        note=data.get("note", ""),
        note_confidence=data.get("note_confidence", confidence),
    )
