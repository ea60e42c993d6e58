"""The answers of a place to a framework as tables, with what comes out: for files and the interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from localaction.engine.exchange.xlsxout import Heading
from localaction.platform.reporting.answers import Filled, asked
from localaction.platform.reporting.known import Known
from localaction.platform.values.kinds import written_of
from localaction.platform.values.queries import current_of

ANSWERS = (
    Heading("item", width=28), Heading("label", width=40), Heading("state"), Heading("answer", width=20),
    Heading("unit"), Heading("notation_key"), Heading("explanation", width=30), Heading("source", width=30),
    Heading("year"), Heading("fit"),
)  # fmt: skip
RESULTS = (
    Heading("indicator"), Heading("label", width=40), Heading("value", "number"), Heading("shown"),
    Heading("unit"), Heading("score", "number"), Heading("most", "number"), Heading("status"),
)  # fmt: skip
Row = list[Any]


def answer_rows(filled: Filled) -> Iterator[Row]:
    """Yield a row for each data item, open ones too; an amount in its own unit, to the last digit entered."""
    for item in asked(filled.framework):
        declared, known = filled.framework.items[item], filled.known[item]
        answer, unit, key, explanation = _said(declared, known)
        year = str(known.year or "")
        label, state, source, fit = declared["label"], known.state, known.source, known.fit
        yield [item, label, state, answer, unit, key, explanation, source, year, fit]


def result_rows(filled: Filled) -> Iterator[Row]:
    """Yield a row for each indicator."""
    for indicator in filled.framework.indicators.values():
        result = filled.evaluation.results[indicator.id]
        value = float(result.value) if isinstance(result.value, int | float) else None
        shown = "" if result.shown is None else str(result.shown)
        yield [
            indicator.id, indicator.label, value, shown, indicator.unit, result.score, result.most,
            result.status,
        ]  # fmt: skip


def report_dict(filled: Filled) -> dict[str, Any]:
    """Return answers and results as plain data for JSON."""
    names = [heading.title for heading in ANSWERS]
    return {
        "place": filled.place.code,
        "year": filled.year,
        "framework": filled.framework.key,
        "digest": filled.framework.digest,
        "as_of": filled.as_of.isoformat(),
        "answers": [dict(zip(names, row, strict=True)) for row in answer_rows(filled)],
        "evaluation": filled.evaluation.to_dict(),
    }


def _said(declared: Any, known: Known) -> tuple[Any, str, str, str]:
    """Return answer, unit, key and explanation of what counts; nothing of what doesn't."""
    if not known.counts:
        return "", "", "", ""
    if known.value is None:
        return _text(written_of(declared, known.answer)), declared.get("unit", ""), "", ""
    revision = current_of(known.value)
    text = revision.exact or revision.choice or revision.text
    if revision.day is not None:
        text = revision.day.isoformat()
    return text, revision.unit, revision.notation_key, revision.explanation


def _text(written: Any) -> str:
    return written if isinstance(written, str) else json.dumps(written, sort_keys=True, ensure_ascii=False)
