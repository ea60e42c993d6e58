"""Published reports on frameworks: those of a place, and what came out of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs import editions
from localaction.platform.publication.queries import published_reports_of
from localaction.platform.web import numbers


@dataclass(frozen=True)
class ReportEntry:
    """A published report in the list of a place."""

    title: str
    year: int
    published_at: datetime
    address: str


def reports_of(code: str) -> Sequence[ReportEntry]:
    """Return what a place has published on frameworks, newest year first; one query."""
    known = editions.frameworks()
    return [
        ReportEntry(
            known[key].title if (key := f"{each.framework}/{each.edition}") in known else key,
            each.label_year,
            each.published_at,
            reverse("web:report", args=[each.public_id]),
        )
        for each in published_reports_of(code)
    ]


@dataclass(frozen=True)
class Outcome:
    """What came out of one indicator, as a reader takes it."""

    id: str
    label: str
    text: str
    score: float | None
    most: float | None


def outcomes(document: Mapping[str, Any]) -> Sequence[Outcome]:
    """Return what came out of a published report on a framework; nothing of another kind of report."""
    evaluation = document.get("evaluation")
    if not isinstance(evaluation, Mapping):
        return ()
    labels = document["framework"].get("labels", {})
    return [
        Outcome(each["id"], labels.get(each["id"], ""), text, each["score"], each["most"])
        for each in evaluation["indicators"]
        if (text := _shown(each))
    ]


def _shown(each: Mapping[str, Any]) -> str:
    shown = each["shown"]
    if shown is None or shown == "":
        return ""
    if isinstance(shown, bool):
        return str(_("yes") if shown else _("no"))
    text = numbers.readable(float(shown), 6) if isinstance(shown, int | float) else str(shown)
    return text if each["unit"] == "1" else f"{text} {each['unit']}".strip()
