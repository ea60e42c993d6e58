"""What one document says otherwise than another: totals first, then cells, the largest change first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.platform.web.rulebook import library, said

SAME_T = 5e-10  # below a milligram: what is left of rounding, no change
LISTED = 40


@dataclass(frozen=True)
class Difference:
    """One figure before and after, t CO2e; without a figure the word says what there is."""

    ref: str
    label: str
    before: float | None
    after: float | None
    before_word: str
    after_word: str

    @property
    def change(self) -> float | None:
        """By how much it moved."""
        return None if self.before is None or self.after is None else self.after - self.before


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return which totals and cells two results of inventories state otherwise."""
    protocol = library().protocol
    totals = [
        _difference(
            total.id, said(total.label), before["totals"].get(total.id), after["totals"].get(total.id)
        )
        for total in protocol.totals
    ]
    one, other = ({cell["ref"]: cell for cell in result["cells"]} for result in (before, after))
    cells = [
        _difference(ref, said(protocol.cells[ref].label), one.get(ref), other.get(ref))
        for ref in other
        if ref in protocol.cells
    ]
    moved = sorted((each for each in cells if each is not None), key=lambda each: -abs(each.change or 0.0))
    return [each for each in totals if each is not None] + moved[:LISTED]


def _difference(ref: str, label: str, before: Any, after: Any) -> Difference | None:
    one, other = _figure(before), _figure(after)
    same_words = _word(before) == _word(after)
    if one is not None and other is not None and abs(one - other) <= SAME_T:
        return None
    if one is None and other is None and same_words:
        return None
    return Difference(ref, label, one, other, _word(before), _word(after))


def _figure(held: Any) -> float | None:
    if held is None or held.get("state", "value") != "value":
        return None
    return float(held["co2e_t"]) if held["co2e_t"] is not None else None


def _word(held: Any) -> str:
    if held is None or held.get("state") == "open":
        return _("open")
    return str(held.get("notation_key") or "")
