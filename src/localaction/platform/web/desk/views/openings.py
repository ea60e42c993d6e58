"""Filling every open required cell with one notation key and reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import InputError, Refused
from localaction.platform.inventories import services
from localaction.platform.inventories.errors import ReasonNeeded
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import OpenCell, sort_out
from localaction.platform.web.desk.forms.reasons import OpenCellsForm
from localaction.platform.web.desk.respond import after_change, done_of
from localaction.platform.web.desk.show.editor import Frame, frame
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.rulebook import library

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def open_cells(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Ask for key and reason, then fill every open cell as one change."""
    desk, addresses = inventory_at(request, code, year), Addresses(code, year)
    if request.method != "POST":
        return _show(request, desk, OpenCellsForm(library=library()))
    form = OpenCellsForm(request.POST, library=library())
    if not form.is_valid():
        return _show(request, desk, form, UNPROCESSABLE)
    try:
        batch = services.mark_open_cells(
            actor=desk.actor,
            inventory=desk.inventory,
            key=form.cleaned_data["notation_key"],
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        for finding in refused.findings[:1]:
            form.add_error(None, text_of(finding))
    except ReasonNeeded as error:
        form.add_error("reason", work.said_of(error))
    except InputError as error:
        form.add_error(None, work.said_of(error))
    else:
        trouble = work.compute_after_change(desk)
        done = done_of(batch, addresses.undo, "", desk)
        return after_change(request, desk, done=done, address=addresses.editor, trouble=trouble)
    return _show(request, desk, form, UNPROCESSABLE)


def _show(request: HttpRequest, desk: work.Desk, form: OpenCellsForm, status: int = 200) -> HttpResponse:
    context = {
        "page": Frame(**frame(desk, _("Fill open cells"))),
        "cells": _open(desk),
        "form": form,
        "nothing_title": _("No required cell is open"),
        "nothing_text": _("Every cell that BASIC requires holds an amount or a notation key."),
        "back_text": _("Back to the inventory"),
    }
    return render(request, "web/desk/open_cells.html", context, status=status)


def _open(desk: work.Desk) -> tuple[OpenCell, ...]:
    """Return the cells that are open by the rows as they stand now, not by the last run."""
    addresses = Addresses(desk.inventory.place.code, desk.inventory.label_year)
    return sort_out(work.findings_now(desk.inventory), library(), addresses.cell).open_cells
