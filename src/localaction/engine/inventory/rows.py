"""Read an inventory file row by row, and write an example of one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from localaction.engine.errors import Finding, InputError, Refused, did_you_mean
from localaction.engine.inventory.block import BLOCK_ROWS, Block
from localaction.engine.inventory.columns import COLUMNS, EMPTY, NAMES, Column, RawRow
from localaction.engine.inventory.csvsafe import restored_all
from localaction.engine.inventory.csvtext import text_lines
from localaction.engine.inventory.template import template_csv

__all__ = ["COLUMNS", "NAMES", "Column", "RawRow", "read_blocks", "read_csv", "template_csv"]

CHUNK_ROWS = 4096
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


class EmptyFile(InputError):
    """There is no row."""

    code = "rows.empty_file"
    text = "The file holds no {what}."
    remedy_text = "Write one row per activity below the header; `localaction inventory template` shows how."


class OtherSeparator(InputError):
    """The columns are separated by something else than commas."""

    code = "rows.other_separator"
    text = "The columns are separated by {found}, not by commas."
    remedy_text = "Save the file as CSV with commas."


class UnknownColumn(InputError):
    """The header names a column that an inventory does not have."""

    code = "rows.unknown_column"
    text = 'There is no column "{column}". {hint}'
    remedy_text = "Rename or remove it; `localaction inventory columns` lists all."

    def __init__(self, column: str) -> None:
        known = ", ".join(NAMES)
        super().__init__(column=column, hint=did_you_mean(column, NAMES) or f"The columns are {known}.")


class NamelessColumn(InputError):
    """The header has an empty field."""

    code = "rows.nameless_column"
    text = "Column {position} of the header has no name."
    remedy_text = "Name it, or remove the column; a comma too many at the end of the lines makes one."


class DuplicateColumn(InputError):
    """The header names a column twice."""

    code = "rows.duplicate_column"
    text = 'The column "{column}" is there {times} times, so it is unclear which one counts.'
    remedy_text = "Keep one of them."


class MissingColumn(InputError):
    """The header lacks a column without which no row can be read."""

    code = "rows.missing_column"
    text = 'The column "{column}" is missing: {why}.'
    remedy_text = "Add it to the header; `localaction inventory template` shows a whole file."


class RaggedRow(InputError):
    """A row has more or fewer fields than the header."""

    code = "rows.ragged"
    text = "The row has {found} fields, the header has {expected}."
    remedy_text = "Quote a field that holds a comma, and keep the commas of empty fields."


class BrokenQuotes(InputError):
    """The quotation marks of a row do not match."""

    code = "rows.broken_quotes"
    text = "The row cannot be split into fields ({detail})."
    remedy_text = 'Close every quotation mark, and write one inside a quoted field twice: "".'


def read_csv(
    stream: BinaryIO, max_bytes: int | None = None, chunk: int = CHUNK_ROWS
) -> Iterator[list[RawRow]]:
    """Yield the rows of a CSV file, ``chunk`` at a time, in bounded memory.

    The file is UTF-8, with or without byte order mark, comma separated, with the columns of `COLUMNS` in any
    order; absent ones are empty; an apostrophe before what looks like a formula is taken off. Blank lines are
    skipped but counted, so that ``number`` is the row a spreadsheet shows. A row with the wrong number of
    fields comes with its ``problem`` and empty values.

    Raises
    ------
    Refused
        If the file as a whole cannot be read; rows before the fault have been yielded.
    """
    return (block.rows() for block in read_blocks(stream, max_bytes, chunk))


def read_blocks(stream: BinaryIO, max_bytes: int | None = None, size: int = BLOCK_ROWS) -> Iterator[Block]:
    """Yield the rows of a CSV file by column, ``size`` of them at a time; otherwise as `read_csv`."""
    reader = csv.reader(chain.from_iterable(text_lines(stream, max_bytes)), strict=True)
    try:
        header = _checked_header(next(reader, None))
    except csv.Error as error:
        raise _as_refusal(error, 1) from None
    batches = _Batches(reader, header)
    while (block := batches.next(size)) is not None:
        yield block
        if batches.fault is not None:
            raise batches.fault
    if not batches.seen:
        raise Refused([Finding.of(EmptyFile(what="rows below its header"))])


class _Batches:
    """Takes records from a reader, many at a time, and sorts out blank and ragged ones."""

    def __init__(self, reader: Iterator[list[str]], header: Sequence[str]) -> None:
        self.reader = reader
        self.header = header
        self.absent = [name for name in NAMES if name not in header]
        self.number = 1  # of the last record taken; the header is record 1
        self.seen = False
        self.fault: Refused | None = None

    def next(self, size: int) -> Block | None:
        """Return the next ``size`` rows, fewer at the end or before a fault; None if nothing is left."""
        numbers: list[int] = []
        records: list[list[str]] = []
        broken: list[RawRow] = []
        while len(records) + len(broken) < size and self.fault is None:
            taken = self._take(size - len(records) - len(broken))
            if not taken:
                break
            first = self.number - len(taken) + 1
            if set(map(len, taken)) == {len(self.header)} and all(map(any, taken)):
                numbers.extend(range(first, self.number + 1))
                records.extend(taken)
            else:
                self._sort(taken, first, numbers, records, broken)
        if not (records or broken or self.fault):
            return None
        self.seen = True
        return self._block(numbers, records, broken)

    def _take(self, count: int) -> list[list[str]]:
        taken: list[list[str]] = []
        try:
            taken.extend(islice(self.reader, count))  # keeps what came before a fault
        except (csv.Error, Refused) as error:
            self.fault = _as_refusal(error, self.number + len(taken) + 1)
        self.number += len(taken)
        return taken

    def _sort(
        self,
        taken: list[list[str]],
        first: int,
        numbers: list[int],
        records: list[list[str]],
        broken: list[RawRow],
    ) -> None:
        for number, fields in enumerate(taken, start=first):
            if not any(fields):
                continue
            if len(fields) == len(self.header):
                numbers.append(number)
                records.append(fields)
            else:
                error = RaggedRow(found=len(fields), expected=len(self.header))
                broken.append(RawRow(number, EMPTY, None, Finding.of(error, row=number)))

    def _block(self, numbers: list[int], records: list[list[str]], broken: list[RawRow]) -> Block:
        texts: Iterable[tuple[str, ...]] = zip(*records, strict=True) if records else [()] * len(self.header)
        columns: dict[str, Sequence[str]] = dict(zip(self.header, map(restored_all, texts), strict=True))
        columns.update(dict.fromkeys(self.absent, [""] * len(records)))
        return Block(numbers, columns, None, broken)


def _as_refusal(error: csv.Error | Refused, row: int) -> Refused:
    if isinstance(error, Refused):
        return error
    detail = str(error)
    if "limit" in detail or "unexpected end" in detail:
        detail = "a quotation mark is opened here and not closed"
    return Refused([Finding.of(BrokenQuotes(detail=detail), row=row)])


def _checked_header(fields: Sequence[str] | None) -> list[str]:
    """Return the column names, or refuse the header with everything that is wrong with it."""
    if not fields or not any(field.strip() for field in fields):
        raise Refused([Finding.of(EmptyFile(what="header in its first row"))])
    if len(fields) == 1:
        for separator, found in OTHER_SEPARATORS.items():
            if separator in fields[0]:
                raise Refused([Finding.of(OtherSeparator(found=found), row=1)])
    names = [field.strip().casefold().replace(" ", "_") for field in fields]
    findings = [*_odd_columns(fields, names), *_missing_columns(set(names))]
    if findings:
        raise Refused(findings)
    return names


def _odd_columns(fields: Sequence[str], names: Sequence[str]) -> Iterator[Finding]:
    for position, (field, name) in enumerate(zip(fields, names, strict=True), start=1):
        if not name:
            yield Finding.of(NamelessColumn(position=position), row=1)
        elif name not in NAMES:
            yield Finding.of(UnknownColumn(field.strip()), row=1, value=field)
    for name, times in Counter(names).items():
        if name in NAMES and times > 1:
            yield Finding.of(DuplicateColumn(column=name, times=times), row=1, column=name)


def _missing_columns(names: set[str]) -> Iterator[Finding]:
    def missing(column: str, why: str) -> Finding:
        return Finding.of(MissingColumn(column=column, why=why), row=1)

    if "ref" not in names:
        yield missing("ref", "without it no row belongs to a cell")
    if not names & {"amount", "notation_key"}:
        yield missing("amount", "a row holds an amount or a notation key")
    if "amount" in names and "unit" not in names:
        yield missing("unit", "an amount without unit means nothing")
    if "amount" in names and not names & {"activity", "gas"}:
        yield missing("activity", "an amount is of an activity or of a gas")
