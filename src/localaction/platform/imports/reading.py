"""The rows of a received file: our own CSV as it is, any other table through its mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from localaction.engine.errors import Finding, Refused
from localaction.engine.exchange.layout import ColumnMapping, Detection, layout
from localaction.engine.exchange.problems import NoSheets
from localaction.engine.exchange.records import records
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.rows import read_csv
from localaction.platform.imports import evidence
from localaction.platform.imports.models import Import

OWN_CSV = "own_csv"
CHUNK_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are read, each time anew, and what is to be known of it as a whole."""

    rows: Callable[[], Iterator[list[RawRow]]]
    findings: tuple[Finding, ...] = ()


def rows_of_file(record: Import) -> Reading:
    """Return the rows of a file. Reading raises ``Refused`` where it cannot be read."""

    def own() -> Iterator[list[RawRow]]:
        with evidence.opened(record.path) as stream:
            yield from read_csv(stream)

    if record.layout == OWN_CSV:
        return Reading(own)
    found = tuple(Finding(**data) for data in record.table.get("findings", ()))
    return Reading(lambda: _mapped(record), found)


def _mapped(record: Import) -> Iterator[list[RawRow]]:
    """Yield the rows of a table through its mapping, in chunks."""
    mapping = ColumnMapping.from_dict(record.mapping)
    table = record.table
    where = Detection(
        layout(mapping.layout), table["sheet"], table["header_row"], tuple(table["headers"]), 1.0, ""
    )
    with evidence.opened(record.path) as stream:
        sheet = read_workbook(stream, record.name).sheet(where.sheet)
        if sheet is None:
            raise Refused([Finding.of(NoSheets(name=record.name))])
        rows = records(sheet, where, mapping)
        while chunk := list(islice(rows, CHUNK_ROWS)):
            yield chunk
