"""What the matrix is made of: plain records that ``web/parts/matrix.html`` draws."""

from __future__ import annotations

from dataclasses import dataclass

from localaction.platform.web.parts import Range


@dataclass(frozen=True)
class MatrixCell:
    """One cell: a value, a key, open, or ``none`` where the protocol has no such cell."""

    state: str
    ref: str = ""
    column: str = ""
    text: str = ""
    exact: str = ""
    step: int = 0
    counted: bool = True
    key: str = ""
    key_label: str = ""
    says: str = ""
    address: str = ""
    finding: bool = False
    selected: bool = False

    @property
    def css(self) -> str:
        """Classes for its state, depth and marks, each with a blank before it."""
        kind = {"key": " is-key", "open": " is-open"}.get(self.state)
        if kind is None:
            kind = f" s{self.step}" if self.counted else " is-extra"
        return kind + (" has-find" if self.finding else "") + (" is-sel" if self.selected else "")


@dataclass(frozen=True)
class MatrixRow:
    """One sub-sector, or a cell that stands on a row of its own."""

    number: str
    label: str
    cells: tuple[MatrixCell, ...]
    total: float | None
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class MatrixSector:
    """One sector with coverage and sum in the chosen total; ``gaps`` are required cells open or NE."""

    number: str
    label: str
    theme: str
    rows: tuple[MatrixRow, ...]
    total: float | None
    required: int
    filled: int
    note: str
    gaps: int = 0

    @property
    def share_filled(self) -> float:
        """Per cent of the required cells that hold a value or a key."""
        return round(100 * self.filled / self.required, 1) if self.required else 0.0

    @property
    def complete(self) -> bool:
        """Whether no required cell is open."""
        return self.filled >= self.required


@dataclass(frozen=True)
class MatrixTotal:
    """One total, pinned above the matrix."""

    label: str
    value: float
    range: Range
    open: int
    missing: tuple[str, ...]
    address: str
    empty: bool = False  # nothing is entered that counts in it: no figure, which is not nought

    @property
    def complete(self) -> bool:
        """Whether no required cell is open and every gas has a warming potential."""
        return not self.open and not self.missing


@dataclass(frozen=True)
class KeyNote:
    """A notation key in words."""

    key: str
    label: str
    explain: str


@dataclass(frozen=True)
class Matrix:
    """The whole matrix for one chosen total."""

    caption: str
    chosen: str
    columns: tuple[tuple[str, int], ...]
    sectors: tuple[MatrixSector, ...]
    total: MatrixTotal
    others: tuple[MatrixTotal, ...]
    keys: tuple[KeyNote, ...]
    has_findings: bool

    @property
    def has_gaps(self) -> bool:
        """Whether a cell that the chosen total requires is open or not estimated."""
        return any(sector.gaps for sector in self.sectors)
