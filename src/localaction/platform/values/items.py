"""The data items that packs define: a figure is about one of them, never about something invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.packs import Library
from localaction.platform.values.errors import UnknownItem


def data_item(item_id: str) -> Mapping[str, Any]:
    """Return what a pack says of a data item: label, unit, dimensions. Raises ``UnknownItem``."""
    known = Library.load().items
    if item_id not in known:
        raise UnknownItem(item_id, sorted(known))
    return known[item_id]
