"""What the rows say about each cell: amounts or a key, reasons, references; and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from localaction.engine.errors import Finding, InputError
from localaction.engine.inventory import parsing, problems
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.reading import Reading
from localaction.engine.inventory.recipe import Problem
from localaction.engine.packs import Protocol

REQUIRED_LEVEL = "BASIC"
TEXTS_KEPT = 20  # different reasons kept of one cell, so that memory stays bounded
BESIDE_A_KEY = ("amount", "unit", "factor", "gas", "gwp_set", "uncertainty_percent", "basis")


@dataclass(slots=True)
class Cell:
    """One cell as the rows fill it."""

    value_row: int | None = None
    negative_row: int | None = None
    value_rows: int = 0
    key_rows: int = 0
    keys: dict[str, int] = field(default_factory=dict)
    raw_key: str | None = None
    irregular_row: int | None = None
    market_row: int | None = None
    market_rows: int = 0
    included_in: dict[str, None] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)

    @property
    def state(self) -> Literal["value", "key", "open"]:
        """``value``, ``key`` or ``open``."""
        if self.value_row is not None:
            return "value"
        return "key" if self.keys else "open"

    @property
    def key(self) -> str | None:
        """The notation key, if there is one."""
        return next(iter(self.keys), None)

    @property
    def reason(self) -> str:
        """The reasons given, joined."""
        return "; ".join(self.reasons)


class CellBook:
    """All cells of a protocol while rows are read."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.cells: dict[str, Cell] = {ref: Cell() for ref in protocol.cells}

    def known(self, ref: str) -> str:
        """Return the reference number if there is such a cell; raise with the nearest one if not."""
        if not ref:
            raise problems.MissingCell
        if ref not in self.cells:
            raise problems.UnknownCell(ref, self.protocol.title, self.cells)
        return ref

    def add_key(self, row: RawRow) -> list[Problem]:
        """Note a row with a notation key; return what is wrong with it."""
        reading = Reading(row)
        parsed = reading.get(
            "notation_key", lambda text: parsing.notation_key(text, self.protocol.notation_keys)
        )
        for column in BESIDE_A_KEY:
            if reading.text(column):
                key = parsed.key if parsed else reading.text("notation_key")
                reading.wrong(problems.KeyAndValue(key=key, column=column), column)
        ref = reading.get("ref", self.known)
        included = reading.get("included_in", self._references)
        if parsed is not None and ref is not None and included is not None and not reading.problems:
            self._note(self.cells[ref], row, parsed.key, (*included, *parsed.references))
        return reading.problems

    def _references(self, text: str) -> tuple[str, ...]:
        return parsing.references(text, self.cells, self.protocol.title) if text else ()

    def _note(self, cell: Cell, row: RawRow, key: str, included: tuple[str, ...]) -> None:
        raw, reason = row.values["notation_key"], row.values["reason"].strip()
        cell.key_rows += 1
        cell.keys.setdefault(key, row.number)
        if cell.raw_key is None or raw.strip() != key:
            cell.raw_key = raw
        if raw.strip() != key and cell.irregular_row is None:
            cell.irregular_row = row.number
        cell.included_in.update(dict.fromkeys(ref for ref in included if ref in self.cells))
        if reason and len(cell.reasons) < TEXTS_KEPT:
            cell.reasons[reason] = None

    def conflicts(self) -> Iterator[Finding]:
        """Yield the cells that hold both an amount and a key, or two keys."""
        for ref, cell in self.cells.items():
            for key, row in cell.keys.items():
                if cell.value_row is not None:
                    error: InputError = problems.MixedCell(
                        ref=ref, value_row=cell.value_row, key=key, key_row=row
                    )
                    later = max(row, cell.value_row)
                    yield Finding.of(error, row=later, column="notation_key", value=key, ref=ref)
            if len(cell.keys) > 1:
                (first, first_row), (second, second_row) = list(cell.keys.items())[:2]
                error = problems.TwoKeys(
                    ref=ref, first=first, first_row=first_row, second=second, second_row=second_row
                )
                yield Finding.of(error, row=second_row, column="notation_key", value=second, ref=ref)

    def remarks(self) -> Iterator[Finding]:
        """Yield what does not refuse the inventory, and what keeps it from being published."""
        for ref, cell in self.cells.items():
            if cell.state == "key":
                yield from self._about_key(ref, cell)
            elif cell.state == "open" and REQUIRED_LEVEL in self.protocol.cells[ref].required_at:
                error = problems.OpenCell(ref=ref, label=self.protocol.cells[ref].label, level=REQUIRED_LEVEL)
                yield Finding.of(error, ref=ref, severity="info", blocks_publication=True)
            if cell.negative_row is not None and not self.protocol.cells[ref].removals:
                fit = ", ".join(other for other, spec in self.protocol.cells.items() if spec.removals)
                negative = problems.NegativeCell(ref=ref, row=cell.negative_row, cells=fit)
                yield Finding.of(
                    negative, row=cell.negative_row, column="amount", ref=ref, severity="warning"
                )

    def _about_key(self, ref: str, cell: Cell) -> Iterator[Finding]:
        key = cell.key or ""
        rule = self.protocol.notation_keys[key]
        if cell.irregular_row is not None and cell.raw_key is not None:
            yield self._warning(
                problems.IrregularKey(raw=cell.raw_key, key=key), cell.irregular_row, "notation_key", ref,
                value=cell.raw_key,
            )  # fmt: skip
        row = cell.keys[key]
        if rule.needs_reason and not cell.reasons:
            yield self._warning(problems.KeyWithoutReason(key=key), row, "reason", ref, blocks=True)
        if rule.needs_reference and not cell.included_in:
            yield self._warning(problems.KeyWithoutReference(key=key), row, "included_in", ref, blocks=True)
        for target in cell.included_in:
            if self.cells[target].state != "value":
                yield self._warning(
                    problems.ReferenceToNothing(ref=ref, target=target), row, "included_in", ref,
                    value=target, blocks=True,
                )  # fmt: skip

    @staticmethod
    def _warning(
        error: InputError, row: int, column: str, ref: str, *, value: str | None = None, blocks: bool = False
    ) -> Finding:
        return Finding.of(
            error, row=row, column=column, value=value, ref=ref, severity="warning", blocks_publication=blocks
        )
