"""Two people changed one row: what is saved and what was typed, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.inventory.rows import COLUMNS
from localaction.platform.web.desk.show.changes import moment, who


@dataclass(frozen=True)
class Line:
    """One column of the row."""

    label: str
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        """Whether the two versions say different things."""
        return self.theirs != self.mine


@dataclass(frozen=True)
class Conflict:
    """Their version and mine; nothing is overwritten until one is chosen."""

    title: str
    text: str
    their_head: str
    rows: tuple[Line, ...]
    keep_theirs: str
    removed: bool
    can_save_mine: bool


def changed(row: Any, mine: Mapping[str, str], keep_theirs: str) -> Conflict:
    """Return the conflict with a row that somebody else changed; ``row`` is how it stands now."""
    theirs, name = row.values(), who(row.batch.actor)
    lines = tuple(
        Line(_(column.title), theirs.get(column.name, ""), mine.get(column.name, ""))
        for column in COLUMNS
        if theirs.get(column.name) or mine.get(column.name)
    )
    words = {"who": name, "when": moment(row.batch.at)}
    return Conflict(
        title=_("Somebody else changed this row while you had it open"),
        text=_("%(who)s saved it %(when)s. Yours is not saved yet; nothing is overwritten until you choose.")
        % words,
        their_head=_("Saved by %(who)s, %(when)s") % words,
        rows=lines,
        keep_theirs=keep_theirs,
        removed=False,
        can_save_mine=True,
    )


def removed(mine: Mapping[str, str], keep_theirs: str) -> Conflict:
    """Return the conflict with a row that was removed meanwhile; saving makes it a new row."""
    lines = tuple(Line(_(column.title), "", mine[column.name]) for column in COLUMNS if mine.get(column.name))
    return Conflict(
        title=_("Somebody else removed this row while you had it open"),
        text=_("Yours is not saved yet. You can leave the row removed, or save yours as a new row."),
        their_head=_("Removed"),
        rows=lines,
        keep_theirs=keep_theirs,
        removed=True,
        can_save_mine=True,
    )
