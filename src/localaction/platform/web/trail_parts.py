"""Parts of a trail: gaps of a total, its sectors, its earlier versions, who entered its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.accounts.rights import Actor
from localaction.platform.accounts.roles import ROLES
from localaction.platform.imports.provenance import Entry, Revision, entries, revisions
from localaction.platform.inventories.queries import inventory_for
from localaction.platform.publication.gaps import gaps_in
from localaction.platform.publication.queries import versions
from localaction.platform.web import trail
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library, said

#: Between a total and a sector in the address of what the sector adds: ``BASIC:I``.
SECTOR_MARK = ":"


@dataclass(frozen=True)
class Gap:
    """One cell that a total leaves out, and why."""

    ref: str
    label: str
    state: str
    reason: str
    address: str


@dataclass(frozen=True)
class PastFigure:
    """What a published document said of the figure; ``change`` is to the one before."""

    published_at: datetime
    value: float | None
    said: str
    change: float | None
    reason: str
    digest: str
    address: str


@dataclass(frozen=True)
class Entered:
    """A change of rows as it may be shown: who by role, and by name where the reader has a right."""

    entry: Entry
    who: str


def members(total: str, sector: str = "") -> tuple[str, ...]:
    """Return the cells that count in a total, or in a sector of it."""
    cells = library().protocol.cells
    return tuple(
        ref for ref, cell in cells.items() if total in cell.counts_in and sector in ("", cell.sector)
    )


def gaps(record: Record, total: str, sector: str = "") -> list[Gap]:
    """Return the cells that a total leaves out, in the order of the protocol."""
    protocol = library().protocol
    found = []
    for ref in gaps_in(record.result, total, protocol, sector):
        cell = trail.cell_of(record.result, ref) or {}
        state = _("not estimated (NE)") if cell.get("notation_key") else _("open")
        reason = str(cell.get("reason") or "")
        found.append(Gap(ref, said(protocol.cells[ref].label), state, reason, record.trail(ref)))
    return found


def sector_sum(result: Mapping[str, Any], total: str, sector: str) -> float:
    """Return what a sector adds to a total, t CO2e."""
    sums: Mapping[str, float] = next(
        (held["totals"] for held in result["sectors"] if held["id"] == sector), {}
    )
    return float(sums.get(total) or 0.0)


def sector_addends(record: Record, total: str) -> list[trail.Addend]:
    """Return what each sector adds to a total, in the order of the protocol."""
    whole = record.result["totals"][total]["co2e_t"]
    valued = {cell["ref"] for cell in record.result["cells"] if cell["state"] == "value"}
    return [
        trail.Addend(
            sector.id,
            said(sector.label),
            sector.theme,
            value := sector_sum(record.result, total, sector.id),
            value / whole if whole else 0.0,
            record.trail(f"{total}{SECTOR_MARK}{sector.id}"),
            known=any(ref in valued for ref in members(total, sector.id)),
        )
        for sector in library().protocol.sectors
        if members(total, sector.id)
    ]


def past_figures(record: Record, ref: str) -> list[PastFigure]:
    """Return what every published document said of a figure, newest first; empty for a draft."""
    if record.draft:
        return []
    held = versions(record.place.code, record.year)
    values = [_value(version.doc["result"], ref) for version in held]
    found = []
    for place, (version, (value, words)) in enumerate(zip(held, values, strict=True)):
        before = values[place + 1][0] if place + 1 < len(values) else None
        change = value - before if value is not None and before is not None else None
        address = reverse("web:document", args=[version.digest])
        at, why = version.published_at, version.reason
        found.append(PastFigure(at, value, words, change, why, version.digest, address))
    return found


def _value(result: Mapping[str, Any], ref: str) -> tuple[float | None, str]:
    """Return a figure of a document, and the word that stands there if it is none."""
    total, _mark, sector = ref.partition(SECTOR_MARK)
    if total in result["totals"]:
        value = sector_sum(result, total, sector) if sector else result["totals"][total]["co2e_t"]
        return value, ""
    cell = trail.cell_of(result, ref) or {}
    return cell.get("co2e_t"), str(cell.get("notation_key") or cell.get("state") or "")


def entered(record: Record, refs: tuple[str, ...]) -> list[Entered]:
    """Return who entered the rows of these cells: by role, on a draft by name too.

    What a file is called may name people as well; readers see its digest, by which it can be asked for.
    """
    found = entries(record.place.code, record.year, record.run_number, refs)
    return [
        Entered(entry if record.draft else _without_names(entry), _who(entry, named=record.draft))
        for entry in found
    ]


def _without_names(entry: Entry) -> Entry:
    file = replace(entry.file, name="") if entry.file else None
    return replace(entry, name="", reason="", file=file)


def row_revisions(actor: Actor, record: Record, refs: Sequence[str]) -> list[Revision]:
    """Return how the rows of these cells changed, to people who may see the draft; else nothing."""
    if not record.draft:
        return []
    inventory = inventory_for(actor, record.place.code, record.year, action="inventory.view")
    return revisions(inventory, refs)


def _who(entry: Entry, *, named: bool) -> str:
    role = str(ROLES[entry.role].label) if entry.role in ROLES else _("operator of the site")
    return f"{entry.name}, {role}" if named and entry.name else role
