"""Known tables as data: what columns they have, in many languages; and which source column goes where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from localaction.engine.errors import Finding
from localaction.engine.exchange.words import fingerprint

TargetKind = Literal["text", "number", "year", "period", "code"]
How = Literal["saved", "exact", "synonym", "fuzzy", "person", "none"]
Decimal = Literal["", ".", ","]


@dataclass(frozen=True, slots=True)
class Target:
    """One column that a table may have.

    Parameters
    ----------
    id : str
        Name by which records hold it.
    label : str
        Name shown to people, in English.
    kind : {"text", "number", "year", "period", "code"}
        What its cells hold.
    required : bool
        Whether no row can be read without it.
    synonyms : mapping
        Names the column goes by, by language code.
    help : str
        What goes in.
    """

    id: str
    label: str
    kind: TargetKind
    required: bool
    synonyms: Mapping[str, tuple[str, ...]] = field(repr=False)
    help: str = ""


@dataclass(frozen=True, eq=False)
class Layout:
    """A kind of table that can be read.

    ``one_of`` lists groups of targets of which at least one must be mapped (an amount or a notation key).
    """

    id: str
    title: str
    targets: tuple[Target, ...]
    one_of: tuple[tuple[str, ...], ...] = ()

    def target(self, id_: str) -> Target | None:
        """Return a target by its id; None if there is none."""
        return next((target for target in self.targets if target.id == id_), None)


@dataclass(frozen=True, slots=True)
class Detection:
    """Which table a file holds, and where.

    ``confidence`` is 0 to 1: the share of the header's names that are known, lowered where two readings are
    near; ``why`` says it in words; ``findings`` are what stands in the way of reading the table; ``remarks``
    are warnings: something stands beside it, its sheet is hidden.
    """

    layout: Layout
    sheet: str
    header_row: int
    headers: tuple[str, ...]
    confidence: float
    why: str
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Where one source column goes: a target or, with None, nowhere; ``score`` (0 to 1), how and why."""

    header: str
    target: str | None
    score: float
    how: How
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which source column fills which target.

    Parameters
    ----------
    layout : str
        Id of the layout.
    columns : tuple of ColumnChoice
        One for each column of the header, in its order.
    constants : mapping
        Text by target, for every row of a file that lacks the column.
    decimal : {"", ".", ","}
        The decimal sign the file is declared to use; empty: undeclared, so that "1,234" is refused.
    """

    layout: str
    columns: tuple[ColumnChoice, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    decimal: Decimal = ""

    @property
    def fingerprint(self) -> str:
        """Digest of the header; a mapping kept under it serves every file with the same one."""
        return fingerprint([column.header for column in self.columns])

    def with_target(self, position: int, target: str | None) -> ColumnMapping:
        """Return the mapping with one column sent elsewhere by a person; None leaves it unread."""
        chosen = ColumnChoice(self.columns[position].header, target, 1.0, "person", "Chosen by a person.")
        columns = (*self.columns[:position], chosen, *self.columns[position + 1 :])
        return replace(self, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping as plain data for keeping."""
        return {
            "layout": self.layout,
            "columns": [{"header": column.header, "target": column.target} for column in self.columns],
            "constants": dict(self.constants),
            "decimal": self.decimal,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ColumnMapping:
        """Return a kept mapping."""
        columns = tuple(
            ColumnChoice(entry["header"], entry["target"], 1.0, "saved", "As it was mapped before.")
            for entry in data["columns"]
        )
        return cls(data["layout"], columns, dict(data["constants"]), data["decimal"])
