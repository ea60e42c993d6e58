"""A table by its mapping: the rows for the rules of an inventory, with the file's own row numbers."""

from __future__ import annotations

from collections.abc import Iterator

from localaction.engine.errors import Finding, shown
from localaction.engine.exchange import problems
from localaction.engine.exchange.decimals import declared
from localaction.engine.exchange.grid import Row, Sheet, text_of
from localaction.engine.exchange.mapping import ColumnMapping, Detection, Layout
from localaction.engine.inventory.columns import RawRow

KEY = "row_key"  # the target that carries a row's own key; not a column of the rules


def records(sheet: Sheet, detection: Detection, mapping: ColumnMapping) -> Iterator[RawRow]:
    """Yield the rows below the header, each with its values by target as text.

    One rule serves form, file, API and command: these rows go into `compile_inventory` or `check_rows` as
    those of a form do. ``number`` is the row as the file shows it. Blank rows are left out. A row with a
    formula in a cell that is read, an error value, or (in a text file) more fields than the header comes with
    its ``problem``.

    Parameters
    ----------
    sheet : Sheet
        The sheet that was detected.
    detection : Detection
        Where the header is, and which layout it follows.
    mapping : ColumnMapping
        Which column fills which target; columns without target are not read.
    """
    reader = _Reader(sheet, detection.layout, mapping)
    for row in sheet.rows():
        if row.number > detection.header_row and (made := reader.record(row)) is not None:
            yield made


class _Reader:
    """Turns cells into texts by target, and names the cells that cannot be read."""

    def __init__(self, sheet: Sheet, layout: Layout, mapping: ColumnMapping) -> None:
        self.sheet, self.mapping = sheet, mapping
        self.numbers = {target.id for target in layout.targets if target.kind == "number"}
        self.fills = [(i, choice.target) for i, choice in enumerate(mapping.columns) if choice.target]
        self.errors = set(sheet.errors)
        self.formulas = set(sheet.formulas)
        self.special = bool(self.errors or self.formulas)

    def record(self, row: Row) -> RawRow | None:
        """Return one row; None if no mapped cell of it holds anything."""
        values = dict(self.mapping.constants)
        problem, held = self._beyond(row), False
        for position, target in self.fills:
            value = row.cells[position] if position < len(row.cells) else None
            problem = problem or self._problem(row, position, target, value is None or value == "")
            text = text_of(value)
            held = held or bool(text.strip())
            if self.mapping.decimal == "," and target in self.numbers and isinstance(value, str):
                text = declared(text)
            if text or target not in values:
                values[target] = text
        if problem is None and not held:
            return None
        key = values.pop(KEY, "").strip() or None
        return RawRow(row.number, values, key, problem)

    def _beyond(self, row: Row) -> Finding | None:
        """A field too many shifts those after it, so that the row cannot be trusted."""
        expected = len(self.mapping.columns)
        if not self.sheet.delimited or len(row.cells) <= expected:
            return None
        value = next((text_of(cell) for cell in row.cells[expected:] if cell is not None), None)
        if value is None:
            return None
        error = problems.BeyondHeader(found=len(row.cells), expected=expected, value=shown(value))
        return Finding.of(error, row=row.number)

    def _problem(self, row: Row, position: int, target: str, blank: bool) -> Finding | None:
        if not self.special:
            return None
        place = (row.number, position + 1)
        where = self.sheet.where(row.number, position)
        if place in self.errors:
            return Finding.of(problems.ErrorValue(cell=where), row=row.number, column=target)
        if place in self.formulas:
            problem = problems.FormulaWithoutValue if blank else problems.FormulaInRow
            return Finding.of(problem(cell=where), row=row.number, column=target)
        return None
