"""The CSV file of a city's own emission factors: lines, columns, encoding, size."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from localaction.engine.errors import InputError, did_you_mean, shown

OWN_COLUMNS = (
    "id", "activity", "uses", "gas", "value", "low", "high", "unit",
    "place", "year", "tier", "quality", "source", "locator",
)  # fmt: skip
REQUIRED = ("id", "activity", "gas", "value", "unit", "source")
LARGEST = 5_000_000  # bytes


class BadFactorTable(InputError):
    """A table of own factors is not as it must be."""

    code = "references.bad_factor_table"
    text = "{problem}"
    remedy_text = "{fix}"

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem=problem, fix=fix)


def rows_of(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line that is not blank, and its text by column.

    Raises
    ------
    BadFactorTable
        If the file is too large, not UTF-8, no CSV, or has other columns.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadFactorTable("The table of factors is larger than 5 MB.", "Keep only the factors you use.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"The table of factors is not UTF-8: byte {error.start + 1} cannot be read."
        raise BadFactorTable(problem, "Save it as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(header):
                problem = (
                    f"Line {reader.line_num} has {len(values)} fields, but the header has {len(header)}."
                )
                raise BadFactorTable(problem, "Put text that holds a comma in quotes.")
            row = {name: value.strip() for name, value in zip(header, values, strict=True)}
            yield reader.line_num, {name: row.get(name, "") for name in OWN_COLUMNS}
    except csv.Error as error:
        problem = f"Line {reader.line_num} of the table of factors is no CSV: {error}."
        raise BadFactorTable(problem, "Save it again as CSV UTF-8.") from error


def _check_header(names: list[str]) -> None:
    for index, name in enumerate(names):
        if name not in OWN_COLUMNS:
            fix = did_you_mean(name, OWN_COLUMNS) or f"The columns are {', '.join(OWN_COLUMNS)}."
            raise BadFactorTable(f'The table of factors has an unknown column "{shown(name)}".', fix)
        if name in names[:index]:
            raise BadFactorTable(f'The table of factors has the column "{name}" twice.', "Keep one of them.")
    for name in REQUIRED:
        if name not in names:
            raise BadFactorTable(f'The table of factors lacks the column "{name}".', "Add it to the header.")
