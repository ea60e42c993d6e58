"""What the pages of a report under way show: its state in words, its sample, its queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import published
from localaction.platform.reporting.queries import submitted_document
from localaction.platform.reporting.subjects import subject_of
from localaction.platform.verification.queries import is_late
from localaction.platform.web.differences import Difference, differences
from localaction.platform.web.records import place_view

LABELS = {
    "activity": gettext_lazy("Activity"),
    "amount": gettext_lazy("Amount"),
    "factor": gettext_lazy("Factor"),
    "why": gettext_lazy("Why this factor"),
    "data_quality": gettext_lazy("Data quality"),
    "source": gettext_lazy("Source"),
    "note": gettext_lazy("Note"),
}
EVIDENCE = {"source", "note", "data_quality"}


@dataclass(frozen=True)
class LineView:
    """One sampled line."""

    key: str
    label: str
    share: float
    certain: bool
    found: str
    found_text: str
    note: str
    value: float | None
    unit: str
    facts: Sequence[tuple[str, str]]
    evidence: Sequence[tuple[str, str]]
    address: str
    has_source: bool
    current: bool = False


@dataclass(frozen=True)
class Said:
    """One message of a query."""

    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class QueryView:
    """One query with what was said about it; ``form`` is how the reader can go on."""

    id: str
    label: str
    status: str
    status_text: str
    due_on: date
    late: bool
    messages: Sequence[Said]
    form: Any = None


@dataclass(frozen=True)
class ReportView:
    """A report under way, as all its pages name it."""

    id: str
    title: str
    place: Any
    year: int
    state: str
    state_text: str
    next_text: str
    since: datetime
    submitted_at: datetime | None
    digest: str
    note: str
    crumbs: Sequence[tuple[str, str]]
    editor: str = ""
    remarks: Sequence[Mapping[str, str]] = field(default_factory=tuple)


def next_step(state: str, *, at_the_place: bool) -> str:
    """Return in a sentence what happens next with a report."""
    texts = {
        "draft": _("It was not submitted yet."),
        "submitted": _("It waits for a verifier. Until somebody begins, the place can take it back."),
        "in_review": _("Somebody who has no part in it checks a sample of its lines against their evidence."),
        "queried": _("The verifier asked something and waits for the reply of the place."),
        "verified": _("The statement is signed. The place can publish it with the report."),
        "returned": _("It went back to the place with reasons. The place corrects it and submits it again."),
        "published": _("Everybody can read it."),
        "superseded": _("A correction took its place; both stay readable."),
    }
    if at_the_place and state == "queried":
        return _("The verifier waits for your reply; with the last one the review goes on.")
    return texts.get(state, "")


def report_view(report: Any, last: str, *, at_the_place: bool) -> ReportView:
    """Return what every page of a report names."""
    place = place_view(report.place)
    submission = report.submission
    title = _("Inventory %(year)s") % {"year": report.label_year}
    if report.inventory_id is None:
        title = f"{subject_of(report).title(report)} {report.label_year}"
    over = (_("Desk"), reverse("desk:home")) if at_the_place else (_("Verification"), reverse("desk:queue"))
    editor = reverse("desk:editor", args=[place.code, report.label_year]) if report.inventory_id else ""
    crumbs = [over, (f"{title}, {place.shown}", editor if at_the_place else ""), (last, "")]
    return ReportView(
        id=str(report.public_id),
        title=title,
        place=place,
        year=report.label_year,
        state=report.state,
        state_text=report.get_state_display(),
        next_text=next_step(report.state, at_the_place=at_the_place),
        since=report.state_since,
        submitted_at=submission.submitted_at if submission else None,
        digest=submission.content_sha256 if submission else "",
        note=submission.note if submission else "",
        crumbs=crumbs,
        editor=editor,
        remarks=subject_of(report).remarks(submitted_document(submission)) if submission else (),
    )


def line_views(report: Any, review: Any, chosen: str) -> list[LineView]:
    """Return the sampled lines with what the document says of them; one is open."""
    known = {line.key: line for line in subject_of(report).lines(submitted_document(report.submission))}
    sample = list(review.sample.all())
    keys = [line.key for line in sample]
    waiting = [line.key for line in sample if line.found == "open"]
    current = chosen if chosen in keys else next(iter(waiting or keys), "")
    return [_line_view(report, line, known[line.key], current) for line in sample]


def _line_view(report: Any, line: Any, stated: Any, current: str) -> LineView:
    facts = [(name, str(LABELS.get(name, name)), text) for name, text in stated.facts.items() if text]
    return LineView(
        key=line.key,
        label=line.label,
        share=line.share * 100,
        certain=line.certain,
        found=line.found,
        found_text=line.get_found_display(),
        note=line.note,
        value=stated.value,
        unit=stated.unit,
        facts=[(label, text) for name, label, text in facts if name not in EVIDENCE],
        evidence=[(label, text) for name, label, text in facts if name in EVIDENCE],
        address=f"{reverse('desk:review', args=[report.public_id])}?line={_quoted(line.key)}#line",
        has_source=bool(stated.facts.get("source")),
        current=line.key == current,
    )


def _quoted(key: str) -> str:
    return quote(key, safe="")


def query_views(review: Any, forms: Mapping[str, Any]) -> list[QueryView]:
    """Return the queries of a review, those that wait first; ``forms`` maps an id to the form under it."""
    found = [
        QueryView(
            id=str(query.public_id),
            label=query.label or _("The report as a whole"),
            status=query.status,
            status_text=query.get_status_display(),
            due_on=query.due_on,
            late=is_late(query),
            messages=[Said(each.get_side_display(), each.at, each.text) for each in query.messages.all()],
            form=forms.get(str(query.public_id)),
        )
        for query in review.queries.all()
    ]
    return sorted(found, key=lambda each: ("asked", "replied", "settled").index(each.status))


def changes(report: Any) -> list[Difference]:
    """Return what a submitted inventory says otherwise than the one that is published."""
    if report.inventory_id is None or report.submission is None:
        return []
    try:
        before = published(report.place.code, report.label_year)
    except NotPublished:
        return []
    return differences(before.result, submitted_document(report.submission)["result"])
