"""Write tables into an .xlsx workbook: numbers as numbers, texts as texts that never become formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Literal, NamedTuple

from localaction.engine.errors import InputError, shown

LAST_ROW = 1_048_576
LONGEST_TEXT = 32_767  # characters that a cell of a spreadsheet can hold
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (the same rows make the same bytes)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS: dict[str, str] = {
    "text": "@",
    "number": "General",
    "tonnes": "#,##0.000",
    "percent": "0.0",
    "whole": "0",
}

Kind = Literal["text", "number", "tonnes", "percent", "whole"]
Content = str | float | int | None


class TextTooLong(InputError):
    """A text does not fit into a cell of a spreadsheet."""

    code = "exchange.text_too_long"
    text = 'The text in row {row}, column {column} of the sheet "{sheet}" has {length:,} characters.'
    remedy_text = "A cell of a spreadsheet holds 32,767: shorten it, or use the CSV file."


class TooManyRows(InputError):
    """A table has more rows than a sheet."""

    code = "exchange.too_many_rows"
    text = 'The sheet "{sheet}" would need more than 1,048,576 rows, the most a sheet can have.'
    remedy_text = "Use the CSV file."


class Heading(NamedTuple):
    """A column: its name with the unit, what it holds, its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 14


class _Exact(float):
    """A number that is written with all its digits; the writer would cut after sixteen."""

    def __format__(self, form: str) -> str:
        return repr(float(self))


class Book:
    """A workbook that is written sheet by sheet, row by row, without holding rows in memory.

    A context manager: at the end of its block the workbook is finished; after an exception ``stream`` is left
    as it was, and what was kept on disk is gone.
    """

    def __init__(self, stream: BinaryIO, title: str) -> None:
        from xlsxwriter import Workbook

        self._folder = TemporaryDirectory(prefix="localaction-")
        self._book: Any = Workbook(stream, {**OPTIONS, "tmpdir": self._folder.name})
        self._book.set_properties({"title": title, "created": MADE})
        add = self._book.add_format
        self._formats = {kind: add({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "num_format": "@"}
        self._head = add(head)

    def table(self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Content]]) -> None:
        """Write a sheet with a frozen header.

        Raises
        ------
        TextTooLong, TooManyRows
            If a spreadsheet cannot hold it.
        """
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, heading in enumerate(headings):
            sheet.set_column(position, position, heading.width, self._formats[heading.kind])
            sheet.write_string(0, position, heading.title, self._head)
        for number, row in enumerate(rows, start=1):
            if number >= LAST_ROW:
                raise TooManyRows(sheet=name)
            for position, content in enumerate(row):
                self._write(sheet, number, position, content, headings[position])

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._book.filename = BytesIO()  # closing is what lets go of its files
        try:
            self._book.close()
        finally:
            self._folder.cleanup()

    def _write(self, sheet: Any, row: int, column: int, content: Content, heading: Heading) -> None:
        if content is None or content == "":
            return
        form = self._formats[heading.kind]
        if not isinstance(content, str):
            sheet.write_number(row, column, _Exact(content), form)
        elif len(content) > LONGEST_TEXT:
            raise TextTooLong(
                row=row + 1, column=shown(heading.title), sheet=sheet.get_name(), length=len(content)
            )
        else:
            sheet.write_string(row, column, content, self._formats["text"])
