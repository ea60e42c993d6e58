"""What an import does or did, in words and tables: counts, totals, untidy cells, exceptions by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.accounts.queries import people_by_id
from localaction.platform.web import numbers
from localaction.platform.web.desk.show.changes import who
from localaction.platform.web.desk.show.totals import BeforeAfter, Change, moved
from localaction.platform.web.rulebook import library, said

SHOWN = 200  # untidy cells on the page; the file has all


@dataclass(frozen=True)
class CountLine:
    """How many things of one kind are made, changed, taken away and left."""

    kind: str
    created: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True)
class Exception_:  # noqa: N801 - Exception is taken
    """A total of the file that its lines do not add up to."""

    name: str
    total: str
    file_t: float
    lines_t: float
    difference_t: float
    row: int | None


@dataclass(frozen=True)
class EditedLine:
    """An inventory in which people changed rows, and what becomes of these."""

    key: str
    name: str
    rows: int
    who: str
    became: str


@dataclass(frozen=True)
class Outcome:
    """What an import does or did."""

    rows_text: str
    counts: Sequence[CountLine]
    cells_text: str
    cells: Sequence[str]
    totals: BeforeAfter | None
    irregular: Sequence[Mapping[str, Any]]
    irregular_text: str
    irregular_more: int
    exceptions: Sequence[Exception_]
    compared_text: str
    edited: Sequence[EditedLine] = ()


def outcome(summary: Mapping[str, Any], replace: Collection[str] | str = ()) -> Outcome:
    """Return what a file does, from what its check noted; ``replace`` as the person chose since."""
    cells = list(summary.get("cells", ()))
    irregular = list(summary.get("irregular", ()))
    count = summary.get("irregular_count", len(irregular))
    return Outcome(
        rows_text=rows_words(summary),
        counts=counts(summary),
        cells_text=ngettext("%(count)d cell", "%(count)d cells", len(cells)) % {"count": len(cells)},
        cells=cells,
        totals=_totals(summary),
        irregular=irregular[:SHOWN],
        irregular_text=ngettext(
            "%(count)s cell is written untidily and was read as follows",
            "%(count)s cells are written untidily and were read as follows",
            count,
        )
        % {"count": numbers.number(count)},
        irregular_more=max(0, count - SHOWN),
        exceptions=[_exception(held) for held in summary.get("exceptions", ())],
        compared_text=_compared(summary),
        edited=_edited(summary, replace),
    )


def counts(summary: Mapping[str, Any]) -> list[CountLine]:
    """Return the counts by kind of thing, in words."""
    words = {
        "rows": _("Rows"),
        "inventories": _("Inventories"),
        "places": _("Places"),
        "figures": _("Figures of the place"),
        "facts": _("Facts of the place"),
        "publications": _("Publications"),
        "identifiers": _("Identifiers"),
    }
    return [
        CountLine(
            words.get(kind, kind),
            *(held.get(name, 0) for name in ("created", "changed", "removed", "unchanged")),
        )
        for kind, held in summary.get("counts", {}).items()
    ]


def applied_words(summary: Mapping[str, Any]) -> str:
    """Return what an applied file changed."""
    if not any(line.created or line.changed or line.removed for line in counts(summary)):
        return _("Everything in the file was there already, so nothing changed.")
    return rows_words(summary)


def rows_words(summary: Mapping[str, Any]) -> str:
    """Return how many rows come, go and stay."""
    held = summary.get("counts", {}).get("rows", {})
    words = {
        "added": numbers.number(held.get("created", 0)),
        "removed": numbers.number(held.get("removed", 0)),
        "unchanged": numbers.number(held.get("unchanged", 0)),
    }
    if held.get("changed"):
        words["changed"] = numbers.number(held["changed"])
        return _("%(added)s added, %(changed)s changed, %(removed)s removed, %(unchanged)s unchanged") % words
    return _("%(added)s added, %(removed)s removed, %(unchanged)s unchanged") % words


def _totals(summary: Mapping[str, Any]) -> BeforeAfter | None:
    labels = {total.id: said(total.label) for total in library().protocol.totals}
    lines = [
        Change(
            labels.get(held["total"], held["total"]),
            held["before_t"],
            held["after_t"],
            moved(held["before_t"], held["after_t"]),
        )
        for held in summary.get("totals", ())
    ]
    if not lines:
        return None
    return BeforeAfter(_("Totals, t CO2e"), _("Now"), _("With the file"), tuple(lines))


def _exception(held: Mapping[str, Any]) -> Exception_:
    labels = {total.id: said(total.label) for total in library().protocol.totals}
    return Exception_(
        held["name"],
        labels.get(held["total"], held["total"]),
        held["file_t"],
        held["lines_t"],
        held["lines_t"] - held["file_t"],
        held.get("row"),
    )


def _edited(summary: Mapping[str, Any], replace: Collection[str] | str) -> list[EditedLine]:
    held = summary.get("edited", ())
    people = people_by_id({pk for each in held for pk, _rows in each["by"] if pk is not None})
    return [
        EditedLine(
            each["key"],
            each["name"],
            each["rows"],
            ", ".join(f"{who(people.get(pk))} {numbers.number(rows)}" for pk, rows in each["by"]),
            _("replaced") if each["replaced"] or each["key"] in replace else _("left as they are"),
        )
        for each in held
    ]


def _compared(summary: Mapping[str, Any]) -> str:
    compared = summary.get("compared", 0)
    if not compared:
        return ""
    differing = summary.get("exceptions_count", 0)
    same = ngettext(
        "%(count)s total that the file states itself equals the sum of its lines within 1 t.",
        "%(count)s totals that the file states itself equal the sums of their lines within 1 t.",
        compared - differing,
    ) % {"count": numbers.number(compared - differing)}
    if not differing:
        return same
    odd = ngettext(
        "%(count)s does not; it is named below and taken from the lines.",
        "%(count)s do not; they are named below and taken from the lines.",
        differing,
    ) % {"count": numbers.number(differing)}
    return f"{same} {odd}"
