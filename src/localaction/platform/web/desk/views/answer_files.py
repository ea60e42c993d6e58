"""Answers to a framework, and what comes out, as files."""

from __future__ import annotations

import io
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from localaction.platform.reporting.answers import Filled, fill
from localaction.platform.reporting.files import ANSWERS, RESULTS, answer_rows, report_dict, result_rows
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.views.frameworks import answering_place, edition_at
from localaction.platform.web.files import written

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@signed_in
def answers_file(
    request: HttpRequest, code: str, year: int, framework: str, edition: str, suffix: str
) -> HttpResponse:
    """Return the answers as CSV, or answers and results as JSON or a workbook."""
    place, asked = answering_place(request, code, year), edition_at(framework, edition)
    [filled] = fill(
        actor=request.user, place=place, year=year, frameworks=[asked], as_of=timezone.localdate()
    )
    makers = {"csv": _csv, "json": _json, "xlsx": _xlsx}
    if suffix not in makers:
        raise Http404(suffix)
    response = makers[suffix](filled)
    name = f"{place.code}-{year}-{asked.id}-{asked.edition}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _csv(filled: Filled) -> HttpResponse:
    head = [heading.title for heading in ANSWERS]
    return HttpResponse(written(head, answer_rows(filled)), content_type="text/csv; charset=utf-8")


def _json(filled: Filled) -> HttpResponse:
    text = json.dumps(report_dict(filled), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json")


def _xlsx(filled: Filled) -> HttpResponse:
    from localaction.engine.exchange.xlsxout import Book  # only where a workbook is asked for

    out = io.BytesIO()
    with Book(out, f"{filled.framework.title}, {filled.place.name} {filled.year}") as book:
        book.table("answers", ANSWERS, answer_rows(filled))
        book.table("results", RESULTS, result_rows(filled))
    return HttpResponse(out.getvalue(), content_type=XLSX)
