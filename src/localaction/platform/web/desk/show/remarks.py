"""Remarks of a file put together: what is of one kind is said once, with where it was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers
from localaction.platform.web.desk.findings import Item

NAMED = 4  # places that a line names
LISTED = 50  # remarks of one kind that unfold; the filter and the file have the others


@dataclass(frozen=True)
class Group:
    """Remarks of one kind."""

    text: str
    remedy: str
    where: str
    count: int
    summary: str = ""  # what unfolds the others; empty if they say nothing more
    items: Sequence[Item] = ()
    more: str = ""


def groups(items: Iterable[Item]) -> list[Group]:
    """Return remarks by kind, those of most places first; of equals the first in the file."""
    kinds: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        kinds.setdefault((item.code, item.remedy), []).append(item)
    return sorted(map(_group, kinds.values()), key=lambda group: -group.count)


def _group(items: Sequence[Item]) -> Group:
    first, count = items[0], len(items)
    differ = len({item.text for item in items}) > 1
    return Group(
        text=first.text,
        remedy=first.remedy,
        where=_where(items),
        count=count,
        summary=_others(count - 1) if differ else "",
        items=items[1 : LISTED + 1] if differ else (),
        more=_more(count - 1 - LISTED) if differ else "",
    )


def _others(count: int) -> str:
    text = ngettext("%(count)s more like it", "%(count)s more like it", count)
    return text % {"count": numbers.number(count)}


def _more(count: int) -> str:
    if count <= 0:
        return ""
    text = ngettext(
        "%(count)s more is in the file of findings.", "%(count)s more are in the file of findings.", count
    )
    return text % {"count": numbers.number(count)}


def _where(items: Sequence[Item]) -> str:
    """Return the first few places, and how many there are besides."""
    places = list(dict.fromkeys(filter(None, map(_place, items))))
    named = ", ".join(places[:NAMED])
    if len(places) <= NAMED:
        return named
    return _("%(places)s and %(count)s more") % {
        "places": named,
        "count": numbers.number(len(places) - NAMED),
    }


def _place(item: Item) -> str:
    if item.row is None:
        return item.column or item.ref
    row = _("row %(row)s") % {"row": numbers.number(item.row)}
    return f"{row} {item.column}".strip()
