"""Read a file as sheets of typed cells: CSV, .xlsx, .ods; whatever else is refused with its reason."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO

from localaction.engine.errors import Finding, InputError, Refused, shown
from localaction.engine.exchange import problems
from localaction.engine.exchange.archive import open_archive
from localaction.engine.exchange.csvsheet import csv_workbook
from localaction.engine.exchange.grid import (
    CellRange,
    Row,
    Sheet,
    Value,
    Workbook,
    column_number,
    letters,
    text_of,
)
from localaction.engine.exchange.limits import DEFAULT, MEGABYTE, Deadline, Limits
from localaction.engine.exchange.ods import ods_workbook
from localaction.engine.exchange.xlsx import xlsx_workbook

__all__ = [
    "CellRange",
    "Row",
    "Sheet",
    "Value",
    "Workbook",
    "column_number",
    "letters",
    "read_workbook",
    "text_of",
]

EXTENSIONS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".ods": "ods"}
KINDS = {"csv": "a text file", "xlsx": "an Excel workbook", "ods": "an OpenDocument spreadsheet"}
MACRO_EXTENSIONS = {".xlsm", ".xltm", ".xlam"}
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLE_DIRECTORY_BYTES = 1 << 20  # far enough to see the names in the directory of an encrypted file


def read_workbook(stream: BinaryIO, name: str, limits: Limits = DEFAULT) -> Workbook:
    """Return the sheets of a file: CSV, .xlsx or .ods, told apart by content.

    Nothing of a workbook runs: formulas are not computed (their saved values are read and reported); macros,
    external links and anything that unpacks beyond ``limits`` are refused. Memory is bounded by the limits.

    Parameters
    ----------
    stream : binary stream
        The file; it can be positioned anew (a file or bytes in memory), and stays open while rows are read.
    name : str
        Name of the file; its extension must agree with the content.
    limits : Limits
        How much is read at most.

    Raises
    ------
    Refused
        With what was found, where, and what to do.
    """
    label = shown(PurePath(name).name)
    try:
        return _read(stream, label, limits)
    except Refused:
        raise
    except InputError as error:
        raise Refused([Finding.of(error)]) from None


def _read(stream: BinaryIO, name: str, limits: Limits) -> Workbook:
    size = stream.seek(0, 2)
    stream.seek(0)
    if not size:
        raise problems.EmptyFile(name=name)
    if size > limits.file_bytes:
        found = f"is {size / MEGABYTE:.1f} MB large"
        fix = "Leave out pictures and other sheets, or split it by place or year."
        raise problems.TooLarge(f'"{name}"', found, f"{limits.file_bytes / MEGABYTE:g} MB", fix)
    start = stream.read(len(OLE))
    stream.seek(0)
    extension = PurePath(name).suffix.casefold()
    if extension in MACRO_EXTENSIONS:
        raise problems.HasMacros(name=name)
    if start.startswith(ZIP):
        return _zipped(stream, name, extension, limits)
    if start == OLE:
        raise _old(stream, name)
    if start.startswith(PDF):
        raise problems.UnknownKind(name=name, found="a PDF document")
    _agree(name, extension, "csv")
    return csv_workbook(stream, name, limits)


def _zipped(stream: BinaryIO, name: str, extension: str, limits: Limits) -> Workbook:
    deadline = Deadline(limits)
    archive = open_archive(stream, name, limits)
    parts = set(archive.namelist())
    if "xl/workbook.xml" in parts:
        _agree(name, extension, "xlsx")
        return xlsx_workbook(archive, name, limits, deadline)
    if "content.xml" in parts and "mimetype" in parts:
        _agree(name, extension, "ods")
        return ods_workbook(archive, name, limits, deadline)
    binary = "xl/workbook.bin" in parts
    raise problems.UnknownKind(name=name, found="a binary Excel workbook (.xlsb)" if binary else "an archive")


def _old(stream: BinaryIO, name: str) -> InputError:
    """An OLE file is an encrypted workbook, or one of the form that was usual before 2007."""
    if ENCRYPTED in stream.read(OLE_DIRECTORY_BYTES) or ENCRYPTED in _end(stream):
        return problems.Encrypted(name=name)
    return problems.UnknownKind(name=name, found="an Excel workbook of the old binary form (.xls)")


def _end(stream: BinaryIO) -> bytes:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - OLE_DIRECTORY_BYTES))
    return stream.read()


def _agree(name: str, extension: str, kind: str) -> None:
    """The name may lack an extension; it may not claim another kind."""
    if extension and EXTENSIONS.get(extension) != kind:
        if kind == "csv" and extension not in EXTENSIONS:
            raise problems.UnknownKind(name=name, found=f"of the kind {extension}")
        raise problems.WrongExtension(name=name, extension=extension, found=KINDS[kind])
