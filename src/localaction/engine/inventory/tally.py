"""Recipes and their sums to cells, totals and sectors; warming potentials come last."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeVar

from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import UNSPLIT, Recipe
from localaction.engine.inventory.results import Figure
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.uncertainty import Spread, interval

Key = TypeVar("Key")


class Tally:
    """A sum of emissions in the making: tonnes of each gas, and how uncertain they are."""

    __slots__ = ("biogenic", "gases", "magnitude", "magnitude_assumed", "missing", "spread", "unsplit")

    def __init__(self) -> None:
        self.gases: dict[str, float] = {}
        self.biogenic = 0.0
        self.unsplit: dict[str | None, float] = {}
        self.missing: dict[str, float] = {}
        self.spread = Spread()
        self.magnitude = 0.0  # t CO2e without regard to sign, and the part of it with an assumed quality
        self.magnitude_assumed = 0.0

    def add_recipe(self, recipe: Recipe, sums: Sums, potentials: Potentials) -> None:
        """Add all rows of one recipe."""
        amount, negative = float(sums.amount[recipe.index]), bool(sums.negative[recipe.index])
        for gas, tonnes in recipe.gases.items():
            self.gases[gas] = self.gases.get(gas, 0.0) + tonnes * amount
            if gas == UNSPLIT:
                self.unsplit[recipe.unsplit_set] = self.unsplit.get(recipe.unsplit_set, 0.0) + tonnes * amount
        self.biogenic += recipe.biogenic * amount
        if sums.nonzero[recipe.index]:
            for gas in potentials.missing(gas for gas, tonnes in recipe.tonnes.items() if tonnes):
                self.missing[gas] = self.missing.get(gas, 0.0) + recipe.tonnes[gas] * amount
        co2e = potentials.co2e(recipe.tonnes)
        self.magnitude += abs(co2e * amount)
        if recipe.assumed:
            self.magnitude_assumed += abs(co2e * amount)
        self._add_spread(recipe, co2e, amount, sums, potentials)
        self.spread.signed |= negative or co2e < 0

    def _add_spread(
        self, recipe: Recipe, co2e: float, amount: float, sums: Sums, potentials: Potentials
    ) -> None:
        by_grade = float(sums.square[recipe.index]) * recipe.activity_percent**2
        own = float(sums.own_square[recipe.index])
        self.spread.add_independent((by_grade + own) * (co2e / 100) ** 2)
        if recipe.factor is not None:
            for gas, width in recipe.half_widths.items():
                potential = potentials.of(gas) or 0.0
                self.spread.add_shared((recipe.factor.id, gas), width * amount * potential)

    def add(self, other: Tally) -> None:
        """Add another part of the same whole."""
        _add_all(self.gases, other.gases)
        _add_all(self.unsplit, other.unsplit)
        _add_all(self.missing, other.missing)
        self.biogenic += other.biogenic
        self.magnitude += other.magnitude
        self.magnitude_assumed += other.magnitude_assumed
        self.spread.add(other.spread)

    def figure(self, potentials: Potentials) -> Figure:
        """Return the sum with its interval."""
        co2e = potentials.co2e(self.gases)
        low, high = interval(co2e, self.spread)
        return Figure(
            co2e_t=co2e,
            low_t=low,
            high_t=high,
            uncertainty_percent=100 * self.spread.half_width() / abs(co2e) if co2e else None,
            gases_t={gas: self.gases[gas] for gas in sorted(self.gases)},
            co2_biogenic_t=self.biogenic,
            missing_potentials=tuple(sorted(self.missing)),
            not_recomputable_t=math.fsum(
                tonnes for set_id, tonnes in self.unsplit.items() if set_id != potentials.set.id
            ),
        )


def _add_all(mine: dict[Key, float], others: dict[Key, float]) -> None:
    for key, value in others.items():
        mine[key] = mine.get(key, 0.0) + value


def total(parts: Iterable[Tally]) -> Tally:
    """Return the sum of the parts."""
    whole = Tally()
    for part in parts:
        whole.add(part)
    return whole
