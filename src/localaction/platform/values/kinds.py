"""Figures of every kind of data item: as somebody enters them, as they are kept, as formulas take them.

A number is kept as amount with its unit, a choice and a yes or no as choice, a day as day, a text as text,
and the rows of a table as one canonical JSON text. A notation key may stand in the place of any of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from localaction.engine.errors import shown
from localaction.platform.values.decimals import as_float, canonical
from localaction.platform.values.errors import NotAnAnswer
from localaction.platform.values.figures import Said
from localaction.platform.values.items import (
    NO,
    OPEN,
    YES,
    checked_unit,
    choices_of,
    data_item,
    scale,
    wanted_of,
)
from localaction.platform.values.models import ValueRevision

KEY = "notation_key"
MOST_ROWS: Final = 1000
LONGEST_TEXT: Final = 20_000
Row = dict[str, str]


def said_of(item: str, raw: str | Sequence[Mapping[str, str]], unit: str = "") -> Said:
    """Return what a figure says, from what somebody typed or chose.

    Parameters
    ----------
    item : str
        The data item, which says what kind of answer it takes.
    raw : str or sequence of mapping
        The answer as text (a number with ``.`` as decimal point, ``yes`` or ``no``, the id of a choice, a day
        as ``2026-11-21``, a text), or rows of a table as text by column.
    unit : str, optional
        Unit of a number; the item's own by default.

    Raises
    ------
    UnknownItem, NotANumber, NotAnAnswer
    """
    declared = data_item(item)
    kind = declared["kind"]
    if kind == "table":
        return {"text": _table(item, declared, [] if isinstance(raw, str) else raw)}
    if not isinstance(raw, str):
        raise NotAnAnswer(declared["label"], "a list of rows", wanted_of(declared))
    text = raw.strip()
    if kind == "number":
        return {"exact": canonical(text), "unit": checked_unit(declared, unit or declared["unit"])}
    if kind in {"choice", "yes_no"}:
        return {"choice": _chosen(declared, text, declared["label"])}
    if kind == "day":
        return {"day": date.fromisoformat(_day(text, declared["label"]))}
    if not text or len(text) > LONGEST_TEXT:
        raise NotAnAnswer(declared["label"], f"{len(text)} characters long", f"1 to {LONGEST_TEXT}")
    return {"text": text}


def answer_of(item: Mapping[str, Any], revision: ValueRevision) -> Any:
    """Return a figure as an evaluation takes it: a number in the item's unit, a truth, a day, rows."""
    if revision.notation_key:
        return {KEY: revision.notation_key}
    kind = item["kind"]
    if kind == "number":
        return None if revision.choice == OPEN else in_unit(revision, item["unit"])
    if kind == "yes_no":
        return revision.choice == YES
    if kind == "choice":
        return revision.choice
    if kind == "day":
        return revision.day
    if kind == "table":
        return [_answer_row(item, row) for row in rows_of(revision.text)]
    return revision.text


def written_of(declared: Mapping[str, Any], answer: Any) -> str | list[Row]:
    """Return an answer as a person would type it in the item's own unit: the other way of `answer_of`."""
    kind = declared["kind"]
    if kind == "number":
        return canonical(float(answer))
    if kind == "yes_no":
        return YES if answer else NO
    if kind == "day":
        return answer if isinstance(answer, str) else str(answer.isoformat())
    if kind == "table":
        return [_written_row(declared, row) for row in answer]
    return str(answer)


def _written_row(declared: Mapping[str, Any], row: Mapping[str, Any]) -> Row:
    columns = {column["id"]: column for column in declared["columns"]}
    return {name: str(written_of(columns[name], value)) for name, value in row.items()}


def in_unit(revision: ValueRevision, unit: str) -> float:
    """Return the amount of a figure in another unit of its kind; unchanged to the digit in its own."""
    amount = as_float(revision.exact)
    if revision.unit == unit:
        return amount
    return amount * scale(revision.unit, unit)


def rows_of(text: str) -> list[Row]:
    """Return the rows of a table as they are kept: text by column."""
    return [dict(row) for row in json.loads(text)] if text else []


def _table(item: str, declared: Mapping[str, Any], raw: Sequence[Mapping[str, str]]) -> str:
    columns = {column["id"]: column for column in declared["columns"]}
    rows = [
        found
        for number, row in enumerate(raw, 1)
        if (found := _row(f"{declared['label']}, row {number}", columns, row))
    ]
    if not rows:
        raise NotAnAnswer(declared["label"], "without rows", "at least one row")
    if len(rows) > MOST_ROWS:
        raise NotAnAnswer(declared["label"], f"{len(rows)} rows long", f"at most {MOST_ROWS} rows")
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _row(where: str, columns: Mapping[str, Mapping[str, Any]], row: Mapping[str, str]) -> Row:
    found: Row = {}
    for name, raw in row.items():
        if name not in columns:
            raise NotAnAnswer(where, f'a row with "{shown(name)}"', f"only {', '.join(columns)}")
        text = str(raw).strip()
        if text:
            found[name] = _cell(f"{where}, {columns[name]['label']}", columns[name], text)
    return found


def _cell(where: str, column: Mapping[str, Any], text: str) -> str:
    kind = column["kind"]
    if kind == "number":
        return canonical(text)
    if kind in {"choice", "yes_no"}:
        return _chosen(column, text, where)
    if kind == "day":
        return _day(text, where)
    if len(text) > LONGEST_TEXT:
        raise NotAnAnswer(where, f"{len(text)} characters long", f"at most {LONGEST_TEXT}")
    return text


def _answer_row(item: Mapping[str, Any], row: Row) -> dict[str, Any]:
    kinds = {column["id"]: column["kind"] for column in item["columns"]}
    return {
        name: as_float(text) if kinds[name] == "number" else text == YES if kinds[name] == "yes_no" else text
        for name, text in row.items()
        if name in kinds
    }


def _chosen(declared: Mapping[str, Any], text: str, where: str) -> str:
    known = choices_of(declared)
    if text not in known:
        raise NotAnAnswer(where, f'"{shown(text)}"', f"one of {', '.join(known)}")
    return text


def _day(text: str, where: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise NotAnAnswer(where, f'"{shown(text)}"', "a day such as 2026-11-21") from error
