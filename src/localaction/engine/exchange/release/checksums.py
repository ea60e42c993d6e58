"""Digests of the files of a release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

NAME = "SHA256SUMS"
PIECE = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def files_of(folder: Path) -> list[str]:
    """Return the names of all files below a folder, without the list of checksums itself."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(name for path in paths if (name := path.relative_to(folder).as_posix()) != NAME)


def content_digest(digests: Mapping[str, str]) -> str:
    """Return one digest of the content: of all CSV files by name, so that metadata and dates don't count."""
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests) if name.endswith(".csv")]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def written(digests: Mapping[str, str]) -> str:
    """Return the list as ``sha256sum --check`` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def parsed(lines: Iterable[str]) -> dict[str, str]:
    """Return the digests of a list by file name."""
    pairs = (line.rstrip("\n").split("  ", 1) for line in lines if "  " in line)
    return {name: digest for digest, name in pairs}
