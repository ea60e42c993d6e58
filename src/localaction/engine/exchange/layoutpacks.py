"""Layouts as the packs declare them, read strictly and checked against the rules that will read the rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from localaction.engine.exchange.mapping import Layout, Target
from localaction.engine.exchange.words import folded
from localaction.engine.yamlpack import Document, read
from localaction.packs import DATA

INVENTORY_ROWS = "inventory_rows"
FILES = (INVENTORY_ROWS,)


@cache
def load_layouts(folder: Path = DATA / "exchange") -> tuple[Layout, ...]:
    """Return the layouts that ship.

    Raises
    ------
    PackError
        If a file is not as it must be: file, line, what and what to do.
    """
    return tuple(read_layout(folder / f"{name}.yaml") for name in FILES)


def layout(id_: str) -> Layout:
    """Return one layout by its id."""
    return next(found for found in load_layouts() if found.id == id_)


def read_layout(path: Path) -> Layout:
    """Return the layout in a file; a name that stands for two targets is an error."""
    document = read(path, "layout")
    _check_names(document)
    targets = tuple(
        Target(
            id=entry["id"],
            label=entry["label"],
            kind=entry["kind"],
            required=entry["required"],
            synonyms={language: tuple(names) for language, names in entry["synonyms"].items()},
            help=entry.get("help", ""),
        )
        for entry in document.data["targets"]
    )
    groups = tuple(tuple(group) for group in document.data.get("one_of", ()))
    return Layout(document.data["id"], document.data["title"], targets, groups)


def _check_names(document: Document) -> None:
    taken: dict[str, str] = {}
    targets = document.data["targets"]
    for index, entry in enumerate(targets):
        names = [entry["id"], *(name for found in entry["synonyms"].values() for name in found)]
        for name in names:
            owner = taken.setdefault(folded(name), entry["id"])
            if owner != entry["id"]:
                problem = f'"{name}" stands for both "{owner}" and "{entry["id"]}".'
                raise document.error(("targets", index, "synonyms"), problem, "Keep it at one of them.")
    ids = {entry["id"] for entry in targets}
    for index, group in enumerate(document.data.get("one_of", ())):
        for name in group:
            if name not in ids:
                raise document.error(("one_of", index), f'there is no target "{name}".', "Correct the name.")
