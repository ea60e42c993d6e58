"""The rows of a received file: our own CSV as it is, any other table through its mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from localaction.engine.errors import Finding
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.rows import read_csv
from localaction.platform.imports import evidence
from localaction.platform.imports.kinds import Irregular
from localaction.platform.imports.models import Import

OWN_CSV = "own_csv"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are read, each time anew, and what is to be known of it as a whole."""

    rows: Callable[[], Iterator[list[RawRow]]]
    findings: tuple[Finding, ...] = ()
    irregular: tuple[Irregular, ...] = ()


def rows_of_file(record: Import) -> Reading:
    """Return the rows of a file. Reading raises ``Refused`` where it cannot be read."""

    def own() -> Iterator[list[RawRow]]:
        with evidence.opened(record.path) as stream:
            yield from read_csv(stream)

    return Reading(own)
