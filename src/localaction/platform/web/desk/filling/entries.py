"""What a person typed into the form of a framework, and whether it is other than what was shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from localaction.platform.reporting.known import Known
from localaction.platform.reporting.saving import Entry
from localaction.platform.values.kinds import MOST_ROWS, rows_of
from localaction.platform.values.queries import current_of

#: Rows offered beyond those that are filled, for people without scripts.
SPARE_ROWS = 3


def entry_of(data: QueryDict, declared: Mapping[str, Any]) -> Entry:
    """Return what was typed for one data item; its fields are named ``item.what``."""
    item = declared["id"]

    def typed(name: str) -> str:
        return plain(str(data.get(f"{item}.{name}", "")))

    raw: str | list[dict[str, str]] = typed("raw")
    if declared["kind"] == "table":
        raw = _rows(data, declared)
    return Entry(
        raw=raw,
        unit=typed("unit") if raw else "",
        notation_key=typed("key"),
        explanation=typed("explanation"),
        source=typed("source"),
    )


def stands_in(data: QueryDict, item: str) -> bool:
    """Return whether the field of an item was sent at all: what was not sent is not taken back."""
    return f"{item}.raw" in data or any(name.startswith(f"{item}.0.") for name in data)


def seen_of(data: QueryDict, item: str) -> int | None:
    """Return the revision that the form showed."""
    text = str(data.get(f"{item}.seen", ""))
    return int(text) if text.isdecimal() and len(text) < 19 else None


def shown_of(known: Known, declared: Mapping[str, Any]) -> Entry:
    """Return what the form shows before anybody types: the place's own figure, if there is one."""
    if known.value is None:
        return Entry()
    revision = current_of(known.value)
    raw: Any = revision.exact or revision.choice or plain(revision.text)
    if revision.day is not None:
        raw = revision.day.isoformat()
    if declared["kind"] == "table":
        raw = rows_of(revision.text)
    return Entry(
        raw=raw,
        unit=revision.unit,
        notation_key=revision.notation_key,
        explanation=_line(revision.explanation),
        source=_line(revision.source),
    )


def plain(text: str) -> str:
    """Return a text as a browser gives it back: what a form shows and what comes back unchanged are one."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _line(text: str) -> str:
    """Return a text in one line, for a browser leaves out the breaks in a field of one line."""
    return " ".join(part for part in plain(text).split("\n") if part)


def mark_of(entry: Entry) -> str:
    """Return one text for an entry, by which a form tells what was changed in it."""
    said = [entry.raw, entry.unit if entry.raw else "", entry.notation_key, entry.explanation, entry.source]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _rows(data: QueryDict, declared: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = []
    for number in range(
        MOST_ROWS + SPARE_ROWS
    ):  # the spare ones too, so that too many are refused, not cut off
        names = {column["id"]: f"{declared['id']}.{number}.{column['id']}" for column in declared["columns"]}
        if not any(name in data for name in names.values()):
            break
        row = {column: str(data.get(name, "")).strip() for column, name in names.items()}
        if any(row.values()):
            rows.append({column: text for column, text in row.items() if text})
    return rows


__all__ = ["entry_of", "mark_of", "plain", "seen_of", "shown_of", "stands_in"]
