"""Read the table of UN/LOCODE: codes of places for trade and transport, as CSV, plain or gzipped.

Columns by their names, in any order: ``locode`` and ``country``; of use if there: ``name``, ``name_ascii``,
``subdivision``, ``status``, ``lat``, ``lon`` (degrees).
A row that cannot be used is yielded with its problem.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from localaction.engine.errors import InputError

NEEDED = ("locode", "country")
FORM = re.compile(r"([A-Z]{2})\s?([A-Z2-9]{3})")
REMOVED = "XX"  # status of an entry that the next edition leaves out
MOST_ROWS, MOST_BYTES = 500_000, 200_000_000
GZIP = b"\x1f\x8b"


class NotUnlocode(InputError):
    """The file is not the table."""

    code = "exchange.unlocode.columns"
    text = "This is not a table of UN/LOCODE: {problem}"
    remedy_text = "Hand in a CSV file whose first line names the columns locode, country, name, lat and lon."


class UnlocodeTooLarge(InputError):
    """The file is larger than any edition of the table."""

    code = "exchange.unlocode.too_large"
    text = "The file goes on after {limit}; no edition of UN/LOCODE is that large."
    remedy_text = "Hand in the table of one edition."


@dataclass(frozen=True, slots=True)
class LocodeRow:
    """One row: ``code`` without its space; ``problem`` says why the row is left out, if it is."""

    number: int
    code: str
    country: str
    names: tuple[str, ...]
    subdivision: str
    latitude: float | None
    longitude: float | None
    problem: str = ""


def read_unlocode(stream: BinaryIO) -> Iterator[LocodeRow]:
    """Yield the rows of the table, numbered as in the file (the head is row 1).

    Raises
    ------
    NotUnlocode, UnlocodeTooLarge
        If it is another table, or goes on too long.
    """
    reader = csv.DictReader(_lines(stream))
    seen: set[str] = set()
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise NotUnlocode(problem=f"it has no column {' and no column '.join(missing)}.")
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise UnlocodeTooLarge(limit=f"{MOST_ROWS:,} rows")
            read = _row(number, row, seen)
            seen.add(read.code)
            yield read
    except (csv.Error, UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NotUnlocode(problem=f"it cannot be read as CSV in UTF-8 ({error}).") from error


def _lines(stream: BinaryIO) -> Iterator[str]:
    head = stream.read(2)
    stream.seek(0)
    plain: Any = gzip.GzipFile(fileobj=stream) if head == GZIP else stream
    size = 0
    for line in io.TextIOWrapper(plain, encoding="utf-8-sig", newline=""):
        size += len(line)
        if size > MOST_BYTES:
            raise UnlocodeTooLarge(limit=f"{MOST_BYTES // 1_000_000} MB")
        yield line


def _row(number: int, row: dict[str, str | None], seen: set[str]) -> LocodeRow:
    texts = {
        key: (value or "").strip() for key, value in row.items() if isinstance(value, str | None) and key
    }
    form = FORM.fullmatch(texts["locode"].upper())
    code = form[1] + form[2] if form else texts["locode"]
    latitude, longitude = _degrees(texts.get("lat", ""), 90), _degrees(texts.get("lon", ""), 180)
    names = dict.fromkeys(filter(None, (texts.get("name", ""), texts.get("name_ascii", ""))))
    problem = ""
    if not form:
        problem = "a code is two letters of the country and three letters or digits from 2 to 9"
    elif texts["country"].upper() != form[1]:
        problem = f'the country is "{texts["country"]}", the code begins with {form[1]}'
    elif code in seen:
        problem = "the code stands in an earlier row already"
    elif texts.get("status") == REMOVED:
        problem = "the entry is marked as removed"
    elif bool(texts.get("lat")) != (latitude is not None) or bool(texts.get("lon")) != (
        longitude is not None
    ):
        problem = "its position is not in degrees"
    return LocodeRow(
        number, code, form[1] if form else "", tuple(names), texts.get("subdivision", ""),
        latitude, longitude, problem,
    )  # fmt: skip


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None
