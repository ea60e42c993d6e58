"""One published figure with its formula, for the first page: what "explains itself" means."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from localaction.platform.publication.queries import newest_explained
from localaction.platform.web import trail
from localaction.platform.web.reading import published_record
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library, said

#: How many of the newest inventories that rest on a factor are looked at: one may be withdrawn in between.
TRIES = 2


@dataclass(frozen=True)
class Example:
    """One row of one published inventory, from its amount to its tonnes."""

    title: str
    line: trail.Line
    address: str


def explained_example() -> Example | None:
    """Return the largest row with a factor of the newest inventory that has one; None if none has."""
    for code, year in newest_explained(TRIES):
        record = published_record(code, year)
        if record and (found := _example(record)):
            return found
    return None


def _example(record: Record) -> Example | None:
    with_factor = [line for line in record.result["lines"] if line["factor"]]
    if not with_factor:
        return None
    largest = max(with_factor, key=lambda line: line["co2e_t"])
    cell = library().protocol.cells[largest["ref"]]
    words = {"cell": said(cell.label), "place": record.place.shown, "year": record.year}
    title = _("%(cell)s, %(place)s %(year)s") % words
    return Example(title, trail.lines([largest], largest["co2e_t"])[0], record.trail(cell.ref))
