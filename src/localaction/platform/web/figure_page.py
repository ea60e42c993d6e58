"""What the trail page of one figure shows: a cell with a value, a key or nothing, or a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers, trail
from localaction.platform.web.matrix import KeyNote, key_note
from localaction.platform.web.parts import File, Range, percent_note, range_of
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library, said
from localaction.platform.web.trail_parts import (
    SECTOR_MARK,
    Gap,
    gaps,
    members,
    sector_addends,
    sector_sum,
)


@dataclass(frozen=True)
class Gwp:
    """The warming-potential set of an inventory."""

    id: str
    label: str
    source: str
    source_address: str


@dataclass(frozen=True)
class FigurePage:
    """Everything the trail page shows; which parts are there depends on what the figure is."""

    ref: str
    short: str
    title: str
    label: str
    lead: str
    template: str
    address: str
    document: str
    files: Sequence[File]
    standing: str = ""
    standing_text: str = ""
    value: float | None = None
    range: Range | None = None
    quality: int | None = None
    biogenic: float = 0.0
    counts: Sequence[trail.Place] = ()
    lines: Sequence[trail.Line] = ()
    more: int = 0
    formula: str = ""
    formula_lead: str = ""
    factors: Sequence[trail.FactorUse] = ()
    gases: Sequence[trail.GasShare] = ()
    gwp: Gwp | None = None
    key: KeyNote | None = None
    reason: str = ""
    included: Sequence[trail.Place] = ()
    addends: Sequence[trail.Addend] = ()
    market: Sequence[trail.Line] = ()
    market_value: float | None = None
    market_note: str = ""
    remarks: Sequence[str] = ()
    rows: int = 0
    gaps: Sequence[Gap] = ()
    sectors: Sequence[trail.Addend] = ()
    cells: Sequence[str] = ()


def figure_page(record: Record, ref: str) -> FigurePage | None:
    """Return the trail page of a cell or total; None if the protocol has neither by that name."""
    total, _colon, sector = ref.partition(SECTOR_MARK)
    if total in record.result["totals"]:
        if not sector:
            return _total_page(record, total)
        known = {held.id for held in library().protocol.sectors}
        return sector_page(record, total, sector) if sector in known else None
    cell = trail.cell_of(record.result, ref)
    if cell is None or ref not in library().protocol.cells:
        return None
    pages = {"value": _value_page, "key": _key_page, "open": _open_page}
    return pages[str(cell["state"])](record, cell)


def _common(record: Record, ref: str) -> dict[str, Any]:
    """Return what every trail page has."""
    if record.draft:
        standing, text = "estimated", _("Draft, not published")
    else:
        verified = record.checked is not None and record.checked.verified
        standing, text = ("verified", _("Verified")) if verified else ("reported", _("Reported"))
    end = "?draft=1" if record.draft else ""
    files = tuple(
        File(
            "",
            kind.upper(),
            reverse("web:figure-file", args=[record.place.code, record.year, ref, kind]) + end,
        )
        for kind in ("json", "csv")
    )
    return {
        "ref": ref,
        "address": record.trail(ref),
        "document": record.file("inventory.json"),
        "files": files,
        "standing": standing,
        "standing_text": text,
        "gwp": _gwp(record.result),
    }


def _gwp(result: Mapping[str, Any]) -> Gwp:
    held = result["gwp_set"]
    source = (result.get("sources") or {}).get(held["source"]) or {}
    title = str(source.get("title") or held["source"])
    locator = held.get("locator") or ""
    shown = f"{title}, {locator}" if locator else title
    return Gwp(held["id"], held["label"], shown, reverse("web:source", args=[held["source"]]))


def _names(record: Record, ref: str) -> dict[str, Any]:
    """Return the words of a cell's titles."""
    protocol = library().protocol
    cell = protocol.cells[ref]
    sector = next(sector for sector in protocol.sectors if sector.id == cell.sector)
    row = next(row for row in sector.subsectors if row.id == cell.subsector)
    column = next(column for column in protocol.columns if column.id == cell.column)
    return {
        "part": said(row.label),
        "place": record.place.shown,
        "year": record.year,
        "ref": ref,
        "column": said(column.label),
        "scope": cell.scope,
        "sector": said(sector.label),
    }


