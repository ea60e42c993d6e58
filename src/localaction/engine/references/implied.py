"""Rows of a table whose emissions over activity differ from the usual factor of their group.

A utility or a statistics office mostly computes all its rows of one year with one factor. A row with another
quotient is of another grid, another year, or a slip: it is reported, never corrected.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from localaction.engine.errors import InputError, did_you_mean

TOLERANCE = 0.01  # relative: far above the rounding of printed tonnes, far below the step from grid to grid
SMALLEST_PRINTED = 1e-6  # emissions are printed to a gram at best; a quotient of less is rounding


class NoSuchColumn(InputError):
    """A table has no column of a name."""

    code = "implied.no_column"
    text = 'The table has no column "{column}". {hint}'
    remedy_text = "Name the columns as they stand in its first line."

    def __init__(self, column: str, known: Sequence[str]) -> None:
        hint = did_you_mean(column, known) or f"It has {', '.join(known)}."
        super().__init__(column=column, hint=hint)


@dataclass(frozen=True, slots=True)
class Implied:
    """One row with its quotient of emissions and activity.

    Parameters
    ----------
    row : int
        As a spreadsheet counts it; the header is row 1.
    group : tuple of str
        What the row is compared within, such as utility and year.
    values : mapping
        The whole row.
    factor, usual : float
        Its own quotient, and the median of its group, in the units of the table.
    """

    row: int
    group: tuple[str, ...]
    values: dict[str, str]
    factor: float
    usual: float

    @property
    def percent(self) -> float:
        """Difference from the usual factor in percent of it."""
        return 100 * (self.factor / self.usual - 1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: rows compared, rows without both numbers or of no activity, and deviations."""

    compared: int
    left_out: int
    usual: dict[tuple[str, ...], float]
    deviating: tuple[Implied, ...]


def check_factors(
    stream: TextIO, *, activity: str, emissions: str, group: Sequence[str], tolerance: float = TOLERANCE
) -> Checked:
    """Return the rows whose emissions over activity differ from the median of their group.

    Parameters
    ----------
    stream : text file
        CSV with a header.
    activity, emissions : str
        Columns of the two numbers; a row without one of them, or with an activity of zero, is left out.
    group : sequence of str
        Columns within which one factor is expected.
    tolerance : float
        Relative difference from the median that is still the same factor.

    Raises
    ------
    NoSuchColumn
    """
    reader = csv.DictReader(stream)
    for column in (activity, emissions, *group):
        if column not in (reader.fieldnames or ()):
            raise NoSuchColumn(column, list(reader.fieldnames or ()))
    rows, left_out = [], 0
    for number, values in enumerate(reader, start=2):
        amount, tonnes = _number(values[activity]), _number(values[emissions])
        if not amount or tonnes is None:
            left_out += 1
        else:
            key = tuple(values[column] for column in group)
            rows.append((number, key, values, tonnes / amount, SMALLEST_PRINTED / abs(amount)))
    usual: dict[tuple[str, ...], list[float]] = {}
    for _, key, _, factor, _ in rows:
        usual.setdefault(key, []).append(factor)
    medians = {key: statistics.median(factors) for key, factors in usual.items()}
    deviating = tuple(
        Implied(number, key, values, factor, medians[key])
        for number, key, values, factor, least in rows
        if abs(factor - medians[key]) > max(tolerance * abs(medians[key]), least)
    )
    return Checked(len(rows), left_out, medians, deviating)


def lines(found: Checked, group: Sequence[str]) -> Iterator[str]:
    """Yield a check in words."""
    yield f"{found.compared} rows compared, {found.left_out} without both numbers or with an activity of 0."
    for key, usual in sorted(found.usual.items()):
        name = ", ".join(f"{column} {value}" for column, value in zip(group, key, strict=True))
        odd = [each for each in found.deviating if each.group == key]
        yield f"{name}: usual factor {usual:.6g}" + (f"; {len(odd)} rows deviate" if odd else "")
        for each in odd:
            yield f"  row {each.row}: {each.factor:.6g} ({each.percent:+.1f} %)"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
