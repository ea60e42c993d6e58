"""One inventory as an .xlsx workbook, and the same back: only what somebody edited has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from localaction.engine.errors import Finding
from localaction.engine.exchange import computed_sheets as computed
from localaction.engine.exchange.changes import NUMERIC, Changed, Changes, compare, key_of
from localaction.engine.exchange.grid import Workbook, text_of
from localaction.engine.exchange.limits import DEFAULT, Limits
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.exchange.table import inventory_table
from localaction.engine.exchange.xlsxout import Book, Content, Heading, Kind
from localaction.engine.inventory.columns import COLUMNS, NAMES, RawRow
from localaction.engine.inventory.parsing import NUMBER
from localaction.engine.packs import Library

__all__ = ["Changed", "Changes", "InventoryBook", "compare", "read_inventory", "write_inventory"]

ABOUT, ROWS, CELLS, TOTALS = "About", "Activity rows", "Cells", "Totals"
FACTORS, SOURCES, GASES = "Factors", "Sources", "Warming potentials"
ROW_KEY = "Row key"
ABOUT_HEADINGS = (Heading("What", width=28), Heading("Value", width=90))
WIDTHS = {"activity": 24, "amount": 16, "factor": 34, "reason": 36, "source": 36, "note": 36}
HOW_TO_EDIT = (
    f'Change rows in the sheet "{ROWS}" and hand the workbook in. Leave the column "{ROW_KEY}" as it is: '
    "by it a changed row is recognised; leave it empty in a new row. The other sheets are computed, not read."
)
DIGITS_OF_A_YEAR = 4
LARGEST = 1e300  # the format holds no larger number


@dataclass(frozen=True, slots=True)
class InventoryBook:
    """What a workbook of one inventory says: its rows, the facts of its first sheet, and what to know."""

    rows: tuple[RawRow, ...]
    about: Mapping[str, str]
    findings: tuple[Finding, ...]


def write_inventory(
    stream: BinaryIO,
    document: Mapping[str, Any],
    rows: Iterable[RawRow],
    library: Library | None = None,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write an inventory as an .xlsx workbook, in bounded memory.

    Numbers are numbers, in the unit that the header names; a notation key and every other text is a text and
    never a formula. The same inventory makes the same bytes.

    Parameters
    ----------
    stream : binary stream
        Where the workbook goes.
    document : mapping
        The computed inventory, schema ``localaction.inventory/1``; its lines are not needed.
    rows : iterable of RawRow
        The rows as entered, read once.
    library : Library, optional
        Labels of cells and sectors; by default those that ship.
    about : mapping, optional
        Further lines for the first sheet, such as citation and licence.

    Raises
    ------
    TextTooLong, TooManyRows
        If a spreadsheet cannot hold it.
    """
    protocol = (library or Library.load()).protocol
    place, period = document["place"] or "", document["period"]
    gases = sorted({gas for cell in document["cells"] for gas in cell["gases_t"]})
    with Book(stream, f"Inventory of {place or 'an unnamed place'}, {period['label_year']}") as book:
        book.table(ABOUT, ABOUT_HEADINGS, _about(document, about or {}))
        book.table(ROWS, [*_row_headings(), Heading(ROW_KEY, width=38)], map(_row, rows))
        book.table(CELLS, computed.cell_headings(gases), computed.cells(document, protocol, gases))
        book.table(TOTALS, computed.total_headings(gases), computed.totals(document, protocol, gases))
        book.table(FACTORS, computed.FACTOR_HEADINGS, computed.factors(document))
        book.table(SOURCES, computed.SOURCE_HEADINGS, computed.sources(document))
        book.table(GASES, computed.GAS_HEADINGS, computed.potentials(document))


def read_inventory(stream: BinaryIO, name: str, limits: Limits = DEFAULT) -> InventoryBook:
    """Return the rows of a workbook, as `write_inventory` made it or somebody saved it since.

    Raises
    ------
    Refused
        If it cannot be read, or holds no table of rows.
    """
    workbook = read_workbook(stream, name, limits)
    table = inventory_table(workbook)
    return InventoryBook(tuple(table.rows()), _facts(workbook), table.findings)


def _facts(workbook: Workbook) -> dict[str, str]:
    sheet = workbook.sheet(ABOUT)
    pairs = ([text_of(value) for value in row.cells[:2]] for row in sheet.rows()) if sheet else ()
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1}


def _about(document: Mapping[str, Any], more: Mapping[str, str]) -> Iterator[Sequence[Content]]:
    period, gwp, uncertainty = document["period"], document["gwp_set"], document["uncertainty"]
    yield "Place", document["place"] or ""
    yield "Year", period["label_year"]
    yield "First day", period["start"]
    yield "Last day", period["end"]
    yield "Protocol", document["protocol"]
    yield "Warming potentials", gwp["label"]
    yield "Uncertainty", uncertainty["method"]
    yield "Confidence of ranges, %", uncertainty["confidence"]
    yield "Rule book (SHA-256)", document["library_digest"]
    yield from more.items()
    yield "How to edit", HOW_TO_EDIT


def _row_headings() -> list[Heading]:
    kinds: dict[str, Kind] = {**dict.fromkeys(NUMERIC, "number"), "period": "whole"}
    return [Heading(c.title, kinds.get(c.name, "text"), WIDTHS.get(c.name, 14)) for c in COLUMNS]


def _row(row: RawRow) -> list[Content]:
    return [*(_entered(name, row.values.get(name, "")) for name in NAMES), key_of(row)]


def _entered(name: str, text: str) -> Content:
    """Return an entered text as number where that loses nothing: an amount, a year."""
    if name in NUMERIC and NUMBER.fullmatch(text):
        value = float(text)
        return value if _same(text, value) else text
    if name == "period" and len(text) == DIGITS_OF_A_YEAR and text.isascii() and text.isdecimal():
        return int(text)
    return text


def _same(text: str, value: float) -> bool:
    """Whether a float has the value of the digits as they were entered."""
    return abs(value) <= LARGEST and Decimal(text) == Decimal(repr(value))
