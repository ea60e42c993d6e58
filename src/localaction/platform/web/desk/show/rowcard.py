"""One row of a cell as the drawer shows it: what was entered, what it came to and by which factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from localaction.engine.packs import Library
from localaction.platform.web import numbers
from localaction.platform.web.desk.show import choices
from localaction.platform.web.parts import QUALITY_BARS
from localaction.platform.web.rulebook import gas_label, said

SHOWN_DIGITS = 12
MARKET = "market"


@dataclass(frozen=True)
class RowCard:
    """One row; ``co2e_t`` is None where the row cannot be computed."""

    key: str
    seen: str
    title: str
    amount: str = ""
    unit: str = ""
    notation_key: str = ""
    included_in: str = ""
    co2e_t: float | None = None
    steps: tuple[str, ...] = ()
    factor_label: str = ""
    factor_address: str = ""
    why: str = ""
    reason: str = ""
    source: str = ""
    note: str = ""
    quality: int | None = None
    market: bool = False
    uncertainty: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def amount_shown(self) -> str:
        """The amount as the reader's language writes it; as it was entered where it is no number."""
        try:
            return numbers.readable(float(self.amount), SHOWN_DIGITS)
        except ValueError:
            return self.amount


def card(
    values: Mapping[str, str],
    *,
    key: str,
    seen: str,
    line: Mapping[str, Any] | None,
    result: Mapping[str, Any],
    library: Library,
    urls: Mapping[str, str],
) -> RowCard:
    """Return the card of a row; ``line`` is what it comes to as it stands, None if it cannot be computed."""
    label, why = factor_words(line, result)
    return RowCard(
        key=key,
        seen=seen,
        title=title_of(values, library),
        amount=values.get("amount", ""),
        unit=values.get("unit", ""),
        notation_key=values.get("notation_key", ""),
        included_in=values.get("included_in", ""),
        co2e_t=line["co2e_t"] if line else None,
        steps=steps_of(line) if line else (),
        factor_label=label,
        factor_address=reverse("web:factor", args=[line["factor"]]) if line and label else "",
        why=why,
        reason=values.get("reason", ""),
        source=values.get("source", ""),
        note=values.get("note", ""),
        quality=QUALITY_BARS.get(values.get("data_quality", "")[:1]),
        market=values.get("basis", "").casefold() == MARKET,
        uncertainty=values.get("uncertainty_percent", ""),
        urls=urls,
    )


def title_of(values: Mapping[str, str], library: Library) -> str:
    """Return what a row is about: its fuel, activity, gas or key."""
    if values.get("notation_key"):
        known = library.protocol.notation_keys.get(values["notation_key"])
        return said(known.label) if known else values["notation_key"]
    name = values.get("activity", "")
    if gas := values.get("gas", ""):
        return f"{name}, {gas_label(gas)}" if name else gas_label(gas)
    activity = choices.resolved(library, name)
    return said(activity.label) if activity else name


def steps_of(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how the amount became tonnes: ``= 11.35 TJ``, ``× 75.24 t CO2e/TJ``."""
    reached, unit, words = float(line["amount"]), line["unit"], []
    for step in line.get("steps") or ():
        reached, unit = float(step["value"]), step["unit"]
        words.append(f"= {numbers.readable(reached, 5)} {unit}")
    if line.get("factor") and reached:
        words.append(f"× {numbers.readable(line['co2e_t'] / reached, 4)} t CO2e/{unit}")
    return tuple(words)


def factor_words(line: Mapping[str, Any] | None, result: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name of the factor of a line, and why this one."""
    if line is None:
        return "", ""
    record = result.get("factors", {}).get(line.get("factor") or "")
    return (said(record["label"]) if record else ""), line.get("why") or ""
