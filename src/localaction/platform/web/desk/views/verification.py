"""The verifier's side: the queue, and one report with findings, sample, queries and decision."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.reporting.errors import ReportNotFound
from localaction.platform.verification import queries, services
from localaction.platform.verification.errors import QueryNotFound
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.review import (
    AskForm,
    AssignForm,
    DeclareForm,
    LineForm,
    ReasonForm,
    ReturnForm,
    SettleForm,
    StatementForm,
)
from localaction.platform.web.desk.show.review import changes, line_views, query_views, report_view
from localaction.platform.web.desk.work import said_of

UNPROCESSABLE = 422
DAYS_TO_REPLY = 14  # proposed in the form; the verifier writes another day if it fits better
UNDER_REVIEW = ("in_review", "queried")


@require_safe
@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """List what the reader verifies or assigns, the longest waiting first."""
    context = {"queued": queries.queue_for(request.user), "today": timezone.localdate()}
    return render(request, "web/desk/queue.html", context)


@require_safe
@signed_in
def review(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one report to who verifies or assigns it."""
    return _show(request, _report(request, public_id), {})


@require_POST
@signed_in
def act(request: HttpRequest, public_id: uuid.UUID, action: str) -> HttpResponse:
    """Do one thing about a report; what is wrong is said at its form."""
    report = _report(request, public_id)
    if action not in ACTS:
        raise Http404
    form = _bound(action, request, report)
    if form.is_valid():
        try:
            ACTS[action](request, report, form.cleaned_data)
        except QueryNotFound as error:
            raise Http404(str(error)) from error
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            messages.success(request, DONE[action]())
            return redirect("desk:review", public_id)
    return _show(request, report, {action: form}, UNPROCESSABLE)


def _report(request: HttpRequest, public_id: uuid.UUID) -> Any:
    try:
        return queries.report_to_review(request.user, public_id)
    except ReportNotFound as error:
        raise Http404(str(error)) from error


def _bound(action: str, request: HttpRequest, report: Any) -> Any:
    return _form(action, request, report, request.POST)


def _form(action: str, request: HttpRequest, report: Any, data: Any = None) -> Any:
    """Return the form of an action, each under a prefix of its own because they share a page."""
    if action == "assign":
        people = [
            (str(user.public_id), user.display_name) for user, why in _people(request, report) if not why
        ]
        return AssignForm(people, data, prefix=action)
    if action == "ask":
        lines = [(line.key, line.label) for line in services.lines_of(report)]
        due = timezone.localdate() + timedelta(days=DAYS_TO_REPLY)
        return AskForm(
            lines, data, prefix=action, initial={"due_on": due, "line": request.GET.get("line", "")}
        )
    kinds: dict[str, Any] = {
        "begin": DeclareForm,
        "declare": DeclareForm,
        "line": LineForm,
        "settle": SettleForm,
        "again": SettleForm,
        "sign": StatementForm,
        "return": ReturnForm,
        "step-back": ReasonForm,
    }
    prefix = data.get("query", "") if data is not None and action in ("settle", "again") else action
    return kinds[action](data, prefix=prefix)


def _people(request: HttpRequest, report: Any) -> list[tuple[Any, str]]:
    assigned = {each.verifier_id for each in queries.assignments_of(report)}
    return [(user, why) for user, why in queries.candidates(request.user, report) if user.pk not in assigned]


def _assign(request: HttpRequest, report: Any, said: Any) -> None:
    chosen = {str(user.public_id): user for user, _why in _people(request, report)}
    services.assign(actor=request.user, report=report, verifier=chosen[said["verifier"]])


def _settle(request: HttpRequest, report: Any, said: Any) -> None:
    query = queries.query_of(report, _query_id(request))
    services.settle(actor=request.user, report=report, query=query, text=said["text"])


def _again(request: HttpRequest, report: Any, said: Any) -> None:
    query = queries.query_of(report, _query_id(request))
    due = said["due_on"] or timezone.localdate() + timedelta(days=DAYS_TO_REPLY)
    services.ask_again(actor=request.user, report=report, query=query, text=said["text"], due_on=due)


def _query_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("query", ""))
    except ValueError as error:
        raise Http404 from error


