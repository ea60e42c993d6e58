"""Read the GPC workbook of C40 into records: inventories, lines, totals beside ours."""

from __future__ import annotations

from collections.abc import Iterator

from localaction.engine.errors import Finding, Refused, shown
from localaction.engine.exchange import c40problems as problems
from localaction.engine.exchange.c40records import C40Book, C40Inventory, C40Line, Difference
from localaction.engine.exchange.c40rows import RowReader
from localaction.engine.exchange.grid import Row, Sheet, Workbook, text_of
from localaction.engine.exchange.widepack import Wide, read_wide
from localaction.engine.exchange.words import tidy
from localaction.engine.packs import Library

__all__ = ["C40Book", "C40Inventory", "C40Line", "Difference", "is_c40", "read_c40"]

LOOKED_AT = 20  # rows with content from the top, in which the header must stand
FEWEST = 5  # filled cells of a row that is meant
NAMED = 5  # columns that a message lists
ERRORS_LISTED = 100


def is_c40(workbook: Workbook, library: Library | None = None) -> bool:
    """Return whether a workbook has the columns of the GPC workbook of C40."""
    protocol = (library or Library.load()).protocol
    return _table(workbook, read_wide(protocol), set(protocol.cells)) is not None


def read_c40(workbook: Workbook, library: Library | None = None) -> C40Book:
    """Return every inventory of the GPC workbook of C40.

    Cells stay as published: a key keeps its raw text beside what it was read as, a negative amount and a
    blank come with a warning, CO2e is not split into gases. Every inventory of which a published sum differs
    from its cells by more than one tonne is named with both figures.

    Parameters
    ----------
    workbook : Workbook
        As `read_workbook` returns it.
    library : Library, optional
        The protocol; by default the one that ships.

    Raises
    ------
    Refused
        If it is another workbook, or a row cannot be read: with every reason found.
    """
    protocol = (library or Library.load()).protocol
    wide = read_wide(protocol)
    table = _table(workbook, wide, set(protocol.cells))
    if table is None:
        raise Refused([Finding.of(_missing(workbook, wide))])
    sheet, header, columns = table
    reader = RowReader(sheet, columns, wide, protocol)
    found = [reader.inventory(row) for row in sheet.rows() if row.number > header and _has_figures(row)]
    errors = [*reader.errors, *_twice([inventory for inventory in found if inventory])]
    if errors:
        raise Refused(errors[:ERRORS_LISTED], more=max(len(errors) - ERRORS_LISTED, 0))
    return C40Book(
        _version(workbook, wide), wide.title, tuple(inventory for inventory in found if inventory is not None)
    )


def _table(workbook: Workbook, wide: Wide, cells: set[str]) -> tuple[Sheet, int, dict[str, int]] | None:
    """Return the sheet, its header row, and the column of each name; None if no sheet has them all."""
    needed = {*cells, *wide.facts.values(), *(sum_.header for sum_ in wide.published), *wide.credits.values()}
    for sheet in workbook.sheets:
        for row in sheet.head(LOOKED_AT):
            columns = _columns(row)
            if needed <= columns.keys():
                return sheet, row.number, columns
    return None


def _columns(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for position, value in enumerate(row.cells):
        if isinstance(value, str):
            columns.setdefault(tidy(value), position)
    return columns


def _missing(workbook: Workbook, wide: Wide) -> problems.NotThisWorkbook:
    """Name what the nearest row lacks."""
    needed = [*wide.facts.values(), *(sum_.header for sum_ in wide.published)]
    rows = [_columns(row) for sheet in workbook.sheets for row in sheet.head(LOOKED_AT)]
    best = max(rows, key=lambda columns: sum(name in columns for name in needed), default={})
    absent = [name for name in needed if name not in best]
    listed = ", ".join(absent[:NAMED]) + (f" and {len(absent) - NAMED} more" if absent[NAMED:] else "")
    return problems.NotThisWorkbook(name=workbook.name, missing=listed or "cells of the protocol")


def _has_figures(row: Row) -> bool:
    """Blank rows with a leftover are not inventories: one has a name, a year and figures."""
    return sum(value is not None for value in row.cells) > FEWEST


def _twice(inventories: list[C40Inventory]) -> Iterator[Finding]:
    seen: dict[tuple[str, str, int], int] = {}
    for inventory in inventories:
        key = (inventory.city.casefold(), inventory.country_code or inventory.country, inventory.label_year)
        first = seen.setdefault(key, inventory.row)
        if first != inventory.row:
            error = problems.TwiceTheSame(
                city=inventory.city, year=inventory.label_year, first=first, second=inventory.row
            )
            yield Finding.of(error, row=inventory.row)


def _version(workbook: Workbook, wide: Wide) -> str:
    """Return the version that the cover names; empty if it does not."""
    sheet = workbook.sheet(wide.version_sheet)
    for row in sheet.head() if sheet else ():
        texts = [tidy(text_of(value)) for value in row.cells if value is not None]
        if len(texts) > 1 and texts[0] == wide.version_label:
            return shown(texts[1])
    return ""
