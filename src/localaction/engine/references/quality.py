"""Default ranges by grade, for what has no range of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from localaction.engine.references.cited import Confidence


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


@dataclass(frozen=True, slots=True)
class DefaultRange:
    """The usual half-width of the 95 % interval of one kind of data: a default, applied by nobody unasked.

    Parameters
    ----------
    of : str
        What it is the range of: activity, factor or parameter.
    least, most : float or None
        Half-width in percent, from the least to the most that is usual.
    below, above : float or None
        Percent below and above the value, where the interval is lopsided.
    times : float or None
        By how much the value may be divided or multiplied, where percent say too little.
    """

    id: str
    label: str
    of: Literal["activity", "factor", "parameter"]
    least: float | None
    most: float | None
    below: float | None
    above: float | None
    times: float | None
    source_ref: str
    locator: str
    confidence: Confidence
    note: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> DefaultRange:
        """Return the default range of a pack."""
        percent = data.get("percent", {})
        return cls(
            id=data["id"],
            label=data["label"],
            of=data["of"],
            least=percent.get("least"),
            most=percent.get("most"),
            below=percent.get("below"),
            above=percent.get("above"),
            times=data.get("times"),
            source_ref=data["source"]["ref"],
            locator=data["source"]["locator"],
            confidence=cast("Confidence", data["confidence"]),
            note=data["note"],
        )

    def words(self) -> str:
        """Return the range in words: ``±2 to 7 %``, ``-50/+60 %``, ``÷10 to ×10``."""
        if self.times is not None:
            return f"÷{self.times:g} to ×{self.times:g}"
        if self.below is not None and self.above is not None:
            return f"-{self.below:g}/+{self.above:g} %"
        if self.least == self.most:
            return f"±{self.most:g} %"
        return f"±{self.least:g} to {self.most:g} %"
