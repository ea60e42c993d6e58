"""A CSV file as a workbook of one sheet; encoding and separator are found, numbers stay as written."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.exchange import problems
from localaction.engine.exchange.grid import Row, Sheet, Workbook
from localaction.engine.exchange.limits import Deadline, Limits
from localaction.engine.inventory.csvsafe import restored
from localaction.engine.inventory.csvtext import text_lines
from localaction.engine.inventory.rows import BrokenQuotes

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 20  # lines by which the separator is found
ROWS_PER_CHECK = 4096
UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def csv_workbook(stream: BinaryIO, name: str, limits: Limits) -> Workbook:
    """Return a CSV file as one sheet; the whole of it is read once, so that a fault shows at once.

    UTF-8 with or without mark, and UTF-16 with its mark, are read; another encoding cannot be told from the
    bytes and is refused. Columns are separated by comma, semicolon, tab or bar, or as a first line ``sep=;``
    says. Every cell is text: ``1,234`` stays ``1,234``.
    """
    data = _as_utf8(stream.read(), name)
    separator, skip = _separator(data)
    reader = _Reader(data, separator, skip, limits)
    if not sum(1 for _ in reader.rows()):
        raise problems.NoSheets(name=name)
    return Workbook(name, "csv", (Sheet(name, reader.rows, delimited=True),))


def _as_utf8(data: bytes, name: str) -> bytes:
    if data.startswith(UTF32) or data[:2] not in UTF16:
        return data
    try:
        return data.decode(UTF16[data[:2]]).encode()
    except UnicodeDecodeError:
        raise problems.Damaged(name=name, why="half a character at its end") from None


def _separator(data: bytes) -> tuple[str, int]:
    """Return the separator, and how many lines to leave out before the first row."""
    found = list(islice(chain.from_iterable(text_lines(io.BytesIO(data))), LOOKED_AT))
    declared = found[0].strip().casefold() if found else ""
    if declared.startswith("sep=") and declared[len("sep=") :] in SEPARATORS:
        return declared[len("sep=") :], 1
    return max(SEPARATORS, key=lambda separator: _fits(found, separator)), 0


def _fits(found: list[str], separator: str) -> tuple[int, int]:
    """Return how many lines have the commonest number of columns, if there is more than one; then that."""
    counts = [len(fields) for fields in _parsed(found, separator) if len(fields) > 1]
    if not counts:
        return 0, 0
    usual = max(set(counts), key=lambda count: (counts.count(count), count))
    return counts.count(usual), usual


def _parsed(found: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(found, delimiter=separator))
    except csv.Error:
        return []


class _Reader:
    """Reads the rows of a text, as often as asked."""

    def __init__(self, data: bytes, separator: str, skip: int, limits: Limits) -> None:
        self.data, self.separator, self.skip, self.limits = data, separator, skip, limits
        self.cells = 0

    def rows(self) -> Iterator[Row]:
        lines = chain.from_iterable(text_lines(io.BytesIO(self.data)))
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        deadline, number, self.cells = Deadline(self.limits), 0, 0
        try:
            for number, fields in enumerate(reader, start=1):
                if number > self.skip and any(fields):
                    self._check(number, len(fields))
                    yield Row(number, [restored(field) or None for field in fields])
                if not number % ROWS_PER_CHECK:
                    deadline.check()
        except csv.Error as error:
            raise _refusal(_quotes(error), number + 1) from None
        except InputError as error:
            raise error if isinstance(error, Refused) else _refusal(error, None) from None

    def _check(self, number: int, columns: int) -> None:
        if number > self.limits.rows:
            fix = "Split it by place or year, or sum rows of the same cell, activity and unit."
            raise problems.TooLarge("The file", "has more rows than are read", f"{self.limits.rows:,}", fix)
        if columns > self.limits.columns:
            found, fix = f"has {columns:,} columns", "Remove empty columns."
            raise problems.TooLarge(f"Row {number}", found, f"{self.limits.columns:,}", fix)
        self.cells += columns
        if self.cells > self.limits.cells:
            fix = "Leave out columns that are not needed, or split it by place or year."
            raise problems.TooLarge("The file", "has more cells than are read", f"{self.limits.cells:,}", fix)


def _quotes(error: csv.Error) -> InputError:
    detail = str(error)
    if "limit" in detail or "unexpected end" in detail:
        detail = "a quotation mark is opened here and not closed"
    return BrokenQuotes(detail=detail)


def _refusal(error: InputError, row: int | None) -> Refused:
    return Refused([Finding.of(error, row=row)])
