"""Writing the tables: each as CSV and as Parquet from the same rows, a bounded number of them in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from localaction.engine.exchange.release.tables import TABLES, Row, Table
from localaction.engine.inventory.csvsafe import harmless

ROWS_HELD = 20_000
FOLDER = "data"
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def arrow_schema(table: Table) -> Any:
    """Return the Parquet schema of a table; units and meanings travel with it."""
    fields = [
        pa.field(
            column.name,
            ARROW[column.type],
            nullable=not column.required and column.type != "string",
            metadata={"description": column.about, "unit": column.unit},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"description": table.about})


def file_names(table: Table) -> tuple[str, str]:
    """Return the names of the CSV and the Parquet file of a table."""
    return f"{FOLDER}/{table.name}.csv", f"{FOLDER}/{table.name}.parquet"


def csv_text(table: Table, rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV: numbers with every digit, no text that a spreadsheet runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    words = [WORDS.get(column.type, shown) for column in table.columns]
    writer.writerows([word(value) for word, value in zip(words, row, strict=True)] for row in rows)
    return out.getvalue()


def csv_head(table: Table) -> str:
    """Return the first line of the CSV of a table."""
    return ",".join(table.names) + "\r\n"


def shown(value: object) -> str:
    """Return truth in small letters, days as ISO, whole numbers; nothing where there is no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def digits(value: Any) -> str:
    """Return the shortest text that reads back as the same number."""
    return "" if value is None else repr(float(value))


WORDS: dict[str, Callable[[Any], str]] = {"string": harmless, "number": digits}


class TableWriter:
    """One table, written piece by piece to both files."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self.rows = 0
        self._held: list[Row] = []
        as_csv, as_parquet = file_names(table)
        self._schema = arrow_schema(table)
        self._csv = (folder / as_csv).open("w", encoding="utf-8", newline="")
        self._csv.write(csv_head(table))
        self._parquet = pq.ParquetWriter(folder / as_parquet, self._schema, compression="zstd")

    def add(self, row: Row) -> None:
        """Add a row."""
        self._held.append(row)
        if len(self._held) >= ROWS_HELD:
            self._flush()

    def _flush(self) -> None:
        if not self._held:
            return
        self._csv.write(csv_text(self.table, self._held))
        columns = [
            pa.array(column, field.type)
            for column, field in zip(zip(*self._held, strict=True), self._schema, strict=True)
        ]
        self._parquet.write_table(pa.table(columns, schema=self._schema))
        self.rows += len(self._held)
        self._held.clear()

    def close(self) -> None:
        """Write what is held and close both files."""
        try:
            self._flush()
        finally:
            self._parquet.close()
            self._csv.close()


class TablesWriter:
    """All tables of a release, open together; a context manager."""

    def __init__(self, folder: Path) -> None:
        (folder / FOLDER).mkdir(parents=True)
        self._writers = {table: TableWriter(folder, table) for table in TABLES}

    def add(self, records: Iterable[tuple[Table, Row]]) -> None:
        """Add rows, each to its table."""
        for table, row in records:
            self._writers[table].add(row)

    def counts(self) -> Iterator[tuple[Table, int]]:
        """Yield each table with the number of its rows; after closing."""
        for table, writer in self._writers.items():
            yield table, writer.rows

    def __enter__(self) -> TablesWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()
