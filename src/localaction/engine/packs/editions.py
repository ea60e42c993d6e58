"""Every framework edition on file, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.packs.checks import Checks
from localaction.engine.packs.frameworkreader import read_framework
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.library import Library
from localaction.engine.packs.mappingreader import read_mappings
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
    found = [read_framework(held, checks, library.items) for held in folders]
    by_key = {framework.key: framework for framework in found}
    for held, framework in zip(folders, found, strict=True):
        by_key[framework.key] = _mapped(held, framework, checks, by_key)
    return by_key


def _mapped(folder: Path, framework: Framework, checks: Checks, others: Mapping[str, Framework]) -> Framework:
    def edition(name: str) -> Framework | None:
        return others.get(f"{framework.id}/{name}")

    return replace(framework, mappings=read_mappings(folder, framework, checks, edition))


def read_folder(folder: Path) -> Framework:
    """Return the framework in any folder, with the sources, units and data items on file.

    Older editions it is mapped from are those in the folders beside it, or else those on file.

    Raises
    ------
    PackError
        If a file is not as it must be.
    """
    library, folder = Library.load(), folder.resolve()
    checks = Checks(library.sources, library.units)

    def edition(name: str) -> Framework | None:
        beside = folder.parent / name
        if (beside / "pack.yaml").is_file():
            return read_framework(beside, checks, library.items)
        return frameworks().get(f"{framework.id}/{name}")

    framework = read_framework(folder, checks, library.items)
    return replace(framework, mappings=read_mappings(folder, framework, checks, edition))


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
