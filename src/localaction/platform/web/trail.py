"""The way back from a figure: formula, rows, factors, warming potentials - all out of one document.

Nothing here computes an emission: every number is in the result (``Result.to_dict()``) already;
this orders it for reading. Drawn by ``web/figure.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from localaction.engine.references.gwp import GwpSet
from localaction.engine.references.protocol import Protocol
from localaction.platform.web import numbers
from localaction.platform.web.parts import QUALITY_BARS, percent_note
from localaction.platform.web.rulebook import gas_label, said

#: Rows shown on the page; all of them are in the files.
SHOWN = 60
#: The gas that stands for CO2e given without a split.
UNSPLIT = "CO2E_UNSPLIT"
MARKET = "market"
Link = Callable[[str], str]


@dataclass(frozen=True)
class Term:
    """One term of a formula: the sign before it, its text, unit and what it is."""

    sign: str
    text: str
    unit: str
    small: str
    exact: str


@dataclass(frozen=True)
class Line:
    """One activity row with its formula."""

    label: str
    amount: str
    unit: str
    exact: str
    terms: tuple[Term, ...]
    co2e: float
    share: float
    activity_note: str
    quality: int | None
    source: str
    note: str
    row: int | None


@dataclass(frozen=True)
class GasValue:
    """One gas of a factor: mass per unit of activity, with low and high."""

    gas: str
    value: float
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True)
class FactorUse:
    """A factor that a figure rests on, and why it was taken."""

    id: str
    label: str
    address: str
    gases: tuple[GasValue, ...]
    why: str
    source: str
    source_address: str
    locator: str
    place: str
    year: int | None
    tier: int | None
    confidence: str


@dataclass(frozen=True)
class GasShare:
    """One gas of a figure: tonnes of gas, potential, tonnes of CO2e."""

    gas: str
    tonnes: float
    potential: float | None
    co2e: float | None


@dataclass(frozen=True)
class Place:
    """One place a figure counts in: what, how much, and its share there."""

    label: str
    value: float
    share: float | None
    address: str


def cell_of(result: Mapping[str, Any], ref: str) -> Mapping[str, Any] | None:
    """Return the cell with this reference, or None."""
    return next((cell for cell in result["cells"] if cell["ref"] == ref), None)


def lines_of(result: Mapping[str, Any], ref: str) -> list[Mapping[str, Any]]:
    """Return the lines of one cell in their order."""
    return [line for line in result["lines"] if line["ref"] == ref and line.get("basis") != MARKET]


def market_lines_of(result: Mapping[str, Any], ref: str) -> list[Mapping[str, Any]]:
    """Return the market-based lines of one cell: beside its figure, part of no total."""
    return [line for line in result["lines"] if line["ref"] == ref and line.get("basis") == MARKET]


def lines(found: Sequence[Mapping[str, Any]], total: float) -> list[Line]:
    """Return the first rows of a cell as formulas."""
    return [_line(line, total) for line in found[:SHOWN]]


def _line(line: Mapping[str, Any], total: float) -> Line:
    grade = line.get("data_quality") or ""
    uncertainty = line.get("uncertainty") or {}
    amount = float(line["amount"])
    return Line(
        label=_label(line),
        amount=numbers.readable(amount, 6),
        unit=line["unit"],
        exact=numbers.exact(line["amount"]),
        terms=_terms(line, amount),
        co2e=line["co2e_t"],
        share=line["co2e_t"] / total if total else 0.0,
        activity_note=percent_note(uncertainty.get("activity_percent")),
        quality=QUALITY_BARS.get(grade),
        source=line.get("source") or "",
        note=line.get("note") or "",
        row=line.get("row"),
    )


def _terms(line: Mapping[str, Any], amount: float) -> tuple[Term, ...]:
    """Return amount, conversions, factor and result; what is between them is what was multiplied."""
    result, unit, reached = line["co2e_t"], line["unit"], amount
    terms = [Term("", numbers.readable(amount, 6), unit, _label(line), numbers.exact(line["amount"]))]
    for step in line.get("steps") or ():
        reached, unit = float(step["value"]), step["unit"]
        terms.append(Term("→", numbers.readable(reached, 6), unit, step["label"], numbers.exact(reached)))
    if reached and not is_unsplit(line):
        per_unit = result / reached
        small = _("factor, all gases") if line.get("factor") else _("warming potential")
        text = numbers.readable(per_unit, 7)
        terms.append(Term("×", text, f"t CO2e/{unit}", small, numbers.exact(per_unit)))
    terms.append(Term("=", numbers.tonnes(result), "t CO2e", "", numbers.exact(result)))
    return tuple(terms)


def _label(line: Mapping[str, Any]) -> str:
    return str(line.get("label") or line.get("activity") or "")


def is_unsplit(line: Mapping[str, Any]) -> bool:
    """Return whether a row gives CO2e without a split by gas, so that nothing is multiplied."""
    return not line.get("factor") and set(line.get("gases_t") or ()) == {UNSPLIT}


FULL_FORMULA = gettext_noop("E = Σ rows ( amount × conversions × Σ gases ( factor × warming potential ) )")


def formula_of(found: Sequence[Mapping[str, Any]]) -> str:
    """Return the formula that all of these rows follow, in letters."""
    if all(is_unsplit(line) for line in found):
        return _("E = Σ rows ( amount )")
    if not any(line.get("factor") for line in found):
        return _("E = Σ rows ( amount × warming potential )")
    return _(FULL_FORMULA)


def factors_of(
    result: Mapping[str, Any], found: Iterable[Mapping[str, Any]], link: Link, source_link: Link
) -> list[FactorUse]:
    """Return the factors that lines rest on, each once, in the order they appear."""
    why = {line["factor"]: line.get("why") or "" for line in reversed(list(found)) if line.get("factor")}
    ids = reversed(list(why))
    return [_factor(name, result["factors"][name], why[name], result, link, source_link) for name in ids]


def _factor(
    name: str, record: Mapping[str, Any], why: str, result: Mapping[str, Any], link: Link, source_link: Link
) -> FactorUse:
    ref = record.get("source_ref") or ""
    source = result.get("sources", {}).get(ref) or {}
    unit = f"kg/{record['activity_unit']}"
    gases = [
        GasValue(gas_label(gas), held["value"], held.get("low"), held.get("high"), unit)
        for gas, held in record["gases"].items()
    ]
    return FactorUse(
        id=name,
        label=said(record.get("label")),
        address=link(name),
        gases=tuple(gases),
        why=why,
        source=said(source.get("title")) or ref,
        source_address=source_link(ref) if ref else "",
        locator=record.get("locator") or "",
        place=record.get("place") or "",
        year=record.get("year"),
        tier=record.get("tier"),
        confidence=record.get("confidence") or "",
    )


def gases(tonnes: Mapping[str, float], potentials: GwpSet) -> list[GasShare]:
    """Return each gas with its potential and product; a gas without a potential says so."""
    shares = []
    for gas, mass in tonnes.items():
        potential = 1.0 if gas == UNSPLIT else potentials.potential(gas)
        shares.append(
            GasShare(gas_label(gas), mass, potential, None if potential is None else mass * potential)
        )
    return shares


def counted_in(
    result: Mapping[str, Any], protocol: Protocol, ref: str, value: float, link: Link
) -> list[Place]:
    """Return where a cell counts: its sector and every total it belongs to."""
    cell = protocol.cells[ref]
    sector = next(sector for sector in protocol.sectors if sector.id == cell.sector)
    sums = next(held["totals"] for held in result["sectors"] if held["id"] == sector.id)
    places: list[Place] = []
    for total in protocol.totals:
        if total.id not in cell.counts_in:
            continue
        words = {"part": said(sector.label), "total": said(total.label)}
        part, whole = sums.get(total.id), result["totals"][total.id]["co2e_t"]
        if part and not places:
            address = link(f"{total.id}:{sector.id}")
            places.append(Place(_("%(part)s, %(total)s") % words, part, value / part, address))
        places.append(
            Place(_("%(total)s total") % words, whole, value / whole if whole else None, link(total.id))
        )
    return places


@dataclass(frozen=True)
class Addend:
    """One cell that adds to a total."""

    ref: str
    label: str
    theme: str
    value: float
    share: float
    address: str
    known: bool = True  # False where no cell holds a figure: a gap, not zero


def gases_of(result: Mapping[str, Any], refs: Iterable[str]) -> dict[str, float]:
    """Return the tonnes of each gas in some cells together."""
    wanted, found = set(refs), dict[str, float]()
    for cell in result["cells"]:
        for gas, mass in cell["gases_t"].items() if cell["ref"] in wanted else ():
            found[gas] = found.get(gas, 0.0) + mass
    return found


def addends(
    result: Mapping[str, Any], protocol: Protocol, total: str, link: Link, sector: str = ""
) -> list[Addend]:
    """Return the cells that add up to a total, or to a sector in it, largest first."""
    sums: Mapping[str, float] = next(
        (held["totals"] for held in result["sectors"] if held["id"] == sector), {}
    )
    whole = sums[total] if sector else result["totals"][total]["co2e_t"]
    themes = {sector.id: sector.theme for sector in protocol.sectors}
    found = []
    for held in result["cells"]:
        cell = protocol.cells.get(held["ref"])
        if sector and cell and cell.sector != sector:
            continue
        if cell and total in cell.counts_in and held["state"] == "value":
            value = held["co2e_t"]
            share = value / whole if whole else 0.0
            found.append(
                Addend(cell.ref, said(cell.label), themes[cell.sector], value, share, link(cell.ref))
            )
    return sorted(found, key=lambda addend: -abs(addend.value))
