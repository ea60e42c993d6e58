"""An imported file: how far its check is, what was found, what it would change; apply, stop, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.platform.imports import evidence, queries, services
from localaction.platform.imports.registry import importer
from localaction.platform.inventories.queries import is_stale
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import import_at, signed_in, wants_part
from localaction.platform.web.desk.findings import as_finding
from localaction.platform.web.desk.show.importing import report as report_of
from localaction.platform.web.desk.views.files import CSV, attached
from localaction.platform.web.desk.wording import message_of, remedy_of

UNPROCESSABLE = 422
CONFLICT = 409
FINDING_COLUMNS = ("row", "column", "value", "cell", "severity", "what was found", "what to do")
IRREGULAR_COLUMNS = ("row", "column", "as written", "read as", "of what")


@require_safe
@signed_in
def report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the state of an import; asked for by htmx, only the part that changes."""
    return _show(request, import_at(request, public_id, to_change=False))


@require_POST
@signed_in
def stop(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop the work on a file, or leave a checked one unused."""
    return _done(request, public_id, lambda record: services.stop(actor=request.user, record=record))


@require_POST
@signed_in
def resume(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Go on with a file whose worker was stopped."""
    return _done(request, public_id, lambda record: services.resume(actor=request.user, record=record))


@require_POST
@signed_in
def apply(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Apply a checked file."""
    record = import_at(request, public_id)
    try:
        chosen = request.POST.getlist("replace_edited")
        services.request_apply(actor=request.user, record=record, replace_edited=chosen)
    except Refused as refused:
        return _show(request, record, refused=refused.findings, status=UNPROCESSABLE)
    except InputError as error:
        messages.error(request, work.said_of(error))
    return redirect("desk:report", public_id)


@require_POST
@signed_in
def undo(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back what an applied file made."""
    return _done(request, public_id, lambda record: services.request_undo(actor=request.user, record=record))


@require_safe
@signed_in
def findings_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the findings as a file, sorted by row, safe to open in a spreadsheet."""
    record = import_at(request, public_id, to_change=False)
    found = sorted(map(as_finding, record.findings), key=lambda each: (each.row or 0, each.column or ""))
    lines = [
        (each.row, each.column, each.value, each.ref, each.severity, message_of(each), remedy_of(each))
        for each in found
    ]
    return _csv(record, "findings", FINDING_COLUMNS, lines)


@require_safe
@signed_in
def irregular_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the untidy cells, as written and as read."""
    record = import_at(request, public_id, to_change=False)
    names = ("row", "column", "raw", "read_as", "about")
    lines = [tuple(held.get(name) for name in names) for held in record.summary.get("irregular", ())]
    return _csv(record, "untidy-cells", IRREGULAR_COLUMNS, lines)


@require_safe
@signed_in
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the file as it was received: never shown in the browser, always kept under its name."""
    record = import_at(request, public_id, to_change=False)
    stream = evidence.opened(record.path)
    response = FileResponse(
        stream, as_attachment=True, filename=record.name, content_type="application/octet-stream"
    )
    response["ETag"] = f'"{record.sha256}"'
    return response


def _done(request: HttpRequest, public_id: uuid.UUID, act: Callable[[Any], Any]) -> HttpResponse:
    record = import_at(request, public_id)
    try:
        act(record)
    except InputError as error:
        messages.error(request, work.said_of(error))
    return redirect("desk:report", public_id)


def _show(
    request: HttpRequest, record: Any, refused: Sequence[Finding] = (), status: int = 200
) -> HttpResponse:
    shown = report_of(
        record,
        kind=importer(record.importer).title,
        may_change=queries.may_change(request.user, record),
        stale=record.status == "applied" and record.inventory is not None and is_stale(record.inventory),
        refused=refused,
        row=request.GET.get("row", "").strip(),
        column=request.GET.get("column", "").strip(),
    )
    part = wants_part(request)
    template = "parts/import_state" if part else "import_report"
    return render(request, f"web/desk/{template}.html", {"report": shown, "part": part}, status=status)


def _csv(
    record: Any, what: str, columns: Sequence[str], lines: Sequence[Sequence[object]]
) -> HttpResponseBase:
    response = HttpResponse("\ufeff", content_type=CSV)
    writer = SafeWriter(response)
    writer.writerow(columns)
    for line in lines:
        writer.writerow(line)
    return attached(response, f"{what}-{record.name.rsplit('.', 1)[0][:60]}.csv")
