"""What the form of a framework asks to be done: save answers, take over what is offered, undo, explain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from localaction.engine.errors import LocalActionError
from localaction.engine.packs.frameworks import Framework
from localaction.platform.accounts.rights import Actor
from localaction.platform.reporting.saving import (
    Entry,
    find_figure,
    save_answer,
    take_over,
    undo_answer,
)
from localaction.platform.values.errors import EditConflict
from localaction.platform.values.remarks import explain
from localaction.platform.web.desk.filling.entries import entry_of, mark_of, seen_of, stands_in
from localaction.platform.web.desk.wording import text_of

SAVE, TAKE, UNDO, EXPLAIN = "save", "take", "undo", "explain"


@dataclass
class Done:
    """What came of it: how many answers were saved, and by data item what was typed and refused, and why."""

    saved: int = 0
    typed: dict[str, Entry] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    conflict: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything was refused."""
        return bool(self.errors)


@dataclass(frozen=True)
class Desk:
    """Who answers what for which place and year."""

    actor: Actor
    place: Any
    framework: Framework
    year: int
    today: date


def act(desk: Desk, data: QueryDict, items: list[str]) -> Done:
    """Save what was changed among these data items, then do what the pressed button says.

    Parameters
    ----------
    desk : Desk
        Who answers what.
    data : QueryDict
        The form; ``do`` is ``what|item|more`` of a button, or empty.
    items : list of str
        The data items that stand in the form.
    """
    done = Done()
    what, _bar, rest = str(data.get("do", "")).partition("|")
    item, _bar, more = rest.partition("|")
    for each in items:
        if not (what == UNDO and each == item):
            _save(desk, data, each, done)
    if item in items and item not in done.errors:
        _press(desk, data, done, what, item, more)
    return done


def _save(desk: Desk, data: QueryDict, item: str, done: Done) -> None:
    """Save one answer if it is other than what was shown."""
    shown = data.get(f"{item}.shown")
    if shown is None or not stands_in(data, item):
        return
    entry = entry_of(data, desk.framework.items[item])
    if mark_of(entry) == shown:
        return
    if not entry.raw and not entry.notation_key and str(shown) == mark_of(Entry()):
        return  # a source without an answer yet: it waits for it in the form
    try:
        save_answer(
            actor=desk.actor,
            place=desk.place,
            framework=desk.framework,
            item=item,
            year=desk.year,
            entry=entry,
            seen=seen_of(data, item),
        )
        done.saved += 1
    except LocalActionError as error:
        done.conflict = done.conflict or isinstance(error, EditConflict)
        done.typed[item], done.errors[item] = entry, [text_of(error)]


def _press(desk: Desk, data: QueryDict, done: Done, what: str, item: str, more: str) -> None:
    try:
        if what == TAKE:
            take_over(
                actor=desk.actor,
                place=desk.place,
                framework=desk.framework,
                item=item,
                year=desk.year,
                offer=more,
                as_of=desk.today,
            )
            done.saved += 1
        elif what == UNDO:
            _undo(desk, data, done, item)
        elif what == EXPLAIN:
            _explain(desk, data, done, item, more)
    except LocalActionError as error:
        done.conflict = done.conflict or isinstance(error, EditConflict)
        done.errors[item] = [text_of(error)]


def _undo(desk: Desk, data: QueryDict, done: Done, item: str) -> None:
    value = find_figure(actor=desk.actor, place=desk.place, item=item, year=desk.year)
    if value is None:
        done.errors[item] = [str(_("There is nothing to undo here."))]
        return
    undo_answer(actor=desk.actor, value=value, seen=seen_of(data, item))
    done.saved += 1


def _explain(desk: Desk, data: QueryDict, done: Done, item: str, check: str) -> None:
    value = find_figure(actor=desk.actor, place=desk.place, item=item, year=desk.year)
    seen = seen_of(data, item)
    if value is None or value.current_id is None:
        done.errors[item] = [str(_("The figure is not there any more, so nothing was explained."))]
        return
    text = str(data.get(f"{item}.explain.{check}", ""))
    explain(actor=desk.actor, value=value, check=check, text=text, seen=seen or 0)
    done.saved += 1
