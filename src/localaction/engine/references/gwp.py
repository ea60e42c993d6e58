"""Global warming potentials, one set for each assessment report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from localaction.engine.references.cited import Cited, Confidence

SPECIAL_SPECIES = ("CO2_biogenic", "CH4_fossil", "CH4_biogenic", "CO2E_UNSPLIT")
POTENTIAL_UNIT = "t CO2e/t"
ORIGINS = ("_fossil", "_biogenic")  # CH4_fossil falls back to CH4 where a set has no value of its own


@dataclass(frozen=True)
class GwpSet:
    """Warming potentials over one horizon: t CO2e for each t of gas."""

    id: str
    label: str
    horizon_years: int
    source_ref: str
    locator: str
    confidence: Confidence
    note: str
    values: Mapping[str, float]
    exceptions: Mapping[str, Cited] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> GwpSet:
        """Return the set of a pack."""
        return cls(
            id=data["id"],
            label=data["label"],
            horizon_years=data["horizon_years"],
            source_ref=data["source"]["ref"],
            locator=data["source"]["locator"],
            confidence=data["confidence"],
            note=data.get("note", ""),
            values={gas: float(value) for gas, value in data["values"].items()},
            exceptions={
                gas: Cited.read({**entry, "value": data["values"][gas], "unit": POTENTIAL_UNIT})
                for entry in data.get("exceptions", ())
                for gas in entry["gases"]
            },
        )

    def potential(self, gas: str) -> float | None:
        """Return t CO2e for each t of ``gas``; None if the set has no value, which is not zero.

        Methane of known origin takes the value of plain methane where the set does not tell them apart.
        """
        return self.values.get(self._entry(gas))

    def cited(self, gas: str) -> Cited | None:
        """Return the warming potential of ``gas`` with its source, which may be another than the set's."""
        name = self._entry(gas)
        if name not in self.values:
            return None
        return self.exceptions.get(name) or Cited(
            self.values[name], POTENTIAL_UNIT, self.source_ref, self.locator, self.confidence
        )

    def _entry(self, gas: str) -> str:
        """Return the name under which the set holds ``gas``: its own, or that of the plain gas."""
        if gas not in self.values and not gas.startswith("CO2"):
            for origin in ORIGINS:
                gas = gas.removesuffix(origin)
        return gas


def species(sets: Iterable[GwpSet]) -> frozenset[str]:
    """Return every gas that may be named: those of the sets, and those that need no set."""
    return frozenset({gas for gwp in sets for gas in gwp.values} | set(SPECIAL_SPECIES))
