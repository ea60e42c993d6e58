"""A place's own factors on the desk: list, add, check, look at, replace, withdraw, download."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from localaction.engine.errors import InputError, Refused
from localaction.engine.references.ownfile import OWN_COLUMNS, REQUIRED
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.errors import FactorSetNotFound
from localaction.platform.publication.queries import inventories_using
from localaction.platform.web.desk.access import VIEW, place_at, signed_in
from localaction.platform.web.desk.findings import item_of
from localaction.platform.web.desk.forms.factors import KEEP, FactorSetForm, WithdrawForm
from localaction.platform.web.desk.views.files import attached
from localaction.platform.web.desk.work import said_of
from localaction.platform.web.factor_catalogue import listed
from localaction.platform.web.records import place_view
from localaction.platform.web.rulebook import library

EDIT = "factors.edit"
UNPROCESSABLE = 422
IN_A_FORM = 200_000  # bytes of a table that a form shows; a larger one stays a file


@require_safe
@signed_in
def factor_sets(request: HttpRequest, code: str) -> HttpResponse:
    """List the own sets of a place, every edition, with where each is from."""
    place = _place(request, code)
    context = {
        "place": place_view(place),
        "sets": queries.factor_sets_of(request.user, place),
        "may_edit": allowed(request.user, EDIT, place.scope_id),
        "crumbs": _crumbs(place, (_("Own factors"), "")),
    }
    return render(request, "web/desk/factor_sets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_set(request: HttpRequest, code: str) -> HttpResponse:
    """Check a file of factors, show what it holds, and keep it as a set."""
    place = _place(request, code)
    require(request.user, EDIT, place.scope_id)
    if request.method != "POST":
        return _show(request, place, FactorSetForm())
    form = FactorSetForm(request.POST, request.FILES)
    return _answer(request, place, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_edition(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Check a file against the edition in use, show what differs, and keep it as the next edition."""
    held = _set(request, public_id, EDIT)
    if request.method != "POST":
        content = bytes(held.content)
        table = content.decode("utf-8-sig", "replace") if _is_table(content) else ""
        given = {"citation": held.citation, "licence": held.licence, "table": table}
        return _show(request, held.place, FactorSetForm(initial=given, edition=True), held)
    form = FactorSetForm(request.POST, request.FILES, edition=True)
    return _answer(request, held.place, form, held)


def _answer(request: HttpRequest, place: Any, form: FactorSetForm, before: Any) -> HttpResponse:
    if not form.is_valid():
        return _show(request, place, form, before, status=UNPROCESSABLE)
    name, stream = form.handed_in()
    given = form.cleaned_data
    check = services.check_factor_file(
        actor=request.user, place=place, name=given.get("name", ""), stream=stream, file_name=name,
        before=before,
    )  # fmt: skip
    if not check.ok or request.POST.get("do") != KEEP:
        status = 200 if check.ok else UNPROCESSABLE
        return _show(request, place, _with_table(form, check), before, check=check, status=status)
    stream.seek(0)
    try:
        kept = _keep(request, place, given, stream, name, before)
    except Refused as refused:
        form.add_error(None, said_of(refused))
    except InputError as error:
        form.add_error(None, said_of(error))
    else:
        text = ngettext(
            "Kept as %(set)s: %(count)d factor.", "Kept as %(set)s: %(count)d factors.", kept.factor_count
        ) % {"set": str(kept), "count": kept.factor_count}
        messages.success(request, text)
        return redirect("desk:factor-set", kept.public_id)
    return _show(request, place, form, before, status=UNPROCESSABLE)


def _keep(
    request: HttpRequest, place: Any, given: dict[str, Any], stream: Any, file_name: str, before: Any
) -> Any:
    common = {
        "actor": request.user,
        "citation": given["citation"],
        "licence": given["licence"],
        "stream": stream,
        "file_name": file_name,
    }
    if before is not None:
        return services.new_factor_edition(factor_set=before, reason=given["reason"], **common)
    return services.create_factor_set(place=place, name=given["name"], **common)


def _with_table(form: FactorSetForm, check: Any) -> FactorSetForm:
    """Return the form with the table that was read in it, so that it can be corrected in place."""
    if check.table and _is_table(check.table):
        given: Any = form.data
        data = given.copy()
        data["table"] = check.table.decode("utf-8-sig", "replace")
        form.data = data
    return form


def _is_table(content: bytes) -> bool:
    return len(content) <= IN_A_FORM and b"\x00" not in content and content[:1] not in {b"{", b"["}


def _show(
    request: HttpRequest,
    place: Any,
    form: FactorSetForm,
    before: Any = None,
    *,
    check: Any = None,
    status: int = 200,
) -> HttpResponse:
    title = _("New edition of %(name)s") % {"name": before.name} if before else _("New set of own factors")
    findings = [item_of(finding, library()) for finding in check.findings] if check else []
    context = {
        "place": place_view(place),
        "form": form,
        "title": title,
        "before": before,
        "check": check,
        "items": findings,
        "factors": [listed(factor) for factor in check.factors[:20]] if check else [],
        "columns": [(name, name in REQUIRED) for name in OWN_COLUMNS],
        "crumbs": _crumbs(place, _list(place), (title, "")),
        "back": reverse("desk:factor-sets", args=[place.code]),
    }
    return render(request, "web/desk/factor_set_form.html", context, status=status)


@require_safe
@signed_in
def factor_set(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one edition: its source, its factors, which published inventories use it."""
    held = _set(request, public_id)
    return _show_set(request, held, WithdrawForm())


@require_http_methods(["POST"])
@signed_in
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Withdraw the edition in use, with a reason."""
    held = _set(request, public_id, EDIT)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw_factor_set(
                actor=request.user, factor_set=held, reason=form.cleaned_data["reason"]
            )
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            messages.success(request, _("%(set)s is withdrawn.") % {"set": str(held)})
            return redirect("desk:factor-set", held.public_id)
    return _show_set(request, held, form, status=UNPROCESSABLE)


def _show_set(request: HttpRequest, held: Any, form: WithdrawForm, status: int = 200) -> HttpResponse:
    factors = queries.factors_of(held)
    context = {
        "held": held,
        "place": place_view(held.place),
        "factors": [listed(factor) for factor in factors],
        "uses": inventories_using([factor.id for factor in factors]),
        "may_edit": allowed(request.user, EDIT, held.scope_id),
        "form": form,
        "crumbs": _crumbs(held.place, _list(held.place), (str(held), "")),
    }
    return render(request, "web/desk/factor_set.html", context, status=status)


@require_safe
@signed_in
def factor_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the file of an edition as it was handed in."""
    held = _set(request, public_id)
    response = HttpResponse(bytes(held.content), content_type="application/octet-stream")
    return attached(response, held.file_name)


def _place(request: HttpRequest, code: str) -> Any:
    place = place_at(code)
    if not allowed(request.user, VIEW, place.scope_id):
        raise Http404(_("There is no place with the code %(code)s on your desk.") % {"code": code})
    return place


def _set(request: HttpRequest, public_id: uuid.UUID, action: str = VIEW) -> Any:
    try:
        return queries.factor_set_for(request.user, public_id, action)
    except FactorSetNotFound as error:
        raise Http404(str(error)) from error


def _list(place: Any) -> tuple[str, str]:
    return _("Own factors"), reverse("desk:factor-sets", args=[place.code])


def _crumbs(place: Any, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    shown = place_view(place)
    first = [(_("Desk"), reverse("desk:home")), (shown.shown, reverse("web:place", args=[shown.code]))]
    return [*first, *rest]
