"""The rows of an inventory from whatever file they are in, and its workbook as output."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import PurePath
from typing import BinaryIO, NamedTuple, cast

from localaction.engine.cli.files import STANDARD, opened
from localaction.engine.errors import Finding, InputError
from localaction.engine.exchange.inventory_workbook import write_inventory
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.exchange.table import Table, inventory_table
from localaction.engine.inventory.compile import Result, Rows
from localaction.engine.inventory.rows import RawRow, read_blocks
from localaction.engine.packs import Library

WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


class NoPrintedWorkbook(InputError):
    """A workbook cannot be shown on a terminal."""

    code = "cli.no_printed_workbook"
    text = "A workbook is not printed."
    remedy_text = "Name the file to write with --output."


class RowFile(NamedTuple):
    """A file of rows: a CSV stream, or the table found in a workbook."""

    stream: BinaryIO
    table: Table | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to know about the way the file was read."""
        return self.table.findings if self.table else ()

    def rows(self) -> Rows:
        """Return the rows from the first on."""
        if self.table is not None:
            return self.table.rows()
        return read_blocks(self.stream)

    def again(self) -> Iterator[RawRow]:
        """Return the rows once more, one by one; the stream must be one that can be positioned anew."""
        if self.table is not None:
            yield from self.table.rows()
            return
        self.stream.seek(0)
        for block in read_blocks(self.stream):
            yield from block.rows()


@contextmanager
def row_file(path: str, *, twice: bool) -> Iterator[RowFile]:
    """Open a file of rows: a workbook if its name says so, else CSV; ``-`` is CSV on standard input.

    Parameters
    ----------
    path : str
        The file.
    twice : bool
        Whether the rows will be read a second time; standard input is kept in a temporary file then.

    Raises
    ------
    Refused
        If a workbook cannot be read, or holds no table of rows.
    """
    with opened(path) as stream:
        if PurePath(path).suffix.casefold() in WORKBOOKS:
            yield RowFile(stream, inventory_table(read_workbook(stream, path)))
        elif twice and path == STANDARD:
            with tempfile.TemporaryFile() as kept:
                shutil.copyfileobj(stream, kept)
                kept.seek(0)
                yield RowFile(kept, None)
        else:
            yield RowFile(stream, None)


def write_workbook(result: Result, rows: RowFile, library: Library, stream: TextIOWrapper) -> None:
    """Write the inventory as a workbook where ``stream`` stands."""
    stream.flush()
    write_inventory(cast("BinaryIO", stream.buffer), result.to_dict(), rows.again(), library)
