"""An uploaded file: how far its check is, what was found, what it would change; apply, stop, undo."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from localaction.engine.errors import InputError, Refused
from localaction.platform.inventories import queries, services
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import VIEW, signed_in, upload_at, wants_part
from localaction.platform.web.desk.findings import as_finding
from localaction.platform.web.desk.show.upload import report as report_of
from localaction.platform.web.desk.views.files import CSV, attached
from localaction.platform.web.desk.wording import message_of, remedy_of

UNPROCESSABLE = 422
FINDING_COLUMNS = ("row", "column", "value", "cell", "severity", "what was found", "what to do")
#: Characters with which a spreadsheet begins a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
RECENT = 50


@require_safe
@signed_in
def report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the state of an upload; asked for by htmx, only the part that changes."""
    return _show(request, upload_at(request, public_id, VIEW))


@require_POST
@signed_in
def stop(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop the check of a file, or leave a checked one unused."""
    upload = upload_at(request, public_id)
    try:
        services.stop_upload(actor=request.user, upload=upload)
    except InputError as error:
        messages.error(request, work.said_of(error))
    return redirect("desk:report", public_id)


@require_POST
@signed_in
def apply(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Apply a checked file, then compute where that is quick."""
    upload = upload_at(request, public_id)
    try:
        upload = services.request_apply(actor=request.user, upload=upload)
    except Refused as refused:
        return _show(request, upload, refused=refused.findings, status=UNPROCESSABLE)
    except InputError as error:
        messages.error(request, work.said_of(error))
        return redirect("desk:report", public_id)
    if upload.status == "applied":
        work.compute_after_change(work.desk_of(request.user, upload.inventory))
    return redirect("desk:report", public_id)


@require_safe
@signed_in
def findings_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the findings as a file, sorted by row, safe to open in a spreadsheet."""
    upload = upload_at(request, public_id, VIEW)
    response = HttpResponse("\ufeff", content_type=CSV)
    writer = csv.writer(response)
    writer.writerow(FINDING_COLUMNS)
    found = sorted(map(as_finding, upload.findings), key=lambda each: (each.row or 0, each.column or ""))
    for each in found:
        line = (each.row, each.column, each.value, each.ref, each.severity, message_of(each), remedy_of(each))
        writer.writerow([_plain(field) for field in line])
    return attached(response, f"findings-{upload.name.rsplit('.', 1)[0][:60]}.csv")


def _show(request: HttpRequest, upload: Any, refused: Sequence[Any] = (), status: int = 200) -> HttpResponse:
    desk = work.desk_of(request.user, upload.inventory)
    stale = upload.status == "applied" and queries.is_stale(upload.inventory)
    shown = report_of(upload, may_edit=desk.may_edit, batch=_batch(upload), stale=stale, refused=refused)
    part = wants_part(request)
    template = "parts/upload_state" if part else "upload_report"
    return render(request, f"web/desk/{template}.html", {"report": shown, "part": part}, status=status)


def _batch(upload: Any) -> Any:
    """Return the change an applied file made, while it can be undone."""
    if upload.status != "applied":
        return None
    for batch in queries.batches_of(upload.inventory, RECENT):
        if batch.upload_id == upload.pk and batch.kind == "upload":
            return None if getattr(batch, "undone_by", None) else batch
    return None


def _plain(field: object) -> str:
    """Return a field that no spreadsheet takes for a formula."""
    text = "" if field is None else str(field)
    return f"'{text}" if text.startswith(FORMULA) else text
