"""How much of a file is read before it is refused: one place for every limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from localaction.engine.exchange import problems

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold.

    Parameters
    ----------
    file_bytes, unpacked_bytes : int
        Size as handed in, and of all parts of a workbook together once unpacked.
    part_bytes : int
        Size of one part that is neither a sheet nor the table of texts, once unpacked.
    small_part_bytes : int
        Size of the parts that are read whole: table of contents, relations, merged ranges.
    ratio, ratio_from_bytes : int
        Unpacked over packed size of one part; looked at in parts larger than ``ratio_from_bytes``.
    parts, sheets, rows, columns : int
        Files in the archive, sheets, last row and last column of a sheet that holds something.
    cells : int
        Rows times columns of one sheet, the rectangle that a reader has to hold.
    merged, formulas : int
        Merged ranges, and cells with a formula, of one sheet.
    seconds : float
        Processor time spent on reading one file.
    """

    file_bytes: int = 25 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    part_bytes: int = 32 * MEGABYTE
    small_part_bytes: int = 4 * MEGABYTE
    ratio: int = 200
    ratio_from_bytes: int = 4 * MEGABYTE
    parts: int = 2_000
    sheets: int = 100
    rows: int = 250_000
    columns: int = 1_024
    cells: int = 5_000_000
    merged: int = 20_000
    formulas: int = 200_000
    seconds: float = 60.0


DEFAULT = Limits()


class Deadline:
    """Refuses when reading has taken more processor time than allowed."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.thread_time) -> None:
        self.limits, self.clock = limits, clock
        self.start = clock()

    def check(self) -> None:
        """Raise `TooSlow` once the time is used up."""
        if self.clock() - self.start > self.limits.seconds:
            raise problems.TooSlow(seconds=f"{self.limits.seconds:g}")
