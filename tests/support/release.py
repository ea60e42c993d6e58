"""Releases for tests: documents as they are published, built into a folder, and changed on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from localaction.engine.exchange.release import checksums, descriptor
from localaction.engine.exchange.release.building import Document, build
from localaction.engine.exchange.release.info import Contents, Info
from localaction.engine.exchange.release.tables import BY_NAME
from localaction.engine.exchange.release.writing import csv_head, csv_text, file_names
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.options import Options
from localaction.engine.packs import Library
from localaction.engine.periods import Period

INFO = Info("7", date(2026, 11, 24), "The network", "https://example.org")


def document(
    code: str, year: int, rows: Sequence[Mapping[str, str]], *, keep_lines: bool = True, gwp_set: str = "ar5"
) -> Document:
    """Return an inventory as it is published."""
    raw = [RawRow(number, dict(row), f"row-{number}") for number, row in enumerate(rows, start=2)]
    options = Options(
        code, (code, code[:2], "world"), Period.year(year), gwp_set=gwp_set, keep_lines=keep_lines
    )
    result = json.loads(json.dumps(compile_inventory(raw, options).to_dict()))
    content = {
        "place": {"code": code, "name": code.title(), "name_en": "", "country": code[:2]},
        "label_year": year,
        "population": {"value": 1000.0, "source": "Census"},
        "origin": "own",
        "publisher": code.title(),
        "citation": "",
        "licence": "",
        "published_at": "2026-11-20T10:00:00+00:00",
        "reason": "",
        "rows": list(rows),
        "result": result | {"lines_complete": keep_lines},
    }
    return Document(content, f"{year:064d}")


def release(folder: Path, documents: Sequence[Document], info: Info = INFO) -> Contents:
    """Build a release of these documents, without figures beside them."""
    protocol = Library.load().protocol
    return build(folder, info, documents, (), {protocol.id: protocol})


def rewrite(folder: Path, table_name: str, change: Callable[[dict[str, list[Any]]], None]) -> None:
    """Change the columns of a table in both of its files, and make every checksum fit again."""
    table = BY_NAME[table_name]
    as_csv, as_parquet = (folder / name for name in file_names(table))
    held = pq.read_table(as_parquet)
    columns = held.to_pydict()
    change(columns)
    pq.write_table(pa.table(columns, schema=held.schema), as_parquet, compression="zstd")
    rows = zip(*(columns[name] for name in table.names), strict=True)
    as_csv.write_text(csv_head(table) + csv_text(table, rows), encoding="utf-8", newline="")
    seal(folder)


def seal(folder: Path) -> None:
    """Write checksums and content digest anew, as somebody would who hides a change."""
    digests = {name: checksums.sha256_of(folder / name) for name in checksums.files_of(folder)}
    path = folder / descriptor.NAME
    said = json.loads(path.read_text(encoding="utf-8"))
    said["localaction"]["content_sha256"] = checksums.content_digest(digests)
    path.write_text(json.dumps(said), encoding="utf-8")
    digests[descriptor.NAME] = checksums.sha256_of(path)
    (folder / checksums.NAME).write_text(checksums.written(digests), encoding="utf-8")
