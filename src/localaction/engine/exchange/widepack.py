"""A workbook with one inventory per row and one cell per column, as a pack declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from localaction.engine.packs import Protocol
from localaction.engine.yamlpack import Document, read
from localaction.packs import DATA

C40 = DATA / "exchange" / "c40_gpc.yaml"


@dataclass(frozen=True, slots=True)
class Published:
    """A published sum: its column, the cells it is of, and whether it is one of the totals of the whole."""

    header: str
    cells: tuple[str, ...]
    main: bool


@dataclass(frozen=True, eq=False)
class Wide:
    """Where everything stands in such a workbook; names of columns, never positions."""

    id: str
    title: str
    source_ref: str
    version_sheet: str
    version_label: str
    unit: str
    blank: frozenset[str]
    facts: Mapping[str, str]
    published: tuple[Published, ...]
    credits: Mapping[str, str]
    countries: Mapping[str, str]


def read_wide(protocol: Protocol, path: Path = C40) -> Wide:
    """Return the declaration in a file, its sums resolved to cells of ``protocol``.

    Raises
    ------
    PackError
        If the file is not as it must be, or names a total or cell that the protocol does not have.
    """
    document = _document(path)
    data = document.data
    return Wide(
        id=data["id"],
        title=data["title"],
        source_ref=data["source"]["ref"],
        version_sheet=data["version"]["sheet"],
        version_label=data["version"]["label"],
        unit=data["unit"],
        blank=frozenset(data["blank"]),
        facts=data["facts"],
        published=tuple(
            Published(entry["header"], _cells(document, index, entry, protocol), entry["main"])
            for index, entry in enumerate(data["published"])
        ),
        credits=data["credits"],
        countries=data["countries"],
    )


@cache
def _document(path: Path) -> Document:
    return read(path, "wide")


def _cells(document: Document, index: int, entry: Mapping[str, Any], protocol: Protocol) -> tuple[str, ...]:
    place = ("published", index)
    if ("total" in entry) == ("cells" in entry):
        raise document.error(place, "a sum needs either a total or its cells.", "Give one of the two.")
    named = [*entry.get("cells", ()), *entry.get("and", ())]
    for ref in named:
        if ref not in protocol.cells:
            raise document.error(place, f'there is no cell "{ref}".', "Correct the reference number.")
    if "total" not in entry:
        return tuple(named)
    if entry["total"] not in {total.id for total in protocol.totals}:
        raise document.error(place, f'there is no total "{entry["total"]}".', "Correct its name.")
    within = entry.get("within")
    found = [
        cell.ref
        for cell in protocol.cells.values()
        if entry["total"] in cell.counts_in and within in {None, cell.sector, cell.subsector}
    ]
    if not found:
        raise document.error(place, f'no cell of {entry["total"]} lies in "{within}".', "Correct it.")
    return (*found, *named)
