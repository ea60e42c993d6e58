"""In which state a badge is: earned, in time, due soon, overdue; for one report and for many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.formulas.columns import Column

SOON = timedelta(days=90)
NOT_EARNED, UNKNOWN, DUE_SOON, OVERDUE, EARNED, IN_TIME, LATE = range(7)
STATES = ("not earned", "unknown", "due soon", "overdue", "earned", "earned in time", "earned late")


@dataclass(frozen=True)
class BadgeColumns:
    """One badge of many reports.

    Parameters
    ----------
    earned, in_time : Column of bool
        Whether it is earned; whether it was in time, known where it is earned and a day is set.
    due : Column of day or None
        The last day in time; None if no day is set for this badge.
    state : ndarray of str
        Both in one word, as in `results.BadgeResult`.
    """

    earned: Column
    in_time: Column
    due: Column | None
    state: NDArray[np.str_]


def state_of(earned: bool | None, in_time: bool | None, due: date | None, as_of: date) -> str:
    """Return the state of the badge of one report."""
    if earned:
        return STATES[{True: IN_TIME, False: LATE, None: EARNED}[in_time]]
    if due is not None and as_of > due:
        return STATES[OVERDUE]
    if due is not None and due - as_of <= SOON:
        return STATES[DUE_SOON]
    return STATES[UNKNOWN if earned is None else NOT_EARNED]


def badge_columns(earned: Column, handed_in: Column | None, due: Column | None, as_of: date) -> BadgeColumns:
    """Return the badge of many reports; the rule of `state_of`."""
    has = earned.known & earned.values.astype(np.bool_)
    state = np.where(earned.known, NOT_EARNED, UNKNOWN).astype(np.uint8)
    timed = np.zeros(has.shape, dtype=np.bool_)
    early: NDArray[Any] = timed
    if due is not None and due.known.any():  # what is null all over has no kind
        today = np.datetime64(as_of, "D")
        np.copyto(state, DUE_SOON, where=due.known & (due.values <= today + np.timedelta64(SOON)))
        np.copyto(state, OVERDUE, where=due.known & (due.values < today))
        if handed_in is not None and handed_in.known.any():
            timed = has & handed_in.known & due.known
            early = handed_in.values <= due.values
    np.copyto(state, EARNED, where=has)
    np.copyto(state, IN_TIME, where=timed & early)
    np.copyto(state, LATE, where=timed & ~early)
    return BadgeColumns(earned, Column(early, timed), due, np.array(STATES)[state])
