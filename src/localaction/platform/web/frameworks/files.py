"""The indicators of an edition as files: JSON with everything, CSV with a line each."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.cli.scoringtext import scoring_text
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.inventory.lines import encode
from localaction.engine.packs.frameworks import Framework, Indicator, Scoring
from localaction.engine.packs.mappings import EditionChange
from localaction.platform.web.frameworks.catalogue import gives_no_score, scores
from localaction.platform.web.parts import File

CSV, JSON = "text/csv; charset=utf-8", "application/json"
COLUMNS = (
    "framework", "edition", "id", "section", "section_label", "label", "help", "unit", "formula", "answer",
    "items", "round", "low", "high", "direction", "required", "groups", "scoring", "scoring_confidence",
    "scoring_source", "scoring_locator", "scoring_note", "gives_score", "confidence", "source", "locator",
    "note",
)  # fmt: skip
CHANGE_COLUMNS = (
    "framework", "older_edition", "newer_edition", "what", "older_ids", "older_labels", "newer_ids",
    "newer_labels", "value_compares", "score_compares", "confidence", "source", "locator", "note",
)  # fmt: skip
KNOWN = {True: "yes", False: "no", None: "not known"}


def indicator_files(framework: Framework) -> list[File]:
    """Return the files of an edition to take away."""
    parts = [framework.id, framework.edition]
    return [
        File(
            _("Every indicator, one a line"),
            "CSV",
            reverse("web:framework-file", args=[*parts, "csv"]),
            _("Formula, unit, rule of scoring, source and how sure it is"),
        ),
        File(
            _("Every indicator with its scoring and data items"),
            "JSON",
            reverse("web:framework-file", args=[*parts, "json"]),
            _("For programs; with the digest of the declaration"),
        ),
        *_change_files(framework),
    ]


def _change_files(framework: Framework) -> list[File]:
    if not framework.mappings:
        return []
    return [
        File(
            _("What changed since earlier editions, one change a line"),
            "CSV",
            reverse("web:framework-changes", args=[framework.id, framework.edition]),
            _("What became of each indicator, and what may be compared"),
        )
    ]


def as_csv(framework: Framework) -> str:
    """Return the indicators as CSV, a line each; lists are joined with a semicolon."""
    out = io.StringIO()
    writer = SafeWriter(out)
    writer.writerow(COLUMNS)
    for indicator in framework.indicators.values():
        entry = _entry(framework, indicator)
        entry |= _scoring_columns(indicator.scoring)
        entry |= {"items": "; ".join(indicator.items), "groups": "; ".join(indicator.groups)}
        entry |= {"gives_score": "yes" if entry["gives_score"] else "no"}
        entry |= {"framework": framework.id, "edition": framework.edition}
        writer.writerow([entry[column] for column in COLUMNS])
    return out.getvalue()


def changes_csv(framework: Framework) -> str:
    """Return what became of each indicator since every earlier edition that is mapped, a change a line."""
    out = io.StringIO()
    writer = SafeWriter(out)
    writer.writerow(CHANGE_COLUMNS)
    for mapping in framework.mappings.values():
        for change in mapping.changes:
            entry = _change(change)
            older, newer = mapping.older.indicators, framework.indicators
            row = {
                **entry,
                "framework": framework.id,
                "older_edition": mapping.old,
                "newer_edition": framework.edition,
                "older_ids": "; ".join(change.old),
                "older_labels": "; ".join(older[name].label for name in change.old),
                "newer_ids": "; ".join(change.new),
                "newer_labels": "; ".join(newer[name].label for name in change.new),
                "value_compares": KNOWN[entry["value_compares"]],
                "score_compares": KNOWN[entry["score_compares"]],
            }
            writer.writerow([row[column] for column in CHANGE_COLUMNS])
    return out.getvalue()


def _change(change: EditionChange) -> dict[str, Any]:
    return {
        "what": change.fate,
        "older": list(change.old),
        "newer": list(change.new),
        "value_compares": change.value if change.known else None,
        "score_compares": change.score if change.known else None,
        "confidence": change.confidence,
        "source": change.source.ref,
        "locator": change.source.locator,
        "note": change.note,
    }


def as_json(framework: Framework) -> str:
    """Return the indicators with scoring and data items as JSON."""
    return encode({
        "framework": framework.id,
        "edition": framework.edition,
        "title": framework.title,
        "publisher": framework.publisher,
        "licence": framework.licence,
        "source": asdict(framework.source),
        "confidence": framework.confidence,
        "last_checked": framework.last_checked,
        "digest": framework.digest,
        "indicators": [_entry(framework, one) for one in framework.indicators.values()],
        "items": {key: dict(item) for key, item in framework.items.items()},
        "changed_since": {
            edition: {
                "summary": mapping.summary,
                "last_checked": mapping.last_checked,
                "changes": [_change(change) for change in mapping.changes],
            }
            for edition, mapping in framework.mappings.items()
        },
    })  # fmt: skip


def _entry(framework: Framework, indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "section": indicator.section,
        "section_label": framework.sections[indicator.section],
        "label": indicator.label,
        "help": indicator.help,
        "unit": indicator.unit,
        "formula": indicator.formula,
        "answer": indicator.answer,
        "items": list(indicator.items),
        "round": indicator.round,
        "low": indicator.low,
        "high": indicator.high,
        "direction": indicator.direction,
        "required": indicator.required,
        "groups": list(indicator.groups),
        "scoring": _scoring(indicator.scoring),
        "gives_score": scores(framework) and not gives_no_score(indicator),
        "confidence": indicator.confidence,
        "source": indicator.source.ref,
        "locator": indicator.source.locator,
        "note": indicator.note,
    }


def _scoring(scoring: Scoring | None) -> dict[str, Any] | None:
    if scoring is None:
        return None
    rules: Mapping[str, Any] = {
        "bands": [{k: v for k, v in asdict(band).items() if v is not None} for band in scoring.bands],
        "ladder": dict(scoring.ladder),
    }
    return {
        "kind": scoring.kind,
        scoring.kind: rules.get(scoring.kind, dict(scoring.numbers)),
        "most": scoring.most,
        "confidence": scoring.confidence,
        "source": asdict(scoring.source),
        "note": scoring.note,
    }


def _scoring_columns(scoring: Scoring | None) -> dict[str, str]:
    return {
        "scoring": scoring_text(scoring) if scoring else "",
        "scoring_confidence": scoring.confidence if scoring else "",
        "scoring_source": scoring.source.ref if scoring else "",
        "scoring_locator": scoring.source.locator if scoring else "",
        "scoring_note": scoring.note if scoring else "",
    }
