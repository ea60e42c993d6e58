"""What a check of a release found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST = 1000  # deviations kept; the rest are counted


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as it must be: where, what, and by how much."""

    where: str
    what: str
    published: float | None = None
    recomputed: float | None = None
    unit: str = ""

    @property
    def line(self) -> str:
        """One line for people."""
        if self.published is None or self.recomputed is None:
            return f"{self.where}: {self.what}"
        off = self.published - self.recomputed
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"{self.where}: {self.what}: the release says {self.published!r}{unit}, "
            f"recomputed {self.recomputed!r}{unit}, off by {off:+.6g}{unit}"
        )


@dataclass
class Report:
    """What was checked and what deviates."""

    number: str = ""
    digest: str = ""
    files: int = 0
    inventories: int = 0
    without_lines: int = 0
    unsplit: int = 0
    lines: int = 0
    cells: int = 0
    totals: int = 0
    deviations: list[Deviation] = field(default_factory=list)
    more: int = 0
    deviating: set[str] = field(default_factory=set)

    def add(self, deviation: Deviation) -> None:
        """Note a deviation; past the limit it is counted alone."""
        self.deviating.add(deviation.where.split(",")[0])
        if len(self.deviations) < MOST:
            self.deviations.append(deviation)
        else:
            self.more += 1

    @property
    def sound(self) -> bool:
        """Whether nothing deviates."""
        return not self.deviations

    def lines_of_text(self) -> Iterator[str]:
        """Yield the report for people, deviations first."""
        for deviation in self.deviations:
            yield deviation.line
        if self.more:
            yield f"... and {self.more} more."
        yield (
            f"Checked: {self.files} files, {self.inventories} inventories, {self.lines} lines, "
            f"{self.cells} cells, {self.totals} totals."
        )
        if self.unsplit:
            yield f"{self.unsplit} lines give CO2e without gases: they were taken as published."
        if self.without_lines:
            yield (
                f"{self.without_lines} inventories publish no lines (too many rows): their cells were "
                "recomputed from their own gases, not from lines."
            )
        if self.sound:
            yield "All files are as released, and every line, cell and total agrees."
        else:
            count = len(self.deviations) + self.more
            yield f"{count} deviations, in: {', '.join(sorted(self.deviating))}."
