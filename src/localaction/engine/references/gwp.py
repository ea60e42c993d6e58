"""Global warming potentials, one set for each assessment report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ORIGINS = ("_fossil", "_biogenic")  # CH4_fossil falls back to CH4 where a set has no value of its own


@dataclass(frozen=True)
class GwpSet:
    """Warming potentials over one horizon: t CO2e for each t of gas."""

    id: str
    label: str
    horizon_years: int
    source_ref: str
    locator: str
    confidence: str
    note: str
    values: Mapping[str, float]

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
        )

    def potential(self, gas: str) -> float | None:
        """Return t CO2e for each t of ``gas``; None if the set has no value, which is not zero.

        Methane of known origin takes the value of plain methane where the set does not tell them apart.
        """
        if gas in self.values:
            return self.values[gas]
        for origin in ORIGINS:
            if gas.endswith(origin) and not gas.startswith("CO2"):
                return self.values.get(gas.removesuffix(origin))
        return None
