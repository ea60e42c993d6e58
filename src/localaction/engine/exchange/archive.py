"""A zip archive opened with every bound checked, and its parts read in pieces that were counted."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from localaction.engine.exchange import problems
from localaction.engine.exchange.limits import MEGABYTE, Deadline, Limits

PIECE = 1 << 19
END_RECORD, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16
DIRECTORY_BYTES_PER_PART = 512
ENCRYPTED_FLAG = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
READ_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
LONGEST_MARK = 16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def open_archive(stream: BinaryIO, name: str, limits: Limits) -> zipfile.ZipFile:
    """Return the archive, or refuse it for its number of parts, its declared sizes, or a password.

    What it declares is only a first look: `pieces` counts what really comes out.
    """
    _check_directory(stream, name, limits)
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise problems.Damaged(name=name, why=_why(error)) from None
    members = archive.infolist()
    if len(members) > limits.parts:
        raise _too_many(name, len(members), limits)
    if len({member.filename for member in members}) < len(members):
        raise problems.OddMarkup(part="directory", why="two parts have the same name")
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise problems.Encrypted(name=name)
    if odd := [member.filename for member in members if member.compress_type not in METHODS]:
        raise problems.OddMarkup(part=odd[0], why="it is packed by an unusual method")
    return archive


def pieces(
    archive: zipfile.ZipFile, part: str, limits: Limits, most: int, deadline: Deadline
) -> Iterator[bytes]:
    """Yield the unpacked bytes of a part, refusing it as soon as it unpacks beyond ``most`` or the ratio.

    Raises
    ------
    Bomb, TooLarge, Damaged, Entities, OddMarkup, TooSlow
        As soon as it shows.
    """
    packed = max(archive.getinfo(part).compress_size, 1)
    size, rest, first = 0, b"", True
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > limits.ratio_from_bytes and size > packed * limits.ratio:
                    raise problems.Bomb(part=part, ratio=limits.ratio)
                if size > most:
                    raise problems.TooLarge(
                        f'The part "{part}" of the workbook', "is too large once unpacked",
                        f"{most / MEGABYTE:g} MB", "Copy the table alone into a new workbook.",
                    )  # fmt: skip
                if first:
                    _check_encoding(piece, part)
                    first = False
                _check_declarations(rest + piece, part)
                rest = piece[-LONGEST_MARK:]
                deadline.check()
                yield piece
    except BROKEN as error:
        raise problems.Damaged(name=archive_name(archive), why=_why(error)) from None


def small_part(archive: zipfile.ZipFile, part: str, limits: Limits, deadline: Deadline) -> bytes:
    """Return a part that is small in every workbook: its table of contents, its relations."""
    return b"".join(pieces(archive, part, limits, limits.small_part_bytes, deadline))


def archive_name(archive: zipfile.ZipFile) -> str:
    """Return a name for messages: archives are opened from streams, which need not have one."""
    return str(archive.filename or "The workbook")


def _check_directory(stream: BinaryIO, name: str, limits: Limits) -> None:
    """A directory of millions of parts would fill the memory before any of them is looked at."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + END_SIZE:
        raise problems.Damaged(name=name, why="the end of the archive is missing")
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if directory > limits.parts * DIRECTORY_BYTES_PER_PART:
        raise _too_many(name, count, limits)


def _too_many(name: str, count: int, limits: Limits) -> problems.TooLarge:
    fix = "Copy the table alone into a new workbook."
    return problems.TooLarge(f'"{name}"', f"holds too many parts ({count:,})", f"{limits.parts:,}", fix)


def _check_encoding(piece: bytes, part: str) -> None:
    """Only text that every reader reads alike: UTF-8 without detours."""
    if b"\0" in piece[:4] or piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise problems.OddMarkup(part=part, why="it is not written in UTF-8")
    declared = DECLARED.match(piece.removeprefix(b"\xef\xbb\xbf").lstrip())
    if declared and declared.group(1).lower() not in READ_ENCODINGS:
        raise problems.OddMarkup(part=part, why="it is not written in UTF-8")


def _check_declarations(text: bytes, part: str) -> None:
    if any(mark in text for mark in DECLARATIONS):
        raise problems.Entities(part=part)


def _why(error: BaseException) -> str:
    return str(error).rstrip(".").lower() or type(error).__name__
