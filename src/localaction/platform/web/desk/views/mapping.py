"""Saying which column of a file is which."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.exchange.layout import ColumnMapping
from localaction.platform.imports import services
from localaction.platform.imports.detecting import renamed
from localaction.platform.imports.errors import MappingNotFound
from localaction.platform.imports.mappings import mapping_named, mapping_names
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import import_at, signed_in
from localaction.platform.web.desk.show.mapping import page_of

UNPROCESSABLE = 422
LONGEST_CONSTANT = 200


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mapping(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the columns with a proposal for each; keep what the person chose and check the file by it."""
    record = import_at(request, public_id)
    if not record.table or record.status not in {"mapping", "ready", "refused"}:
        return redirect("desk:report", public_id)
    if request.method != "POST":
        return _show(request, record, _offered(request, record))
    chosen = _chosen(request, record)
    save_as = request.POST.get("save_as", "")
    try:
        services.map_columns(actor=request.user, record=record, mapping=chosen, save_as=save_as)
    except Refused as refused:
        return _show(request, record, chosen, refused.findings, save_as, UNPROCESSABLE)
    except InputError as error:
        messages.error(request, work.said_of(error))
    return redirect("desk:report", public_id)


def _offered(request: HttpRequest, record: Any) -> ColumnMapping:
    """Return the mapping as it is, or a saved one that was asked for by name."""
    name = request.GET.get("saved", "")
    if name:
        try:
            return renamed(mapping_named(record.scope, name), record.table["headers"])
        except MappingNotFound as error:
            messages.error(request, work.said_of(error))
    return ColumnMapping.from_dict(record.mapping)


def _chosen(request: HttpRequest, record: Any) -> ColumnMapping:
    """Return the mapping as the form says; what it does not say stays unread."""
    headers: list[str] = record.table["headers"]
    columns = [
        {"header": header, "target": request.POST.get(f"column-{position}") or None}
        for position, header in enumerate(headers)
    ]
    constants = {
        name.removeprefix("constant-"): str(text).strip()[:LONGEST_CONSTANT]
        for name, text in request.POST.items()
        if name.startswith("constant-") and str(text).strip()
    }
    decimal = request.POST.get("decimal", "")
    return ColumnMapping.from_dict(
        {
            "layout": record.mapping["layout"],
            "columns": columns,
            "constants": constants,
            "decimal": decimal if decimal in {".", ","} else "",
        }
    )


def _show(
    request: HttpRequest,
    record: Any,
    shown: ColumnMapping,
    findings: Sequence[Finding] = (),
    save_as: str = "",
    status: int = 200,
) -> HttpResponse:
    page = page_of(record, shown, findings, save_as=save_as, saved=mapping_names(record.scope))
    return render(request, "web/desk/mapping.html", {"page": page}, status=status)
