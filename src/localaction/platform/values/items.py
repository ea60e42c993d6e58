"""The data items that packs define: a figure is about one of them, never about something invented."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from localaction.platform.values.errors import UnknownItem


def require_item(item: str) -> None:
    """Raise ``UnknownItem`` unless a pack defines this data item."""
    if find_spec("localaction.engine.packs") is None:
        return
    known = import_module("localaction.engine.packs").Library.load().items
    if item not in known:
        raise UnknownItem(item, sorted(known))
