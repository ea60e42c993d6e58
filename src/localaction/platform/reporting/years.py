"""The years that can be reported on: one rule for page, command, file and service."""

from __future__ import annotations

from datetime import date
from typing import Final

from localaction.platform.reporting.errors import YearNotReportable

#: The year from which inventories and pledges count back; earlier figures can be imported, not reported on.
FIRST_YEAR: Final = 1990


def check_year(year: int, today: date) -> None:
    """Refuse a year before ``FIRST_YEAR`` or after the one of ``today``.

    Raises
    ------
    YearNotReportable
    """
    if not FIRST_YEAR <= year <= today.year:
        raise YearNotReportable(year=year, first=FIRST_YEAR, last=today.year)
