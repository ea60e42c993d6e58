"""Error propagation for sums of activity times factor, with shared factors correlated.

Errors of activities are independent: their half-widths add by squares. One factor's error is the same in
every line that uses it: for each factor and gas the half-widths add as they are, before they are squared
(IPCC 2006 Guidelines, volume 1, chapter 3, approach 1). Half-widths are of the 95 % interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

CONFIDENCE_PERCENT = 95
DEVIATIONS = NormalDist().inv_cdf(0.5 + CONFIDENCE_PERCENT / 200)  # standard deviations in a half-width
METHOD = (
    "Error propagation (IPCC 2006, volume 1, chapter 3, approach 1): activity errors independent, "
    "the error of a factor shared by all lines that use it; "
    "lognormal 95 % interval of positive sums, normal where removals can make a sum negative. "
    "Errors of calorific values, densities and warming potentials are not included."
)
Shared = tuple[str, str]  # factor id, gas


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
