"""What a release says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TITLE = "Local Action: published greenhouse-gas inventories of places"
SCHEMA = "localaction.release/1"


@dataclass(frozen=True)
class Info:
    """Number, day and maker of a release, and what it holds.

    Parameters
    ----------
    number : str
        What it is called: a running number where it is published, else any short text.
    released_on : date
        Its day.
    publisher : str
        Who publishes it.
    address : str
        Where the site stands; may be empty.
    """

    number: str
    released_on: date
    publisher: str
    address: str = ""


@dataclass(frozen=True)
class Contents:
    """What was written: rows of each table, licences with whom to name, the digest of all CSV files."""

    rows: Mapping[str, int]
    licences: Mapping[str, tuple[str, ...]]
    first_year: int | None
    last_year: int | None
    without_lines: int
    digest: str = ""

    @property
    def cited(self) -> list[str]:
        """Whom to name, each once."""
        return sorted({whom for named in self.licences.values() for whom in named})
