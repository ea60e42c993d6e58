"""One look over the XML of a sheet before anything is built from it: how far it reaches, what stands in it.

A spreadsheet reader holds a sheet as the rectangle from its first to its last cell, so that two cells in far
corners take all memory. The bytes are searched, not parsed: an address counts wherever it stands, so the
rectangle can only be overestimated. What spreadsheet programs never write is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from localaction.engine.exchange import problems
from localaction.engine.exchange.grid import CellRange, column_number
from localaction.engine.exchange.limits import Limits

ADDRESS = rb"\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']"
ADDRESSES = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")  # of cells, and numbers of rows
ROW_TAG = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
CELL_TAG = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
FORMULA_TAG = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
# the lengths are bounded: a tag of a million addresses would else be searched a million times
FORMULA_CELL = re.compile(ADDRESS + rb"[^<>]{0,200}>\s{0,99}<(?:[\w.-]{1,30}:)?f[\s/>]")
ERROR_TYPE = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
ERROR_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s([^<>]*)>")
MERGED = re.compile(
    rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Za-z]+)([0-9]+):([A-Za-z]+)([0-9]+)[\"']"
)
DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml\s[^<>]*\?>")
END_OF_DATA = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
LONGEST_ROW = 8 << 20  # bytes of XML
FAR = 10**7  # a row further down than any spreadsheet has
LONGEST_ADDRESS = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """How far a sheet reaches at most, and which of its cells are special; rows and columns from 1."""

    rows: int
    columns: int
    merged: tuple[CellRange, ...]
    formulas: tuple[tuple[int, int], ...]
    errors: tuple[tuple[int, int], ...]


class SheetScan:
    """Takes the XML of one sheet piece by piece; `shape` tells what was found."""

    def __init__(self, part: str, sheet: str, limits: Limits) -> None:
        self.part, self.sheet, self.limits = part, sheet, limits
        self.rest = b""
        self.last_row = self.last_column = self.unnumbered_rows = self.most_unaddressed = 0
        self.merged: list[CellRange] = []
        self.formulas: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int]] = []
        self.in_data = True
        self.started = False

    def feed(self, piece: bytes) -> None:
        """Look at the next piece; what is left of a row waits for the next one."""
        held = self.rest + piece
        cut = max(held.rfind(b"<row"), held.rfind(b":row"))
        if cut <= 0:
            if len(held) > LONGEST_ROW:
                raise problems.OddMarkup(part=self.part, why="one row is longer than 8 MB")
            self.rest = held
            return
        self.rest = held[cut:]
        self._look(held[:cut])

    def shape(self) -> Shape:
        """Return what was found, after the last piece."""
        self._look(self.rest)
        rows = self.last_row + self.unnumbered_rows
        columns = self.last_column + self.most_unaddressed
        return Shape(rows, columns, tuple(self.merged), tuple(self.formulas), tuple(self.errors))

    def _look(self, text: bytes) -> None:
        self._refuse_detours(text)
        self._reach(text)
        data = text
        if self.in_data and (end := END_OF_DATA.search(text)):
            data = text[: end.start()]
        if self.in_data:
            self._special(data)
        if data is not text or not self.in_data:
            self.in_data = False
            self._merges(text)
        self._check()

    def _refuse_detours(self, text: bytes) -> None:
        """Comments and the like could hide from a search what a parser sees, or the other way round."""
        after = (
            text.find(b"?>") + 2
            if not self.started and text.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?")
            else 0
        )
        self.started = True
        if b"<!" in text or b"<?" in text[after:]:
            raise problems.OddMarkup(part=self.part, why="it holds comments or instructions")

    def _reach(self, text: bytes) -> None:
        words: Sequence[bytes] = ()
        if found := ADDRESSES.findall(text):
            words, numbers = zip(*found, strict=True)
            self.last_row = max(self.last_row, *map(_row, set(numbers)))
            far = [column_number(word[:LONGEST_ADDRESS].decode()) for word in set(words)]
            self.last_column = max(self.last_column, *far)
        numbered = words.count(b"")
        self.unnumbered_rows += max(len(ROW_TAG.findall(text)) - numbered, 0)
        if len(CELL_TAG.findall(text)) > len(words) - numbered:
            most = max(len(CELL_TAG.findall(row)) for row in ROW_TAG.split(text))
            self.most_unaddressed = max(self.most_unaddressed, most)

    def _special(self, data: bytes) -> None:
        """Find the cells with formulas and errors; addresses are needed to report them."""
        formulas = len(FORMULA_TAG.findall(data))
        if formulas:
            found = FORMULA_CELL.findall(data)
            if len(found) != formulas:
                raise problems.OddMarkup(part=self.part, why="a formula stands in a cell without address")
            self.formulas.extend(_place(column, row) for column, row in found)
        if ERROR_TYPE.search(data):
            for attributes in ERROR_CELL.findall(data):
                if ERROR_TYPE.search(attributes) and (address := re.search(ADDRESS, attributes)):
                    self.errors.append(_place(*address.groups()))

    def _merges(self, text: bytes) -> None:
        for first, top, last, bottom in MERGED.findall(text):
            self.merged.append(CellRange(*_place(first, top), *_place(last, bottom)))

    def _check(self) -> None:
        rows, columns = self.last_row + self.unnumbered_rows, self.last_column + self.most_unaddressed
        check_reach(self.sheet, rows, columns, self.limits)
        if len(self.formulas) > self.limits.formulas:
            fix = "Copy the table and paste it as values."
            found = f"holds more than {self.limits.formulas:,} formulas"
            raise problems.TooLarge(f'The sheet "{self.sheet}"', found, f"{self.limits.formulas:,}", fix)
        if len(self.merged) > self.limits.merged:
            found = f"holds {len(self.merged):,} merged ranges"
            raise problems.TooLarge(
                f'The sheet "{self.sheet}"', found, f"{self.limits.merged:,}", "Unmerge them."
            )


def check_reach(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet that reaches too far down, too far right, or both."""
    what = f'The sheet "{sheet}"'
    if rows > limits.rows:
        fix = "Delete the rows below the table, also blank ones; split a larger table by place or year."
        raise problems.TooLarge(what, f"reaches down to row {rows:,}", f"{limits.rows:,} rows", fix)
    if columns > limits.columns:
        fix = "Delete the columns beside the table, also blank ones with a format."
        raise problems.TooLarge(what, f"has {columns:,} columns", f"{limits.columns:,} columns", fix)
    if rows * columns > limits.cells:
        fix = "Delete what lies apart from the table, or split it."
        raise problems.TooLarge(
            what, f"spans {rows:,} rows by {columns:,} columns", f"{limits.cells:,} cells", fix
        )


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return _row(row), column_number(column[:LONGEST_ADDRESS].decode())


def _row(digits: bytes) -> int:
    return int(digits) if len(digits) <= LONGEST_ADDRESS else FAR
