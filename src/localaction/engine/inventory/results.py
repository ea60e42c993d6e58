"""An inventory as computed: totals, cells, lines, and everything needed to explain them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from localaction.engine.errors import Finding
from localaction.engine.periods import Period

SCHEMA = "localaction.inventory/1"
Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of emissions with its interval, its gases, and what it leaves out.

    Parameters
    ----------
    co2e_t, low_t, high_t : float
        t CO2e and the ends of its 95 % interval.
    uncertainty_percent : float or None
        Half of the interval before it is made lognormal, in percent; None of a sum of zero.
    gases_t : mapping
        t of each gas; unsplit CO2e is one of them, biogenic CO2 is not.
    co2_biogenic_t : float
        t of biogenic CO2, which counts in no total.
    missing_potentials : tuple of str
        Gases that are there but have no warming potential; ``co2e_t`` is partial by them.
    not_recomputable_t : float
        t CO2e that do not follow the warming potentials of the inventory.
    memo_gases_t : mapping
        t of gases that the protocol does not count.
    """

    co2e_t: float
    low_t: float
    high_t: float
    uncertainty_percent: float | None
    gases_t: Mapping[str, float]
    co2_biogenic_t: float
    missing_potentials: tuple[str, ...]
    not_recomputable_t: float
    memo_gases_t: Mapping[str, float] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every gas has a warming potential."""
        return not self.missing_potentials

    def to_dict(self) -> Data:
        """Return the figure as plain data."""
        return {
            "co2e_t": self.co2e_t,
            "low_t": self.low_t,
            "high_t": self.high_t,
            "uncertainty_percent": self.uncertainty_percent,
            "gases_t": dict(self.gases_t),
            "memo_gases_t": dict(self.memo_gases_t),
            "co2_biogenic_t": self.co2_biogenic_t,
            "complete": self.complete,
            "missing_potentials": list(self.missing_potentials),
            "not_recomputable_t": self.not_recomputable_t,
        }


@dataclass(frozen=True, slots=True)
class MarketFigure:
    """Grid energy of one cell by the market-based method: beside the figure of the cell, part of no total.

    Parameters
    ----------
    figure : Figure
        What the contracts, certificates and residual mix come to.
    energy_mwh, location_energy_mwh : float
        Energy of the market-based rows, and of the location-based ones of the cell.
    coverage : float or None
        The first over the second; None where one of them is not known.
    rows : int
        Market-based rows.
    """

    figure: Figure
    energy_mwh: float
    location_energy_mwh: float
    coverage: float | None
    rows: int

    def to_dict(self) -> Data:
        """Return the figure as plain data."""
        return {
            **self.figure.to_dict(),
            "energy_mwh": self.energy_mwh,
            "location_energy_mwh": self.location_energy_mwh,
            "coverage": self.coverage,
            "rows": self.rows,
        }


@dataclass(frozen=True, slots=True)
class CellResult:
    """One cell: a figure, a notation key, or open; beside it what is market-based."""

    ref: str
    state: Literal["value", "key", "open"]
    figure: Figure | None
    notation_key: str | None
    raw_key: str | None
    included_in: tuple[str, ...]
    reason: str
    rows: int
    market: MarketFigure | None = None

    def to_dict(self) -> Data:
        """Return the cell as plain data; without a figure its tonnes are None, not zero."""
        figure = self.figure
        return {
            "ref": self.ref,
            "state": self.state,
            "co2e_t": figure and figure.co2e_t,
            "low_t": figure and figure.low_t,
            "high_t": figure and figure.high_t,
            "uncertainty_percent": figure and figure.uncertainty_percent,
            "notation_key": self.notation_key,
            "raw_key": self.raw_key,
            "included_in": list(self.included_in),
            "reason": self.reason,
            "gases_t": dict(figure.gases_t) if figure else {},
            "memo_gases_t": dict(figure.memo_gases_t) if figure else {},
            "co2_biogenic_t": figure.co2_biogenic_t if figure else 0.0,
            "missing_potentials": list(figure.missing_potentials) if figure else [],
            "not_recomputable_t": figure.not_recomputable_t if figure else 0.0,
            "rows": self.rows,
            "market": self.market and self.market.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class SectorResult:
    """The share of one sector in each total."""

    id: str
    totals: Mapping[str, float]

    def to_dict(self) -> Data:
        """Return the sector as plain data."""
        return {"id": self.id, "totals": dict(self.totals)}


@dataclass(frozen=True, slots=True)
class Result:
    """A computed inventory. `to_dict` is what every other part reads, stores and publishes."""

    place: str | None
    period: Period
    protocol: str
    library_digest: str
    gwp_set: Data
    uncertainty: Data
    totals: Mapping[str, Figure]
    sectors: Sequence[SectorResult]
    cells: Sequence[CellResult]
    lines: Sequence[Data]
    factors: Mapping[str, Data]
    sources: Mapping[str, Data]
    findings: Sequence[Finding]
    market: Data | None = None

    @property
    def default_share(self) -> float:
        """Share of all emissions whose data quality is assumed because none is stated; 0 to 1."""
        return float(str(self.uncertainty["default_share"]))

    def cell(self, ref: str) -> CellResult:
        """Return one cell by its reference number."""
        return next(cell for cell in self.cells if cell.ref == ref)

    def to_dict(self) -> Data:
        """Return the inventory as plain data, schema ``localaction.inventory/1``."""
        return {
            "schema": SCHEMA,
            "place": self.place,
            "period": {
                "start": self.period.start.isoformat(),
                "end": self.period.end.isoformat(),
                "label_year": self.period.label_year,
            },
            "protocol": self.protocol,
            "library_digest": self.library_digest,
            "gwp_set": self.gwp_set,
            "uncertainty": self.uncertainty,
            "totals": {id_: total.to_dict() for id_, total in self.totals.items()},
            "sectors": [sector.to_dict() for sector in self.sectors],
            "market": self.market,
            "cells": [cell.to_dict() for cell in self.cells],
            "lines": list(self.lines),
            "factors": dict(self.factors),
            "sources": dict(self.sources),
            "findings": [finding.to_dict() for finding in self.findings],
        }