ACTS: dict[str, Callable[[HttpRequest, Any, Any], Any]] = {
    "assign": _assign,
    "step-back": lambda request, report, said: services.step_back(actor=request.user, report=report, **said),
    "begin": lambda request, report, said: services.begin_review(actor=request.user, report=report, **said),
    "declare": lambda request, report, said: services.declare(actor=request.user, report=report, **said),
    "line": lambda request, report, said: services.look_at(
        actor=request.user, report=report, key=said["line"], found=said["found"], note=said["note"]
    ),
    "ask": lambda request, report, said: services.ask(
        actor=request.user, report=report, key=said["line"], text=said["text"], due_on=said["due_on"]
    ),
    "settle": _settle,
    "again": _again,
    "sign": lambda request, report, said: services.sign_statement(actor=request.user, report=report, **said),
    "return": lambda request, report, said: services.return_report(actor=request.user, report=report, **said),
}
DONE: dict[str, Callable[[], str]] = {
    "assign": lambda: _("The report is assigned."),
    "step-back": lambda: _("You are not assigned any more."),
    "begin": lambda: _("The review has begun, and the sample is drawn."),
    "declare": lambda: _("Your declaration is recorded."),
    "line": lambda: _("Your finding is recorded."),
    "ask": lambda: _("Your query is sent to the place."),
    "settle": lambda: _("The query is settled."),
    "again": lambda: _("Your question is sent, with the new day."),
    "sign": lambda: _("The statement is signed. The place can publish it with the report."),
    "return": lambda: _("The report went back to the place with your reasons."),
}


def _show(request: HttpRequest, report: Any, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    held = queries.review_of(report)
    mine = queries.is_assigned(request.user, report)
    working = mine and report.state in UNDER_REVIEW and held is not None
    assigned = queries.assignments_of(report)
    declared = any(each.verifier_id == request.user.pk and each.declared_at for each in assigned)
    lines = line_views(report, held, request.GET.get("line", "") or _line_of(bound)) if held else []
    people = _people(request, report) if report.state in ("submitted", *UNDER_REVIEW) else []
    forms = {
        name: bound.get(name) or _form(name, request, report) for name in _offered(report, mine, declared)
    }
    if working and declared and "line" in forms and not bound.get("line"):
        forms["line"] = _line_form(lines)
    context = {
        "report": report_view(report, _("Review"), at_the_place=False),
        "held": held,
        "lines": lines,
        "current": next((line for line in lines if line.current), None),
        "queries": query_views(held, _query_forms(request, held, bound, working and declared))
        if held
        else [],
        "decision": getattr(held, "decision", None),
        "earlier": [each for each in queries.reviews_of(report) if each != held],
        "changes": changes(report),
        "assigned": assigned,
        "conflicts": [(user, why) for user, why in people if why],
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "failed": next(iter(bound.values()), None),
    }
    return render(request, "web/desk/review.html", context, status=status)


def _offered(report: Any, mine: bool, declared: bool) -> list[str]:
    """Return which forms the page has; who may use them is decided by the services."""
    found = ["assign"] if report.state in ("submitted", *UNDER_REVIEW) else []
    if mine and report.state == "submitted":
        found += ["begin", "step-back"]
    if mine and report.state in UNDER_REVIEW:
        found += ["line", "ask", "sign", "return", "step-back"] if declared else ["declare"]
    return found


def _line_of(bound: dict[str, Any]) -> str:
    form = bound.get("line")
    return str(form.data.get("line-line", "")) if form is not None else ""


def _line_form(lines: list[Any]) -> Any:
    current = next((line for line in lines if line.current), None)
    if current is None:
        return None
    found = current.found if current.found != "open" else ""
    return LineForm(prefix="line", initial={"line": current.key, "found": found, "note": current.note})


def _query_forms(request: HttpRequest, held: Any, bound: dict[str, Any], working: bool) -> dict[str, Any]:
    if not working:
        return {}
    forms = {
        str(query.public_id): SettleForm(prefix=str(query.public_id))
        for query in held.queries.all()
        if query.status != "settled"
    }
    failed = bound.get("settle") or bound.get("again")
    return forms | ({request.POST.get("query", ""): failed} if failed else {})
