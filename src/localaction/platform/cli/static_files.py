"""Collect the static files when they, or the program, changed since they were collected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from localaction import __version__

MANIFEST = "staticfiles.json"
STAMP = ".collected"


def collect() -> str:
    """Collect the static files unless what was collected is up to date; return in words what was done."""
    sources = list(_sources())
    wanted, stamp = _digest(sources), Path(settings.STATIC_ROOT) / STAMP
    if _read(stamp) == wanted and (stamp.parent / MANIFEST).is_file():
        return f"{len(sources)} files, unchanged"
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")
    return f"{len(sources)} files collected"


def _sources() -> Iterator[tuple[str, Path]]:
    """Yield every static file by the name it is served under, with where it lies."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def _digest(sources: list[tuple[str, Path]]) -> str:
    """Return a digest over names and contents, the storage that prepares them, and the version."""
    parts = [__version__, str(settings.STORAGES["staticfiles"]["BACKEND"])]
    parts += [f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in sorted(sources)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.is_file() else ""
