"""Two people changed one row: what is saved and what was typed, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.inventory.rows import COLUMNS
from localaction.platform.web.desk.show import choices
from localaction.platform.web.desk.show.changes import moment, who
from localaction.platform.web.rulebook import library, said


@dataclass(frozen=True)
class Line:
    """One column in which the two versions differ."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Their version and mine; nothing is overwritten until one is chosen."""

    title: str
    text: str
    their_head: str
    rows: tuple[Line, ...]
    keep_theirs: str
    removed: bool


def changed(row: Any, mine: Mapping[str, str], keep_theirs: str) -> Conflict:
    """Return the conflict with a row that somebody else changed; ``row`` is how it stands now."""
    words = {"who": who(row.batch.actor), "when": moment(row.batch.at)}
    text = _("%(who)s saved it %(when)s. Yours is not saved yet; nothing is overwritten until you choose.")
    return Conflict(
        title=_("Somebody else changed this row while you had it open"),
        text=text % words,
        their_head=_("Saved by %(who)s, %(when)s") % words,
        rows=differences(row.values(), mine),
        keep_theirs=keep_theirs,
        removed=False,
    )


def removed(mine: Mapping[str, str], keep_theirs: str) -> Conflict:
    """Return the conflict with a row that was removed meanwhile; saving makes it a new row."""
    return Conflict(
        title=_("Somebody else removed this row while you had it open"),
        text=_("Yours is not saved yet. You can leave the row removed, or save yours as a new row."),
        their_head=_("Removed"),
        rows=differences({"ref": mine.get("ref", "")}, mine),
        keep_theirs=keep_theirs,
        removed=True,
    )


def differences(theirs: Mapping[str, str], mine: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the columns in which two versions of a row differ."""
    pairs = [(column, theirs.get(column.name, ""), mine.get(column.name, "")) for column in COLUMNS]
    return tuple(
        Line(_(column.title), _readable(column.name, their), _readable(column.name, my))
        for column, their, my in pairs
        if their != my
    )


def _readable(column: str, text: str) -> str:
    """Return what a list shows for a text: the label of an activity, else the text."""
    activity = choices.resolved(library(), text) if column == "activity" else None
    return said(activity.label) if activity else text
