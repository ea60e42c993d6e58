"""What a row comes to as typed so far; nothing is saved, and what is wrong is only said when it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.platform.inventories.queries import library_of, options_of
from localaction.platform.web.desk.show.rowcard import factor_words, steps_of


@dataclass(frozen=True)
class Preview:
    """Tonnes of CO2e of a row, how they come about, and by which factor."""

    co2e_t: float
    steps: tuple[str, ...]
    factor_label: str
    why: str


def preview(inventory: Any, values: Mapping[str, str]) -> Preview | None:
    """Return what a row comes to; None while it is incomplete, wrong or a notation key."""
    if not values.get("amount") or values.get("notation_key"):
        return None
    try:
        result = compile_inventory(
            [RawRow(1, values)], options_of(inventory), library_of(inventory)
        ).to_dict()
    except InputError:
        return None
    lines: Any = result["lines"]
    label, why = factor_words(lines[0], result)
    return Preview(lines[0]["co2e_t"], steps_of(lines[0]), label, why)
