"""Default ranges by grade, for what has no range of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """Half-widths of the 95 % interval in percent, by grade; ``unstated`` is the grade of what has none.

    A convention for screening, not part of the protocol.
    """

    activity: Mapping[str, float]
    factor: Mapping[str, float]
    unstated: str
    label: str
    confidence: str
