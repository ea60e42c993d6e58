"""Check a release: its files, its tables, and every number that others follow from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from localaction.engine.exchange.release import checksums, descriptor
from localaction.engine.exchange.release.deviations import Deviation, Report
from localaction.engine.exchange.release.errors import NoRelease
from localaction.engine.exchange.release.recompute import Recomputation, inventories_of
from localaction.engine.exchange.release.rules import Rules
from localaction.engine.exchange.release.tables import TABLES, Table
from localaction.engine.exchange.release.writing import arrow_schema, csv_head, csv_text, file_names

BATCH_ROWS = 20_000
Tell = Callable[[str], None]


def verify(folder: Path, tell: Tell = lambda _text: None) -> Report:
    """Check a release and return what was checked and what deviates.

    Raises ``NoRelease`` if there is none in the folder.
    """
    for name in (checksums.NAME, descriptor.NAME):
        if not (folder / name).is_file():
            raise NoRelease(folder=folder, name=name)
    report = Report()
    tell("Files")
    _files(folder, report)
    _descriptor(folder, report)
    readable = True
    for table in TABLES:
        tell(f"Table {table.name}")
        readable = _table(folder, table, report) and readable
    if readable:
        tell("Lines, cells and totals")
        _numbers(folder, report, tell)
    return report


def _files(folder: Path, report: Report) -> None:
    """Compare every file with its checksum; a file more or less is a deviation too."""
    with (folder / checksums.NAME).open(encoding="utf-8", errors="replace") as lines:
        listed = checksums.parsed(lines)
    there = checksums.files_of(folder)
    report.files = len(there)
    for name in sorted(set(listed) | set(there)):
        if name not in listed:
            report.add(Deviation(name, f"the file is not listed in {checksums.NAME}"))
        elif name not in there:
            report.add(Deviation(name, "the file is missing"))
        elif checksums.sha256_of(folder / name) != listed[name]:
            report.add(Deviation(name, "the file is not as released: its SHA-256 differs"))
    for table in TABLES:
        for name in file_names(table):
            if name not in listed and name not in there:
                report.add(Deviation(name, "the file is missing"))


def _descriptor(folder: Path, report: Report) -> None:
    """Compare what the descriptor says with the tables this program knows, and with the content."""
    try:
        said: dict[str, Any] = json.loads((folder / descriptor.NAME).read_text(encoding="utf-8"))
        resources = {resource["path"]: resource["schema"] for resource in said["resources"]}
        digest = str(said["localaction"]["content_sha256"])
        report.number = str(said["version"])
    except (ValueError, KeyError, TypeError) as error:
        report.add(Deviation(descriptor.NAME, f"it cannot be read: {type(error).__name__} {error}"))
        return
    for table in TABLES:
        if resources.get(file_names(table)[0]) != descriptor.schema_of(table):
            report.add(Deviation(descriptor.NAME, f"the schema of the table {table.name} is another one"))
    present = [name for table in TABLES if (folder / (name := file_names(table)[0])).is_file()]
    report.digest = checksums.content_digest({name: checksums.sha256_of(folder / name) for name in present})
    if report.digest != digest:
        report.add(Deviation(descriptor.NAME, "content_sha256 is not that of the CSV files"))


def _table(folder: Path, table: Table, report: Report) -> bool:
    """Check a table's schema, and that CSV and Parquet hold the same; return whether it can be read."""
    as_csv, as_parquet = file_names(table)
    if not (folder / as_parquet).is_file():
        return False
    try:
        with pq.ParquetFile(folder / as_parquet) as file:
            if not file.schema_arrow.equals(arrow_schema(table)):
                report.add(Deviation(as_parquet, "its columns are not those of the data dictionary"))
                return False
            text = hashlib.sha256(csv_head(table).encode())
            for batch in file.iter_batches(BATCH_ROWS):
                columns = [column.to_pylist() for column in batch.columns]
                _words(table, columns, as_parquet, report)
                text.update(csv_text(table, zip(*columns, strict=True)).encode())
    except (pa.ArrowException, OSError, ValueError) as error:
        report.add(Deviation(as_parquet, f"it cannot be read: {str(error).splitlines()[0]}"))
        return False
    path = folder / as_csv
    if path.is_file() and checksums.sha256_of(path) != text.hexdigest():
        report.add(Deviation(as_csv, f"it does not hold the same as {as_parquet}"))
    return True


def _words(table: Table, columns: list[list[object]], name: str, report: Report) -> None:
    """Check the columns that allow only some words."""
    for column, values in zip(table.columns, columns, strict=True):
        if column.allowed and (others := set(values) - set(column.allowed)):
            found = ", ".join(sorted(map(repr, others)))
            report.add(Deviation(name, f"the column {column.name} holds {found}, which is not allowed"))


def _numbers(folder: Path, report: Report, tell: Tell) -> None:
    recomputation = Recomputation(folder, Rules(folder), report)
    for key, protocol, lines_complete in inventories_of(folder):
        recomputation.check(key, protocol, lines_complete)
        if not report.inventories % 500:
            tell(f"{report.inventories} inventories, {report.lines} lines")
    recomputation.finish()
