"""Recipes and their sums to cells, totals and sectors; warming potentials come last."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import UNSPLIT, Recipe
from localaction.engine.inventory.results import Figure
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.uncertainty import ROWS, Spread, estimate_of, interval, named

BySource = Mapping[int, Sequence[tuple[int, float, float]]]
Key = TypeVar("Key")


class Tally:
    """A sum of emissions in the making: tonnes of each gas, and how uncertain they are."""

    __slots__ = (
        "biogenic", "gases", "magnitude", "magnitude_assumed", "magnitude_graded", "missing", "sizes",
        "spread",
        "unsplit",
    )  # fmt: skip

    def __init__(self) -> None:
        self.gases: dict[str, float] = {}
        self.biogenic = 0.0
        self.unsplit: dict[str | None, float] = {}
        self.missing: dict[str, float] = {}
        self.spread = Spread()
        self.sizes: dict[tuple[str, str], float] = {}  # t CO2e by kind and name of the estimate
        self.magnitude = 0.0  # t CO2e without regard to sign, and the part of it with an assumed quality
        self.magnitude_assumed = 0.0
        self.magnitude_graded = 0.0  # with a range by grade, stated or not

    def add_recipe(self, recipe: Recipe, sums: Sums, sources: BySource, potentials: Potentials) -> None:
        """Add all rows of one recipe; ``sources`` as `Sums.by_source` gives them."""
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
        self._add_magnitude(recipe, abs(co2e), sums)
        for source, graded, own in sources.get(recipe.index, ()):
            width = co2e * (graded * recipe.activity_percent + own) / 100
            self.spread.add_shared((ROWS, recipe.ref, recipe.what, source), width)
        self._add_size((ROWS, recipe.what), co2e * amount)
        self._add_factor(recipe, amount, potentials)
        self.spread.signed |= negative or co2e < 0

    def _add_magnitude(self, recipe: Recipe, co2e: float, sums: Sums) -> None:
        whole = co2e * float(sums.size[recipe.index])
        by_grade = whole - co2e * float(sums.own_size[recipe.index])
        self.magnitude += whole
        assumed = by_grade if recipe.activity_assumed else 0.0
        self.magnitude_assumed += whole if recipe.factor_assumed else assumed
        self.magnitude_graded += whole if recipe.factor_graded else by_grade

    def _add_factor(self, recipe: Recipe, amount: float, potentials: Potentials) -> None:
        if recipe.factor is not None:
            for gas, width in recipe.half_widths.items():
                potential = (potentials.of(gas) or 0.0) if gas in potentials.counted else 0.0
                estimate = estimate_of(recipe.factor, gas)
                self.spread.add_shared(estimate, width * amount * potential)
                self._add_size(named(estimate), recipe.tonnes[gas] * amount * potential)

    def _add_size(self, name: tuple[str, str], co2e: float) -> None:
        self.sizes[name] = self.sizes.get(name, 0.0) + co2e

    def add(self, other: Tally) -> None:
        """Add another part of the same whole."""
        _add_all(self.gases, other.gases)
        _add_all(self.unsplit, other.unsplit)
        _add_all(self.missing, other.missing)
        self.biogenic += other.biogenic
        self.magnitude += other.magnitude
        self.magnitude_assumed += other.magnitude_assumed
        self.magnitude_graded += other.magnitude_graded
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
            gases_t={gas: self.gases[gas] for gas in sorted(self.gases) if gas in potentials.counted},
            memo_gases_t={
                gas: self.gases[gas] for gas in sorted(self.gases) if gas not in potentials.counted
            },
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
