"""Warming potentials of one inventory, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from localaction.engine.inventory.recipe import BIOGENIC_CO2, UNSPLIT
from localaction.engine.references.gwp import GwpSet


class Potentials:
    """Turn tonnes of gases into t CO2e, and name the gases for which that is not possible."""

    def __init__(self, gwp_set: GwpSet) -> None:
        self.set = gwp_set
        self._known: dict[str, float | None] = {UNSPLIT: 1.0}

    def of(self, gas: str) -> float | None:
        """Return t CO2e per t of ``gas``; None if the set has no value. Unsplit CO2e counts as it is."""
        if gas not in self._known:
            self._known[gas] = self.set.potential(gas)
        return self._known[gas]

    def co2e(self, tonnes: Mapping[str, float]) -> float:
        """Return t CO2e of all gases that have a potential; biogenic CO2 is not among them."""
        return sum(amount * (self.of(gas) or 0.0) for gas, amount in tonnes.items() if gas != BIOGENIC_CO2)

    def missing(self, gases: Iterable[str]) -> list[str]:
        """Return the gases that have no potential."""
        return [gas for gas in gases if gas != BIOGENIC_CO2 and self.of(gas) is None]
