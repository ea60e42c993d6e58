"""Bytes of a CSV file to lines of text, in bounded memory, naming what is not UTF-8 by row and byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from localaction.engine.errors import Finding, InputError, Refused

BLOCK_BYTES = 1 << 18
LONGEST_LINE = 1 << 16
SHARE_OF_NULS_IN_UTF16 = 0.2

SIGNATURES = (
    (b"PK\x03\x04", "a spreadsheet workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet workbook of the old binary form"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF document"),
)
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class NotCsv(InputError):
    """The file is of another kind."""

    code = "rows.not_csv"
    text = "This is {kind}, not a CSV file."
    remedy_text = "Save the sheet as CSV (UTF-8, comma separated) and hand that in."


class WrongEncoding(InputError):
    """The text is in a known encoding that is not UTF-8."""

    code = "rows.wrong_encoding"
    text = "The file is encoded as {encoding}, not as UTF-8; its first bytes show it."
    remedy_text = "Save it again as CSV UTF-8."


class NotUtf8(InputError):
    """A byte cannot be read as UTF-8."""

    code = "rows.not_utf8"
    text = (
        "Byte {hex} at position {byte} of the file cannot be read as UTF-8; in Latin-1 it would be {guess}."
    )
    remedy_text = "Save the file again as CSV UTF-8."


class NulByte(InputError):
    """A NUL byte stands in the text."""

    code = "rows.nul"
    text = "A NUL byte stands at position {byte} of the file; text never holds one."
    remedy_text = "The file is damaged or is not a CSV file: export it again."


class LineTooLong(InputError):
    """A line is longer than any inventory row."""

    code = "rows.line_too_long"
    text = "The line is longer than {limit} bytes, so it is not one row of an inventory."
    remedy_text = "Look for missing line breaks or a quotation mark that is never closed."


class FileTooLarge(InputError):
    """The file holds more bytes than allowed."""

    code = "rows.file_too_large"
    text = "The file is larger than {limit} bytes; reading stopped there."
    remedy_text = "Split it by place or year, or sum rows of the same cell, activity and unit."


def text_lines(stream: BinaryIO, max_bytes: int | None = None) -> Iterator[list[str]]:
    """Yield the lines of a UTF-8 stream with their line ends, some thousand at a time.

    Memory is bounded by one block and one line, whatever the stream holds.

    Raises
    ------
    Refused
        With one finding, if the stream is not UTF-8 text, has a longer line than an inventory can have,
        or holds more than ``max_bytes``.
    """
    offset, lines, rest = 0, 0, b""
    for block in _blocks(stream, max_bytes):
        whole, rest = _split(rest + block)
        if len(rest) > LONGEST_LINE:
            raise _refusal(LineTooLong(limit=LONGEST_LINE), lines + _count(whole) + 1)
        yield _decoded(whole, offset, lines)
        offset += len(whole)
        lines += _count(whole)
    yield _decoded(rest, offset, lines)


def _blocks(stream: BinaryIO, max_bytes: int | None) -> Iterator[bytes]:
    read = 0
    while block := stream.read(BLOCK_BYTES):
        if not read:
            _refuse_other_kinds(block)
            block = block.removeprefix(b"\xef\xbb\xbf")
        read += len(block)
        if max_bytes is not None and read > max_bytes:
            raise _refusal(FileTooLarge(limit=max_bytes), None)
        yield block


def _split(block: bytes) -> tuple[bytes, bytes]:
    """Cut after the last line end; a carriage return at the very end may be half of one."""
    cut = max(block.rfind(b"\n"), block.rfind(b"\r", 0, len(block) - 1)) + 1
    return block[:cut], block[cut:]


def _count(block: bytes) -> int:
    return max(block.count(b"\n"), block.count(b"\r"))


def _decoded(block: bytes, offset: int, lines: int) -> list[str]:
    nul = block.find(b"\0")
    if nul >= 0:
        raise _refusal(NulByte(byte=offset + nul + 1), lines + _count(block[:nul]) + 1)
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = block[error.start]
        guess = bytes([byte]).decode("cp1252", errors="replace")
        problem = NotUtf8(hex=f"0x{byte:02X}", byte=offset + error.start + 1, guess=f'"{guess}"')
        raise _refusal(problem, lines + _count(block[: error.start]) + 1) from None
    found = io.StringIO(text, newline="").readlines()
    if found and max(map(len, found)) > LONGEST_LINE:
        first = next(number for number, line in enumerate(found, start=1) if len(line) > LONGEST_LINE)
        raise _refusal(LineTooLong(limit=LONGEST_LINE), lines + first)
    return found


def _refuse_other_kinds(block: bytes) -> None:
    for signature, kind in SIGNATURES:
        if block.startswith(signature):
            raise _refusal(NotCsv(kind=kind), None)
    for mark, encoding in BYTE_ORDER_MARKS:
        if block.startswith(mark):
            raise _refusal(WrongEncoding(encoding=encoding), None)
    half = max(len(block) // 2, 1)
    if max(block[0::2].count(b"\0"), block[1::2].count(b"\0")) / half > SHARE_OF_NULS_IN_UTF16:
        raise _refusal(WrongEncoding(encoding="UTF-16"), None)


def _refusal(error: InputError, row: int | None) -> Refused:
    return Refused([Finding.of(error, row=row)])