def _value_page(record: Record, cell: Mapping[str, Any]) -> FigurePage:
    ref, value = str(cell["ref"]), float(cell["co2e_t"])
    names = _names(record, ref) | {"value": numbers.tonnes(value)}
    found = trail.lines_of(record.result, ref)
    gwp = library().gwp_sets[record.result["gwp_set"]["id"]]
    qualities = {line.quality for line in trail.lines(found, value)}
    hidden = record.result.get("lines_complete") is False and not found
    return FigurePage(
        **_common(record, ref),
        short=_("%(part)s (%(ref)s), %(place)s %(year)s") % names,
        title=_("%(part)s in %(place)s: %(value)s tonnes of CO2e in %(year)s") % names,
        label=said(library().protocol.cells[ref].label),
        lead=_("One cell of the inventory. Sector: %(sector)s. Column: %(column)s, scope %(scope)s.") % names,
        template="web/parts/trail_cell.html",
        value=value,
        range=range_of(
            value,
            cell["low_t"],
            cell["high_t"],
            full=True,
            note=percent_note(cell.get("uncertainty_percent")),
        ),
        quality=qualities.pop() if len(qualities) == 1 else None,
        biogenic=cell.get("co2_biogenic_t") or 0.0,
        counts=trail.counted_in(record.result, library().protocol, ref, value, record.trail),
        lines=trail.lines(found, value),
        more=max(0, (cell["rows"] if hidden else len(found)) - (0 if hidden else trail.SHOWN)),
        formula=trail.FULL_FORMULA if hidden else trail.formula_of(found),
        formula_lead=_hidden_lead(int(cell["rows"])) if hidden else _formula_lead(found),
        rows=int(cell["rows"]),
        cells=(ref,),
        factors=trail.factors_of(record.result, found, _factor_link(record), _source_address),
        gases=trail.gases(cell["gases_t"], gwp),
        **_market(record.result, cell),
    )


def _hidden_lead(count: int) -> str:
    """Return what is said of a cell whose rows are too many for the document."""
    text = ngettext(
        "The figure is the sum of %(count)s row. An inventory of this size keeps no lines in its document.",
        "The figure is the sum of %(count)s rows. An inventory of this size keeps no lines in its document.",
        count,
    )
    return text % {"count": numbers.number(count)}


def _market(result: Mapping[str, Any], cell: Mapping[str, Any]) -> dict[str, Any]:
    held = cell.get("market")
    if not held:
        return {}
    value, share = float(held["co2e_t"]), held.get("coverage")
    note = _("How much of the energy they cover is not known.")
    if share is not None:
        note = _("They cover %(share)s of the energy.") % {"share": numbers.percent(share)}
    lines = trail.lines(trail.market_lines_of(result, str(cell["ref"])), value)
    return {"market": lines, "market_value": value, "market_note": note}


def _formula_lead(found: Sequence[Mapping[str, Any]]) -> str:
    count = len(found)
    if not any(line.get("factor") for line in found):
        text = ngettext(
            "One row, entered as emissions.", "%(count)d rows, entered as emissions; added.", count
        )
    else:
        text = ngettext(
            "One row: amount, converted where needed, × factor of each gas × its warming potential.",
            "%(count)d rows: amount, converted, × factor of each gas × its potential; then added.",
            count,
        )
    return text % {"count": count}


def _key_page(record: Record, cell: Mapping[str, Any]) -> FigurePage:
    ref = str(cell["ref"])
    key = key_note(library().protocol.notation_keys[str(cell["notation_key"])])
    names = _names(record, ref) | {"key": key.label.lower()}
    included = [
        trail.Place(f"{other} {said(library().protocol.cells[other].label)}", 0.0, None, record.trail(other))
        for other in cell.get("included_in") or ()
        if other in library().protocol.cells
    ]
    return FigurePage(
        **_common(record, ref),
        short=_("%(part)s (%(ref)s), %(place)s %(year)s") % names,
        title=_("%(part)s in %(place)s in %(year)s: %(key)s") % names,
        label=said(library().protocol.cells[ref].label),
        lead="",
        template="web/parts/trail_key.html",
        key=key,
        cells=(ref,),
        reason=str(cell.get("reason") or ""),
        included=included,
    )


