"""The layouts of published tables that are known, and which of them a file is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from localaction.engine.yamlpack import read
from localaction.packs import DATA

MAPPING = DATA / "exchange" / "factor_files.yaml"


@dataclass(frozen=True)
class Layout:
    """One published table: what marks it, and what its rows become.

    Parameters
    ----------
    kind : str
        ``json``, ``csv`` or ``table`` (CSV or XLSX).
    marks : tuple of str
        Texts that all stand in such a file.
    data : mapping
        Everything else of the pack, as its reader knows it.
    """

    id: str
    title: str
    kind: str
    marks: tuple[str, ...]
    source: str
    licence: str
    cautions: tuple[str, ...]
    data: Mapping[str, Any]


@cache
def layouts(path: Path = MAPPING) -> Mapping[str, Layout]:
    """Return the layouts by id, in the order of the pack."""
    entries = read(path, "factor_files").data["layouts"]
    return {
        entry["id"]: Layout(
            id=entry["id"],
            title=entry["title"],
            kind=entry["kind"],
            marks=tuple(entry["marks"]),
            source=entry["source"],
            licence=entry["licence"],
            cautions=tuple(entry.get("cautions", ())),
            data=entry,
        )
        for entry in entries
    }
