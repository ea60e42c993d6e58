"""The matrix of an inventory."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.respond import done_from, show_editor


@require_safe
@signed_in
def matrix(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the matrix with findings and last changes."""
    desk = inventory_at(request, code, year, VIEW)
    done = done_from(request, desk, Addresses(code, year).undo)
    return show_editor(request, desk, done=done)
