"""How a total changed between two inventories of a place, with an interval.

IPCC 2006 Guidelines, volume 1, chapter 3, approach 1 (as restated in our reference; the text itself was not
seen). With C the earlier and D the later emissions of an estimate, in t CO2e, and sums over all of them:

- type A sensitivity, percentage points: the change of the trend if the estimate is 1 % higher in both
  years, ``|(0.01 D + sum D - (0.01 C + sum C)) / (0.01 C + sum C) - (sum D - sum C) / sum C| x 100``. Errors
  of factors are the same in both years: ``K = A x U``, U of the factor in percent.
- type B sensitivity, percentage points per percent: the change if it is 1 % higher in the later year only,
  ``|D / sum C|``. Errors of amounts of two years are independent and of one size: ``L = B x U x sqrt 2``.
- half-width of the trend in percentage points: ``sqrt(sum K^2 + sum L^2)``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.inventory.results import Data
from localaction.engine.inventory.uncertainty import FACTOR
from localaction.engine.references.protocol import Protocol

METHOD = (
    "Trend by error propagation (IPCC 2006, volume 1, chapter 3, approach 1): errors of factors the same in "
    "both years, errors of amounts independent; 95 % interval."
)
PERCENT = 100.0
ONE_PERCENT = 0.01


class NoTrend(InputError):
    """Two inventories cannot be compared."""

    code = "inventory.no_trend"
    text = "The change cannot be given with an interval: {why}."
    remedy_text = "{remedy}"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of one total.

    Parameters
    ----------
    total : str
        Which total.
    earlier_t, later_t : float
        t CO2e.
    change_percent, half_width_percent : float
        Change in percent of the earlier figure, and half of its 95 % interval in percentage points.
    partial : tuple of str
        Gases that are missing from one of the totals; the change is partial by them.
    """

    total: str
    earlier_t: float
    later_t: float
    change_percent: float
    half_width_percent: float
    partial: tuple[str, ...]

    @property
    def low_percent(self) -> float:
        """Lower end of the interval."""
        return self.change_percent - self.half_width_percent

    @property
    def high_percent(self) -> float:
        """Upper end of the interval."""
        return self.change_percent + self.half_width_percent

    @property
    def spans_zero(self) -> bool:
        """Whether no change at all lies within the interval."""
        return self.low_percent <= 0 <= self.high_percent

    def to_dict(self) -> Data:
        """Return the trend as plain data."""
        return {
            "total": self.total,
            "earlier_t": self.earlier_t,
            "later_t": self.later_t,
            "change_t": self.later_t - self.earlier_t,
            "change_percent": self.change_percent,
            "low_percent": self.low_percent,
            "high_percent": self.high_percent,
            "half_width_percent": self.half_width_percent,
            "spans_zero": self.spans_zero,
            "partial": list(self.partial),
            "method": METHOD,
        }


def trend(earlier: Mapping[str, Any], later: Mapping[str, Any], total: str, protocol: Protocol) -> Trend:
    """Return how a total changed between two results of schema ``localaction.inventory/1``.

    Raises
    ------
    NoTrend
        If their warming potentials differ, one does not keep the parts of its range, or the earlier total is
        not above zero.
    """
    _check(earlier, later, total)
    before, after = (float(result["totals"][total]["co2e_t"]) for result in (earlier, later))
    cells = {ref for ref, cell in protocol.cells.items() if total in cell.counts_in}
    first, second = _parts(earlier, cells), _parts(later, cells)
    squares = [
        _half_width(key, first.get(key, NONE), second.get(key, NONE), before, after) ** 2
        for key in sorted({*first, *second})
    ]
    missing = {gas for result in (earlier, later) for gas in result["totals"][total]["missing_potentials"]}
    return Trend(
        total=total,
        earlier_t=before,
        later_t=after,
        change_percent=PERCENT * (after - before) / before,
        half_width_percent=math.sqrt(math.fsum(squares)),
        partial=tuple(sorted(missing)),
    )


Key = tuple[str, str, str]  # kind, cell (of rows only), name
Part = tuple[float, float]  # t CO2e, half-width in t
NONE: Part = (0.0, 0.0)


def _check(earlier: Mapping[str, Any], later: Mapping[str, Any], total: str) -> None:
    first, second = earlier["gwp_set"], later["gwp_set"]
    if first["id"] != second["id"]:
        raise NoTrend(
            why=f"one is computed with {first['label']}, the other with {second['label']}",
            remedy="Compute both with the same warming potentials.",
        )
    if any("parts" not in result["uncertainty"] for result in (earlier, later)):
        raise NoTrend(
            why="one was computed before the parts of its range were kept", remedy="Compute it again."
        )
    if not float(earlier["totals"][total]["co2e_t"]) > 0:
        raise NoTrend(
            why="the earlier total is not above zero, so that there is no percentage of it",
            remedy="Compare the tonnes themselves.",
        )


def _parts(result: Mapping[str, Any], cells: Collection[str]) -> dict[Key, Part]:
    """Return the estimates of a total: one factor over all its cells, rows by cell."""
    found: dict[Key, Part] = {}
    for part in _of(result["uncertainty"]["parts"], cells):
        kind = str(part["kind"])
        key = (kind, "" if kind == FACTOR else str(part["ref"]), str(part["key"]))
        size, width = found.get(key, NONE)
        sign = math.copysign(1.0, float(part["co2e_t"]))
        found[key] = size + float(part["co2e_t"]), width + sign * float(part["half_width_t"])
    return found


def _of(parts: Iterable[Mapping[str, Any]], cells: Collection[str]) -> Iterable[Mapping[str, Any]]:
    return (part for part in parts if part["ref"] in cells)


def _half_width(key: Key, first: Part, second: Part, before: float, after: float) -> float:
    """Return what one estimate adds to the half-width of the trend, in percentage points."""
    (c, first_width), (d, second_width) = first, second
    size, width = (d, second_width) if d else (c, first_width)
    percent = PERCENT * abs(width / size) if size else 0.0
    if key[0] == FACTOR:
        return type_a(c, d, before, after) * percent
    return type_b(d, before) * percent * math.sqrt(2)


def type_a(c: float, d: float, before: float, after: float) -> float:
    """Return the type A sensitivity of an estimate, percentage points of the trend."""
    base = ONE_PERCENT * c + before
    moved = (ONE_PERCENT * d + after - base) / base
    return abs(moved - (after - before) / before) * PERCENT


def type_b(d: float, before: float) -> float:
    """Return the type B sensitivity of an estimate, percentage points for each percent."""
    return abs(d / before)
