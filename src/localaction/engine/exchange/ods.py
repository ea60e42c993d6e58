"""An OpenDocument spreadsheet as sheets: one streaming pass bounds it, then it is read from a clean copy."""

from __future__ import annotations

import re
import tempfile
import zipfile
from xml.parsers import expat

from localaction.engine.errors import Finding, shown
from localaction.engine.exchange import problems
from localaction.engine.exchange.archive import pieces, small_part
from localaction.engine.exchange.calamine import OpenBook, opened_sheet, opened_workbook
from localaction.engine.exchange.grid import CellRange, Sheet, Workbook, letters
from localaction.engine.exchange.limits import Deadline, Limits
from localaction.engine.exchange.xlsxscan import check_reach

CONTENT, MIMETYPE, MANIFEST = "content.xml", "mimetype", "META-INF/manifest.xml"
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
EMPTY_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
PROGRAMS = ("Basic/", "Scripts/")
LINKED = re.compile(r"of:.*'?(?:file|https?|ftp):", re.IGNORECASE)
LONGEST_NUMBER = 8


def ods_workbook(archive: zipfile.ZipFile, name: str, limits: Limits, deadline: Deadline) -> Workbook:
    """Return the sheets of an .ods file.

    Raises
    ------
    InputError
        Whatever is refused, by name of the sheet.
    """
    held = set(archive.namelist())
    if small_part(archive, MIMETYPE, limits, deadline).strip() != SPREADSHEET:
        raise problems.UnknownKind(name=name, found="an OpenDocument file that is no spreadsheet")
    if MANIFEST in held and b"encryption-data" in small_part(archive, MANIFEST, limits, deadline):
        raise problems.Encrypted(name=name)
    if any(part.startswith(PROGRAMS) and not part.endswith("/") for part in held):
        raise problems.HasMacros(name=name)
    scan = OdsScan(limits, name)
    with tempfile.NamedTemporaryFile(suffix=".ods") as copy:
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as clean:
            clean.writestr(MIMETYPE, SPREADSHEET)
            clean.writestr(MANIFEST, EMPTY_MANIFEST)
            with clean.open(CONTENT, "w", force_zip64=True) as stream:
                for piece in pieces(archive, CONTENT, limits, limits.unpacked_bytes, deadline):
                    scan.feed(piece)
                    stream.write(piece)
            scan.close()
        copy.flush()
        book = opened_workbook(copy, name)
    sheets = tuple(_sheet(book, found) for found in scan.sheets if found.last_row)
    if not sheets:
        raise problems.NoSheets(name=name)
    return Workbook(name, "ods", sheets, tuple(_findings(sheets)))


def _sheet(book: OpenBook, found: _Found) -> Sheet:
    return Sheet(
        name=found.name,
        opened=lambda: opened_sheet(book, found.name),
        merged=tuple(found.merged),
        formulas=tuple(found.formulas),
        errors=tuple(found.errors),
    )


def _findings(sheets: tuple[Sheet, ...]) -> list[Finding]:
    found = []
    for sheet in sheets:
        if sheet.formulas:
            row, column = sheet.formulas[0]
            error = problems.FormulaRead(
                sheet=shown(sheet.name), count=len(sheet.formulas), cell=f"{letters(column)}{row}"
            )
            found.append(Finding.of(error, severity="warning"))
    return found


class _Found:
    """What was found in one sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = 0  # rows passed
        self.last_row = self.last_column = 0
        self.merged: list[CellRange] = []
        self.formulas: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int]] = []


class OdsScan:
    """Takes ``content.xml`` piece by piece; rows and cells may stand for many by a number of repeats."""

    def __init__(self, limits: Limits, name: str) -> None:
        self.limits, self.name = limits, name
        self.sheets: list[_Found] = []
        self.column = self.width = self.repeats = 0
        self.cell_repeats = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        self._parse(piece, last=False)

    def close(self) -> None:
        """Say that the last piece was handed in."""
        self._parse(b"", last=True)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise problems.Damaged(name=self.name, why=str(error)) from None

    def _doctype(self, *_: object) -> None:
        raise problems.Entities(part=CONTENT)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheets.append(_Found(attributes.get("table:name", "")))
            if len(self.sheets) > self.limits.sheets:
                fix = "Copy the table alone into a new file."
                raise problems.TooLarge(
                    f'"{self.name}"',
                    f"has more than {self.limits.sheets} sheets",
                    f"{self.limits.sheets}",
                    fix,
                )
        elif not self.sheets:
            return
        elif tag == "table:table-row":
            self.column = self.width = 0
            self.repeats = _number(attributes, "table:number-rows-repeated")
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self.cell_repeats = _number(attributes, "table:number-columns-repeated")
            self.column += self.cell_repeats
            self._cell(attributes)
        elif tag == "text:p":
            self.width = max(self.width, self.column)  # a cell with text holds something

    def _cell(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        place = (sheet.row + 1, self.column - self.cell_repeats + 1)
        kind = attributes.get("office:value-type")
        formula = attributes.get("table:formula")
        if kind is not None or formula is not None:
            self.width = max(self.width, self.column)
        if formula is not None:
            if LINKED.match(formula):
                raise problems.LinksOutside(name=self.name)
            sheet.formulas.append(place)
            if len(sheet.formulas) > self.limits.formulas:
                fix = "Copy the table and paste it as values."
                limit = f"{self.limits.formulas:,}"
                what = f'The sheet "{shown(sheet.name)}"'
                raise problems.TooLarge(what, f"holds more than {limit} formulas", limit, fix)
        if attributes.get("calcext:value-type") == "error":
            sheet.errors.append(place)
        across = _number(attributes, "table:number-columns-spanned")
        down = _number(attributes, "table:number-rows-spanned")
        if across > 1 or down > 1:
            sheet.merged.append(CellRange(*place, place[0] + down - 1, place[1] + across - 1))
            if len(sheet.merged) > self.limits.merged:
                limit = f"{self.limits.merged:,}"
                what = f'The sheet "{shown(sheet.name)}"'
                raise problems.TooLarge(what, "holds too many merged ranges", limit, "Unmerge them.")

    def _end(self, tag: str) -> None:
        if tag == "table:table-row" and self.sheets:
            sheet = self.sheets[-1]
            if self.width:
                sheet.last_row = sheet.row + self.repeats
                sheet.last_column = max(sheet.last_column, self.width)
                check_reach(shown(sheet.name), sheet.last_row, sheet.last_column, self.limits)
            sheet.row += self.repeats


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise problems.OddMarkup(part=CONTENT, why=f"{name.partition(':')[2]} is {shown(text, 20)}")
    return int(text)
