"""What the page of one inventory shows, built from its record: figures, chart, table, files, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import charts_sectors, numbers
from localaction.platform.web.matrix import Matrix, build
from localaction.platform.web.parts import (
    Cell,
    Column,
    Figure,
    File,
    ObjectView,
    Table,
    emissions_figure,
    percent_note,
    range_of,
)
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library
from localaction.platform.web.templatetags.web import day

CHOSEN = "BASIC"


@dataclass(frozen=True)
class Fact:
    """One fact in the line under a place's name."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Notice:
    """One thing that readers of the figures should know."""

    title: str
    text: str


def matrix_of(record: Record) -> Matrix:
    """Return the matrix for reading: every cell that holds something leads to its trail."""
    return build(record.result, library().protocol, link=record.trail, chosen=CHOSEN)


def page(record: Record) -> dict[str, Any]:
    """Return everything the template needs for one inventory."""
    matrix = matrix_of(record)
    return {
        "record": record,
        "matrix": matrix,
        "figures": figures(record, matrix),
        "facts": facts(record),
        "by_sector": by_sector(record, matrix),
        "totals": [matrix.total, *matrix.others],
        "sureness": sureness(record.result),
        "notices": notices(record.result, matrix),
        "method": method(record.result),
        "files": files(record),
        "citation": citation(record),
    }


def facts(record: Record) -> list[Fact]:
    """Return people, protocol, warming potentials and dates in short words."""
    result = record.result
    found = [Fact(_("Protocol: %(protocol)s") % {"protocol": str(result["protocol"]).upper().replace("@", " ")})]
    found.append(Fact(_("Warming potentials: %(set)s") % {"set": result["gwp_set"]["label"]}))
    if record.population is not None:
        people = numbers.number(record.population)
        found.insert(0, Fact(_("%(people)s people (%(year)s)") % {"people": people, "year": record.year}))
    if record.published_at:
        found.append(Fact(_("Published %(day)s") % {"day": day(record.published_at)}))
    return found


def figures(record: Record, matrix: Matrix) -> list[Figure]:
    """Return the headline figures: total, per person, largest part, how much is covered."""
    total, standing = matrix.total, ("estimated" if record.draft else "reported")
    found = [
        emissions_figure(
            _("Emissions in %(year)s, %(total)s") % {"year": record.year, "total": total.label},
            total.value,
            total.range.low,
            total.range.high,
            address=total.address,
            standing=standing,  # type: ignore[arg-type]
            note=_("Without %(gases)s: no potential in this set.") % {"gases": ", ".join(total.missing)} if total.missing else "",
        )
    ]
    if record.population:
        found.append(_per_person(record, matrix))
    if largest := _largest(matrix):
        found.append(largest)
    found.append(_coverage(matrix))
    return found


def _per_person(record: Record, matrix: Matrix) -> Figure:
    people, total = record.population or 1.0, matrix.total
    value, low, high = total.value / people, total.range.low / people, total.range.high / people
    span = range_of(value, low, high)
    return Figure(
        _("Per person in %(year)s") % {"year": record.year},
        text=numbers.readable(value, 3),
        unit="t CO2e",
        exact=numbers.exact(value),
        range=span,
        standing="estimated" if record.draft else "reported",
        address=total.address,
        address_text=_("How do we know?"),
    )


def _largest(matrix: Matrix) -> Figure | None:
    rows = [row for _sector, drawn in charts_sectors.bars(matrix) for row in drawn]
    if not rows or matrix.total.value <= 0:
        return None
    row = max(rows, key=lambda row: row.total or 0.0)
    share = (row.total or 0.0) / matrix.total.value
    words = {"amount": numbers.tonnes(row.total or 0.0), "total": matrix.chosen}
    return Figure(
        row.label,
        text=numbers.percent(share),
        unit=_("of %(total)s") % words,
        exact=numbers.exact(share),
        note=_("The largest part: %(amount)s t CO2e.") % words,
        address="#matrix-h",
        address_text=_("See its cells"),
    )


def _coverage(matrix: Matrix) -> Figure:
    required = sum(sector.required for sector in matrix.sectors)
    filled = sum(sector.filled for sector in matrix.sectors)
    return Figure(
        _("Cells filled"),
        text=str(filled),
        unit=_("of %(required)d required at %(total)s") % {"required": required, "total": matrix.chosen},
        note=_("A cell is filled by a value or by a key with its reason."),
        address="#matrix-h",
        address_text=_("See every cell"),
    )


def by_sector(record: Record, matrix: Matrix) -> ObjectView:
    """Return emissions by sub-sector as chart, table and file."""
    return ObjectView(
        key="sectors",
        title=charts_sectors.finding(matrix),
        subtitle=_("By sub-sector in %(year)s, t CO2e, level %(total)s. Lines show low to high; cells of one sub-sector taken as independent.")
        % {"year": record.year, "total": matrix.chosen},
        source=source_line(record),
        chart=charts_sectors.chart(matrix),
        table=sector_table(matrix),
        files=[
            File(_("Every cell with its value or key"), "CSV", record.file("cells.csv")),
            File(_("The picture"), "SVG", record.file("chart.svg")),
        ],
    )


