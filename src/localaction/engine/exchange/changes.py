"""What differs between two states of an inventory's rows; an edit is no removal and addition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from localaction.engine.inventory.columns import NAMES, RawRow
from localaction.engine.inventory.parsing import NUMBER

NUMERIC = frozenset({"amount", "uncertainty_percent"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that differs: its key, its number in the new state, and old and new text by column."""

    key: str
    number: int
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states; ``same`` counts the rows that do not."""

    added: tuple[RawRow, ...]
    removed: tuple[RawRow, ...]
    changed: tuple[Changed, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def key_of(row: RawRow) -> str:
    """Return a row's own key; a row without one is called by its number."""
    return row.key or f"row {row.number}"


def compare(before: Iterable[RawRow], after: Iterable[RawRow]) -> Changes:
    """Return what differs, row by row.

    Rows belong together by their key. A row whose key is unknown, or stands there a second time because
    somebody copied a row, is an added one. Texts are compared as they stand, amounts by their value.
    """
    left = {key_of(row): row for row in before}
    added: list[RawRow] = []
    changed: list[Changed] = []
    same = 0
    for row in after:
        old = left.pop(row.key, None) if row.key else None
        if old is None:
            added.append(row)
        elif columns := _differing(old, row):
            changed.append(Changed(key_of(old), row.number, columns))
        else:
            same += 1
    return Changes(tuple(added), tuple(left.values()), tuple(changed), same)


def _differing(old: RawRow, new: RawRow) -> dict[str, tuple[str, str]]:
    pairs = {name: (old.values.get(name, ""), new.values.get(name, "")) for name in NAMES}
    return {name: (a, b) for name, (a, b) in pairs.items() if a != b and not _same_amount(name, a, b)}


def _same_amount(name: str, a: str, b: str) -> bool:
    a, b = a.strip(), b.strip()
    return name in NUMERIC and bool(NUMBER.fullmatch(a) and NUMBER.fullmatch(b)) and Decimal(a) == Decimal(b)
