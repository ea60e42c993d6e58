"""Who gets in: signed-in people, to inventories a query gives them; others see 404 or 403."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from localaction.platform.imports.errors import ImportNotFound
from localaction.platform.imports.queries import import_for
from localaction.platform.inventories.errors import InventoryNotFound
from localaction.platform.inventories.queries import inventory_for
from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.queries import place_by_code
from localaction.platform.web.desk.work import EDIT, VIEW, Desk, desk_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SIGNED_OUT = 401


def wants_part(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of the page rather than the whole."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def signed_in(view: View) -> View:
    """Let in people who are signed in; others go to the sign-in, a part of a page says 401 instead."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_part(request):
            return HttpResponse(status=SIGNED_OUT)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/desk/")

    return cast("View", guarded)


def inventory_at(
    request: HttpRequest, code: str, year: int, action: str = EDIT, *, partly: bool = False
) -> Desk:
    """Return the inventory of a place and year; 404 if the reader may not see it, 403 if only not this."""
    try:
        return desk_of(request.user, inventory_for(request.user, code, year, action, partly=partly))
    except InventoryNotFound as error:
        raise Http404(str(error)) from error


def import_at(request: HttpRequest, public_id: uuid.UUID, *, to_change: bool = True) -> Any:
    """Return an import; 404 if the reader may not see what it is for, 403 if only not change it."""
    try:
        return import_for(request.user, public_id, to_change=to_change)
    except ImportNotFound as error:
        raise Http404(str(error)) from error


def place_at(code: str) -> Any:
    """Return a place by its code; 404 if there is none."""
    try:
        return place_by_code(code)
    except PlaceNotFound as error:
        raise Http404(str(error)) from error


__all__ = ["VIEW", "import_at", "inventory_at", "place_at", "signed_in", "wants_part"]
