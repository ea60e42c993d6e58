"""The texts of one row, read one by one; all that is wrong is collected, so a row is refused only once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from localaction.engine.errors import InputError
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.recipe import Problem

Found = TypeVar("Found")


class Reading:
    """One row while it is read."""

    def __init__(self, row: RawRow) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def text(self, column: str) -> str:
        """Return the trimmed text of a column."""
        return self.row.values[column].strip()

    def wrong(self, error: InputError, column: str | None) -> None:
        """Note that something is wrong with a column, or with the row."""
        self.problems.append(Problem(error, column))

    def get(self, column: str, read: Callable[[str], Found]) -> Found | None:
        """Return what ``read`` makes of a column; None if it raises, which is noted."""
        try:
            return read(self.text(column))
        except InputError as error:
            self.wrong(error, column)
            return None
