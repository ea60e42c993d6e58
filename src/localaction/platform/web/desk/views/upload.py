"""Handing in a file of rows, or rows pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from localaction.engine.inventory.rows import COLUMNS
from localaction.platform.imports import services
from localaction.platform.imports.errors import FileTooLarge
from localaction.platform.inventories import queries
from localaction.platform.web.desk.access import inventory_at, signed_in
from localaction.platform.web.desk.forms.upload import UploadForm
from localaction.platform.web.desk.show.editor import Frame, frame
from localaction.platform.web.desk.show.importing import MEGABYTE
from localaction.platform.web.desk.work import Desk, said_of, state_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def upload(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Ask for a file and whether it replaces the rows; then hand it to the check."""
    desk = inventory_at(request, code, year)
    if request.method != "POST":
        return _show(request, desk, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        name, stream = form.handed_in()
        try:
            received = services.receive(
                actor=desk.actor,
                importer_id="rows",
                inventory=desk.inventory,
                name=name,
                stream=stream,
                options={"mode": form.cleaned_data["mode"]},
            )
        except FileTooLarge as error:
            form.add_error("file", said_of(error))
        else:
            return redirect("desk:report", received.public_id)
    return _show(request, desk, form, status=UNPROCESSABLE)


def _show(request: HttpRequest, desk: Desk, form: UploadForm, status: int = 200) -> HttpResponse:
    limit_mb = settings.LOCALACTION_MAX_UPLOAD_MB
    context = {
        "page": Frame(**frame(desk, _("Upload"))),
        "form": form,
        "columns": COLUMNS,
        "limit_mb": limit_mb,
        "limit_bytes": limit_mb * MEGABYTE,
        "row_count": queries.current_rows(desk.inventory).count(),
        "open_imports": [_pointer(each) for each in state_of(desk).imports],
    }
    return render(request, "web/desk/upload.html", context, status=status)


def _pointer(upload: Any) -> dict[str, str]:
    """Return the way back to a file that still waits for somebody."""
    return {
        "text": _("%(name)s was uploaded before and still waits.") % {"name": upload.name},
        "address": reverse("desk:report", args=[upload.public_id]),
        "link_text": _("Go on with it"),
    }
