"""One inventory is about one year: what the rows say about time, and whether it fits."""

from __future__ import annotations

from localaction.engine.errors import Finding, InputError
from localaction.engine.inventory import problems, wholeproblems
from localaction.engine.periods import DAYS_OF_LONGEST_YEAR, LONGEST_INVENTORY_DAYS, Period


class Timing:
    """The period of an inventory, stated for it or found in its rows.

    Parameters
    ----------
    stated : Period or None
        The period of the inventory. Without it every row states its own, all of one label year, and the
        inventory covers the days from the first to the last of them.
    """

    def __init__(self, stated: Period | None) -> None:
        self.stated = stated
        self.span = stated
        self.missing = False
        self.checked: set[str] = set()

    @property
    def year(self) -> int | None:
        """The year by which the inventory is called, as far as it is known."""
        return None if self.span is None else self.span.label_year

    def check(self, text: str) -> None:
        """Accept the period of one row.

        Raises
        ------
        BadPeriod, OtherPeriod
            If it cannot be read or is not of the inventory's year. A missing one is reported at the end.
        """
        if text in self.checked:
            return
        if text:
            self._fit(Period.parse(text))
        else:
            self.missing = self.stated is None
        self.checked.add(text)

    def _fit(self, found: Period) -> None:
        if self.stated is not None:
            if not self.stated.holds(found):
                raise problems.OtherPeriod(found=str(found), expected=str(self.stated))
        elif self.span is None:
            self.span = found
        elif found.label_year != self.span.label_year:
            raise problems.OtherPeriod(found=str(found), expected=str(self.span.label_year))
        else:
            start, end = min(self.span.start, found.start), max(self.span.end, found.end)
            self.span = Period(start, end, self.span.label_year)

    def conflicts(self) -> list[Finding]:
        """Return what is wrong with the rows taken together."""
        error: InputError | None = None
        if self.missing or self.span is None:
            error = problems.MissingPeriod()
        elif self.stated is None and self.span.days > DAYS_OF_LONGEST_YEAR:
            year = f"the {DAYS_OF_LONGEST_YEAR} days of a year at most"
            error = problems.OtherPeriod(found=f"the days {self.span}", expected=year)
        elif self.stated is not None and self.stated.days > LONGEST_INVENTORY_DAYS:
            error = wholeproblems.LongPeriod(period=str(self.stated), days=self.stated.days)
        return [] if error is None else [Finding.of(error, column="period")]
