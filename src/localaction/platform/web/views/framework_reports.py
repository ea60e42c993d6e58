"""A published report on a framework: what was answered, what comes out, who checked it, its document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import ReportOn, published_report
from localaction.platform.web import numbers
from localaction.platform.web.records import place_view


def framework_report(
    request: HttpRequest, code: str, framework: str, edition: str, year: int
) -> HttpResponse:
    """Show the report that is published now."""
    try:
        report = published_report(code, framework, edition, year)
    except NotPublished as error:
        raise Http404(str(error)) from error
    doc = report.doc
    context = {
        "place": place_view(report.place),
        "report": report,
        "title": doc["framework"]["title"],
        "answers": [each for each in doc["answers"] if each["state"] in {"answered", "key"}],
        "open": sum(each["state"] not in {"answered", "key"} for each in doc["answers"]),
        "results": [_result(each) for each in doc["evaluation"]["indicators"]],
        "level": doc["evaluation"]["level"],
        "verification": _verification(report),
        "document": reverse("web:document", args=[report.digest]),
        "bundle": reverse("web:bundle", args=[report.digest]),
        "crumbs": [
            (_("Places"), reverse("web:places")),
            (report.place.name, reverse("web:place", args=[report.place.code])),
            (doc["framework"]["title"], ""),
        ],
    }
    return render(request, "web/framework_report.html", context)


def _result(each: Mapping[str, Any]) -> dict[str, Any]:
    """Return an indicator with its value as a reader takes it."""
    shown = each["shown"]
    if isinstance(shown, bool):
        text = str(_("yes") if shown else _("no"))
    elif isinstance(shown, int | float):
        text = numbers.readable(float(shown), 6)
    else:
        text = str(shown or "")
    unit = "" if each["unit"] == "1" else each["unit"]
    return {**each, "text": f"{text} {unit}".strip() if text else ""}


def _verification(report: ReportOn) -> Mapping[str, Any] | None:
    """Return the statement of the verifier, if one was signed."""
    held = report.doc.get("submission")
    found = held.get("verification") if isinstance(held, Mapping) else None
    return found if isinstance(found, Mapping) else None
