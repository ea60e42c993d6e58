"""Years and ranges of days: what a figure is about in time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from localaction.engine.errors import InputError

YEAR = re.compile(r"\d{4}", re.ASCII)
RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})", re.ASCII)
DAYS_OF_LONGEST_YEAR = 366
LONGEST_INVENTORY_DAYS = 372  # twelve months, with a little room for weeks that are not cut


class BadPeriod(InputError):
    """A period is neither a year nor two days in order."""

    code = "periods.bad_period"
    text = '"{value}" is not a period: {why}.'
    remedy_text = "Write a year such as 2019, or first and last day such as 2019-04-01/2020-03-31."

    def __init__(self, value: str, why: str) -> None:
        super().__init__(value=value, why=why)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A range of whole days, both ends included, with the year by which it is called.

    Parameters
    ----------
    start, end : date
        First and last day.
    label_year : int
        Year by which a place names this period; fiscal years cross calendar years.
    """

    start: date
    end: date
    label_year: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadPeriod(f"{self.start}/{self.end}", "it ends before it starts")

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the calendar year ``year``."""
        return cls(date(year, 1, 1), date(year, 12, 31), year)

    @classmethod
    def between(cls, start: date, end: date, label_year: int | None = None) -> Period:
        """Return the days from ``start`` to ``end``, called by the year that holds most of them."""
        if end < start:
            raise BadPeriod(f"{start}/{end}", "it ends before it starts")
        return cls(start, end, main_year(start, end) if label_year is None else label_year)

    @classmethod
    def parse(cls, text: str, label_year: int | None = None) -> Period:
        """Read ``2019`` or ``2019-04-01/2020-03-31``.

        Parameters
        ----------
        text : str
            The period as written.
        label_year : int, optional
            Year by which it is called; by default the year that holds most of its days.

        Raises
        ------
        BadPeriod
            If the text is something else, a day does not exist, or the end lies before the start.
        """
        clean = text.strip()
        try:
            if YEAR.fullmatch(clean):
                whole = cls.year(int(clean))
                return whole if label_year is None else cls(whole.start, whole.end, label_year)
            if found := RANGE.fullmatch(clean):
                start, end = (date.fromisoformat(day) for day in found.groups())
                return cls.between(start, end, label_year)
        except ValueError:
            raise BadPeriod(text, "there is no such day or year") from None
        raise BadPeriod(text, "it has another form")

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    def holds(self, other: Period) -> bool:
        """Return whether every day of ``other`` lies in this period."""
        return self.start <= other.start and other.end <= self.end

    def is_calendar_year(self) -> bool:
        """Return whether this is exactly one calendar year, called by its number."""
        return self == Period.year(self.start.year)

    def __str__(self) -> str:
        return str(self.label_year) if self.is_calendar_year() else f"{self.start}/{self.end}"


def main_year(start: date, end: date) -> int:
    """Return the year that holds most days from ``start`` to ``end``; of two equal ones the earlier."""
    years = range(start.year, end.year + 1)
    held = {year: (min(end, date(year, 12, 31)) - max(start, date(year, 1, 1))).days + 1 for year in years}
    return max(years, key=lambda year: (held[year], -year))
