"""Findings of the engine as the desk shows them: what blocks publication, open cells, what to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import Finding
from localaction.engine.packs import Library
from localaction.platform.web.desk.wording import message_of, remedy_of
from localaction.platform.web.rulebook import said

OPEN_CELL = "inventory.open_cell"
Link = Callable[[str], str]


@dataclass(frozen=True)
class Item:
    """One finding in words, at its place."""

    code: str
    text: str
    remedy: str
    ref: str = ""
    label: str = ""
    address: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    severity: str = "error"
    blocks: bool = False


@dataclass(frozen=True)
class OpenCell:
    """A required cell that holds neither an amount nor a key."""

    ref: str
    label: str
    address: str


@dataclass(frozen=True)
class Found:
    """The findings of an inventory, sorted by what they ask of the reader."""

    blocking: tuple[Item, ...] = ()
    open_cells: tuple[OpenCell, ...] = ()
    remarks: tuple[Item, ...] = ()

    @property
    def count(self) -> int:
        """How many things stand in the way of publication; open cells count as one."""
        return len(self.blocking) + bool(self.open_cells)

    @property
    def refs(self) -> frozenset[str]:
        """The cells that carry a finding which asks for something; open cells show that themselves."""
        return frozenset(
            item.ref for item in (*self.blocking, *self.remarks) if item.ref and item.severity != "info"
        )


def as_finding(data: Finding | Mapping[str, Any]) -> Finding:
    """Return a finding that was stored as plain data."""
    if isinstance(data, Finding):
        return data
    known = Finding.__dataclass_fields__
    return Finding(**{name: value for name, value in data.items() if name in known})


def sort_out(
    findings: Iterable[Finding | Mapping[str, Any]], library: Library, link: Link, *, strict: bool = True
) -> Found:
    """Return the findings of a computed inventory, sorted.

    Parameters
    ----------
    findings : iterable of Finding, or of findings as plain data
        In the order of the engine.
    library : Library
        For the labels of cells.
    link : callable
        Address of a cell.
    strict : bool
        False where nothing blocks publication: figures of a published source keep its gaps.
    """
    blocking, open_cells, remarks = [], [], []
    for finding in map(as_finding, findings):
        if finding.code == OPEN_CELL and finding.ref:
            open_cells.append(OpenCell(finding.ref, cell_label(library, finding.ref), link(finding.ref)))
        elif finding.severity == "error" or (strict and finding.blocks_publication):
            blocking.append(item_of(finding, library, link))
        else:
            remarks.append(item_of(finding, library, link))
    return Found(tuple(blocking), tuple(open_cells) if strict else (), tuple(remarks))


def item_of(data: Finding | Mapping[str, Any], library: Library, link: Link | None = None) -> Item:
    """Return one finding in words."""
    finding = as_finding(data)
    known = bool(finding.ref) and finding.ref in library.protocol.cells
    ref = finding.ref or ""
    return Item(
        code=finding.code,
        text=message_of(finding),
        remedy=remedy_of(finding),
        ref=ref,
        label=cell_label(library, ref) if known else "",
        address=link(ref) if known and link else "",
        row=finding.row,
        column=finding.column or "",
        value=finding.value or "",
        severity=finding.severity,
        blocks=finding.blocks_publication or finding.severity == "error",
    )


def cell_label(library: Library, ref: str) -> str:
    """Return what a cell is about; empty if there is no such cell."""
    cell = library.protocol.cells.get(ref)
    return said(cell.label) if cell else ""