def source_line(record: Record) -> str:
    """Return the source and method of the figures in one line."""
    protocol = library().protocol.title
    where = record.citation or record.place.shown
    return _("Source: %(source)s. Method: %(protocol)s.") % {"source": where.rstrip("."), "protocol": protocol}


def sector_table(matrix: Matrix) -> Table:
    """Return the figures of the chart as a table, sums of the sectors among them."""
    columns = [
        Column(_("Sub-sector")),
        Column("t CO2e", number=True),
        Column(_("Low to high"), number=True),
        Column(_("Share of %(total)s") % {"total": matrix.chosen}, number=True),
    ]
    rows = []
    whole = matrix.total.value
    for sector, drawn in charts_sectors.bars(matrix):
        for row in drawn:
            value = row.total or 0.0
            rows.append(
                [
                    Cell(f"{row.number} {row.label}", note=sector.label),
                    Cell(numbers.tonnes(value), exact=numbers.exact(value), number=True),
                    Cell(numbers.tonnes_span(row.low, row.high), number=True),
                    Cell(numbers.percent(value / whole, 1) if whole else "", number=True),
                ]
            )
    total = matrix.total
    foot = [
        Cell(total.label),
        Cell(numbers.tonnes(total.value), exact=numbers.exact(total.value), number=True),
        Cell(total.range.text, number=True),
        Cell(numbers.percent(1), number=True),
    ]
    return Table(_("Emissions by sub-sector"), columns, rows, foot)


def sureness(result: Mapping[str, Any]) -> list[str]:
    """Return how the ranges were made and how much rests on default grades, in sentences."""
    uncertainty = result["uncertainty"]
    share = uncertainty.get("default_share") or 0.0
    lines = [_("Low to high: %(confidence)s %% interval.") % {"confidence": uncertainty["confidence"]}]
    if share:
        lines.append(
            _("%(share)s of the emissions rest on a default range, because the source states none.")
            % {"share": numbers.percent(share)}
        )
    return lines


def method(result: Mapping[str, Any]) -> str:
    """Return the name of the method behind low and high."""
    return _("Low to high: %(method)s") % {"method": result["uncertainty"]["method"]}


def notices(result: Mapping[str, Any], matrix: Matrix) -> list[Notice]:
    """Return what readers of the totals should know: open cells, gases without potential, what cannot be recomputed."""
    total = result["totals"][matrix.chosen]
    found = []
    if matrix.total.open:
        text = ngettext("%(count)d required cell is open.", "%(count)d required cells are open.", matrix.total.open)
        found.append(Notice(_("The total is not complete."), text % {"count": matrix.total.open}))
    if matrix.total.missing:
        words = {"gases": ", ".join(matrix.total.missing)}
        found.append(Notice(_("A gas is missing."), _("There is no warming potential for %(gases)s in this set.") % words))
    fixed = total.get("not_recomputable_t") or 0.0
    if fixed:
        words = {"tonnes": numbers.tonnes(fixed)}
        found.append(
            Notice(
                _("Part of it keeps its own warming potentials."),
                _("%(tonnes)s t CO2e were given without a split by gas, and stay as they are under any set.") % words,
            )
        )
    return found


def files(record: Record) -> list[File]:
    """Return the files of an inventory."""
    return [
        File(_("The whole document, frozen as published"), "JSON", record.file("inventory.json"), _("Totals, cells, rows, factors, sources; the digest below is of these bytes.")),
        File(_("Every cell with value, range, gases, key and reason"), "CSV", record.file("cells.csv")),
        File(_("Every activity row as it was entered"), "CSV", record.file("rows.csv"), _("The format of uploads: it computes to the same inventory.")),
        File(_("The chart"), "SVG", record.file("chart.svg")),
    ]


def citation(record: Record) -> str:
    """Return how to cite the inventory."""
    words = {
        "source": (record.citation or record.place.shown).rstrip("."),
        "place": record.place.shown,
        "year": record.year,
        "address": record.address,
        "day": day(record.published_at) if record.published_at else "",
    }
    return _("%(source)s. Greenhouse-gas inventory %(year)s of %(place)s, published on Local Action %(day)s at %(address)s.") % words


def whole_years(years: Sequence[int], record: Record | None, address: Any) -> list[tuple[int, str]]:
    """Return the published years of a place with their addresses, newest first."""
    return [(year, address(year)) for year in sorted(years, reverse=True)]


__all__ = ["CHOSEN", "matrix_of", "page", "percent_note"]
