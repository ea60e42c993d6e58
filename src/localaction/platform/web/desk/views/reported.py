"""The place's side of verification: submit, take back, reply, see what was decided."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.accounts.rights import allowed
from localaction.platform.publication import services as publication
from localaction.platform.reporting import submission
from localaction.platform.reporting.errors import ReportNotFound, ReportNotReady
from localaction.platform.reporting.queries import VIEW, open_report_of, publishes_unverified, report_for
from localaction.platform.reporting.states import PUBLISH, SUBMIT, WITH_THE_PLACE, may
from localaction.platform.verification import services
from localaction.platform.verification.errors import QueryNotFound
from localaction.platform.verification.queries import query_of, review_of, reviews_of
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import item_of, sort_out
from localaction.platform.web.desk.forms.review import ReasonForm, ReplyForm, SubmitForm
from localaction.platform.web.desk.show.editor import Frame, frame
from localaction.platform.web.desk.show.publish import checklist
from localaction.platform.web.desk.show.review import changes, query_views, report_view
from localaction.platform.web.desk.wording import message_of, remedy_of, text_of
from localaction.platform.web.rulebook import library

UNPROCESSABLE = 422
SAID = 5  # findings in a message; the page of the answers lists all


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def submit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what stands in the way and what will be frozen; submit for verification."""
    desk = inventory_at(request, code, year, SUBMIT)
    report = open_report_of(desk.inventory)
    if report is not None and report.state not in WITH_THE_PLACE:
        return redirect("desk:reported", report.public_id)
    if request.method != "POST":
        return _show_submit(request, desk, report, SubmitForm())
    form = SubmitForm(request.POST)
    form.is_valid()
    try:
        report = submission.submit_inventory(
            actor=request.user, inventory=desk.inventory, note=form.cleaned_data.get("note", "")
        )
    except ReportNotReady as error:
        refusal = [_refusal(finding, desk) for finding in error.findings]
        return _show_submit(request, desk, report, form, refusal)
    except InputError as error:
        refusal = [{"label": message_of(error), "text": "", "remedy": remedy_of(error), "link": ""}]
        return _show_submit(request, desk, report, form, refusal)
    messages.success(request, _("The inventory is submitted. Its figures are frozen for the verifier."))
    return redirect("desk:reported", report.public_id)


def _show_submit(
    request: HttpRequest, desk: work.Desk, report: Any, form: SubmitForm, refusal: Any = ()
) -> HttpResponse:
    state = work.state_of(desk)
    head = frame(desk, _("Submit"))
    found = sort_out(work.in_the_way(state), library(), head["addresses"].cell)
    context = {
        "page": Frame(**head),
        "form": form,
        "check": checklist(state, found, head["addresses"], refusal),
        "refusal_title": _("The inventory was not submitted"),
        "returned": _returned(report),
        "unverified": publishes_unverified(desk.inventory.place),
    }
    return render(request, "web/desk/submit.html", context, status=UNPROCESSABLE if refusal else 200)


def _returned(report: Any) -> str:
    """Return why the report was returned, if it was."""
    if report is None or report.state != "returned":
        return ""
    review = review_of(report)
    decision = getattr(review, "decision", None)
    return decision.text if decision is not None else ""


def _refusal(finding: Any, desk: work.Desk) -> dict[str, str]:
    addresses = Addresses(desk.inventory.place.code, desk.inventory.label_year)
    item = item_of(finding, library(), addresses.cell)
    label = f"{item.ref} {item.label}".strip()
    return {"label": label, "link": item.address, "text": item.text, "remedy": item.remedy}


@require_safe
@signed_in
def reported(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show where a report stands, what is asked about it, and what was decided."""
    return _show(request, _report(request, public_id))


@require_POST
@signed_in
def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a report back before anybody reviews it."""
    report = _report(request, public_id, SUBMIT)
    try:
        submission.withdraw(actor=request.user, report=report)
    except InputError as error:
        messages.warning(request, work.said_of(error))
    else:
        messages.success(request, _("The report is taken back: change what you like and submit it again."))
    return redirect("desk:reported", public_id)


@require_POST
@signed_in
def reply(request: HttpRequest, public_id: uuid.UUID, query_id: uuid.UUID) -> HttpResponse:
    """Reply to a query for the place."""
    report = _report(request, public_id, SUBMIT)
    try:
        query = query_of(report, query_id)
    except QueryNotFound as error:
        raise Http404(str(error)) from error
    form = ReplyForm(request.POST, prefix=str(query_id))
    if form.is_valid():
        try:
            services.reply(actor=request.user, report=report, query=query, text=form.cleaned_data["text"])
        except InputError as error:
            form.add_error(None, work.said_of(error))
        else:
            messages.success(request, _("Your reply is sent."))
            return redirect("desk:reported", public_id)
    return _show(request, report, {str(query_id): form}, UNPROCESSABLE)


@require_POST
@signed_in
def submit_report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Submit a report on a framework; an inventory is submitted from its own page."""
    report = _report(request, public_id, SUBMIT)
    form = SubmitForm(request.POST)
    form.is_valid()
    try:
        submission.submit(actor=request.user, report=report, note=form.cleaned_data.get("note", ""))
    except ReportNotReady as error:
        messages.warning(
            request, " ".join([work.said_of(error), *(text_of(each) for each in error.findings[:5])])
        )
    except InputError as error:
        messages.warning(request, work.said_of(error))
    else:
        messages.success(request, _("The report is submitted. Its figures are frozen for the verifier."))
    return redirect("desk:reported", public_id)


@require_POST
@signed_in
def publish_report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Publish a report on a framework."""
    report = _report(request, public_id, PUBLISH)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        made = publication.publish_report(
            actor=request.user, report=report, reason=form.cleaned_data.get("reason", "")
        )
    except InputError as error:
        messages.warning(request, work.said_of(error))
        return redirect("desk:reported", public_id)
    return redirect("web:report", made.public_id)


def _report(request: HttpRequest, public_id: uuid.UUID, action: str = VIEW) -> Any:
    try:
        return report_for(request.user, public_id, action)
    except ReportNotFound as error:
        raise Http404(str(error)) from error


def _show(request: HttpRequest, report: Any, bound: Any = None, status: int = 200) -> HttpResponse:
    review = review_of(report)
    may_submit = allowed(request.user, SUBMIT, report.scope_id)
    forms = dict(bound or {})
    if review is not None and may_submit and report.state in ("in_review", "queried"):
        for query in review.queries.all():
            if query.status == "asked":
                key = str(query.public_id)
                forms.setdefault(key, ReplyForm(prefix=key))
    context = {
        "report": report_view(report, _("Verification"), at_the_place=True),
        "queries": query_views(review, forms) if review is not None else [],
        "decision": getattr(review, "decision", None),
        "earlier": [each.decision for each in reviews_of(report) if each != review and _ended(each)],
        "changes": changes(report),
        "may_take_back": may_submit and may("withdraw", report.state),
        "may_submit": may_submit and may("submit", report.state),
        "may_publish": allowed(request.user, PUBLISH, report.scope_id)
        and (
            report.state == "verified" or (report.state == "submitted" and publishes_unverified(report.place))
        ),
        "of_framework": report.inventory_id is None,
        "correction": report.supersedes_id is not None,
        "submit_form": SubmitForm(),
        "reason_form": ReasonForm(),
        "failed": next((form for form in (bound or {}).values()), None),
        "addresses": Addresses(report.place.code, report.label_year) if report.inventory_id else None,
    }
    return render(request, "web/desk/reported.html", context, status=status)


def _ended(review: Any) -> bool:
    return getattr(review, "decision", None) is not None
