"""Error propagation for sums of activity times factor, with shared estimates correlated.

One estimate is wrong in the same way wherever it is used, so its half-widths add as they are; different ones
are independent and add by squares (IPCC 2006 Guidelines, volume 1, chapter 3, approach 1). One estimate is

- the amounts of one activity from one source in one cell, however many rows they are split into;
- one gas of one factor, in every line that uses it; of a dated factor, whatever the year of its value;
- the CO2 of one fuel with one value and range from one source: tables for homes and for industry print the
  same figure, because it is the carbon of the fuel.

Half-widths are of the 95 % interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

from localaction.engine.references.factors import Factor

CONFIDENCE_PERCENT = 95
CO2 = "CO2"
DEVIATIONS = NormalDist().inv_cdf(0.5 + CONFIDENCE_PERCENT / 200)  # standard deviations in a half-width
METHOD = (
    "Error propagation (IPCC 2006, volume 1, chapter 3, approach 1): amounts of different sources "
    "independent, the error of a factor shared by all lines that use it; "
    "lognormal 95 % interval of positive sums, normal where removals can make a sum negative. "
    "Errors of calorific values, densities and warming potentials are not included."
)
Shared = tuple[object, ...]  # what one estimate is told apart by
ROWS, FACTOR = "rows", "factor"


def estimate_of(factor: Factor, gas: str) -> Shared:
    """Return by what the error of one gas of a factor is told apart from others."""
    value = factor.gases[gas]
    if factor.year is not None:
        return (FACTOR, factor.id.removesuffix(f"/{factor.year}"), gas)
    if gas == CO2:
        return (FACTOR, f"{factor.activity} ({factor.source_ref})", gas, value.value, value.low, value.high)
    return (FACTOR, factor.id, gas)


def named(estimate: Shared) -> tuple[str, str]:
    """Return kind and name of an estimate as a result holds them; sources of rows are not told apart."""
    kind = str(estimate[0])
    if kind == ROWS:
        return kind, str(estimate[2])
    return kind, " ".join(str(part) for part in estimate[1:] if part is not None)


class Spread:
    """The half-width of a sum, kept in parts so that spreads of parts can be added to that of the whole."""

    __slots__ = ("independent", "shared", "signed")

    def __init__(self) -> None:
        self.independent = 0.0
        self.shared: dict[Shared, float] = {}
        self.signed = False

    def add_independent(self, square: float) -> None:
        """Add the square of a half-width that is independent of all others."""
        self.independent += square

    def add_shared(self, source: Shared, half_width: float) -> None:
        """Add a half-width that moves together with all others of the same source."""
        self.shared[source] = self.shared.get(source, 0.0) + half_width

    def add(self, other: Spread) -> None:
        """Add the spread of another part of the same whole."""
        self.independent += other.independent
        self.signed = self.signed or other.signed
        for source, half_width in other.shared.items():
            self.add_shared(source, half_width)

    def half_width(self) -> float:
        """Return the half-width of the 95 % interval of the sum."""
        return math.sqrt(self.independent + sum(width * width for width in self.shared.values()))


def total_spread(parts: Iterable[Spread]) -> Spread:
    """Return the spread of the sum of the parts."""
    whole = Spread()
    for part in parts:
        whole.add(part)
    return whole


def interval(total: float, spread: Spread) -> tuple[float, float]:
    """Return the lower and upper end of the 95 % interval around ``total``.

    Lognormal with that mean and deviation if the total is positive, so that it never reaches below zero;
    normal if it is not, or if it has negative parts and zero lies within its half-width.
    """
    half_width = spread.half_width()
    if total <= 0 or (spread.signed and half_width >= total):
        return total - half_width, total + half_width
    variance = math.log1p((half_width / DEVIATIONS / total) ** 2)
    middle = math.log(total) - variance / 2
    reach = DEVIATIONS * math.sqrt(variance)
    return math.exp(middle - reach), math.exp(middle + reach)
