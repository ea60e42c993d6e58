"""The content of a file as plain cells of text, whatever it is: JSON, CSV or XLSX; with limits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from localaction.engine.exchange.factor_files.problems import UnreadableTable
from localaction.engine.exchange.grid import Sheet
from localaction.engine.exchange.sheets import read_workbook

LARGEST = 20_000_000  # bytes of a file
ROWS, COLUMNS = 100_000, 100
ZIP = b"PK\x03\x04"
Row = Sequence[str]


@dataclass(frozen=True)
class Content:
    """What a file holds: ``records`` of JSON, or rows of text by sheet; ``text`` to look for marks in."""

    name: str
    kind: str
    records: Any
    sheets: dict[str, list[Row]]

    def holds(self, marks: Sequence[str]) -> bool:
        """Return whether every mark stands in the file, in one cell each."""
        if self.kind == "json":
            return self._record_holds(marks)
        cells = [cell for rows in self.sheets.values() for row in rows[:60] for cell in row]
        return all(any(mark in cell for cell in cells) for mark in marks)

    def _record_holds(self, marks: Sequence[str]) -> bool:
        first = next(iter(self.records.values()), None) if isinstance(self.records, dict) else None
        return isinstance(first, dict) and all(mark in first for mark in marks)


def content_of(name: str, data: bytes) -> Content:
    """Return the content of a file.

    Raises
    ------
    UnreadableTable, Refused
        If it is too large, or neither JSON, CSV nor XLSX; or with what stands against reading a workbook.
    """
    if len(data) > LARGEST:
        raise UnreadableTable(file=name, why="it is larger than 20 MB")
    if data.startswith(ZIP):
        return Content(name, "xlsx", None, _workbook(name, data))
    text = _text(name, data)
    if text.lstrip()[:1] in {"{", "["}:
        return Content(name, "json", _records(name, text), {})
    return Content(name, "csv", None, {"": _rows(name, text)})


def bytes_of(path: Path) -> bytes:
    """Return what a file holds, and at most one byte more than may be read.

    Raises
    ------
    UnreadableTable
        If it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableTable(file=path.name, why=(error.strerror or str(error)).lower()) from None


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableTable(file=name, why="it is neither a workbook (XLSX) nor text in UTF-8") from None


def _records(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableTable(file=name, why="it begins like JSON but is none") from None


def _rows(name: str, text: str) -> list[Row]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        rows: list[Row] = [[cell.strip() for cell in row[:COLUMNS]] for row in reader]
    except csv.Error as error:
        raise UnreadableTable(file=name, why=f"it is no CSV: {error}") from None
    return _bounded(name, rows)


def _workbook(name: str, data: bytes) -> dict[str, list[Row]]:
    """Return the sheets of a workbook, read with every bound of `read_workbook`."""
    book = read_workbook(io.BytesIO(data), name)
    return {sheet.name: _bounded(name, _rows_of(sheet)) for sheet in book.sheets}


def _rows_of(sheet: Sheet) -> list[Row]:
    """Return the filled rectangle of a sheet; blank rows within stay, because they part tables."""
    held = list(sheet.rows())
    left = min(_indent(row.cells) for row in held)
    rows: list[Row] = []
    for row in held:
        rows += [()] * (row.number - held[0].number - len(rows))
        rows.append(_cells(row.cells[left:]))
    return rows


def _indent(cells: Sequence[Any]) -> int:
    return next(at for at, cell in enumerate(cells) if cell is not None)


def _cells(row: Sequence[Any]) -> Row:
    return [_cell(value) for value in row[:COLUMNS]]


def _cell(value: Any) -> str:
    """Return a cell as text; a number with the digits it is known by, whole ones without a point."""
    if isinstance(value, float) and not isinstance(value, bool):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "" if value is None else str(value).strip()


def _bounded(name: str, rows: list[Row]) -> list[Row]:
    if len(rows) > ROWS:
        raise UnreadableTable(file=name, why="it has more than 100,000 rows")
    return rows
