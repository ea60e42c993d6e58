"""What an importer is: a class that follows `Importer`, named once in ``registry``.

The framework does the rest for every one of them: the file is kept under its digest, its state moves on under
a lease, progress is kept, findings are shown, rights are checked, events are recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO, Literal, Protocol

from localaction.engine.errors import Finding
from localaction.platform.accounts.rights import Actor
from localaction.platform.imports import evidence
from localaction.platform.imports.models import Import

Scope = Literal["inventory", "network"]
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of one kind a file makes, changes, takes away and leaves as they are."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def touched(self) -> int:
        """How many are not left as they are."""
        return self.created + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class Irregular:
    """A cell of the file that was read although it is not written as it should be."""

    row: int
    column: str
    raw: str
    read_as: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A total before and after, t CO2e; None where there was none."""

    total: str
    before_t: float | None
    after_t: float | None


@dataclass(frozen=True, slots=True)
class Differs:
    """A total of the file that its own lines do not add up to, by the name of what it is of."""

    name: str
    total: str
    file_t: float
    lines_t: float
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An inventory of the file in which people changed rows: how many, and by whom (their number)."""

    key: str
    name: str
    rows: int
    by: Sequence[tuple[int | None, int]]
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do: nothing of it is done yet.

    Parameters
    ----------
    rows : int
        Rows read.
    counts : mapping of str to Count
        By kind of thing: ``rows``, ``inventories``, ``places``, ``figures`` and so on.
    findings : sequence of Finding
        What is to be known; an error refuses the file, so here are warnings and information.
    findings_more : int
        Findings beyond those listed.
    irregular : sequence of Irregular
        Cells read although untidy.
    totals : sequence of Moved
        Totals before and after.
    compared : int
        Totals that the file states itself and that were compared with its lines.
    exceptions : sequence of Differs
        Those that differ, each by name.
    cells : sequence of str
        Inventory cells touched.
    edited : sequence of Edited
        Inventories that somebody edited by hand; they are left alone unless a person says otherwise.
    seen : mapping
        What stood when this was said; ``apply`` refuses if it stands no longer.
    """

    rows: int
    counts: Mapping[str, Count] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    findings_more: int = 0
    irregular: Sequence[Irregular] = ()
    totals: Sequence[Moved] = ()
    compared: int = 0
    exceptions: Sequence[Differs] = ()
    cells: Sequence[str] = ()
    edited: Sequence[Edited] = ()
    seen: Mapping[str, Any] = field(default_factory=dict)

    def summary(self) -> Data:
        """Return it as plain data, without the findings."""
        data = asdict(self)
        for name in ("findings", "findings_more"):
            del data[name]
        return data


@dataclass(frozen=True, slots=True)
class Work:
    """One file at work: what an importer is given.

    Parameters
    ----------
    record : Import
        The import; an importer reads it and never saves it.
    actor : Actor
        On whose behalf.
    tell : callable
        Told how many rows are done (and of how many, if known). It keeps progress and lease, and raises if
        somebody asked to stop. Call it every few thousand rows; never within the transaction that writes.
    """

    record: Import
    actor: Actor
    tell: Callable[..., None]

    def open(self) -> BinaryIO:
        """Open the file as it was received."""
        return evidence.opened(self.record.path)

    @property
    def options(self) -> Mapping[str, Any]:
        """What the person chose: ``mode``, ``publish`` and so on."""
        chosen: Mapping[str, Any] = self.record.options
        return chosen


class Importer(Protocol):
    """One kind of file and what it does. Instances have no state."""

    id: str
    title: str
    applies_to: Scope
    right: str
    layouts: tuple[str, ...]

    def check(self, work: Work) -> Checked:
        """Read the whole file and say what it would do, writing nothing.

        Raises ``Refused`` with every error found, or another ``InputError``.
        """

    def prepare(self, work: Work) -> Any:
        """Read and compute everything that ``write`` needs, before it holds the database; may take long.

        What stands may have changed since ``check``: raise an ``InputError`` then.
        """

    def write(self, work: Work, prepared: Any) -> Data:
        """Write what was prepared and return what ``undo`` needs; called within a transaction, so be short.

        Refuse if what was prepared for stands no longer. The same file twice changes nothing. ``counts`` in
        what is returned takes the place of what the check said, where a person chose otherwise since.
        """

    def after(self, work: Work) -> None:
        """Do what follows from what was written and may be done later as well, such as computing."""

    def undo(self, work: Work) -> None:
        """Take back what ``work.record.made`` names; called within a transaction.

        Raises an ``InputError`` if it cannot, because somebody has built on it since.
        """
