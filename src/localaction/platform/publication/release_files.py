"""Where releases lie in the data folder, and their files by name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from localaction.platform.publication.errors import ReleaseNotFound


class ReleaseFile(NamedTuple):
    """One file of a release."""

    name: str
    size_bytes: int


def folder_of(number: int) -> Path:
    """Return the folder of a release."""
    return Path(settings.DATA_DIR) / "releases" / str(number)


def archive_of(number: int) -> Path:
    """Return the archive that holds a whole release."""
    return Path(settings.DATA_DIR) / "releases" / f"local-action-release-{number}.zip"


def files_of_release(number: int) -> list[ReleaseFile]:
    """Return the files of a release by name; empty if they were removed from the data folder."""
    folder = folder_of(number)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [ReleaseFile(path.relative_to(folder).as_posix(), path.stat().st_size) for path in paths]


def archive_size(number: int) -> int | None:
    """Return the size of the archive in bytes, None without one."""
    archive = archive_of(number)
    return archive.stat().st_size if archive.is_file() else None


def path_of(number: int, name: str) -> Path:
    """Return where a file of a release lies: one of its own files or its archive, nothing else.

    Raises ``ReleaseNotFound``.
    """
    if name == archive_of(number).name and archive_of(number).is_file():
        return archive_of(number)
    if name in {file.name for file in files_of_release(number)}:
        return folder_of(number) / name
    raise ReleaseNotFound(what=f"file {name} in release {number}")
