"""What the range of a cell is made of, kept with the result so that a later one can be compared with it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from localaction.engine.inventory.results import Data
from localaction.engine.inventory.tally import Tally
from localaction.engine.inventory.uncertainty import named


def parts_of(tallies: Mapping[str, Tally]) -> list[Data]:
    """Return for each cell its estimates: ``kind`` (rows, factor), ``key``, ``co2e_t``, ``half_width_t``.

    Amounts of several sources in one cell and activity are one part, their half-widths added by squares.
    """
    parts: list[Data] = []
    for ref, tally in tallies.items():
        held: dict[tuple[str, str], list[float]] = {}
        for key, width in tally.spread.shared.items():
            held.setdefault(named(key), []).append(width)
        for (kind, name), widths in held.items():
            parts.append({
                "ref": ref,
                "kind": kind,
                "key": name,
                "co2e_t": tally.sizes.get((kind, name), 0.0),
                "half_width_t": math.hypot(*widths),
            })  # fmt: skip
    return parts
