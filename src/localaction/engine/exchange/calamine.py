"""The one place that calls the spreadsheet reader: rows of a sheet as plain typed values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from localaction.engine.exchange import problems
from localaction.engine.exchange.grid import Row, Value


class OpenBook:
    """A workbook as the reader holds it, and the sheet it read last."""

    def __init__(self, reader: Any, name: str) -> None:
        self.reader, self.name = reader, name
        self.held: tuple[str, Any] | None = None

    def sheet(self, name: str) -> Any:
        """Return a sheet; one is held at a time."""
        from python_calamine import CalamineError

        if self.held is None or self.held[0] != name:
            self.held = None
            try:
                self.held = (name, self.reader.get_sheet_by_name(name))
            except CalamineError as error:
                raise problems.Damaged(name=self.name, why=_why(error)) from None
        return self.held[1]


def opened_workbook(file: IO[bytes], name: str) -> OpenBook:
    """Return the workbook in a temporary file; the reader keeps it open, so that its name may go."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return OpenBook(CalamineWorkbook.from_path(file.name), name)
    except PasswordError:
        raise problems.Encrypted(name=name) from None
    except CalamineError as error:
        raise problems.Damaged(name=name, why=_why(error)) from None


def opened_sheet(book: OpenBook, name: str) -> Iterator[Row]:
    """Yield the rows of a sheet that hold something; an empty text counts as nothing."""
    sheet = book.sheet(name)
    if sheet.start is None:
        return
    left: list[Value] = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        values: list[Value] = [None if cell == "" else cell for cell in cells]
        if any(value is not None for value in values):
            yield Row(number, left + values)


def _why(error: Exception) -> str:
    return str(error).strip().rstrip(".").casefold()[:120]
