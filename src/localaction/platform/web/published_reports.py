"""The reports on frameworks that a place has published, as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from localaction.engine.packs import editions
from localaction.platform.publication.queries import reports_published_by


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
            reverse("web:framework-report", args=[code, each.framework, each.edition, each.label_year]),
        )
        for each in reports_published_by(code)
    ]
