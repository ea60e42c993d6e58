"""Find the table in a file: which layout, which sheet, which row holds the column names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from localaction.engine.errors import Finding, Refused, shown
from localaction.engine.exchange import problems
from localaction.engine.exchange.grid import Row, Sheet, Workbook, text_of
from localaction.engine.exchange.mapping import Detection, Layout
from localaction.engine.exchange.proposing import choose
from localaction.engine.exchange.words import tidy

LOOKED_AT = 60  # rows with content from the top, in which the header must stand
FEWEST = 2  # known names that make a header
SECOND_HEADER = 0.6  # share of the header's known names that another row repeats to be one too
NEAR = 3  # rows below the header in which a second line of it is looked for
HIDDEN = 0.5  # a sheet that the workbook does not show counts half


class _Candidate(NamedTuple):
    layout: Layout
    sheet: Sheet
    row: Row
    headers: tuple[str, ...]
    known: dict[str, float]  # score by target
    texts: frozenset[str]  # what stands in the cells of the row

    @property
    def named(self) -> int:
        return sum(1 for header in self.headers if header)

    @property
    def weight(self) -> float:
        """Known names count; so do the names a header cannot do without; unknown ones weigh little."""
        needed = [target.id for target in self.layout.targets if target.required]
        missing = sum(1 for id_ in needed if id_ not in self.known)
        share = len(self.known) / max(self.named, 1)
        return (sum(self.known.values()) - 2 * missing + share) * (1.0 if self.sheet.visible else HIDDEN)


def detect(workbook: Workbook, layouts: Sequence[Layout]) -> Detection:
    """Return which table the file holds, and where.

    The header may stand below title lines; the row with most known names counts. What makes the reading of
    the table doubtful (merged cells in or below the header, a second header) is in ``findings`` as errors.

    Raises
    ------
    Refused
        If no row of any sheet looks like the header of one of the layouts.
    """
    found = [
        candidate
        for sheet in workbook.sheets
        for row in sheet.head(LOOKED_AT)
        for layout in layouts
        if len((candidate := _candidate(sheet, row, layout)).known) >= FEWEST
    ]
    if not found:
        raise Refused([Finding.of(_none(workbook, layouts))])
    best = max(found, key=lambda candidate: candidate.weight)
    second, remarks = _other_rows(best)
    share = len(best.known) / max(best.named, 1)
    why = (
        f'Row {best.row.number} of the sheet "{shown(best.sheet.name)}" holds {len(best.known)} known names '
        f"of {best.layout.title.casefold()} among {best.named}."
    )
    return Detection(
        layout=best.layout,
        sheet=best.sheet.name,
        header_row=best.row.number,
        headers=best.headers,
        confidence=round(share, 2),
        why=why,
        findings=(*_merged(best), *second),
        remarks=tuple(remarks),
    )


def _candidate(sheet: Sheet, row: Row, layout: Layout) -> _Candidate:
    headers = tuple(tidy(value) if isinstance(value, str) else text_of(value) for value in row.cells)
    while headers and not headers[-1]:
        headers = headers[:-1]
    known: dict[str, float] = {}
    for header in headers:
        if header and (choice := choose(header, layout)).target is not None:
            known[choice.target] = max(choice.score, known.get(choice.target, 0.0))
    texts = frozenset(value for value in row.cells if isinstance(value, str))
    return _Candidate(layout, sheet, row, headers, known, texts)


def _merged(best: _Candidate) -> list[Finding]:
    """Merged title lines above the header do no harm."""
    return [
        Finding.of(problems.MergedCells(cells=str(cells), sheet=shown(best.sheet.name)), row=cells.first_row)
        for cells in best.sheet.merged
        if cells.last_row >= best.row.number
    ][:1]


def _other_rows(best: _Candidate) -> tuple[list[Finding], list[Finding]]:
    """Return the second header, if there is one, as error; and what stands beside the table as warning."""
    second: list[Finding] = []
    remarks: list[Finding] = []
    if not best.sheet.visible:
        remarks.append(Finding.of(problems.HiddenSheet(sheet=shown(best.sheet.name)), severity="warning"))
    beside = best.sheet.delimited
    for row in best.sheet.rows():
        if row.number == best.row.number:
            continue
        if not second and (_repeats(row, best) or _is_second_line(row, best)):
            first, last = sorted((row.number, best.row.number))
            error = problems.TwoHeaders(sheet=shown(best.sheet.name), first=first, second=last)
            second.append(Finding.of(error, row=last))
        if not beside and row.number > best.row.number and (remark := _beside(row, best)) is not None:
            beside = True
            remarks.append(remark)
    return second, remarks


def _beside(row: Row, best: _Candidate) -> Finding | None:
    """A cell to the right of the last column name is not read, which is said once."""
    width = len(best.headers)
    for position, value in enumerate(row.cells[width:], start=width):
        if value is not None:
            error = problems.BesideTable(cell=best.sheet.where(row.number, position))
            return Finding.of(error, row=row.number, value=text_of(value), severity="warning")
    return None


def _is_second_line(row: Row, best: _Candidate) -> bool:
    """A row just below the header that holds names again."""
    if not best.row.number < row.number <= best.row.number + NEAR:
        return False
    other = _candidate(best.sheet, row, best.layout)
    return len(other.known) >= max(FEWEST, SECOND_HEADER * len(best.known))


def _repeats(row: Row, best: _Candidate) -> bool:
    """A row anywhere that holds the same names."""
    if row.cells[: len(best.headers)] == best.row.cells[: len(best.headers)]:
        return True
    same = len(best.texts.intersection(row.cells))
    return same >= max(FEWEST, SECOND_HEADER * best.named)


def _none(workbook: Workbook, layouts: Sequence[Layout]) -> problems.NoLayout:
    titles = " or ".join(f'"{layout.title.casefold()}"' for layout in layouts)
    names = ", ".join(target.label for layout in layouts[:1] for target in layout.targets[:4])
    return problems.NoLayout(
        name=workbook.name,
        layouts=titles,
        nearest=f"Columns go by names such as {names}, in several languages.",
    )
