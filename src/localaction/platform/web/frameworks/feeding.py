"""What fills a data item without typing, as its page shows it: from where, how well it fits, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.feed import Feed
from localaction.engine.packs.feeds import feeds
from localaction.engine.packs.translations import ITEM_LANGUAGE, Said
from localaction.platform.web.frameworks.catalogue import item_on_file


@dataclass(frozen=True)
class FeedView:
    """One way in which an item is filled; ``items`` are other data items, by label and address."""

    whence: str
    items: Sequence[tuple[str, str]]
    fit: str
    note: str


def feed_views(item: str) -> list[FeedView]:
    """Return what fills a data item, the best first."""
    return [_view(feed) for feed in feeds().get(item, ())]


def _view(feed: Feed) -> FeedView:
    names = [part.name for part in feed.parts if part.source == "figure" and not part.dimensions]
    others = [
        (held["label"], reverse("web:framework-item", args=[name]))
        for name in names
        if (held := item_on_file(name)) is not None
    ]
    whence = "" if others else _whence(feed)
    return FeedView(whence, others, _fit(feed.fit), Said(feed.note, ITEM_LANGUAGE, "original"))


def _whence(feed: Feed) -> str:
    words: Mapping[str, str] = {
        "fact": _("A fact of the place"),
        "figure": _("The inventory of the place"),
        "inventory": _("The inventory of the place"),
        "report": _("The report itself"),
        "target": _("The plan of the place"),
    }
    return words[feed.source]


def _fit(kind: str) -> str:
    words: Mapping[str, str] = {
        "exact": _("fits as it is"),
        "conversion": _("fits once it is converted"),
        "confirm": _("somebody confirms it"),
    }
    return words[kind]
