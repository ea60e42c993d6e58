"""Sheets of typed cells with the place of each, whatever file they came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal, NamedTuple

from localaction.engine.errors import Finding

Value = str | float | int | bool | date | datetime | time | timedelta | None
Kind = Literal["csv", "xlsx", "ods"]
LETTERS = 26
EXACT_WHOLE = 1e15  # a float below it is written without exponent, digit by digit as entered


class Row(NamedTuple):
    """One row of a sheet: its number as the spreadsheet shows it (from 1), and its cells from column A on."""

    number: int
    cells: Sequence[Value]


@dataclass(frozen=True, slots=True)
class CellRange:
    """A rectangle of cells; rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{letters(self.first_column)}{self.first_row}"
        last = f"{letters(self.last_column)}{self.last_row}"
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name : str
        As the workbook shows it; of a CSV file the name of the file.
    opened : callable
        Returns the rows from the first on, each time anew; blank rows are left out, numbers count them.
    visible : bool
        Whether the workbook shows it.
    merged : tuple of CellRange
        Merged cells; only the first of each holds a value.
    delimited : bool
        Whether cells are told apart by separators alone, so that one too many shifts those after it.
    formulas, errors : sequence of (row, column)
        Cells whose value was computed, and cells that show an error; in the order of the file.
    """

    name: str
    opened: Callable[[], Iterator[Row]] = field(repr=False)
    visible: bool = True
    merged: tuple[CellRange, ...] = ()
    delimited: bool = False
    formulas: Sequence[tuple[int, int]] = field(default=(), repr=False)
    errors: Sequence[tuple[int, int]] = field(default=(), repr=False)

    def rows(self) -> Iterator[Row]:
        """Return the rows that hold something, from the first on."""
        return self.opened()

    def head(self, count: int = 50) -> list[Row]:
        """Return the first rows that hold something."""
        return list(islice(self.opened(), count))

    def where(self, row: int, column: int | None = None) -> str:
        """Return a place in words: ``sheet "Inventory", cell F12``; columns count from 0, as cells do."""
        place = f"row {row}" if column is None else f"cell {letters(column + 1)}{row}"
        return f'sheet "{self.name}", {place}'


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as sheets.

    Parameters
    ----------
    name : str
        Name of the file.
    kind : {"csv", "xlsx", "ods"}
        What it is by its content.
    sheets : tuple of Sheet
        In the order of the file; sheets without cells are left out.
    findings : tuple of Finding
        What to know before its values are used: formulas read by their saved values, hidden sheets.
    """

    name: str
    kind: Kind
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by its name; None if there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def column_number(word: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in word.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


def text_of(value: Value) -> str:
    """Return a cell as the text a person would write into a row file.

    A number is written with all its digits and a point, never with thousands separators; a whole one without
    ``.0``; a date as 2019-04-01. Text stays as it is.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer() and abs(value) < EXACT_WHOLE
        return str(int(value)) if whole else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
