"""Changes of rows in words: who did what when, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web.templatetags.web import day

FEW = 3  # cells named one by one; more are counted
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Change:
    """One change of rows."""

    id: str
    at: datetime
    when: str
    who: str
    text: str
    reason: str
    rows: int
    undone: bool
    undoable: bool


@dataclass(frozen=True)
class Done:
    """What was just done, with the way to undo it."""

    text: str
    detail: str = ""
    undo: str = ""
    undo_text: str = ""
    batch: str = ""
    ref: str = ""


def changes(batches: Iterable[Any]) -> list[Change]:
    """Return batches of changes in words, as they come."""
    return [change(batch) for batch in batches]


def change(batch: Any) -> Change:
    """Return one batch of changes in words."""
    undone = getattr(batch, "undone_by", None) is not None
    return Change(
        id=str(batch.public_id),
        at=batch.at,
        when=moment(batch.at),
        who=who(batch.actor),
        text=words(batch),
        reason=batch.reason,
        rows=batch.rows,
        undone=undone,
        undoable=not undone and batch.kind != "undo",
    )


def who(actor: Any) -> str:
    """Return the name of a person; somebody at the machine itself where there is none."""
    return str(actor.display_name) if actor else _("operator")


def words(batch: Any) -> str:
    """Return what a batch did: ``row saved in II.1.1``."""
    cells, kind = touched(batch.refs), batch.kind
    count = {"count": batch.rows}
    if kind == "import":
        name = batch.file_name or _("file")
        rows = ngettext("%(count)d row", "%(count)d rows", batch.rows) % count
        return _("%(name)s applied, %(rows)s") % {"name": name, "rows": rows}
    if kind == "mark":
        return (
            ngettext(
                "%(count)d open cell filled with a key", "%(count)d open cells filled with a key", batch.rows
            )
            % count
        )
    texts = {
        "save": _("row saved in %(cells)s"),
        "remove": _("row removed from %(cells)s"),
        "undo": _("change undone in %(cells)s"),
    }
    return texts[kind] % {"cells": cells}


def touched(refs: str) -> str:
    """Return the cells of a change: a few by name, more by number."""
    names = refs.split()
    if len(names) <= FEW:
        return ", ".join(names)
    return ngettext("%(count)d cell", "%(count)d cells", len(names)) % {"count": len(names)}


def moment(at: datetime, now: datetime | None = None) -> str:
    """Return when something was, as people say it: ``2 min ago``, ``today 10:42``, ``21 Nov 2026``."""
    now = now or timezone.now()
    seconds = (now - at).total_seconds()
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(now).date():
        return _("today %(time)s") % {"time": date_format(local, "H:i")}
    return f"{day(at)}, {date_format(local, 'H:i')}"
