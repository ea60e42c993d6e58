"""Reading the Parquet tables of a release inventory by inventory, in step with one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from localaction.engine.exchange.release.tables import Table
from localaction.engine.exchange.release.writing import file_names

BATCH_ROWS = 65_536
Key = tuple[str, int]


class Rows:
    """The rows of one inventory in one table, as columns."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def __len__(self) -> int:
        return int(self.data.num_rows)

    def texts(self, name: str) -> list[str]:
        """Return a column of texts."""
        found: list[str] = self.data.column(name).to_pylist() if self.data.num_rows else []
        return found

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers; NaN where there is none."""
        if not self.data.num_rows:
            return np.zeros(0)
        column = pc.cast(self.data.column(name), pa.float64())
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


class Grouped:
    """A table whose rows are sorted by place and year, handed out inventory by inventory."""

    def __init__(self, folder: Path, table: Table, columns: tuple[str, ...]) -> None:
        self.table = table
        self._empty = pa.table({name: pa.array([], pa.string()) for name in columns})
        self._groups = self._read(folder / file_names(table)[1], columns)
        self._next = next(self._groups, None)
        self.strays: list[Key] = []

    @property
    def next_key(self) -> Key | None:
        """The inventory whose rows come next; None at the end."""
        return self._next[0] if self._next is not None else None

    def take(self, key: Key) -> Rows:
        """Return the rows of an inventory; asked for in sorted order. What lies between is noted as stray."""
        while self._next is not None and self._next[0] < key:
            self.strays.append(self._next[0])
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != key:
            return Rows(self._empty)
        found = self._next[1]
        self._next = next(self._groups, None)
        return Rows(found)

    def finish(self) -> list[Key]:
        """Return the inventories of rows that belong to none that was asked for."""
        while self._next is not None:
            self.strays.append(self._next[0])
            self._next = next(self._groups, None)
        return self.strays

    @staticmethod
    def _read(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Key, Any]]:
        held: list[Any] = []
        now: Key | None = None
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH_ROWS, columns=["place_code", "year", *columns]):
                for key, part in _runs(pa.table(batch)):
                    if now is not None and key != now:
                        yield now, pa.concat_tables(held)
                        held = []
                    now = key
                    held.append(part)
        if now is not None:
            yield now, pa.concat_tables(held)


def _runs(data: Any) -> Iterator[tuple[Key, Any]]:
    """Yield the parts of a batch in which place and year stay the same."""
    if not data.num_rows:
        return
    places = data.column("place_code").combine_chunks().dictionary_encode()
    codes = np.asarray(places.indices if not isinstance(places, pa.ChunkedArray) else places.chunk(0).indices)
    years = np.asarray(data.column("year").to_numpy())
    changed = np.flatnonzero((np.diff(codes) != 0) | (np.diff(years) != 0)) + 1
    starts = [0, *changed.tolist(), data.num_rows]
    for start, end in pairwise(starts):
        key = (data.column("place_code")[start].as_py(), int(years[start]))
        yield key, data.slice(start, end - start)
