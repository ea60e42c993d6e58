"""The inventory as a matrix: rows are sub-sectors, columns are scopes, totals stand on top.

Built from the result of a computation (``Result.to_dict()``) and the protocol (``Library.protocol``);
drawn by ``web/parts/matrix.html``, for reading or with links to the editor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.references.protocol import (
    Cell,
    Column,
    NotationKey,
    Protocol,
    Sector,
    Subsector,
    Total,
)
from localaction.platform.web import numbers
from localaction.platform.web.matrix_parts import (
    KeyNote,
    Matrix,
    MatrixCell,
    MatrixRow,
    MatrixSector,
    MatrixTotal,
)
from localaction.platform.web.parts import percent_note, range_of
from localaction.platform.web.rulebook import gas_label, said

__all__ = [
    "KeyNote",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "MatrixSector",
    "MatrixTotal",
    "build",
    "key_note",
    "row_range",
    "size_step",
]

#: The key that says that something is emitted and nobody knows how much.
NOT_ESTIMATED = "NE"
#: A cell's share of the largest counted cell from which it is drawn one step deeper.
STEPS = (0.02, 0.10, 0.30, 0.60)
Link = Callable[[str], str]


@dataclass(frozen=True)
class _Build:
    """What every part of the matrix needs while it is built."""

    protocol: Protocol
    states: Mapping[str, Mapping[str, Any]]
    chosen: str
    largest: float
    link: Link
    open_link: Link | None
    findings: Collection[str]
    selected: str


def build(
    result: Mapping[str, Any],
    protocol: Protocol,
    *,
    link: Link,
    chosen: str = "BASIC",
    open_link: Link | None = None,
    findings: Collection[str] = (),
    selected: str = "",
) -> Matrix:
    """Return the matrix of one inventory.

    Parameters
    ----------
    result : mapping
        ``Result.to_dict()`` or the same out of a published document.
    protocol : Protocol
        The protocol the result was computed by.
    link : callable
        Address of a cell or total by its reference.
    chosen : str
        The total whose sums are shown; values outside it are set in italics.
    open_link : callable, optional
        Address of an open cell; without it open cells are no links (pages for reading).
    findings : collection of str
        References of the cells that carry a finding.
    selected : str
        Reference of the cell whose rows are open beside the matrix.
    """
    states = {cell["ref"]: cell for cell in result["cells"]}
    counted = [
        abs(states[cell.ref]["co2e_t"] or 0.0)
        for cell in protocol.cells.values()
        if chosen in cell.counts_in and cell.ref in states
    ]
    work = _Build(protocol, states, chosen, max(counted, default=0.0), link, open_link, findings, selected)
    sums = {sector["id"]: sector["totals"].get(chosen) for sector in result["sectors"]}
    by_id = {total.id: _total(work, total, result["totals"][total.id]) for total in protocol.totals}
    return Matrix(
        caption=_("Inventory by sub-sector and scope, tonnes CO2e"),
        chosen=chosen,
        columns=tuple((said(column.label), column.scope) for column in protocol.columns),
        sectors=tuple(_sector(work, sector, sums.get(sector.id)) for sector in protocol.sectors),
        total=by_id[chosen],
        others=tuple(drawn for name, drawn in by_id.items() if name != chosen),
        keys=tuple(key_note(key) for key in protocol.notation_keys.values()),
        has_findings=bool(findings),
    )


def key_note(key: NotationKey) -> KeyNote:
    """Return a notation key of the protocol in words."""
    return KeyNote(key.id, said(key.label), said(key.explain))


def _total(work: _Build, total: Total, figures: Mapping[str, Any]) -> MatrixTotal:
    note = percent_note(figures.get("uncertainty_percent"))
    value = figures["co2e_t"]
    counted = [cell for cell in work.protocol.cells.values() if total.id in cell.counts_in]
    required = [cell for cell in counted if total.id in cell.required_at]
    return MatrixTotal(
        label=said(total.label),
        value=value,
        range=range_of(value, figures["low_t"], figures["high_t"], full=True, note=note),
        open=sum(_state(work, cell.ref) == "open" for cell in required),
        missing=tuple(figures.get("missing_potentials", ())),
        address=work.link(total.id),
        empty=all(_state(work, cell.ref) == "open" for cell in counted)
        or bool(not value and figures.get("missing_potentials")),
    )


def _sector(work: _Build, sector: Sector, total: float | None) -> MatrixSector:
    cells = [cell for subsector in sector.subsectors for cell in subsector.cells]
    required = [cell for cell in cells if work.chosen in cell.required_at]
    filled = [cell for cell in required if _state(work, cell.ref) != "open"]
    rows = tuple(row for subsector in sector.subsectors for row in _rows(work, subsector))
    return MatrixSector(
        number=sector.id,
        label=said(sector.label),
        theme=sector.theme,
        rows=rows,
        total=total if any(row.total is not None for row in rows) else None,
        required=len(required),
        filled=len(filled),
        note=_coverage(work, cells, len(required), len(filled)),
        gaps=sum(_is_gap(work, cell.ref) for cell in required),
    )


def _coverage(work: _Build, cells: list[Cell], required: int, filled: int) -> str:
    if required:
        return _("%(filled)d of %(required)d required") % {"filled": filled, "required": required}
    still = sum(_state(work, cell.ref) == "open" for cell in cells)
    asked = _("Not required at %(total)s") % {"total": work.chosen}
    if not still:
        return asked
    return f"{asked}; " + ngettext("%(count)d open", "%(count)d open", still) % {"count": still}


def _rows(work: _Build, subsector: Subsector) -> list[MatrixRow]:
    apart = [cell for cell in subsector.cells if cell.separate_row]
    together = [cell for cell in subsector.cells if not cell.separate_row]
    rows = [_row(work, subsector.id, said(subsector.label), together)] if together else []
    return rows + [_row(work, cell.ref, said(cell.label), [cell]) for cell in apart]


def _row(work: _Build, number: str, label: str, cells: list[Cell]) -> MatrixRow:
    by_column = {cell.column: cell for cell in cells}
    drawn = tuple(_cell(work, by_column.get(column.id), column, label) for column in work.protocol.columns)
    counted = [
        work.states[cell.ref]
        for cell in cells
        if work.chosen in cell.counts_in and _state(work, cell.ref) == "value"
    ]
    if not counted:
        return MatrixRow(number, label, drawn, None)
    total = sum(cell["co2e_t"] for cell in counted)
    if not total and any(partial_words(cell) for cell in counted):
        return MatrixRow(number, label, drawn, None)  # not known, which is not nought
    low, high = row_range(counted)
    return MatrixRow(number, label, drawn, total, low, high)


def row_range(cells: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Return low and high of the sum of a few cells, whose errors are taken as independent."""
    total = sum(cell["co2e_t"] for cell in cells)
    below = math.hypot(*(cell["co2e_t"] - cell["low_t"] for cell in cells))
    above = math.hypot(*(cell["high_t"] - cell["co2e_t"] for cell in cells))
    return total - below, total + above


