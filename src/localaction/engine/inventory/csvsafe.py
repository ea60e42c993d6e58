"""Texts in CSV files that no spreadsheet takes for a formula, and back: the one rule for every file.

A spreadsheet runs a field that begins with ``=``, ``+``, ``-``, ``@`` or a control character. Such a text
gets an apostrophe in front, as one would type it there; reading takes it off again, so that a file that goes
out and comes back is the same. Numbers, also negative ones, stay as they are. Workbooks (.xlsx) need none of
this: there a text is stored as a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

# some readers take the wide signs for plain ones
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
MARK = "'"


class Stream(Protocol):
    """What a CSV writer writes to."""

    def write(self, text: str, /) -> object:
        """Take one line."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula; numbers stay numbers."""
    return MARK + text if _dangerous(text.lstrip(MARK)) else text


def restored(text: str) -> str:
    """Return what `harmless` was given."""
    return text[1:] if text.startswith(MARK) and _dangerous(text.lstrip(MARK)) else text


def restored_all(texts: Sequence[str]) -> Sequence[str]:
    """Return many texts restored; one look at all of them tells that most columns have none."""
    if "\n" + MARK not in "\n" + "\n".join(texts):
        return texts
    return [restored(text) for text in texts]


class SafeWriter:
    """A CSV writer whose fields start no formula; None is an empty field, numbers are written as they are."""

    def __init__(self, stream: Stream, lineterminator: str = "\r\n") -> None:
        self._writer: Any = csv.writer(stream, lineterminator=lineterminator)

    def writerow(self, fields: Iterable[object]) -> Any:
        """Write one row; return what the stream returned."""
        return self._writer.writerow([harmless(f) if isinstance(f, str) else f for f in fields])

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        """Write many rows."""
        for row in rows:
            self.writerow(row)


def _dangerous(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text)
