"""Rows of a cell: enter, change, remove."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from localaction.engine.errors import Refused
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.errors import EditConflict, RowNotFound
from localaction.platform.places.queries import place_chain
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.forms.row import KEY, RowForm, initial_of
from localaction.platform.web.desk.respond import after_change, done_from, done_of, show_editor
from localaction.platform.web.desk.show import choices, conflict
from localaction.platform.web.desk.show.changes import Done
from localaction.platform.web.desk.show.conflict import Conflict
from localaction.platform.web.desk.show.preview import preview
from localaction.platform.web.desk.show.row import RowView, title
from localaction.platform.web.desk.show.rowcard import title_of
from localaction.platform.web.desk.views.cells import checked_ref

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_row(request: HttpRequest, code: str, year: int, ref: str) -> HttpResponse:
    """Enter a row of a cell."""
    desk, checked = inventory_at(request, code, year, partly=True), checked_ref(ref)
    work.require_entering(desk, checked)
    if request.method == "POST":
        return _save(request, desk, checked, RowForm(request.POST), row=None)
    form = RowForm(initial={"mode": _first_mode(request, desk, checked), "new_key": str(uuid.uuid4())})
    done = done_from(request, desk, Addresses(code, year).undo, checked)
    return _form(request, desk, checked, form, row=None, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_row(request: HttpRequest, code: str, year: int, row_key: uuid.UUID) -> HttpResponse:
    """Change a row, or say that it is gone."""
    desk = inventory_at(request, code, year, partly=True)
    row = queries.row_of(desk.inventory, row_key)
    if row is not None:
        work.require_entering(desk, row.ref)
    if request.method == "POST":
        return _save_change(request, desk, row, row_key)
    if row is None:
        return show_editor(request, desk, trouble=work.said_of(RowNotFound()), status=404)
    form = RowForm(initial=initial_of(row.values()) | {"seen": str(row.number)})
    return _form(request, desk, row.ref, form, row)


@require_GET
@signed_in
def row_choices(request: HttpRequest, code: str, year: int, ref: str) -> HttpResponse:
    """Show units, factors and preview for a row as typed so far; nothing is saved."""
    desk, checked = inventory_at(request, code, year, partly=True), checked_ref(ref)
    work.require_entering(desk, checked)
    row = _view(desk, checked, RowForm(initial=request.GET.dict()), row=None)
    template = "row_preview" if request.headers.get("HX-Target") == "row-preview" else "row_choices"
    context = {"row": row, "preview": row.preview}
    return render(request, f"web/desk/parts/{template}.html", context)


@require_POST
@signed_in
def remove_row(request: HttpRequest, code: str, year: int, row_key: uuid.UUID) -> HttpResponse:
    """Remove a row; the answer offers to undo it."""
    desk, addresses = inventory_at(request, code, year, partly=True), Addresses(code, year)
    row = queries.row_of(desk.inventory, row_key)
    if row is None:
        return show_editor(request, desk, trouble=work.said_of(RowNotFound()), changed=True, status=CONFLICT)
    try:
        batch = services.remove_row(
            actor=desk.actor,
            inventory=desk.inventory,
            row_key=row_key,
            seen=_number(request.POST.get("seen")),
        )
    except (EditConflict, RowNotFound) as error:
        trouble = work.said_of(error)
        return show_editor(request, desk, ref=row.ref, trouble=trouble, changed=True, status=CONFLICT)
    trouble = work.compute_after_change(desk)
    done = done_of(batch, addresses.undo, row.ref, desk)
    return after_change(
        request, desk, done=done, address=addresses.cell(row.ref), ref=row.ref, trouble=trouble
    )


def _save_change(request: HttpRequest, desk: work.Desk, row: Any, row_key: uuid.UUID) -> HttpResponse:
    form = RowForm(request.POST)
    ref = row.ref if row else checked_ref(request.POST.get("ref", ""))
    if row is None:
        return _form(request, desk, ref, form, None, row_key=row_key, status=CONFLICT)
    return _save(request, desk, ref, form, row)


def _key(text: str) -> uuid.UUID | None:
    """Return the key under which a new row was offered; None if the form says none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _save(request: HttpRequest, desk: work.Desk, ref: str, form: RowForm, row: Any) -> HttpResponse:
    """Save the row through the service; show again what it refuses, with everything that was typed."""
    if form.lacks_gas:
        form.ask_for_gas()
        return _form(request, desk, ref, form, row, status=UNPROCESSABLE)
    try:
        saved = services.save_row(
            actor=desk.actor,
            inventory=desk.inventory,
            values=form.row(ref),
            row_key=row.row_key if row else None,
            seen=_number(form.typed("seen")) if row else None,
            new_key=None if row else _key(form.typed("new_key")),
        )
    except Refused as refused:
        form.take(refused.findings)
        return _form(request, desk, ref, form, row, status=UNPROCESSABLE)
    except (EditConflict, RowNotFound):
        now = queries.row_of(desk.inventory, row.row_key)
        return _form(request, desk, ref, form, now, row_key=row.row_key, clash=True, status=CONFLICT)
    trouble = work.compute_after_change(desk)
    return _saved(request, desk, ref, saved, trouble)