def _open_page(record: Record, cell: Mapping[str, Any]) -> FigurePage:
    ref = str(cell["ref"])
    names = _names(record, ref)
    return FigurePage(
        **_common(record, ref),
        short=_("%(part)s (%(ref)s), %(place)s %(year)s") % names,
        title=_("%(part)s in %(place)s in %(year)s: open") % names,
        label=said(library().protocol.cells[ref].label),
        lead="",
        template="web/parts/trail_open.html",
        cells=(ref,),
    )


def _total_page(record: Record, name: str) -> FigurePage:
    held, protocol = record.result["totals"][name], library().protocol
    total = next(total for total in protocol.totals if total.id == name)
    value = float(held["co2e_t"])
    names = {
        "total": said(total.label),
        "place": record.place.shown,
        "year": record.year,
        "value": numbers.tonnes(value),
    }
    gwp = library().gwp_sets[record.result["gwp_set"]["id"]]
    return FigurePage(
        **_common(record, name),
        short=_("%(total)s total, %(place)s %(year)s") % names,
        title=_("%(total)s total of %(place)s: %(value)s tonnes of CO2e in %(year)s") % names,
        label=_("%(total)s total") % names,
        lead=said(total.note),
        template="web/parts/trail_total.html",
        value=value,
        range=range_of(
            value,
            held["low_t"],
            held["high_t"],
            full=True,
            note=percent_note(held.get("uncertainty_percent")),
        ),
        biogenic=held.get("co2_biogenic_t") or 0.0,
        gases=trail.gases(held["gases_t"], gwp),
        addends=trail.addends(record.result, protocol, name, record.trail),
        remarks=_remarks(record.result, held),
        gaps=gaps(record, name),
        sectors=sector_addends(record, name),
        cells=members(name),
    )


def _remarks(result: Mapping[str, Any], held: Mapping[str, Any]) -> list[str]:
    lines = [_("Low to high: %(method)s") % {"method": result["uncertainty"]["method"]}]
    if biogenic := held.get("co2_biogenic_t"):
        words = {"tonnes": numbers.tonnes(biogenic)}
        lines.append(_("Beside it, %(tonnes)s t of biogenic CO2 that are not in the figure.") % words)
    if missing := held.get("missing_potentials"):
        words = {"gases": ", ".join(missing)}
        lines.append(_("Without %(gases)s: no potential in this set.") % words)
    return lines


def _factor_link(record: Record) -> trail.Link:
    """Return how factors are linked: a place's own one has a page once what rests on it is published."""

    def address(name: str) -> str:
        has_page = not record.draft or name in library().factors.all
        return reverse("web:factor", args=[name]) if has_page else ""

    return address


def _source_address(ref: str) -> str:
    return reverse("web:source", args=[ref]) if ref in library().sources else ""


def sector_page(record: Record, name: str, sector_id: str) -> FigurePage:
    """Return the trail of what one sector adds to a total."""
    protocol = library().protocol
    sector = next(held for held in protocol.sectors if held.id == sector_id)
    total = next(held for held in protocol.totals if held.id == name)
    value = sector_sum(record.result, name, sector_id)
    names = {
        "part": said(sector.label),
        "total": said(total.label),
        "place": record.place.shown,
        "year": record.year,
        "value": numbers.tonnes(value),
    }
    gwp = library().gwp_sets[record.result["gwp_set"]["id"]]
    whole = record.result["totals"][name]["co2e_t"]
    counted = trail.Place(
        _("%(total)s total") % names, whole, value / whole if whole else None, record.trail(name)
    )
    refs = members(name, sector_id)
    return FigurePage(
        **_common(record, f"{name}{SECTOR_MARK}{sector_id}"),
        short=_("%(part)s in %(total)s, %(place)s %(year)s") % names,
        title=_("%(part)s in %(place)s, %(total)s: %(value)s tonnes of CO2e in %(year)s") % names,
        label=_("%(part)s, %(total)s") % names,
        lead=_("What the sector adds to the total. The document gives no range for sectors."),
        template="web/parts/trail_total.html",
        value=value,
        counts=(counted,),
        gases=trail.gases(trail.gases_of(record.result, refs), gwp),
        addends=trail.addends(record.result, protocol, name, record.trail, sector_id),
        gaps=gaps(record, name, sector_id),
        cells=refs,
    )
