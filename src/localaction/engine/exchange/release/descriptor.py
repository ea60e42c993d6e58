"""``datapackage.json``: the release as a tabular Data Package (version 1), read by common tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from localaction.engine.exchange.release.info import SCHEMA, TITLE, Contents, Info
from localaction.engine.exchange.release.tables import TABLES, Column, Table
from localaction.engine.exchange.release.writing import file_names

NAME = "datapackage.json"


def text(info: Info, contents: Contents, folder: Path, digests: Mapping[str, str]) -> str:
    """Return the descriptor."""
    data = {
        "profile": "tabular-data-package",
        "name": f"local-action-release-{info.number}".lower(),
        "title": f"{TITLE}, release {info.number}",
        "version": info.number,
        "created": f"{info.released_on.isoformat()}T00:00:00Z",
        "description": f"Every inventory published by {info.publisher} on that day, with its lines.",
        "homepage": info.address or None,
        "licenses": [
            {"name": f"licence-{number}", "title": name, "path": "README.md"}
            for number, name in enumerate(sorted(contents.licences), start=1)
        ],
        "sources": [{"title": cited} for cited in contents.cited],
        "localaction": {"schema": SCHEMA, "content_sha256": contents.digest, "rows": dict(contents.rows)},
        "resources": [_resource(table, folder, digests) for table in TABLES],
    }
    kept = {key: value for key, value in data.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, folder: Path, digests: Mapping[str, str]) -> dict[str, Any]:
    as_csv, as_parquet = file_names(table)
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": as_csv,
        "title": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / as_csv).stat().st_size,
        "hash": f"sha256:{digests[as_csv]}",
        "dialect": {"lineTerminator": "\r\n"},
        "localaction:parquet": as_parquet,
        "schema": schema_of(table),
    }


def schema_of(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    keys: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        keys["foreignKeys"] = [
            {"fields": list(names), "reference": {"resource": other.replace("_", "-"), "fields": list(names)}}
            for names, other in table.refers
        ]
    return keys


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    if column.unit:
        field["unit"] = column.unit
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if allowed := [word for word in column.allowed if word]:
        limits["enum"] = allowed
    if limits:
        field["constraints"] = limits
    return field
