"""Some hundred rows at once, held by column, so that a million of them pass without a step for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from localaction.engine.errors import Refused
from localaction.engine.inventory.columns import NAMES, RawRow

BLOCK_ROWS = 256  # small enough to stay in the processor's cache and below the garbage collector's notice


class Block:
    """Rows by column.

    Parameters
    ----------
    numbers : sequence of int
        Number of each row.
    columns : mapping
        Texts of every column by its name.
    keys : sequence of str or None, optional
        The caller's own key of each row.
    broken : sequence of RawRow
        Rows that could not be split into columns; they are not among the others.
    """

    __slots__ = ("broken", "columns", "keys", "numbers")

    def __init__(
        self,
        numbers: Sequence[int],
        columns: Mapping[str, Sequence[str]],
        keys: Sequence[str | None] | None = None,
        broken: Sequence[RawRow] = (),
    ) -> None:
        self.numbers = numbers
        self.columns = columns
        self.keys = keys
        self.broken = broken

    @classmethod
    def of(cls, rows: Sequence[RawRow]) -> Block:
        """Return the rows by column; absent columns are empty, unknown ones left out."""
        whole = [row for row in rows if row.problem is None]
        return cls(
            numbers=[row.number for row in whole],
            columns={name: [row.values.get(name, "") for row in whole] for name in NAMES},
            keys=[row.key for row in whole],
            broken=[row for row in rows if row.problem is not None],
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, position: int) -> RawRow:
        """Return one row."""
        values = {name: texts[position] for name, texts in self.columns.items()}
        return RawRow(self.numbers[position], values, self.keys[position] if self.keys else None)

    def rows(self) -> list[RawRow]:
        """Return all rows in their order, broken ones among them."""
        names, keys = list(self.columns), self.keys or [None] * len(self)
        texts = zip(*self.columns.values(), strict=True)
        made = [
            RawRow(number, dict(zip(names, fields, strict=True)), key)
            for number, fields, key in zip(self.numbers, texts, keys, strict=True)
        ]
        return sorted([*made, *self.broken], key=lambda row: row.number) if self.broken else made

    def take(self, positions: Sequence[int]) -> Block:
        """Return the rows at these positions."""
        return Block(
            numbers=[self.numbers[position] for position in positions],
            columns={name: [texts[i] for i in positions] for name, texts in self.columns.items()},
            keys=[self.keys[position] for position in positions] if self.keys else None,
        )


Rows = Iterable[RawRow] | Iterable[list[RawRow]] | Iterable[Block]


def blocks(rows: Rows, size: int = BLOCK_ROWS) -> Iterator[Block]:
    """Yield the rows in blocks of one size, however they were handed in, so that sums round alike."""
    held: list[RawRow] = []
    try:
        for item in rows:
            if isinstance(item, RawRow):
                held.append(item)
            elif isinstance(item, list):
                held.extend(item)
            elif len(item) == size and not held:
                yield item
            else:
                held.extend(item.rows())
            if len(held) >= size:
                whole = len(held) - len(held) % size
                for start in range(0, whole, size):
                    yield Block.of(held[start : start + size])
                held = held[whole:]
    except Refused:
        yield Block.of(held)  # what came before the fault is checked too
        raise
    if held:
        yield Block.of(held)
