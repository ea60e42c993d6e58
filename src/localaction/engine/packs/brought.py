"""What a framework in a folder of its own brings along: data items and documents that are not on file yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from localaction.engine.packs.checks import Checks, new
from localaction.engine.packs.itemchecks import check_item
from localaction.engine.packs.library import Library
from localaction.engine.references.cited import Source
from localaction.engine.yamlpack import Document, PackError, read

ITEMS, SOURCES = "items.yaml", "sources"


@dataclass(frozen=True)
class Ground:
    """What a framework may name: sources and units, to check against, and data items."""

    checks: Checks
    items: Mapping[str, Mapping[str, Any]]


def ground(folder: Path, library: Library) -> Ground:
    """Return what is on file, and what the folder of a framework brings along.

    ``items.yaml`` and ``sources/*.yaml`` have the shape of those on file, and none of their ids.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    sources = {**library.sources, **_sources(folder, library)}
    checks = Checks(sources, library.units)
    return Ground(checks, {**library.items, **_items(folder, checks, library)})


def refuse_brought(folder: Path) -> None:
    """Refuse items and sources in the folder of a framework that ships: theirs are for all.

    Raises
    ------
    PackError
        If there are any.
    """
    for name, home in ((ITEMS, "packs/items/"), (SOURCES, "packs/sources/")):
        if (folder / name).exists():
            problem = f"{folder.parent.name}/{folder.name} ships, and brings {name} along."
            raise PackError(
                name, 1, problem, f"Move what it holds to {home}, where every framework finds it."
            )


def _sources(folder: Path, library: Library) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in sorted((folder / SOURCES).glob("*.yaml")):
        document = read(path, "source")
        if (name := document.data["id"]) != path.stem:
            problem = f'the id "{name}" is not the name of the file.'
            raise document.error(("id",), problem, f'Write "{path.stem}", or rename the file.')
        _not_on_file(document, ("id",), name, library.sources)
        found[name] = Source.read(document.data)
    return found


def _items(folder: Path, checks: Checks, library: Library) -> dict[str, Mapping[str, Any]]:
    path = folder / ITEMS
    if not path.is_file():
        return {}
    document = read(path, "items")
    for part in ("ratios", "cross"):
        if part in document.data:
            problem = f"{part} are for all frameworks, and are read in packs/items/ alone."
            raise document.error((part,), problem, "Move them there once the framework ships.")
    found: dict[str, Mapping[str, Any]] = {}
    for index, item in enumerate(document.data["items"]):
        place = ("items", index, "id")
        _not_on_file(document, place, item["id"], library.items)
        new(document, place, item["id"], found)
        check_item(document, ("items", index), item, checks)
        found[item["id"]] = item
    return found


def _not_on_file(
    document: Document, place: tuple[str | int, ...], name: str, on_file: Mapping[str, object]
) -> None:
    if name in on_file:
        raise document.error(place, f'"{name}" is on file already.', "Use it, or choose another name.")
