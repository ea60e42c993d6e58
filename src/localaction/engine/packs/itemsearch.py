"""Find data items by words of their id, label or help, so that a fact is named once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localaction.engine.references.words import fold


def found_items(items: Mapping[str, Mapping[str, Any]], words: str) -> list[Mapping[str, Any]]:
    """Return the data items in which every word occurs, as the dictionary has them; without words, all."""
    wanted = fold(words).split()
    return [item for item in items.values() if all(word in _said(item) for word in wanted)]


def _said(item: Mapping[str, Any]) -> str:
    return fold(" ".join([item["id"], item["label"], item.get("help", ""), *_columns(item)]))


def _columns(item: Mapping[str, Any]) -> Iterator[str]:
    for column in item.get("columns", ()):
        yield f"{column['id']} {column['label']}"
