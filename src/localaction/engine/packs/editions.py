"""Every framework edition on file, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.packs.brought import ground, refuse_brought
from localaction.engine.packs.checks import Checks
from localaction.engine.packs.frameworkreader import read_framework
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.library import Library
from localaction.engine.packs.mappingreader import read_mappings
from localaction.engine.packs.texts import Key, framework_texts, item_texts, plausible_texts
from localaction.engine.packs.translationreader import FRAMEWORK, ITEMS, read_translations
from localaction.engine.packs.translations import ITEM_LANGUAGE, Translation
from localaction.packs import DATA


class UnknownFramework(InputError):
    """There is no such framework or edition."""

    code = "packs.unknown_framework"
    text = 'There is no framework "{framework}". {hint}'
    remedy_text = "Name one of: {known}."

    def __init__(self, framework: str, known: list[str]) -> None:
        hint = did_you_mean(framework, known)
        super().__init__(framework=shown(framework), hint=hint, known=", ".join(known))


def frameworks(folder: Path = DATA) -> Mapping[str, Framework]:
    """Return every edition by ``id/edition``, in order; read once per process.

    Raises
    ------
    PackError
        If a file is not as it must be: file, line, what and what to do.
    """
    return _read(folder)


@cache
def _read(folder: Path) -> Mapping[str, Framework]:
    library = Library.load(folder)
    checks = Checks(library.sources, library.units)
    folders = [path.parent for path in sorted((folder / "frameworks").glob("*/*/pack.yaml"))]
    for held in folders:
        refuse_brought(held)
    items = item_translations(folder)
    found = [read_framework(held, checks, library.items) for held in folders]
    by_key = {framework.key: framework for framework in found}
    for held, framework in zip(folders, found, strict=True):
        by_key[framework.key] = _completed(held, framework, checks, by_key, items)
    return by_key


def _completed(
    folder: Path,
    framework: Framework,
    checks: Checks,
    others: Mapping[str, Framework],
    items: Mapping[str, Translation],
) -> Framework:
    """Return a framework with what stands beside it: mappings from older editions, and translations."""

    def edition(name: str) -> Framework | None:
        return others.get(f"{framework.id}/{name}")

    texts = framework_texts(framework)
    return replace(
        framework,
        mappings=read_mappings(folder, framework, checks, edition),
        translations=read_translations(folder, FRAMEWORK, texts, framework.language),
        item_translations=items,
    )


def item_translations(folder: Path = DATA) -> Mapping[str, Translation]:
    """Return the translations of data items by language; read once per process.

    Raises
    ------
    PackError
        If a file is not as it must be.
    """
    return _item_translations(folder)


@cache
def _item_translations(folder: Path) -> Mapping[str, Translation]:
    return read_translations(folder / "items", ITEMS, texts_of_items(folder), ITEM_LANGUAGE)


def texts_of_items(folder: Path = DATA) -> dict[Key, str]:
    """Return every text of every data item by its place, and those of ratios and rules between items."""
    library = Library.load(folder)
    found = {key: text for item in library.items.values() for key, text in item_texts(item).items()}
    return {**found, **plausible_texts(library.plausible)}


def read_folder(folder: Path) -> Framework:
    """Return the framework in any folder, with the sources, units and data items on file and in the folder.

    Older editions it is mapped from are those in the folders beside it, or else those on file.

    Raises
    ------
    PackError
        If a file is not as it must be.
    """
    folder, library = folder.resolve(), Library.load()
    framework = read_alone(folder)
    beside = [
        read_alone(path.parent)
        for path in sorted(folder.parent.glob("*/pack.yaml"))
        if (folder / "from" / f"{path.parent.name}.yaml").is_file() and path.parent != folder
    ]
    others = {**frameworks(), **{held.key: held for held in beside}}
    return _completed(folder, framework, ground(folder, library).checks, others, item_translations())


def read_alone(folder: Path) -> Framework:
    """Return the framework in a folder, and what it brings along, without its mappings and translations.

    Raises
    ------
    PackError
        If a file is not as it must be.
    """
    folder = folder.resolve()
    held = ground(folder, Library.load())
    return read_framework(folder, held.checks, held.items)


def framework_of(key: str, folder: Path = DATA) -> Framework:
    """Return one edition; an id alone is its newest edition.

    Raises
    ------
    UnknownFramework
        With the nearest keys.
    """
    known = frameworks(folder)
    editions = [found for name, found in known.items() if name == key or name.startswith(f"{key}/")]
    if not editions:
        raise UnknownFramework(key, list(known))
    return editions[-1]


def folder_of(key: str, folder: Path = DATA) -> Path:
    """Return the folder of one edition on file; an id alone is its newest edition.

    It is found by its name alone, so that a framework with a broken file beside it can be mended.

    Raises
    ------
    UnknownFramework
        With the nearest keys.
    """
    held = sorted(path.parent for path in (folder / "frameworks").glob("*/*/pack.yaml"))
    keys = {f"{path.parent.name}/{path.name}": path for path in held}
    editions = [path for name, path in keys.items() if name == key or name.startswith(f"{key}/")]
    if not editions:
        raise UnknownFramework(key, list(keys))
    return editions[-1]