def _saved(request: HttpRequest, desk: work.Desk, ref: str, saved: Any, trouble: str) -> HttpResponse:
    addresses = Addresses(desk.inventory.place.code, desk.inventory.label_year)
    done = done_of(saved.batch, addresses.undo, ref, desk)
    if request.POST.get("then") == "again":
        form = RowForm(initial={"mode": request.POST.get("mode", ""), "new_key": str(uuid.uuid4())})
        view = _view(desk, ref, form, row=None)
        return after_change(
            request,
            desk,
            done=done,
            address=addresses.add(ref, mode=view.form.kind),
            ref=ref,
            trouble=trouble,
            row=view,
        )
    return after_change(request, desk, done=done, address=addresses.cell(ref), ref=ref, trouble=trouble)


def _form(
    request: HttpRequest,
    desk: work.Desk,
    ref: str,
    form: RowForm,
    row: Any,
    *,
    row_key: uuid.UUID | None = None,
    clash: bool = False,
    done: Done | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form of a row in the drawer; ``clash`` if ``row`` is somebody else's version."""
    addresses = Addresses(desk.inventory.place.code, desk.inventory.label_year)
    found: Conflict | None = None
    if row_key is not None and row is None:
        found = conflict.removed(form.row(ref), addresses.cell(ref))
    elif clash:
        found = conflict.changed(row, form.row(ref), addresses.change(row.row_key))
        form.see(row.number)  # saving again means: over what is shown now
    view = _view(desk, ref, form, row, row_key=row_key, found=found)
    return show_editor(request, desk, ref=ref, row=view, done=done, status=status)


def _view(
    desk: work.Desk,
    ref: str,
    form: RowForm,
    row: Any,
    *,
    row_key: uuid.UUID | None = None,
    found: Conflict | None = None,
) -> RowView:
    inventory = desk.inventory
    book = queries.library_of(inventory)
    addresses = Addresses(inventory.place.code, inventory.label_year)
    cell = book.protocol.cells[ref]
    form.offer(book, cell, place_chain(inventory.place, inventory.period.end))
    key = row.row_key if row else row_key
    return RowView(
        form=form,
        title=title(is_new=key is None, what=title_of(row.values(), book) if row else ref),
        action=addresses.change(key) if key and not (found and found.removed) else addresses.add(ref),
        back=addresses.cell(ref),
        choices_address=addresses.choices(ref),
        is_new=key is None,
        has_activities=bool(choices.activities_for(book, cell.uses)),
        conflict=found,
        preview=preview(inventory, form.row(ref)),
    )


def _first_mode(request: HttpRequest, desk: work.Desk, ref: str) -> str:
    """Return the kind of row a new one starts as: as asked for, else by what the cell has factors for."""
    asked = request.GET.get("mode", "")
    if asked in {"activity", "direct", KEY}:
        return asked
    book = queries.library_of(desk.inventory)
    return "activity" if choices.activities_for(book, book.protocol.cells[ref].uses) else "direct"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
