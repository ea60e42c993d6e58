"""An .xlsx workbook as sheets: its parts are counted and searched first, then read from a clean copy."""

from __future__ import annotations

import posixpath
import re
import tempfile
import zipfile
from collections.abc import Mapping
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from localaction.engine.errors import Finding, shown
from localaction.engine.exchange import problems
from localaction.engine.exchange.archive import pieces, small_part
from localaction.engine.exchange.calamine import OpenBook, opened_sheet, opened_workbook
from localaction.engine.exchange.grid import Sheet, Workbook, letters
from localaction.engine.exchange.limits import Deadline, Limits
from localaction.engine.exchange.xlsxscan import Shape, SheetScan

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ROOT = ("[Content_Types].xml", "_rels/.rels")
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MACROS, LINKS = "vbaProject.bin", "xl/externalLinks/"
TEXT_TAG = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")


class _Part(NamedTuple):
    name: str  # of the sheet
    part: str  # where in the archive
    visible: bool


def xlsx_workbook(archive: zipfile.ZipFile, name: str, limits: Limits, deadline: Deadline) -> Workbook:
    """Return the sheets of an .xlsx workbook.

    Only contents, relations, sheets, texts and styles are taken over, piece by piece, into a new archive;
    that one is what the reader sees. What is searched and what is read are therefore the same bytes.

    Raises
    ------
    InputError
        Whatever is refused, by name of the part or the sheet.
    """
    _refuse_programs(archive, name)
    parts = _sheets(archive, name, limits, deadline)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        shapes = _copied(archive, parts, copy, limits, deadline)
        book = opened_workbook(copy, name)
    sheets = [_sheet(book, part, shapes[part.part]) for part in parts if shapes[part.part].rows]
    if not sheets:
        raise problems.NoSheets(name=name)
    return Workbook(name, "xlsx", tuple(sheets), tuple(_findings(sheets)))


def _refuse_programs(archive: zipfile.ZipFile, name: str) -> None:
    for part in archive.namelist():
        if part.endswith(MACROS):
            raise problems.HasMacros(name=name)
        if part.startswith(LINKS):
            raise problems.LinksOutside(name=name)


def _sheets(archive: zipfile.ZipFile, name: str, limits: Limits, deadline: Deadline) -> list[_Part]:
    """Return the worksheets in their order, and where each is."""
    held = set(archive.namelist())
    if RELATIONS not in held:
        raise problems.Damaged(name=name, why="its table of relations is missing")
    targets = {
        item.get("Id"): _target(item.get("Target") or "")
        for item in _xml(archive, RELATIONS, limits, deadline).iter()
        if _local(item) == "Relationship" and (item.get("Type") or "").endswith("/worksheet")
    }
    found: list[_Part] = []
    for item in _xml(archive, BOOK, limits, deadline).iter():
        if _local(item) != "sheet":
            continue
        reference = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
        if (part := targets.get(reference)) is None:
            continue  # a chart or a dialogue
        if part not in held:
            raise problems.Damaged(name=name, why=f"the part {part} is missing")
        found.append(_Part(item.get("name") or "", part, item.get("state", "visible") == "visible"))
    _check_sheets(found, name, limits)
    return found


def _check_sheets(found: list[_Part], name: str, limits: Limits) -> None:
    if len(found) > limits.sheets:
        fix = "Copy the table alone into a new workbook."
        raise problems.TooLarge(f'"{name}"', f"has {len(found):,} sheets", f"{limits.sheets:,}", fix)
    parts = [sheet.part for sheet in found]
    if len(set(parts)) < len(parts) or {BOOK, RELATIONS, TEXTS, STYLES, *ROOT} & set(parts):
        raise problems.OddMarkup(part=BOOK, why="two of its parts are the same")


def _xml(archive: zipfile.ZipFile, part: str, limits: Limits, deadline: Deadline) -> Element:
    try:
        root: Element = fromstring(small_part(archive, part, limits, deadline), forbid_dtd=True)
    except DefusedXmlException:
        raise problems.Entities(part=part) from None
    except (ParseError, ValueError) as error:
        raise problems.Damaged(name=part, why=str(error)) from None
    return root


def _local(item: Element) -> str:
    return str(item.tag).rsplit("}", 1)[-1]


def _target(text: str) -> str:
    return posixpath.normpath(text.lstrip("/") if text.startswith("/") else posixpath.join("xl", text))


def _copied(
    archive: zipfile.ZipFile, parts: list[_Part], copy: IO[bytes], limits: Limits, deadline: Deadline
) -> Mapping[str, Shape]:
    """Write the clean archive, and return the shape of each sheet by its part."""
    held = set(archive.namelist())
    shapes: dict[str, Shape] = {}
    left = limits.unpacked_bytes
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as clean:
        for part in (*ROOT, RELATIONS, BOOK, STYLES, TEXTS):
            if part in held:
                most = min(left, limits.unpacked_bytes if part == TEXTS else limits.part_bytes)
                left -= _copy_part(archive, clean, part, most, limits, deadline)
        for sheet in parts:
            scan = SheetScan(sheet.part, shown(sheet.name), limits)
            left -= _copy_part(archive, clean, sheet.part, left, limits, deadline, scan)
            shapes[sheet.part] = scan.shape()
    copy.flush()
    return shapes


def _copy_part(
    archive: zipfile.ZipFile,
    clean: zipfile.ZipFile,
    part: str,
    most: int,
    limits: Limits,
    deadline: Deadline,
    scan: SheetScan | None = None,
) -> int:
    size = texts = 0
    with clean.open(part, "w", force_zip64=True) as stream:
        for piece in pieces(archive, part, limits, most, deadline):
            size += len(piece)
            if scan is not None:
                scan.feed(piece)
            elif part == TEXTS:
                texts += len(TEXT_TAG.findall(piece))
                _check_texts(texts, limits)
            stream.write(piece)
    return size


def _check_texts(count: int, limits: Limits) -> None:
    if count > limits.cells:
        fix = "Copy the table alone into a new workbook."
        raise problems.TooLarge("The workbook", f"holds {count:,} texts", f"{limits.cells:,}", fix)


def _sheet(book: OpenBook, part: _Part, shape: Shape) -> Sheet:
    return Sheet(
        name=part.name,
        opened=lambda: opened_sheet(book, part.name),
        visible=part.visible,
        merged=shape.merged,
        formulas=shape.formulas,
        errors=shape.errors,
    )


def _findings(sheets: list[Sheet]) -> list[Finding]:
    """Return what to know before the values are used: those that a formula made."""
    found = []
    for sheet in sheets:
        if sheet.formulas:
            row, column = sheet.formulas[0]
            error = problems.FormulaRead(
                sheet=shown(sheet.name), count=len(sheet.formulas), cell=f"{letters(column)}{row}"
            )
            found.append(Finding.of(error, severity="warning"))
    return found
