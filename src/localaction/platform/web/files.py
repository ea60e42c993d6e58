"""The files of an inventory: cells and rows as CSV, with full digits, the same in every language."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from localaction.engine.inventory.columns import COLUMNS, RawRow
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.platform.web import numbers
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_COLUMNS = (
    "place", "year", "ref", "sector", "subsector", "label", "scope", "counts_in", "state",
    "co2e_t", "low_t", "high_t", "notation_key", "included_in", "reason", "co2_biogenic_t", "rows",
    "without_potential", "market_co2e_t", "market_energy_mwh", "market_coverage",
)  # fmt: skip


def cells_csv(record: Record) -> str:
    """Return every cell with value, range, gases, key and reason."""
    gases = list(dict.fromkeys(gas for cell in record.result["cells"] for gas in cell["gases_t"]))
    return written([*CELL_COLUMNS, *(f"{gas}_t" for gas in gases)], _cells(record, gases))


def rows_csv(record: Record) -> str:
    """Return every activity row in the format of uploads."""
    names = [column.name for column in COLUMNS]
    return written(names, ([str(row.get(name) or "") for name in names] for row in record.rows))


def workbook(
    result: Mapping[str, Any], rows: Iterable[RawRow], about: Mapping[str, str] | None = None
) -> bytes:
    """Return an inventory as an .xlsx workbook: rows with their keys, cells, totals, factors and sources."""
    from localaction.engine.exchange.inventory_workbook import write_inventory  # only where one is asked for

    out = io.BytesIO()
    write_inventory(
        out, result, rows, library(), {name: text for name, text in (about or {}).items() if text}
    )
    return out.getvalue()


def workbook_of(record: Record) -> bytes:
    """Return a published inventory as a workbook."""
    rows = (
        RawRow(number, {name: str(text or "") for name, text in row.items()}, str(row.get("row_key") or ""))
        for number, row in enumerate(record.rows, start=2)
    )
    about = {
        "Name": record.place.shown,
        "Citation": record.citation,
        "Licence": record.licence,
        "Document (SHA-256)": record.digest,
    }
    return workbook(record.result, rows, about)


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV text; what a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = SafeWriter(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _cells(record: Record, gases: Sequence[str]) -> Iterator[list[str]]:
    protocol = library().protocol
    sectors = {sector.id: sector.label for sector in protocol.sectors}
    rows = {row.id: row.label for sector in protocol.sectors for row in sector.subsectors}
    for held in record.result["cells"]:
        cell = protocol.cells[held["ref"]]
        yield [
            record.place.code,
            str(record.year),
            cell.ref,
            sectors[cell.sector],
            rows[cell.subsector],
            cell.label,
            str(cell.scope),
            " ".join(total.id for total in protocol.totals if total.id in cell.counts_in),
            held["state"],
            *(_known(held, name) for name in ("co2e_t", "low_t", "high_t")),
            held["notation_key"] or "",
            " ".join(held.get("included_in") or ()),
            held.get("reason") or "",
            _number(held, "co2_biogenic_t"),
            str(held.get("rows", "")),
            " ".join(held.get("missing_potentials") or ()),
            *(_number(held.get("market") or {}, name) for name in ("co2e_t", "energy_mwh", "coverage")),
            *(_number(held["gases_t"], gas) for gas in gases),
        ]


def _known(held: Mapping[str, Any], name: str) -> str:
    """Return a figure; empty where nothing of it has a warming potential, which is not nought."""
    if held.get("missing_potentials") and not held.get("co2e_t"):
        return ""
    return _number(held, name)


def _number(held: Mapping[str, Any], name: str) -> str:
    value = held.get(name)
    return "" if value is None else numbers.exact(value)
