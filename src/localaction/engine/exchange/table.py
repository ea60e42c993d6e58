"""A file as rows of an inventory in one step: detect, map by name, refuse what is unclear, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from localaction.engine.errors import Finding, InputError, Refused, shown
from localaction.engine.exchange.checking import mapping_findings
from localaction.engine.exchange.detecting import detect
from localaction.engine.exchange.grid import Sheet, Workbook
from localaction.engine.exchange.layoutpacks import INVENTORY_ROWS, layout
from localaction.engine.exchange.mapping import ColumnMapping, Detection
from localaction.engine.exchange.proposing import propose
from localaction.engine.exchange.records import records
from localaction.engine.inventory.columns import RawRow


class NotRead(InputError):
    """A column is not read, because its name says nothing to us."""

    code = "exchange.not_read"
    text = 'The column "{header}" is not read. {reason}'
    remedy_text = "Give it the name of a column of the row file if it is one."


class ReadByName(InputError):
    """A column was recognised by a name that is only like a known one."""

    code = "exchange.read_by_likeness"
    text = 'The column "{header}" was read as {target}. {reason}'
    remedy_text = "Check that this is right; rename the column if it is not."


@dataclass(frozen=True)
class Table:
    """The rows of an inventory in a file, and how they were found."""

    sheet: Sheet
    detection: Detection
    mapping: ColumnMapping
    findings: tuple[Finding, ...]

    def rows(self) -> Iterator[RawRow]:
        """Return the rows from the first on, each time anew."""
        return records(self.sheet, self.detection, self.mapping)


def inventory_table(workbook: Workbook, mapping: ColumnMapping | None = None) -> Table:
    """Return the table of inventory rows in a file.

    Parameters
    ----------
    workbook : Workbook
        As `read_workbook` returns it.
    mapping : ColumnMapping, optional
        Which column fills what; by default as the names propose it.

    Raises
    ------
    Refused
        If there is no such table, it is unclear (two headers, merged cells), or a needed column is missing.
    """
    detection = detect(workbook, [layout(INVENTORY_ROWS)])
    chosen = mapping or propose(detection.headers, detection.layout)
    errors = [*detection.findings, *mapping_findings(chosen, detection.layout)]
    if errors:
        raise Refused(errors)
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == detection.sheet)
    return Table(
        sheet, detection, chosen, (*workbook.findings, *detection.remarks, *_remarks(chosen, detection))
    )


def _remarks(mapping: ColumnMapping, detection: Detection) -> Iterator[Finding]:
    for column in mapping.columns:
        header = shown(column.header)
        if column.target is None and column.header:
            error: InputError = NotRead(header=header, reason=column.reason)
            yield Finding.of(error, row=detection.header_row, value=column.header, severity="warning")
        elif column.how == "fuzzy":
            target = detection.layout.target(column.target or "")
            error = ReadByName(header=header, target=target and target.label, reason=column.reason)
            yield Finding.of(error, row=detection.header_row, value=column.header, severity="warning")
