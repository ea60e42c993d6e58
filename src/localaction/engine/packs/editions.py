"""Every framework edition on file, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.packs.checks import Checks
from localaction.engine.packs.frameworkreader import read_framework
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.library import Library
from localaction.packs import DATA


class UnknownFramework(InputError):
    """There is no such framework or edition."""

    code = "packs.unknown_framework"
    text = 'There is no framework "{framework}". {hint}'
    remedy_text = "Name one of: {known}."

    def __init__(self, framework: str, known: list[str]) -> None:
        hint = did_you_mean(framework, known)
        super().__init__(framework=shown(framework), hint=hint, known=", ".join(known))


@cache
def frameworks(folder: Path = DATA) -> Mapping[str, Framework]:
    """Return every edition by ``id/edition``, in order; read once per process.

    Raises
    ------
    PackError
        If a file is not as it must be: file, line, what and what to do.
    """
    library = Library.load(folder)
    checks = Checks(library.sources, library.units)
    found = [
        read_framework(path.parent, checks, library.items)
        for path in sorted((folder / "frameworks").glob("*/*/pack.yaml"))
    ]
    return {framework.key: framework for framework in found}


def read_folder(folder: Path) -> Framework:
    """Return the framework in any folder, with the sources, units and data items on file.

    Raises
    ------
    PackError
        If a file is not as it must be.
    """
    library = Library.load()
    return read_framework(folder.resolve(), Checks(library.sources, library.units), library.items)


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
