"""The emissions of one inventory by sub-sector as chart, table and file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.platform.web import charts_sectors, numbers
from localaction.platform.web.matrix import Matrix
from localaction.platform.web.parts import Cell, Column, File, ObjectView, Table
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library


def by_sector(record: Record, matrix: Matrix) -> ObjectView:
    """Return emissions by sub-sector as chart, table and file."""
    return ObjectView(
        key="sectors",
        title=charts_sectors.finding(matrix),
        subtitle=_(
            "By sub-sector in %(year)s, t CO2e, level %(total)s. "
            "Lines show low to high; cells of one sub-sector taken as independent."
        )
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
    return _("Source: %(source)s. Method: %(protocol)s.") % {
        "source": where.rstrip("."),
        "protocol": protocol,
    }


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
