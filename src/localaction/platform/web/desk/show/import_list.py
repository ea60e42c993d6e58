"""The imports a reader may see, as a list with the state and the next step of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.show.changes import moment, who
from localaction.platform.web.desk.show.outcome import rows_words
from localaction.platform.web.records import place_view

TONES = {"applied": "ok", "refused": "bad", "ready": "wait", "mapping": "wait"}


@dataclass(frozen=True)
class Entry:
    """One import in the list."""

    name: str
    address: str
    kind: str
    about: str
    about_address: str
    status: str
    tone: str
    when: str
    at: datetime
    who: str
    text: str


def entries(records: Sequence[Any], kinds: dict[str, str]) -> list[Entry]:
    """Return imports for the list; ``kinds`` are the titles of importers by id."""
    return [_entry(record, _(kinds.get(record.importer, record.importer))) for record in records]


def _entry(record: Any, kind: str) -> Entry:
    about, address = _("the whole network"), ""
    if record.inventory is not None:
        place, year = record.inventory.place, record.inventory.label_year
        about, address = f"{place_view(place).shown} {year}", Addresses(place.code, year).editor
    done = record.status in {"ready", "applied", "undone"} and record.summary.get("counts")
    return Entry(
        name=record.name,
        address=reverse("desk:report", args=[record.public_id]),
        kind=kind,
        about=about,
        about_address=address,
        status=str(record.get_status_display()),
        tone=TONES.get(record.status, ""),
        when=moment(record.created_at),
        at=record.created_at,
        who=who(record.created_by),
        text=rows_words(record.summary) if done else "",
    )
