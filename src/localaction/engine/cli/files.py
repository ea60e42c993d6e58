"""Input that may be a file or standard input, and output that is whole or not there at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from localaction.engine.errors import InputError

STANDARD = "-"


class NoSuchInput(InputError):
    """An input file cannot be opened."""

    code = "cli.no_such_input"
    text = "{path} cannot be read: {why}."
    remedy_text = "Correct the path of the file, or give - to read standard input."


class NoSuchOutput(InputError):
    """An output file cannot be written."""

    code = "cli.no_such_output"
    text = "{path} cannot be written: {why}."
    remedy_text = "Give a path in a folder that exists and may be written."


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file for reading bytes; ``-`` is standard input."""
    if path == STANDARD:
        yield sys.stdin.buffer
        return
    with _readable(path) as stream:
        yield stream


def _readable(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise NoSuchInput(path=path, why=_why(error)) from None


@contextmanager
def taken_in(path: str) -> Iterator[Path]:
    """Yield the path of a file; standard input (``-``) is kept in a temporary one meanwhile."""
    if path != STANDARD:
        with _readable(path):
            pass
        yield Path(path)
        return
    with tempfile.NamedTemporaryFile(prefix="standard-input-") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)


@contextmanager
def output(path: str | None) -> Iterator[TextIOWrapper]:
    """Open a text for writing that appears only when it is complete.

    What is written goes to a temporary file first. When the block ends without an exception it is printed or,
    if ``path`` is given, put in place of that file in one step; after an exception nothing has changed.
    """
    if path is None or path == STANDARD:
        with _spool() as spool:
            yield spool
            _copy(spool, sys.stdout)
    elif Path(path).exists() and not Path(path).is_file():
        with _spool() as spool:
            yield spool
            with _writable(path) as stream:
                _copy(spool, stream)
    else:
        with _replacement(path) as stream:
            yield stream


@contextmanager
def _replacement(path: str) -> Iterator[TextIOWrapper]:
    target = Path(path).resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise NoSuchOutput(path=path, why=_why(error)) from None
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _spool() -> TextIOWrapper:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def _writable(path: str) -> TextIOWrapper:
    try:
        return Path(path).open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise NoSuchOutput(path=path, why=_why(error)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _copy(spool: TextIOWrapper, stream: TextIO) -> None:
    spool.seek(0)
    shutil.copyfileobj(spool, stream)
    stream.flush()


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
