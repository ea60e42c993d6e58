"""A table pasted from a spreadsheet, spread over the cells of a table of the form."""

from __future__ import annotations

from collections.abc import Sequence

from localaction.engine.errors import InputError
from localaction.engine.inventory.parsing import amount
from localaction.engine.packs.methods import NUMERIC, Input
from localaction.platform.web.calculator.draft import Draft, Index, control

LONGEST = 400_000  # characters of one paste


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of each line: separated by tabs, else semicolons, else commas and blanks."""
    lines = [line for line in text[:LONGEST].splitlines() if line.strip()]
    separator = next((sign for sign in ("\t", ";", ",") if any(sign in line for line in lines)), None)
    return [[cell.strip() for cell in line.split(separator)] for line in lines]


def paste_columns(draft: Draft, dimension: str, columns: Sequence[Input], text: str) -> None:
    """Fill the columns of one dimension's table, line by line, showing as many rows as there are lines."""
    lines = _body(lines_of(text), columns)
    _grow(draft, dimension, len(lines))
    for row, cells in enumerate(lines[: draft.size(dimension)]):
        for entry, cell in zip(columns, _last(cells, len(columns)), strict=False):
            _set(draft, entry, (row,), cell)


def paste_matrix(draft: Draft, entry: Input, text: str) -> None:
    """Fill a table of two dimensions; a first column or line of names is left out."""
    down, across = entry.shape
    width = draft.size(across)
    lines = _body(lines_of(text), [entry] * width)
    if not draft.method.dimensions[across].labels and lines:
        _grow(draft, across, max(map(len, lines)))
        width = draft.size(across)
    _grow(draft, down, len(lines))
    for row, cells in enumerate(lines[: draft.size(down)]):
        for column, cell in enumerate(_last(cells, width)[:width]):
            _set(draft, entry, (row, column), cell)


def _body(lines: list[list[str]], columns: Sequence[Input]) -> list[list[str]]:
    """Return the lines without a head: a first line in which no cell of a number is one."""
    measured = [entry.kind in {*NUMERIC, "year"} for entry in columns]
    if not lines or not any(measured):
        return lines
    head = [
        cell for cell, is_number in zip(_last(lines[0], len(columns)), measured, strict=False) if is_number
    ]
    return lines[1:] if head and not any(map(_is_number, head)) else lines


def _last(cells: list[str], width: int) -> list[str]:
    """Return the cells without a name in front, if there is one more than columns."""
    return cells[1:] if len(cells) == width + 1 else cells


def _is_number(text: str) -> bool:
    try:
        amount(text)
    except InputError:
        return False
    return True


def _grow(draft: Draft, dimension: str, rows: int) -> None:
    declared = draft.method.dimensions[dimension]
    if not declared.labels and rows > draft.size(dimension):
        draft.sizes[dimension] = min(declared.max, rows)


def _set(draft: Draft, entry: Input, index: Index, text: str) -> None:
    named = {label.casefold(): choice for choice, label in entry.choices.items()}
    text = named.get(text.casefold(), text)
    if text:
        draft.texts[control(entry.name, index)] = text
    else:
        draft.texts.pop(control(entry.name, index), None)
