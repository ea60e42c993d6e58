"""Recalculating the inventories of the whole network: choose, look ahead, accept with a reason."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.accounts.rights import require
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.errors import FactorNotKnown, ReasonNeeded, RecalculationNotFound
from localaction.platform.inventories.movements import sorted_by_movement, write_csv
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import signed_in, wants_part
from localaction.platform.web.desk.forms.recalculate import AcceptForm, SwitchForm
from localaction.platform.web.desk.show import recalculation as show
from localaction.platform.web.desk.views.files import CSV, attached
from localaction.platform.web.rulebook import library

RIGHT = "inventory.recalculate"
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def recalculate(request: HttpRequest) -> HttpResponse:
    """Choose what to switch, and find earlier recalculations again."""
    require(request.user, RIGHT, None)
    form = SwitchForm(request.POST or None, library=library())
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.begin_recalculation(actor=request.user, **form.cleaned_data)
        except FactorNotKnown as error:
            known = library().factors.all
            wrong = "factor_to" if form.cleaned_data["factor_from"] in known else "factor_from"
            form.add_error(wrong, work.said_of(error))
        except InputError as error:
            form.add_error(None, work.said_of(error))
        else:
            services.start(begun)
            return redirect("desk:recalculation", begun.public_id)
    context = {
        "form": form,
        "crumbs": show.crumbs(),
        "earlier": [
            (each, show.what_of(each, library())) for each in queries.recalculations_for(request.user)
        ],
    }
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "web/desk/recalculate.html", context, status=status)


@require_safe
@signed_in
def recalculation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what a recalculation would move, or how far it is; asked for by htmx, only that part."""
    return _show(request, _found(request, public_id), AcceptForm())


@require_POST
@signed_in
def accept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Recalculate all inventories that move, or those that are ticked, with a reason."""
    found, form = _found(request, public_id), AcceptForm(request.POST)
    form.full_clean()
    chosen = set(request.POST.getlist("inventory")) if request.POST.get("which") == "chosen" else None
    try:
        services.request_recalculation(
            actor=request.user,
            recalculation=found,
            reason=form.cleaned_data.get("reason", ""),
            chosen=chosen,
        )
    except ReasonNeeded as error:
        form.add_error("reason", work.said_of(error))
    except InputError as error:
        form.add_error(None, work.said_of(error))
    else:
        services.start(found)
        return redirect("desk:recalculation", public_id)
    return _show(request, found, form, UNPROCESSABLE, chosen or set())


@require_POST
@signed_in
def stop(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop the work, or leave a preview unused."""
    found = _found(request, public_id)
    try:
        services.stop_recalculation(actor=request.user, recalculation=found)
    except InputError as error:
        messages.error(request, work.said_of(error))
    return redirect("desk:recalculation", public_id)


@require_safe
@signed_in
def report_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out every total of every inventory, those that move most first."""
    found = _found(request, public_id)
    response = HttpResponse("\ufeff", content_type=CSV)
    write_csv(sorted_by_movement(found.report, show.TOTAL), response)
    return attached(response, f"recalculation-{found.created_at:%Y-%m-%d}.csv")


def _found(request: HttpRequest, public_id: uuid.UUID) -> Any:
    require(request.user, RIGHT, None)
    try:
        return queries.recalculation_for(request.user, public_id)
    except RecalculationNotFound as error:
        raise Http404(str(error)) from error


def _show(
    request: HttpRequest, found: Any, form: AcceptForm, status: int = 200, ticked: set[str] | None = None
) -> HttpResponse:
    narrowed = request.GET.get("show", show.MOVING)
    view = show.view(found, library(), narrowed, request.GET.get("words", "").strip())
    part = wants_part(request)
    context = {
        "view": view,
        "form": form,
        "part": part,
        "ticked": ticked or set(),
        "crumbs": show.crumbs(view.what),
    }
    template = "parts/recalculation_state" if part else "recalculation"
    return render(request, f"web/desk/{template}.html", context, status=status)