def partial_words(held: Mapping[str, Any]) -> str:
    """Return which gases of a cell have no warming potential; empty if each has one."""
    gases = ", ".join(gas_label(gas) for gas in held.get("missing_potentials") or ())
    return _("no warming potential for %(gases)s in this set") % {"gases": gases} if gases else ""


def _state(work: _Build, ref: str) -> str:
    return str(work.states[ref]["state"]) if ref in work.states else "open"


def _is_gap(work: _Build, ref: str) -> bool:
    return _state(work, ref) == "open" or work.states[ref]["notation_key"] == NOT_ESTIMATED


def _cell(work: _Build, cell: Cell | None, column: Column, row_label: str) -> MatrixCell:
    heading = said(column.label)
    if cell is None:
        return MatrixCell("none", column=heading)
    ref, state = cell.ref, _state(work, cell.ref)
    base = MatrixCell(state, ref, heading, finding=ref in work.findings, selected=ref == work.selected)
    whose = f"{ref}, {row_label}, {heading}"
    if state == "value":
        return _value_cell(work, base, whose, cell)
    if state == "key":
        return _key_cell(work, base, whose)
    says, text = f"{whose}: " + _("open"), _("open")
    return replace(base, text=text, says=says, address=work.open_link(ref) if work.open_link else "")


def _value_cell(work: _Build, base: MatrixCell, whose: str, cell: Cell) -> MatrixCell:
    value = work.states[base.ref]["co2e_t"]
    if missing := partial_words(work.states[base.ref]):
        text = _("%(value)s, partial") % {"value": numbers.tonnes(value)} if value else _("partial")
        return replace(
            base,
            text=text,
            step=size_step(value, work.largest),
            counted=work.chosen in cell.counts_in,
            says=f"{whose}: {text}; {missing}",
            address=work.link(base.ref),
        )
    counted = work.chosen in cell.counts_in
    return replace(
        base,
        text=numbers.tonnes(value),
        exact=numbers.exact(value),
        step=size_step(value, work.largest) if counted else 0,
        counted=counted,
        says=f"{whose}: {numbers.tonnes(value)} t CO2e",
        address=work.link(base.ref),
    )


def _key_cell(work: _Build, base: MatrixCell, whose: str) -> MatrixCell:
    held = work.states[base.ref]
    key, reason = held["notation_key"], held.get("reason") or ""
    note = work.protocol.notation_keys.get(key)
    label = said(note.label) if note else key
    words = f"{label}. {reason}" if reason else label
    return replace(
        base, key=key, key_label=words, says=f"{whose}: {key}, {label}", address=work.link(base.ref)
    )


def size_step(value: float, largest: float) -> int:
    """Return how deep a cell is drawn, 1 to 5, by its share of the largest counted cell."""
    if not value or not largest:
        return 1
    share = abs(value) / largest
    return 1 + sum(share >= step for step in STEPS)
