"""What a received file is: our own rows, a table whose columns are known or have to be mapped, or unknown."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import Any

from localaction.engine.errors import Refused, shown
from localaction.engine.exchange.grid import Row, Sheet, Workbook, text_of
from localaction.engine.exchange.layout import (
    INVENTORY_ROWS,
    ColumnMapping,
    Detection,
    Layout,
    detect,
    fingerprint,
    layout,
    mapping_findings,
    propose,
)
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.inventory.columns import NAMES
from localaction.platform.imports import evidence
from localaction.platform.imports.mappings import mapping_named, mappings_by_headers
from localaction.platform.imports.models import Import
from localaction.platform.imports.reading import OWN_CSV

HEAD_BYTES = 16_384
ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff")
SAMPLE_ROWS, SAMPLES, LONGEST_SAMPLE = 40, 3, 60
FEWEST_NAMES = 2
SURE = {"saved", "exact"}


def look(record: Import) -> dict[str, Any]:
    """Return the fields of the import that say what its file is, and whether that is ``clear``.

    It is clear for our own row file, for a table with our column names, and for one with headers that were
    mapped before; otherwise a person looks at the proposal first.

    Raises ``Refused`` if the file cannot be read as a table.
    """
    if record.importer != "rows":
        return {"layout": record.importer, "clear": True}
    with evidence.opened(record.path) as stream:
        if is_own_csv(stream.read(HEAD_BYTES)):
            return {"layout": OWN_CSV, "clear": True}
        stream.seek(0)
        workbook = read_workbook(stream, record.name)
        return table_of(record, workbook)


def is_own_csv(head: bytes) -> bool:
    """Return whether a file is our row file by its first line; a blank one too, which our reader refuses."""
    if head.startswith(ARCHIVES):
        return False
    line = head.decode("utf-8-sig", errors="replace").strip("\r\n").split("\n", 1)[0]
    if not line.strip():
        return True
    names = [name.strip().casefold().replace(" ", "_") for name in next(csv.reader([line]), [])]
    return "ref" in names and set(names) <= set(NAMES)


def table_of(record: Import, workbook: Workbook) -> dict[str, Any]:
    """Return which table a workbook holds, with samples and a proposal for each of its columns."""
    wanted = layout(INVENTORY_ROWS)
    detection = _detection(workbook, wanted)
    if detection.findings:
        raise Refused(detection.findings)
    sheet = workbook.sheet(detection.sheet)
    if sheet is None:
        raise AssertionError("a detected sheet is one of the workbook")
    mapping = _proposal(record, detection)
    clear = not mapping_findings(mapping, wanted) and all(
        column.how in SURE for column in mapping.columns if column.header
    )
    return {
        "layout": wanted.id,
        "table": _table(sheet, detection, mapping, workbook),
        "mapping": mapping.to_dict(),
        "clear": clear,
    }


def _detection(workbook: Workbook, wanted: Layout) -> Detection:
    """Return the table; where no name is known, the first row that looks like names, for a person to map."""
    try:
        return detect(workbook, [wanted])
    except Refused:
        for sheet in workbook.sheets:
            rows = sheet.head(2)
            if sheet.visible and len(rows) == FEWEST_NAMES and _is_header(rows[0]):
                headers = tuple(text_of(value).strip() for value in rows[0].cells)
                why = f'The first row of the sheet "{shown(sheet.name)}" was taken for the column names.'
                return Detection(wanted, sheet.name, rows[0].number, headers, 0.0, why)
        raise


def _is_header(row: Row) -> bool:
    words = [value for value in row.cells if isinstance(value, str) and value.strip()]
    return len(words) >= FEWEST_NAMES and len(words) == sum(value is not None for value in row.cells)


def _proposal(record: Import, detection: Detection) -> ColumnMapping:
    """Return the mapping that was asked for by name, the one kept for these headers, or a fresh proposal."""
    if name := record.options.get("mapping"):
        return renamed(mapping_named(record.scope, str(name)), detection.headers)
    kept = mappings_by_headers(record.scope, fingerprint(detection.headers))
    return propose(detection.headers, detection.layout, kept)


def renamed(kept: ColumnMapping, headers: Sequence[str]) -> ColumnMapping:
    """Return a kept mapping for headers in another order or with further ones: by name, the others unread."""
    by_name: Mapping[str, str | None] = {
        fingerprint([column.header]): column.target for column in kept.columns
    }
    columns = [
        {"header": header, "target": by_name.get(fingerprint([header])) if header else None}
        for header in headers
    ]
    return ColumnMapping.from_dict({**kept.to_dict(), "columns": columns})


def _table(sheet: Sheet, detection: Detection, mapping: ColumnMapping, workbook: Workbook) -> dict[str, Any]:
    below = [row for row in sheet.head(SAMPLE_ROWS) if row.number > detection.header_row]
    return {
        "sheet": detection.sheet,
        "header_row": detection.header_row,
        "why": detection.why,
        "headers": list(detection.headers),
        "columns": [
            {
                "header": column.header,
                "samples": _samples(below, position),
                "how": column.how,
                "reason": column.reason,
            }
            for position, column in enumerate(mapping.columns)
        ],
        "findings": [finding.to_dict() for finding in (*workbook.findings, *detection.remarks)],
    }


def _samples(rows: Sequence[Row], position: int) -> list[str]:
    texts = (text_of(row.cells[position]) for row in rows if position < len(row.cells))
    return list(dict.fromkeys(shown(text, LONGEST_SAMPLE) for text in texts if text.strip()))[:SAMPLES]
