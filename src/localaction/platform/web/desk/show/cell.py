"""One cell as the drawer shows it: what it holds, its rows, its gases, and where to go next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from localaction.engine.packs import Library
from localaction.platform.web import numbers
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import Found, Item, OpenCell, cell_label
from localaction.platform.web.desk.show.rowcard import RowCard
from localaction.platform.web.matrix import KeyNote, key_note
from localaction.platform.web.parts import Range, percent_note, range_of
from localaction.platform.web.rulebook import gas_label, said
from localaction.platform.web.trail import cell_of

UNSPLIT = "CO2E_UNSPLIT"


@dataclass(frozen=True)
class GasLine:
    """One gas of a cell."""

    label: str
    tonnes: float
    potential: float | None
    co2e: float | None


@dataclass(frozen=True)
class CellView:
    """One cell in the drawer."""

    ref: str
    label: str
    sector: str
    scope: int
    state: str
    counts_in: str
    required: str
    trail: str
    co2e_t: float | None = None
    range: Range | None = None
    key_note: KeyNote | None = None
    reason: str = ""
    included_in: Sequence[str] = ()
    gases: Sequence[GasLine] = ()
    findings: Sequence[Item] = ()
    rows: Sequence[RowCard] = ()
    row_count: int = 0
    next_open: OpenCell | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    pages: str = ""
    previous: str = ""
    next_page: str = ""
    market_t: float | None = None
    coverage: float | None = None


@dataclass(frozen=True)
class RowPage:
    """Some of the rows of a cell, and how many there are."""

    rows: Sequence[RowCard]
    count: int
    first: int = 0
    previous: str = ""
    following: str = ""

    @property
    def words(self) -> str:
        """Which rows these are, where they are not all: ``51 to 100 of 2,340``."""
        if not (self.previous or self.following):
            return ""
        last = self.first + len(self.rows)
        return f"{numbers.number(self.first + 1)}–{numbers.number(last)} / {numbers.number(self.count)}"


def view(
    ref: str,
    result: Mapping[str, Any],
    found: Found,
    page: RowPage,
    library: Library,
    addresses: Addresses,
    *,
    may_edit: bool,
) -> CellView:
    """Return a cell for the drawer."""
    spec = library.protocol.cells[ref]
    held = cell_of(result, ref) or {"state": "open"}
    key = library.protocol.notation_keys.get(held.get("notation_key") or "")
    return CellView(
        ref=ref,
        label=cell_label(library, ref),
        sector=said(next(sector.label for sector in library.protocol.sectors if sector.id == spec.sector)),
        scope=spec.scope,
        state=str(held["state"]),
        counts_in=_named(library, spec.counts_in),
        required=_named(library, spec.required_at),
        trail=addresses.trail(ref),
        co2e_t=held.get("co2e_t"),
        range=_range(held),
        key_note=key_note(key) if key else None,
        reason=held.get("reason") or "",
        included_in=held.get("included_in") or (),
        gases=_gases(held, result),
        findings=[item for item in (*found.blocking, *found.remarks) if item.ref == ref],
        rows=page.rows,
        row_count=page.count,
        next_open=next_open(found.open_cells, ref, library) if may_edit else None,
        urls=_urls(addresses, ref, has_rows=bool(page.count)) if may_edit else {},
        pages=page.words,
        previous=page.previous,
        next_page=page.following,
        market_t=(held.get("market") or {}).get("co2e_t"),
        coverage=(held.get("market") or {}).get("coverage"),
    )


def next_open(cells: Sequence[OpenCell], ref: str, library: Library) -> OpenCell | None:
    """Return the next required open cell after this one, round to the first; None if there is no other."""
    order = {name: position for position, name in enumerate(library.protocol.cells)}
    others = [cell for cell in cells if cell.ref != ref]
    after = [cell for cell in others if order[cell.ref] > order[ref]]
    return next(iter(after or others), None)


def _named(library: Library, totals: frozenset[str]) -> str:
    return ", ".join(said(total.label) for total in library.protocol.totals if total.id in totals)


def _urls(addresses: Addresses, ref: str, *, has_rows: bool) -> dict[str, str]:
    urls = {"add": addresses.add(ref)}
    return urls if has_rows else urls | {"key": addresses.add(ref, mode="key")}


def _range(held: Mapping[str, Any]) -> Range | None:
    if held["state"] != "value" or held.get("low_t") is None:
        return None
    note = percent_note(held.get("uncertainty_percent"))
    return range_of(held["co2e_t"], held["low_t"], held["high_t"], full=True, note=note)


def _gases(held: Mapping[str, Any], result: Mapping[str, Any]) -> list[GasLine]:
    potentials = result["gwp_set"]["potentials"]
    lines = []
    for gas, tonnes in (held.get("gases_t") or {}).items():
        potential = 1.0 if gas == UNSPLIT else potentials.get(gas)
        co2e = None if potential is None else tonnes * potential
        lines.append(GasLine(gas_label(gas), tonnes, potential, co2e))
    if biogenic := held.get("co2_biogenic_t"):
        lines.append(GasLine(gas_label("CO2_biogenic"), biogenic, None, None))
    return lines
