"""Years as cities write them: calendar years, spans of months, and labels that do not say which days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from localaction.engine.periods import BadPeriod, Period

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = re.compile(r"[a-z]{3,}", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"(?<!\d)([0-3]?\d)(?!\d)")
SPAN = re.compile(r"\s*(?:-{1,2}|–|—|\bto\b)\s*")
FIRST, SECOND = 0, 1
MONTHS_OF_A_YEAR = 12


class ReadYear(NamedTuple):
    """The days a label covers, whether it states them, and what to say about it; empty if nothing."""

    period: Period
    stated: bool
    note: str


def read_year(text: str, label_year: int) -> ReadYear:
    """Return the period that a label such as ``2019``, ``July 2018 - June 2019`` or ``2019-2020`` stands for.

    Parameters
    ----------
    text : str
        The label as written.
    label_year : int
        The year the inventory is filed under.

    Returns
    -------
    ReadYear
        With the days if months are written; else the calendar year of ``label_year``, not stated. A span of
        thirteen months, as in ``April 2018 - April 2019``, is read as the twelve from its first on.

    Raises
    ------
    BadPeriod
        If the label holds no year.
    """
    clean = " ".join(text.split())
    if clean == str(label_year):
        return ReadYear(Period.year(label_year), True, "")
    if not YEAR.search(clean):
        raise BadPeriod(text, "it names no year")
    ends = SPAN.split(clean)
    if len(ends) == len(("first", "last")) and (days := _days(ends)) is not None:
        return _of_days(clean, *days, label_year)
    note = f'"{clean}" does not say which days it covers; it is filed under {label_year} as a calendar year.'
    return ReadYear(Period.year(label_year), False, note)


def _of_days(text: str, start: date, end: date, label_year: int) -> ReadYear:
    note = f'"{text}" was read as {start} to {end}.'
    if (start, end) == (date(label_year, 1, 1), date(label_year, 12, 31)):
        note = ""
    if _months(start, end) == MONTHS_OF_A_YEAR + 1:
        end = _a_year_from(start)
        note = f'"{text}" covers thirteen months; it was read as the twelve from {start} to {end}.'
    return ReadYear(Period(start, end, label_year), True, note)


def _days(ends: list[str]) -> tuple[date, date] | None:
    """Return first and last day of two dates written with month names; None if they are not."""
    first, last = _parts(ends[FIRST]), _parts(ends[SECOND])
    if first is None or last is None:
        return None
    (year, month, day), (last_year, last_month, last_day) = first, last
    try:
        start = date(year, month, day or 1)
        end = date(last_year, last_month, last_day or monthrange(last_year, last_month)[1])
    except ValueError:
        return None
    return (start, end) if start <= end else None


def _parts(text: str) -> tuple[int, int, int | None] | None:
    year = YEAR.search(text)
    word = MONTH.search(text)
    if year is None or word is None or word.group()[:3].casefold() not in MONTHS:
        return None
    rest = text.replace(year.group(), " ", 1)
    day = DAY.search(rest)
    return (
        int(year.group()),
        MONTHS.index(word.group()[:3].casefold()) + 1,
        int(day.group(1)) if day else None,
    )


def _months(start: date, end: date) -> int:
    after = end + timedelta(days=1)
    return (after.year - start.year) * MONTHS_OF_A_YEAR + after.month - start.month


def _a_year_from(start: date) -> date:
    return date(start.year + 1, start.month, start.day) - timedelta(days=1)
