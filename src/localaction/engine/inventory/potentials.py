"""Warming potentials of one inventory, and what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from localaction.engine.inventory.recipe import UNSPLIT
from localaction.engine.references.gwp import GwpSet


class Potentials:
    """Turn tonnes of gases into t CO2e, and name the gases for which that is not possible.

    ``counted`` are the gases that the protocol counts; others, and biogenic CO2, come to nothing.
    """

    def __init__(self, gwp_set: GwpSet, counted: Collection[str]) -> None:
        self.set = gwp_set
        self.counted = counted
        self._known: dict[str, float | None] = {UNSPLIT: 1.0}

    def of(self, gas: str) -> float | None:
        """Return t CO2e per t of ``gas``; None if the set has no value. Unsplit CO2e counts as it is."""
        if gas not in self._known:
            self._known[gas] = self.set.potential(gas)
        return self._known[gas]

    def co2e(self, tonnes: Mapping[str, float]) -> float:
        """Return t CO2e of all counted gases that have a potential; biogenic CO2 is not among them."""
        return sum(amount * (self.of(gas) or 0.0) for gas, amount in tonnes.items() if gas in self.counted)

    def missing(self, gases: Iterable[str]) -> list[str]:
        """Return the gases that have no potential."""
        return [gas for gas in gases if gas in self.counted and self.of(gas) is None]
