"""The offices of the association, and what each looks after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from localaction.engine.errors import InputError
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.networks import queries, services
from localaction.platform.networks.errors import OfficeNotFound
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.offices import OfficeForm
from localaction.platform.web.desk.work import said_of

UNPROCESSABLE = 422
EDIT = "office.edit"


@require_safe
@signed_in
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices on which the reader has a role that sees their people."""
    found = queries.regions_of(queries.offices_for(request.user))
    context = {
        "offices": found,
        "may_edit": allowed(request.user, EDIT, None),
        "crumbs": _crumbs((_("Offices"), "")),
    }
    return render(request, "web/desk/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_office(request: HttpRequest) -> HttpResponse:
    """Make an office."""
    require(request.user, EDIT, None)
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.create_office(actor=request.user, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            messages.success(request, _("%(office)s is made. Invite its staff next.") % {"office": made.name})
            return redirect("desk:people", made.scope.public_id)
    title = _("New office")
    return _show(request, form, title, _crumbs(_list(), (title, "")))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def office(request: HttpRequest, code: str) -> HttpResponse:
    """Change what an office looks after."""
    try:
        held = queries.office_for(request.user, code)
    except OfficeNotFound as error:
        raise Http404(str(error)) from error
    require(request.user, EDIT, None)
    form = OfficeForm(request.POST, change=True) if request.method == "POST" else _form_of(held)
    if form.is_valid():
        try:
            services.change_region(actor=request.user, office=held, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            messages.success(request, _("The region of %(office)s is changed.") % {"office": held.name})
            return redirect("desk:offices")
    return _show(request, form, held.name, _crumbs(_list(), (held.name, "")))


def _form_of(office: Any) -> OfficeForm:
    region = queries.region_of(office)
    given = {"countries": ", ".join(region.countries), "places": ", ".join(p.code for p in region.places)}
    return OfficeForm(initial=given, change=True)


def _show(request: HttpRequest, form: OfficeForm, title: str, crumbs: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "heading": title, "crumbs": crumbs}
    return render(request, "web/desk/office_form.html", context, status=status)


def _list() -> tuple[str, str]:
    return _("Offices"), reverse("desk:offices")


def _crumbs(*rest: tuple[str, str]) -> list[tuple[str, str]]:
    first = [(_("Desk"), reverse("desk:home")), (_("People"), reverse("desk:people-index"))]
    return [*first, *rest]
