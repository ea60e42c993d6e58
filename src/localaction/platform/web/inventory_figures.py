"""The headline figures of one inventory: total, per person, largest part, how much is covered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.platform.web import charts_sectors, numbers
from localaction.platform.web.matrix import Matrix, MatrixTotal
from localaction.platform.web.parts import Figure, Standing, emissions_figure, range_of
from localaction.platform.web.records import Record


def figures(record: Record, matrix: Matrix) -> list[Figure]:
    """Return the headline figures: total, per person, largest part, how much is covered."""
    total = matrix.total
    found = [
        _unknown(record, total)
        if total.empty and total.missing
        else emissions_figure(
            _("Emissions in %(year)s, %(total)s") % {"year": record.year, "total": total.label},
            total.value,
            total.range.low,
            total.range.high,
            address=total.address,
            standing=standing_of(record),
            note=_("Without %(gases)s: no potential in this set.") % {"gases": ", ".join(total.missing)}
            if total.missing
            else "",
        )
    ]
    if record.population and not total.empty:
        found.append(_per_person(record, matrix))
    if largest := _largest(matrix):
        found.append(largest)
    found.append(_coverage(matrix))
    return found


def _unknown(record: Record, total: MatrixTotal) -> Figure:
    return Figure(
        _("Emissions in %(year)s, %(total)s") % {"year": record.year, "total": total.label},
        text=_("partial"),
        unit="",
        exact="",
        note=_("Without %(gases)s: no potential in this set.") % {"gases": ", ".join(total.missing)},
        address=total.address,
        address_text=_("How do we know?"),
    )


def standing_of(record: Record) -> Standing:
    """Return the mark of a figure: estimated while a draft, then reported, or verified."""
    if record.draft:
        return "estimated"
    return "verified" if record.checked is not None and record.checked.verified else "reported"


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
        standing=standing_of(record),
        note=_("%(total)s ÷ %(people)s people") % {"total": total.label, "people": numbers.number(people)},
        address=total.address,
        address_text=_("How do we know?"),
    )


def _largest(matrix: Matrix) -> Figure | None:
    rows = [row for _sector, drawn in charts_sectors.bars(matrix) for row in drawn]
    if not rows or matrix.total.value <= 0:
        return None
    row = max(rows, key=lambda row: row.total or 0.0)
    share = (row.total or 0.0) / matrix.total.value
    words = {"part": row.label, "amount": numbers.tonnes(row.total or 0.0), "total": matrix.chosen}
    return Figure(
        _("Largest part"),
        text=numbers.percent(share),
        unit=_("of what is estimated") if matrix.has_gaps else _("of %(total)s") % words,
        exact=numbers.exact(share),
        note=_("%(part)s: %(amount)s t CO2e.") % words,
        address="#matrix-h",
        address_text=_("See its cells"),
    )


def _coverage(matrix: Matrix) -> Figure:
    required = sum(sector.required for sector in matrix.sectors)
    filled = sum(sector.filled for sector in matrix.sectors)
    return Figure(
        _("Cells answered"),
        text=str(filled),
        unit=_("of %(required)d required at %(total)s") % {"required": required, "total": matrix.chosen},
        note=_("A cell is answered by a value, or by a key that says why there is none."),
        address="#matrix-h",
        address_text=_("See every cell"),
    )
