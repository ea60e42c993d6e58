"""The editor of one inventory: matrix, findings, standing, last changes, and the cell that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.packs import Library
from localaction.platform.inventories import queries
from localaction.platform.web.desk import work
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import Found, sort_out
from localaction.platform.web.desk.show import potentials
from localaction.platform.web.desk.show.cell import CellView
from localaction.platform.web.desk.show.changes import Change, Done, changes, moment
from localaction.platform.web.matrix import Matrix, build
from localaction.platform.web.records import PlaceView, place_view
from localaction.platform.web.rulebook import library

SHOWN = 6  # changes listed beside the matrix
CHOSEN = "BASIC"


@dataclass(frozen=True)
class Standing:
    """Where an inventory stands, in a few words; ``tone`` is that of the badge."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Frame:
    """What the head of every page about one inventory needs."""

    place: PlaceView
    year: int
    period: str
    protocol: str
    gwp_label: str
    gwp_short: str
    addresses: Addresses
    crumbs: Sequence[tuple[str, str]]
    may_edit: bool
    may_publish: bool

    @property
    def address(self) -> str:
        """Address of the matrix."""
        return self.addresses.editor

    @property
    def urls(self) -> Addresses:
        """Addresses of the other pages."""
        return self.addresses


@dataclass(frozen=True)
class Editor(Frame):
    """Everything the editor shows."""

    matrix: Matrix | None = None
    found: Found = field(default_factory=Found)
    standing: Standing = field(default_factory=lambda: Standing(""))
    row_count: int = 0
    stale: str = ""
    stale_text: str = ""
    too_many: bool = False
    trouble: str = ""
    computed_at: str = ""
    saved_at: str = ""
    published: bool = False
    changes: Sequence[Change] = ()
    last_undoable: Change | None = None
    drawer: CellView | None = None
    done: Done | None = None
    unfold: str = ""

    @property
    def has_rows(self) -> bool:
        """Whether anything is entered."""
        return self.row_count > 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is entered."""
        return self.row_count == 0

    @property
    def first_cell(self) -> str:
        """Address at which a first row is entered."""
        cells = self.found.open_cells
        return self.addresses.add(cells[0].ref) if cells else self.address


def frame(desk: work.Desk, last: str = "") -> dict[str, Any]:
    """Return the head of a page about one inventory; ``last`` names a page below the matrix."""
    inventory, book = desk.inventory, library()
    place = place_view(inventory.place)
    addresses = Addresses(place.code, inventory.label_year)
    named = _("Inventory %(year)s") % {"year": inventory.label_year}
    crumbs = [(_("Desk"), reverse("desk:home")), (place.shown, reverse("web:place", args=[place.code]))]
    crumbs += [(named, addresses.editor), (last, "")] if last else [(named, "")]
    period = inventory.period
    return {
        "place": place,
        "year": inventory.label_year,
        "period": "" if period.is_calendar_year() else f"{period.start} – {period.end}",
        "protocol": book.protocol.id.upper().replace("@", " "),
        "gwp_label": potentials.label(book, inventory.gwp_set),
        "gwp_short": inventory.gwp_set.upper(),
        "addresses": addresses,
        "crumbs": crumbs,
        "may_edit": desk.may_edit,
        "may_publish": desk.may_publish,
    }


def editor(state: work.State, *, ref: str = "", done: Done | None = None, trouble: str = "") -> Editor:
    """Return the editor of one inventory, without the drawer; ``ref`` is the cell that is open."""
    book, shown = library(), frame(state.desk)
    addresses: Addresses = shown["addresses"]
    found = sort_out(state.result["findings"], book, addresses.cell, strict=state.strict)
    listed = changes(queries.batches_of(state.desk.inventory, SHOWN))
    last = next((each for each in listed if each.undoable), None)
    return Editor(
        **shown,
        matrix=_matrix(state.result, book, addresses, found, ref),
        found=found,
        standing=standing(state, found),
        row_count=state.row_count,
        stale=state.stale,
        stale_text=stale_text(state),
        too_many=state.row_count > work.AT_ONCE,
        trouble=trouble,
        computed_at=moment(state.run.created_at) if state.run else "",
        saved_at=listed[0].when if listed else "",
        published=state.published_at is not None,
        changes=listed,
        last_undoable=last,
        done=done,
        unfold=_sector_of(book, ref),
    )


def with_drawer(page: Editor, drawer: CellView) -> Editor:
    """Return the editor with a cell open."""
    return replace(page, drawer=drawer)


def standing(state: work.State, found: Found) -> Standing:
    """Return where an inventory stands."""
    if not state.row_count:
        return Standing(_("Empty"))
    if state.stale:
        return Standing(_("To be computed"), "ask")
    if found.count:
        text = ngettext("%(count)d thing to settle", "%(count)d things to settle", found.count)
        return Standing(text % {"count": found.count}, "ask")
    if state.published_at is None:
        return Standing(_("Ready to publish"), "on")
    if state.changed_since_published:
        return Standing(_("Published, changed since"), "ask")
    return Standing(_("Published"), "on")


def stale_text(state: work.State) -> str:
    """Return why the totals are older than what they rest on; empty if they aren't."""
    when = {"when": moment(state.run.created_at) if state.run else ""}
    texts = {
        "": "",
        "never": _("The rows have not been computed yet."),
        "rows": _("The totals were computed %(when)s; rows have changed since."),
        "potentials": _("The totals were computed %(when)s; the warming potentials have changed since."),
        "factors": _("The totals were computed %(when)s; factors or other rules have changed since."),
    }
    return texts[state.stale] % when


def _matrix(result: Mapping[str, Any], book: Library, addresses: Addresses, found: Found, ref: str) -> Matrix:
    def link(name: str) -> str:
        return addresses.cell(name) if name in book.protocol.cells else addresses.trail(name)

    return build(
        result,
        book.protocol,
        link=link,
        chosen=CHOSEN,
        open_link=addresses.cell,
        findings=found.refs,
        selected=ref,
    )


def _sector_of(book: Library, ref: str) -> str:
    spec = book.protocol.cells.get(ref)
    return spec.sector if spec else ""


__all__ = [
    "CHOSEN",
    "Editor",
    "Frame",
    "Standing",
    "editor",
    "frame",
    "stale_text",
    "standing",
    "with_drawer",
]
