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
    """A key that stands in a cell instead of a number."""

    id: str
    label: str
    explain: str
    needs_reason: bool
    needs_reference: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the matrix: where an emission happens, and the scope that is usual there."""

    id: str
    label: str
    scope: int


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
    """An accounting protocol: ``id`` is ``gpc@1.1``."""

    id: str
    title: str
    source_ref: str
    totals: tuple[Total, ...]
    notation_keys: Mapping[str, NotationKey]
    columns: tuple[Column, ...]
    sectors: tuple[Sector, ...]
    cells: Mapping[str, Cell]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Protocol:
        """Return the protocol of a pack that follows its schema."""
        scopes = {column["id"]: column["scope"] for column in data["columns"]}
        sectors = tuple(_sector(sector, scopes) for sector in data["sectors"])
        return cls(
            id=f"{data['protocol']}@{data['edition']}",
            title=data["title"],
            source_ref=data["source"]["ref"],
            totals=tuple(Total(total["id"], total["label"], total["note"]) for total in data["totals"]),
            notation_keys={key["id"]: NotationKey(**key) for key in data["notation_keys"]},
            columns=tuple(Column(**column) for column in data["columns"]),
            sectors=sectors,
            cells={cell.ref: cell for cell in _cells(sectors)},
        )


def _cells(sectors: tuple[Sector, ...]) -> Iterator[Cell]:
    for sector in sectors:
        for subsector in sector.subsectors:
            yield from subsector.cells


def _sector(data: Mapping[str, Any], scopes: Mapping[str, int]) -> Sector:
    subsectors = tuple(
        Subsector(
            id=subsector["id"],
            label=subsector["label"],
            ipcc=subsector["ipcc"],
            cells=tuple(_cell(cell, data["id"], subsector["id"], scopes) for cell in subsector["cells"]),
        )
        for subsector in data["subsectors"]
    )
    return Sector(data["id"], data["label"], data["theme"], subsectors)


def _cell(data: Mapping[str, Any], sector: str, subsector: str, scopes: Mapping[str, int]) -> Cell:
    return Cell(
        ref=data["ref"],
        label=data["label"],
        scope=data.get("scope", scopes[data["column"]]),
        column=data["column"],
        sector=sector,
        subsector=subsector,
        counts_in=frozenset(data["counts_in"]),
        required_at=frozenset(data["required_at"]),
        uses=tuple(data["uses"]),
        removals=data.get("removals", False),
        separate_row=data.get("separate_row", False),
        note=data.get("note", ""),
    )
