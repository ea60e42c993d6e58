"""One cell beside the matrix."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.respond import done_from, show_editor
from localaction.platform.web.rulebook import library


@require_safe
@signed_in
def cell(request: HttpRequest, code: str, year: int, ref: str) -> HttpResponse:
    """Show a cell: what it holds, its rows, its gases."""
    desk = inventory_at(request, code, year, VIEW)
    checked_ref(ref)
    done = done_from(request, desk, Addresses(code, year).undo, ref)
    return show_editor(request, desk, ref=ref, done=done)


def checked_ref(ref: str) -> str:
    """Return the reference of a cell; 404 if the protocol has no such cell."""
    if ref not in library().protocol.cells:
        raise Http404(_("There is no cell “%(ref)s”. Cells look like I.1.1.") % {"ref": ref})
    return ref
