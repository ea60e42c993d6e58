"""Handing in what a place answers to a framework: for verification, or published as nobody checked it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import LocalActionError
from localaction.engine.packs.frameworks import Framework
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.publication.queries import published_reports_of
from localaction.platform.publication.services import publish_report
from localaction.platform.reporting.answers import standing_of
from localaction.platform.reporting.queries import open_report_on, publishes_unverified
from localaction.platform.reporting.states import SUBMIT, WITH_THE_PLACE
from localaction.platform.reporting.submission import begin_report, submit
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.filling.addresses import Filling
from localaction.platform.web.desk.views.frameworks import answering_place, edition_at
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.desk.work import said_of

PUBLISH = "report.publish"
UNPROCESSABLE = 422
LONGEST = 2000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hand_in(request: HttpRequest, code: str, year: int, framework: str, edition: str) -> HttpResponse:
    """Show what would be frozen; submit it for verification, or publish it."""
    place, asked = answering_place(request, code, year), edition_at(framework, edition)
    require(request.user, SUBMIT, place.scope_id)
    report = open_report_on(place, asked.id, date(year, 1, 1))
    if report is not None and report.state not in WITH_THE_PLACE:
        return redirect("desk:reported", report.public_id)
    if request.method != "POST":
        return _show(request, place, asked, year)
    text = request.POST.get("text", "").replace("\x00", "").strip()[:LONGEST]
    try:
        begun = begin_report(
            actor=request.user,
            place=place,
            framework=asked.id,
            edition=asked.edition,
            period=Period.year(year),
        )
        if request.POST.get("do") == "publish":
            made = publish_report(actor=request.user, report=begun, reason=text)
            messages.success(request, _("The report is published and signed."))
            return redirect("web:report", made.public_id)
        submit(actor=request.user, report=begun, note=text)
    except LocalActionError as error:
        found = [text_of(finding) for finding in getattr(error, "findings", ())]
        return _show(request, place, asked, year, " ".join(found) or said_of(error), text)
    messages.success(request, _("The report is submitted. Its answers are frozen for the verifier."))
    return redirect("desk:reported", begun.public_id)


def _show(
    request: HttpRequest, place: Any, framework: Framework, year: int, refusal: str = "", text: str = ""
) -> HttpResponse:
    standing = standing_of(
        actor=request.user, place=place, year=year, frameworks=[framework], as_of=timezone.localdate()
    )
    filled = standing.filled(framework)
    published = [
        each
        for each in published_reports_of(place.code)
        if (each.framework, each.label_year) == (framework.id, year)
    ]
    context = {
        "place": place,
        "framework": framework,
        "year": year,
        "filled": filled,
        "urls": Filling(place.code, year),
        "form_address": Filling(place.code, year).form(framework),
        "odd": [odd for odd in standing.odd_of(framework) if odd.explained is None],
        "errors": [each for each in filled.evaluation.findings if each.severity == "error"],
        "published": published,
        "may_publish": allowed(request.user, PUBLISH, place.scope_id) and publishes_unverified(place),
        "refusal": refusal,
        "text": text,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "web/desk/filling/hand_in.html", context, status=status)
