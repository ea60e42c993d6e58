"""What waits for a person at their desk: inventories, the most urgent first, each with its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import Found, sort_out
from localaction.platform.web.desk.show.editor import CHOSEN, Standing, stale_text, standing
from localaction.platform.web.desk.work import State
from localaction.platform.web.records import place_view
from localaction.platform.web.rulebook import library

#: Order of urgency; what is published and unchanged waits for nobody.
URGENCY = ("upload", "stale", "findings", "ready", "changed", "factors", "empty", "done")


@dataclass(frozen=True)
class Task:
    """One inventory, or a file brought in, with its next step."""

    kind: str
    year: int
    when: str
    title: str
    text: str
    address: str
    step: str
    step_address: str
    badge: Standing | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody."""
        return self.kind != "done"

    @property
    def urgent(self) -> bool:
        """Whether it is set off from the others."""
        return self.kind in {"upload", "stale"}


@dataclass(frozen=True)
class PlaceEntry:
    """One of the reader's places."""

    name: str
    code: str
    address: str
    text: str
    new: str
    factors: str = ""
    frameworks: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Home:
    """The first page of the desk."""

    today: date
    tasks: Sequence[Task]
    places: Sequence[PlaceEntry]
    more: str

    @property
    def first_new(self) -> str:
        """Address at which a first inventory is made, if the reader may make one."""
        return next((entry.new for entry in self.places if entry.new), "")


def home(states: Sequence[State], imports: Sequence[Any], places: Sequence[PlaceEntry], more: str) -> Home:
    """Return the first page of the desk."""
    tasks = [import_task(each) for each in imports] + [task(state) for state in states]
    return Home(timezone.localdate(), sorted(tasks, key=_urgency), places, more)


def _urgency(task: Task) -> tuple[int, int, str]:
    return URGENCY.index(task.kind), -task.year, task.title


def task(state: State) -> Task:
    """Return the next step of an inventory."""
    inventory = state.desk.inventory
    addresses = Addresses(inventory.place.code, inventory.label_year)
    found = sort_out(state.result["findings"], library(), addresses.cell, strict=state.strict)
    kind = kind_of(state, found)
    step, step_address = _step(kind, state, addresses)
    return Task(
        kind=kind,
        year=inventory.label_year,
        when=place_view(inventory.place).shown,
        title=_title(inventory),
        text=_text(kind, state, found),
        address=addresses.editor,
        step=step,
        step_address=step_address,
        badge=standing(state, found),
    )


def kind_of(state: State, found: Found) -> str:
    """Return which step an inventory is at."""
    if not state.row_count:
        return "empty"
    if state.stale:
        return "factors" if state.stale == "factors" else "stale"
    if state.published_at is not None and not state.changed_since_published:
        return "done"
    if found.count:
        return "findings"
    return "ready" if state.published_at is None else "changed"


def _title(inventory: Any) -> str:
    place = place_view(inventory.place).shown
    return _("Inventory %(year)s of %(place)s") % {"year": inventory.label_year, "place": place}


def _text(kind: str, state: State, found: Found) -> str:
    if kind == "empty":
        return _("Nothing is entered yet. Upload a file with all rows, or enter them cell by cell.")
    if state.stale:
        return stale_text(state)
    total = _("%(total)s so far %(tonnes)s t CO2e.") % {
        "total": CHOSEN,
        "tonnes": numbers.tonnes(state.result["totals"][CHOSEN]["co2e_t"]),
    }
    if kind == "findings":
        return f"{_open_cells(found)} {total}".strip()
    if kind == "done":
        return _("Published; nothing has changed since.")
    return total


def _open_cells(found: Found) -> str:
    count = len(found.open_cells)
    parts = []
    if count:
        parts.append(
            ngettext("%(count)d required cell is open.", "%(count)d required cells are open.", count)
            % {"count": count}
        )
    if found.blocking:
        parts.append(" ".join(item.text for item in found.blocking[:2]))
    return " ".join(parts)


def _step(kind: str, state: State, addresses: Addresses) -> tuple[str, str]:
    inventory = state.desk.inventory
    if kind == "done":
        public = reverse("web:inventory", args=[inventory.place.code, inventory.label_year])
        return _("Public page"), public
    if not state.desk.may_edit:
        return _("Look"), addresses.editor
    steps: Mapping[str, tuple[str, str]] = {
        "empty": (_("Start"), addresses.editor),
        "stale": (_("Open and compute"), addresses.editor),
        "factors": (_("Open and compute"), addresses.editor),
        "findings": (_("Continue"), addresses.editor),
        "ready": (_("Check and publish"), addresses.publish),
        "changed": (_("Check and publish"), addresses.publish),
    }
    return steps[kind]


def import_task(record: Any) -> Task:
    """Return the next step of an import that waits for somebody."""
    inventory = record.inventory
    address = reverse("desk:report", args=[record.public_id])
    texts = {
        "ready": _("Checked and ready: look at what it changes, then apply it."),
        "mapping": _("Its columns have names we do not know: say which is which."),
        "applying": _("It is being applied."),
        "undoing": _("It is being undone."),
    }
    steps = {"ready": _("Look and apply"), "mapping": _("Map the columns")}
    return Task(
        kind="upload",
        year=inventory.label_year if inventory else record.created_at.year,
        when=place_view(inventory.place).shown if inventory else _("the network"),
        title=_("File %(name)s") % {"name": record.name},
        text=texts.get(record.status, _("It is being checked.")),
        address=address,
        step=steps.get(record.status, _("See how far it is")),
        step_address=address,
    )
