"""The trail of a figure as files: JSON with everything, CSV with one line for each row or cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from localaction.platform.web import numbers, trail
from localaction.platform.web.figure_page import FigurePage
from localaction.platform.web.files import written
from localaction.platform.web.records import Record
from localaction.platform.web.trail_parts import entered, past_figures

SCHEMA = "localaction.trail/1"
COLUMNS = (
    "place", "year", "figure", "ref", "row", "label", "amount", "unit", "conversions", "converted_amount",
    "converted_unit", "factor", "why", "co2e_t", "notation_key", "reason", "source", "document_sha256",
)  # fmt: skip


def trail_json(record: Record, page: FigurePage) -> str:
    """Return everything that a figure rests on."""
    result = record.result
    found = [line for line in result["lines"] if line["ref"] in page.cells]
    used = sorted({line["factor"] for line in found if line["factor"]})
    factors = {name: result["factors"][name] for name in used}
    cells = [cell for cell in result["cells"] if cell["ref"] in page.cells]
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "place": {"code": record.place.code, "name": record.place.name},
        "period": result["period"],
        "figure": page.ref,
        "label": page.label,
        "co2e_t": page.value,
        "low_t": page.range.low if page.range else None,
        "high_t": page.range.high if page.range else None,
        "draft": record.draft,
        "document_sha256": record.digest,
        "published_at": record.published_at.isoformat() if record.published_at else None,
        "citation": record.citation,
        "licence": record.licence,
        "gwp_set": result["gwp_set"],
        "formula": page.formula,
        "gaps": [{"ref": gap.ref, "state": gap.state, "reason": gap.reason} for gap in page.gaps],
        "cells": cells,
        "lines_complete": result.get("lines_complete", True),
        "lines": found,
        "factors": factors,
        "sources": result["sources"],
        "versions": [
            {
                "published_at": past.published_at.isoformat(),
                "co2e_t": past.value,
                "change_t": past.change,
                "reason": past.reason,
                "document_sha256": past.digest,
            }
            for past in past_figures(record, page.ref)
        ],
        "entered": [_entered(held) for held in entered(record, tuple(page.cells))],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _entered(held: Any) -> dict[str, Any]:
    entry = held.entry
    file = entry.file
    return {
        "at": entry.at.isoformat(),
        "what": str(entry.kind),
        "rows": entry.rows,
        "who": held.who,
        "file": _file(file) if file else None,
    }


def _file(file: Any) -> dict[str, Any]:
    said = {"sha256": file.sha256, "bytes": file.size_bytes}
    return {"name": file.name, **said} if file.name else said


def trail_csv(record: Record, page: FigurePage) -> str:
    """Return one line for each row behind the figure; for each cell that has none."""
    return written(COLUMNS, _rows(record, page))


def _rows(record: Record, page: FigurePage) -> Iterator[list[str]]:
    start = [record.place.code, str(record.year), page.ref]
    for ref in page.cells:
        cell = trail.cell_of(record.result, ref) or {}
        lines = trail.lines_of(record.result, ref)
        for line in lines:
            yield [*start, *_line(line), "", line["reason"] or "", line["source"] or "", record.digest]
        if not lines:
            value = cell.get("co2e_t")
            shown = numbers.exact(value) if value is not None else ""
            said = [cell.get("notation_key") or "", cell.get("reason") or ""]
            yield [*start, ref, *[""] * 9, shown, *said, "", record.digest]


def _line(line: Any) -> list[str]:
    steps = line["steps"]
    last = steps[-1] if steps else {"value": line["amount"], "unit": line["unit"]}
    said = "; ".join(f"{step['label']} = {numbers.exact(step['value'])} {step['unit']}" for step in steps)
    return [
        *(line["ref"], str(line["row"]), line["label"] or "", numbers.exact(line["amount"]), line["unit"]),
        *(said, numbers.exact(last["value"]), last["unit"], line["factor"] or "", line["why"] or ""),
        numbers.exact(line["co2e_t"]),
    ]


def slug(ref: str) -> str:
    """Return a reference as part of a file name."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", ref.replace("+", "plus"))
