"""Changes of an inventory: undo, history, compute now."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.imports.services import note_undone
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.errors import NoChangeNamed
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.respond import after_change, done_of, show_editor
from localaction.platform.web.desk.show.changes import changes
from localaction.platform.web.desk.show.editor import Frame, frame
from localaction.platform.web.rulebook import library

ON_A_PAGE = 50
MOST = 2000
CONFLICT = 409


@require_POST
@signed_in
def undo(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Undo one change; the answer says what was undone."""
    desk, addresses = inventory_at(request, code, year, partly=True), Addresses(code, year)
    ref = request.POST.get("ref", "")
    ref = ref if ref in library().protocol.cells else ""
    try:
        batch = services.undo(actor=desk.actor, inventory=desk.inventory, batch_id=_batch(request))
        if batch.import_id:
            note_undone(actor=desk.actor, public_id=batch.import_id)
    except InputError as error:
        return show_editor(request, desk, ref=ref, trouble=work.said_of(error), changed=True, status=CONFLICT)
    trouble = work.compute_after_change(desk)
    done = done_of(batch, addresses.undo, ref, desk)
    address = addresses.cell(ref) if ref else addresses.editor
    return after_change(request, desk, done=done, address=address, ref=ref, trouble=trouble)


@require_safe
@signed_in
def history(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """List every change, newest first."""
    desk, addresses = inventory_at(request, code, year, VIEW), Addresses(code, year)
    asked = request.GET.get("show", "")
    limit = min(int(asked), MOST) if asked.isdecimal() else ON_A_PAGE
    batches = queries.batches_of(desk.inventory, limit + 1)
    older = f"{addresses.history}?show={limit + ON_A_PAGE}" if len(batches) > limit and limit < MOST else ""
    context = {
        "page": Frame(**frame(desk, _("All changes"))),
        "changes": changes(batches[:limit]),
        "older": older,
        "nothing_title": _("Nothing has changed yet"),
        "nothing_text": _("Here every change of a row stands, with who made it and a way to undo it."),
        "back_text": _("Back to the inventory"),
    }
    return render(request, "web/desk/history.html", context)


@require_POST
@signed_in
def compute(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Compute the inventory now."""
    desk = inventory_at(request, code, year, partly=True)
    try:
        services.compute(actor=desk.actor, inventory=desk.inventory)
    except InputError as error:
        messages.error(request, work.said_of(error))
    else:
        messages.success(request, _("Computed: the totals are those of the rows as they stand."))
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else Addresses(code, year).editor)


def _batch(request: HttpRequest) -> uuid.UUID:
    """Return the change that is to be undone. Raises ``NoChangeNamed`` if none is."""
    try:
        return uuid.UUID(request.POST.get("batch", ""))
    except ValueError:
        raise NoChangeNamed from None
