"""The rows that stand, from which a file takes its own: by the key of a row, else by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from localaction.platform.inventories.models import COLUMNS, RowRevision
from localaction.platform.values.decimals import canonical
from localaction.platform.values.errors import NotANumber

Content = tuple[str, ...]


class Standing:
    """Rows as they stand; each is taken by one row of the file at most."""

    def __init__(self, revisions: Iterable[RowRevision]) -> None:
        self.by_key: dict[str, RowRevision] = {}
        self.by_content: dict[Content, list[RowRevision]] = defaultdict(list)
        for revision in revisions:
            self.by_key[str(revision.row_key)] = revision
            self.by_content[_content(revision.values())].append(revision)

    def take(self, key: str | None, values: Mapping[str, str]) -> RowRevision | None:
        """Return the row a row of the file is: the one with its key, or one that says the same; else None."""
        if key is not None and (named := self.by_key.pop(key, None)) is not None:
            return named
        same = self.by_content.get(_content(values), [])
        while same:
            found = same.pop()
            if self.by_key.pop(str(found.row_key), None) is not None:
                return found
        return None

    def left(self) -> Iterator[RowRevision]:
        """Return the rows that no row of the file took."""
        return iter(self.by_key.values())


def says_the_same(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Return whether two rows say the same; a spreadsheet writes 1.50 as 1.5, which changes nothing."""
    differing = [name for name in COLUMNS if before[name] != after[name]]
    return not differing or (differing == ["amount"] and _same_amount(before["amount"], after["amount"]))


def _same_amount(before: str, after: str) -> bool:
    try:
        return float(canonical(before)) == float(canonical(after))
    except NotANumber:
        return False


def _content(values: Mapping[str, str]) -> Content:
    return tuple(values[name] for name in COLUMNS)
