"""What the second versions have in common: shares, printed bands, three-valued truth, deadlines.

A missing number is NaN, a missing day NaT, a missing text empty. A truth is 1, 0, or NaN where it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Answers = Mapping[str, NDArray[Any]]
TRACE = 1e-12  # what binary fractions lose of decimals: a cut from 48 to 43.2 is ten per cent
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Rows:
    """Rows of a table: to which city each belongs, which cities have the table at all, and its columns."""

    city: NDArray[np.intp]
    given: NDArray[np.bool_]
    columns: Answers


@dataclass
class Outcome:
    """What a document says of many cities; one entry for each city everywhere."""

    values: dict[str, NDArray[Any]] = field(default_factory=dict)
    scores: dict[str, Numbers] = field(default_factory=dict)
    totals: dict[str, Numbers] = field(default_factory=dict)
    coverage: dict[str, Numbers] = field(default_factory=dict)
    shares: dict[str, Numbers] = field(default_factory=dict)
    decisions: dict[str, Numbers] = field(default_factory=dict)
    badges: dict[str, NDArray[np.str_]] = field(default_factory=dict)
    level: NDArray[np.str_] | None = None


def ratio(part: Numbers, whole: Numbers, times: float = 1.0) -> Numbers:
    """Return ``part / whole * times``; nothing over nothing is not known."""
    return np.where(whole == 0, np.nan, part / whole * times)


def within(values: Numbers, low: float = -np.inf, high: float = np.inf) -> Numbers:
    """Return the values that can be; the others are not known."""
    possible = values >= low - TRACE * abs(low)
    if high < np.inf:
        possible &= values <= high + TRACE * abs(high)
    return np.where(possible, values, np.nan)


def half_up(values: Numbers, digits: int) -> Numbers:
    """Return the values as they would be printed: halves away from zero, as decimals see them."""
    scale = 10.0**digits
    return np.copysign(np.floor(np.abs(values) * scale + 0.5 + 1e-9), values) / scale


def points(values: Numbers, digits: int, tops: tuple[float, ...]) -> Numbers:
    """Return 0 up to the first printed upper end, 1 up to the next, and so on; no value has no points."""
    return np.where(np.isnan(values), np.nan, np.searchsorted(tops, half_up(values, digits)))


def steps(answers: NDArray[np.str_], ladder: tuple[str, ...]) -> Numbers:
    """Return on which step of a ladder each answer stands, from 0."""
    found = np.full(len(answers), np.nan)
    for step, answer in enumerate(ladder):
        found[answers == answer] = step
    return found


def at_least(values: Numbers, limit: Numbers | float) -> Numbers:
    """Return the truth of ``values >= limit``."""
    return _truth(values >= limit - TRACE * np.abs(limit), values, limit)


def at_most(values: Numbers, limit: Numbers | float) -> Numbers:
    """Return the truth of ``values <= limit``."""
    return _truth(values <= limit + TRACE * np.abs(limit), values, limit)


def _truth(holds: NDArray[np.bool_], values: Numbers, limit: Numbers | float) -> Numbers:
    return np.where(np.isnan(values) | np.isnan(limit), np.nan, holds)


def every(*truths: Numbers) -> Numbers:
    """Return 0 if one is 0, else NaN if one is unknown, else 1."""
    return np.where(np.min(np.nan_to_num(truths, nan=1.0), axis=0) == 0, 0.0, np.sum(truths, axis=0) * 0 + 1)


def either(*truths: Numbers) -> Numbers:
    """Return 1 if one is 1, else NaN if one is unknown, else 0."""
    return np.where(np.max(np.nan_to_num(truths, nan=0.0), axis=0) == 1, 1.0, np.sum(truths, axis=0) * 0)


def counted(rows: Rows, which: object = None) -> Numbers:
    """Return how many rows each city has; unknown where it has no table at all."""
    weights = None if which is None else np.asarray(which, dtype=np.float64)
    found = np.bincount(rows.city, weights, minlength=len(rows.given)).astype(np.float64)
    return np.where(rows.given, found, np.nan)


def anniversary(day: NDArray[Any], years: int) -> NDArray[Any]:
    """Return the same day so many years on; 29 February falls on the 28th where there is none."""
    month = day.astype("datetime64[M]")
    later = month + 12 * years
    return np.minimum(
        later.astype("datetime64[D]") + (day - month), (later + 1).astype("datetime64[D]") - DAY
    )


def badge(
    submitted: NDArray[Any], valid: Numbers | None, due: NDArray[Any] | None, today: np.datetime64
) -> tuple[Numbers, NDArray[np.str_]]:
    """Return whether each badge is earned, and in which state it is.

    Earned by validity, whatever the order; in time up to the anniversary, that day included; due soon within
    90 days; overdue after the day.
    """
    handed_in = ~np.isnat(submitted)
    earned = np.where(handed_in, 1.0 if valid is None else valid, 0.0)
    states = np.where(np.isnan(earned), "unknown", "not earned").astype("<U14")
    if due is not None:
        states[due - today <= 90 * DAY] = "due soon"
        states[due < today] = "overdue"
    states[earned == 1] = "earned"
    if due is not None:
        states[(earned == 1) & (submitted <= due)] = "earned in time"
        states[(earned == 1) & (submitted > due)] = "earned late"
    return earned, states
