"""Factors as lines of a table, one for each gas, the same wherever they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from localaction.engine.packs.library import Library
from localaction.engine.references.factors import Factor

FACTOR_COLUMNS = (
    "id", "label", "activity", "uses", "place", "year", "gas", "value", "low", "high", "unit", "tier",
    "quality", "edition", "automatic", "gwp_set", "confidence", "last_checked", "source", "locator", "note",
)  # fmt: skip


def factor_lines(factors: Iterable[Factor], library: Library) -> Iterator[list[str]]:
    """Yield factors as lines of `FACTOR_COLUMNS`, one for each gas."""
    for factor in factors:
        source = library.sources.get(factor.source_ref)
        for gas, value in factor.gases.items():
            numbers = ("" if n is None else repr(n) for n in (value.value, value.low, value.high))
            yield [
                factor.id, factor.label, factor.activity, " ".join(factor.uses), factor.place,
                str(factor.year or ""), gas_name(gas), *numbers, f"kg/{factor.activity_unit}",
                str(factor.tier), value.quality or factor.quality or "", factor.edition,
                "yes" if factor.automatic else "no", factor.gwp_set or "", factor.confidence,
                factor.last_checked,
                source.title if source else factor.source_ref, factor.locator, factor.note,
            ]  # fmt: skip


def gas_name(gas: str) -> str:
    """Return a gas as tables name it: CO2e for what is not split."""
    return "CO2e" if gas == "CO2E_UNSPLIT" else gas
