"""Market-based grid energy: contracts, certificates and the residual mix, beside the location-based figure.

A market-based row never enters a cell's figure, a sector or a total. What it comes to stands beside, with
the share of the location-based energy that it covers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from localaction.engine.errors import Finding
from localaction.engine.inventory import marketproblems
from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import Recipe
from localaction.engine.inventory.results import Data, MarketFigure
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.tally import BySource, Tally, total

COVERED = 1e-6  # relative; what sums of rounded amounts may differ by and still be the same energy


@dataclass
class _Cell:
    """Market-based and location-based rows of one cell, summed."""

    tally: Tally
    energy_mwh: float = 0.0
    location_mwh: float = 0.0
    without_energy: bool = False
    rows: int = 0


class MarketBook:
    """The market-based rows of an inventory by cell."""

    def __init__(self, recipes: Sequence[Recipe], sums: Sums, potentials: Potentials) -> None:
        self.potentials = potentials
        self.cells: dict[str, _Cell] = {}
        sources = sums.by_source() if any(recipe.market for recipe in recipes) else {}
        for recipe in recipes:
            if recipe.market:
                self._add(recipe, sums, sources)
        self.location_mwh = location_energy(recipes, sums)
        for ref, cell in self.cells.items():
            cell.location_mwh = self.location_mwh.get(ref, 0.0)

    def _add(self, recipe: Recipe, sums: Sums, sources: BySource) -> None:
        cell = self.cells.setdefault(recipe.ref, _Cell(Tally()))
        cell.tally.add_recipe(recipe, sums, sources, self.potentials)
        cell.energy_mwh += recipe.energy_mwh * float(sums.amount[recipe.index])
        cell.without_energy |= not recipe.energy_mwh
        cell.rows += int(sums.rows[recipe.index])

    def figure(self, ref: str) -> MarketFigure | None:
        """Return the market-based figure of a cell; None if it has no such row."""
        cell = self.cells.get(ref)
        if cell is None:
            return None
        return MarketFigure(
            figure=cell.tally.figure(self.potentials),
            energy_mwh=cell.energy_mwh,
            location_energy_mwh=cell.location_mwh,
            coverage=_share(cell),
            rows=cell.rows,
        )

    def summary(self, refs: Sequence[str], tallies: Mapping[str, Tally]) -> Data | None:
        """Return scope 2 on both bases over the cells ``refs``; None without a market-based row."""
        if not self.cells:
            return None
        market = total(cell.tally for cell in self.cells.values()).figure(self.potentials)
        location = total(tallies[ref] for ref in refs if ref in tallies).figure(self.potentials)
        energy = math.fsum(cell.energy_mwh for cell in self.cells.values())
        beside = math.fsum(self.location_mwh.get(ref, 0.0) for ref in refs)
        unknown = any(cell.without_energy for cell in self.cells.values())
        return {
            "cells": [ref for ref in refs if ref in self.cells],
            "market": market.to_dict(),
            "location": location.to_dict(),
            "energy_mwh": energy,
            "location_energy_mwh": beside,
            "coverage": energy / beside if beside and not unknown else None,
        }

    def remarks(self) -> Iterator[Finding]:
        """Yield the cells whose market-based rows do not cover the same energy."""
        for ref, cell in self.cells.items():
            if cell.without_energy:
                yield Finding.of(marketproblems.MarketWithoutEnergy(ref=ref), ref=ref, severity="info")
            elif not math.isclose(cell.energy_mwh, cell.location_mwh, rel_tol=COVERED):
                share = _share(cell)
                error = marketproblems.MarketCoverage(
                    ref=ref,
                    market=_readable(cell.energy_mwh),
                    location=_readable(cell.location_mwh),
                    percent=f"{share:.1%}" if share is not None else "nothing to compare with",
                )
                yield Finding.of(error, ref=ref, severity="warning")


def _share(cell: _Cell) -> float | None:
    if cell.without_energy or not cell.location_mwh:
        return None
    return cell.energy_mwh / cell.location_mwh


def _readable(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"


def location_energy(recipes: Sequence[Recipe], sums: Sums) -> dict[str, float]:
    """Return the energy of the location-based rows of each cell, MWh."""
    energy: dict[str, float] = {}
    for recipe in recipes:
        if not recipe.market and recipe.energy_mwh:
            amount = float(sums.amount[recipe.index])
            energy[recipe.ref] = energy.get(recipe.ref, 0.0) + recipe.energy_mwh * amount
    return energy
