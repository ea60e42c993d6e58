"""An index of folded names in a few flat arrays: exact, by beginning, within, and misspelt.

A quarter of a million names take about 10 MB. Names stand sorted in one run of bytes, so that a beginning is
a range; a misspelt name is looked for among those of like length that share its pairs of letters, which
leaves a few thousand for RapidFuzz to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

END = b"\n"
MOST_HITS = 1500  # occurrences within names that are looked at
SHORTEST_WITHIN = 4  # letters; shorter texts are looked for at the beginning alone
#: Points of a match; what a place is known for (up to 20) comes on top.
EXACT, ALSO, BEGINS, WORDS, WITHIN, MISSPELT, EACH_MISTAKE = 100.0, 97.0, 76.0, 70.0, 60.0, 92.0, 9.0
WHOLE_BONUS = 14.0  # how much of the name is typed, when it begins so


class Hits(NamedTuple):
    """Owners of names that match, each with its points; an owner may stand there more than once."""

    owners: NDArray[np.int32]
    points: NDArray[np.float32]
    misspelt: bool = False


NONE = Hits(np.empty(0, np.int32), np.empty(0, np.float32))


class NameIndex:
    """Names and whose they are.

    Parameters
    ----------
    names : iterable of (str, int, bool)
        A folded name, the number of its owner, and whether it is the owner's own name.
    """

    def __init__(self, names: Iterable[tuple[str, int, bool]]) -> None:
        rows = sorted((name.encode(), owner, own) for name, owner, own in names if name)
        self.blob = END + END.join(row[0] for row in rows) + END
        self.owners = np.fromiter((row[1] for row in rows), np.int32, len(rows))
        self.own = np.fromiter((row[2] for row in rows), np.bool_, len(rows))
        self.sizes = np.fromiter((len(row[0]) for row in rows), np.int32, len(rows))  # bytes
        self.starts = _starts(self.sizes)
        letters = np.fromiter((len(row[0].decode()) for row in rows), np.int32, len(rows))
        self.letters = letters.astype(np.int16)
        self.pairs = _pairs(self.blob.decode(), _starts(letters)) if rows else np.empty(0, np.uint64)

    @property
    def nbytes(self) -> int:
        """Bytes held in memory."""
        arrays = (self.owners, self.own, self.sizes, self.starts, self.letters, self.pairs)
        return len(self.blob) + sum(array.nbytes for array in arrays)

    def name(self, at: int) -> bytes:
        """Return the name at a position."""
        start = int(self.starts[at])
        return self.blob[start : start + int(self.sizes[at])]

    def exact(self, text: str) -> Hits:
        """Return who has exactly this name."""
        wanted = text.encode()
        first, last = self._range(wanted)
        whole = np.flatnonzero(self.sizes[first:last] == len(wanted)) + first
        return Hits(self.owners[whole], np.where(self.own[whole], EXACT, ALSO).astype(np.float32))

    def begins(self, text: str) -> Hits:
        """Return whose name begins so: more points, the more of it is typed."""
        wanted = text.encode()
        first, last = self._range(wanted)
        points = BEGINS + WHOLE_BONUS * len(wanted) / np.maximum(self.sizes[first:last], 1)
        return Hits(self.owners[first:last], points.astype(np.float32))

    def within(self, text: str) -> Hits:
        """Return who has a name with this text in it, or with all its words in any order."""
        words = sorted(text.encode().split(), key=len, reverse=True)
        if not words or len(text) < SHORTEST_WITHIN:
            return NONE
        wanted = text.encode()
        rows: dict[int, float] = {}
        for row in self._rows_with(words[0]):
            name = b" " + self.name(row)
            if b" " + wanted in name:
                rows[row] = WORDS
            elif wanted in name:
                rows.setdefault(row, WITHIN)
            elif len(words) > 1 and all(b" " + word in name for word in words):
                rows[row] = WORDS
        at_rows = np.fromiter(rows, np.int64, len(rows))
        points = np.fromiter(rows.values(), np.float64, len(rows))
        points += WHOLE_BONUS * len(wanted) / (self.sizes[at_rows] + 1)
        return Hits(self.owners[at_rows], points.astype(np.float32))

    def misspelt(self, text: str, mistakes: int) -> Hits:
        """Return whose name is this text with up to so many letters wrong, missing, added or exchanged."""
        if not mistakes or not len(self.owners):
            return NONE
        mine = _pairs(f"\n{text}\n", np.array([1], np.int32))[0]
        rows = np.flatnonzero(np.abs(self.letters - len(text)) <= mistakes)
        # a wrong letter takes two pairs away, two exchanged ones three
        rows = rows[np.bitwise_count(mine & ~self.pairs[rows]) <= 2 * mistakes + 1]
        names = [self.name(int(row)).decode() for row in rows]
        found: Sequence[tuple[str, int, int]] = process.extract(
            text, names, scorer=OSA.distance, score_cutoff=mistakes, limit=None
        )
        at = rows[[index for _name, _distance, index in found]] if found else rows[:0]
        distances = np.array([distance for _name, distance, _index in found], np.float32)
        return Hits(self.owners[at], MISSPELT - EACH_MISTAKE * distances, misspelt=True)

    def _range(self, wanted: bytes) -> tuple[int, int]:
        """Return the rows whose names begin with ``wanted``."""
        return self._first(wanted), self._first(wanted + b"\xff")

    def _first(self, wanted: bytes) -> int:
        low, high = 0, len(self.owners)
        while low < high:
            middle = (low + high) // 2
            if self.name(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _rows_with(self, word: bytes) -> list[int]:
        found: list[int] = []
        at = self.blob.find(word)
        while at >= 0 and len(found) < MOST_HITS:
            found.append(at)
            at = self.blob.find(word, at + 1)
        return list(dict.fromkeys((np.searchsorted(self.starts, found, side="right") - 1).tolist()))


def allowed_mistakes(text: str) -> int:
    """Return how many mistakes a text of this length may have: none if it is short, three if it is long."""
    return (len(text) >= 4) + (len(text) >= 7) + (len(text) >= 13)


def _starts(sizes: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return where each name begins: one sign stands before each."""
    return np.cumsum(sizes + 1, dtype=np.int32) - sizes


def _pairs(text: str, starts: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return which pairs of neighbouring letters each name holds, ends included, as 64 bits."""
    signs = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    mixed = signs[:-1] * np.uint32(2654435761) + signs[1:] * np.uint32(40503)
    bits = np.uint64(1) << ((mixed >> np.uint32(7)) & np.uint32(63)).astype(np.uint64)
    return np.asarray(np.bitwise_or.reduceat(bits, starts - 1), np.uint64)
