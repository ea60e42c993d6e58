"""Who holds which role, who is invited, and how a role changes or ends."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.accounts import giving, invitations, services
from localaction.platform.accounts import people as queries
from localaction.platform.accounts.errors import InvitationNotFound, NotHeld, PeopleNotFound
from localaction.platform.accounts.rights import ROLES, allowed
from localaction.platform.networks.queries import offices_for
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.people import EndForm, InvitationForm, SectionsForm
from localaction.platform.web.desk.show import people as show
from localaction.platform.web.desk.work import said_of

UNPROCESSABLE, LISTED = 422, 100


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """List the places and offices, and the network, whose people the reader may see."""
    scopes = list(queries.scopes_for(request.user)[: LISTED + 1])
    if len(scopes) == 1:
        return redirect("desk:people", scopes[0].public_id)
    words = request.GET.get("words", "").replace("\x00", "").strip()
    if words:
        scopes = list(queries.scopes_for(request.user).filter(label__icontains=words)[: LISTED + 1])
    context = {
        "entries": [
            (show.title_of(each), each.get_kind_display(), each.public_id) for each in scopes[:LISTED]
        ],
        "more": len(scopes) > LISTED,
        "words": words,
        "may_offices": offices_for(request.user).exists() or allowed(request.user, "office.edit", None),
        "crumbs": [(_("Desk"), reverse("desk:home")), (_("People"), "")],
    }
    return render(request, "web/desk/people_index.html", context)


@require_safe
@signed_in
def people(request: HttpRequest, scope_id: uuid.UUID) -> HttpResponse:
    """Show who holds which role here, who is invited, and the form to invite somebody."""
    return _show(request, _scope(request, scope_id))


@require_POST
@signed_in
def invite(request: HttpRequest, scope_id: uuid.UUID) -> HttpResponse:
    """Invite somebody to a role; the answer is the same whether the address has an account."""
    scope = _scope(request, scope_id)
    form = _invitation_form(request, scope, request.POST)
    if not form.is_valid():
        return _show(request, scope, form, UNPROCESSABLE)
    try:
        invitations.invite(
            actor=request.user,
            email=form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            scope=scope,
            sections=_sections_for(form.cleaned_data),
            address=_address(request),
        )
    except InputError as error:
        form.add_error(None, said_of(error))
        return _show(request, scope, form, UNPROCESSABLE)
    messages.success(
        request, _("The invitation is sent to %(email)s.") % {"email": form.cleaned_data["email"]}
    )
    return redirect("desk:people", scope_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def role(request: HttpRequest, scope_id: uuid.UUID, person: uuid.UUID, role: str) -> HttpResponse:
    """Change the sections of somebody's role, or end it, with a reason."""
    scope = _scope(request, scope_id)
    try:
        grant = queries.grant_of(scope, person, role)
    except NotHeld as error:
        raise Http404(str(error)) from error
    giving.require_ending(request.user, grant)
    held = {"sections": [each.section for each in grant.sections.all()]}
    sections = SectionsForm(show.section_choices(), initial=held) if ROLES[role].by_section else None
    if request.method != "POST":
        return _show_role(request, grant, sections, EndForm())
    if request.POST.get("do") == "sections" and sections is not None:
        return _change(request, grant, SectionsForm(show.section_choices(), request.POST))
    return _end(request, grant, sections, EndForm(request.POST))


def _change(request: HttpRequest, grant: Any, form: SectionsForm) -> HttpResponse:
    if form.is_valid():
        try:
            services.change_sections(actor=request.user, grant=grant, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            messages.success(request, _("The sections are changed."))
            return redirect("desk:people", grant.scope.public_id)
    return _show_role(request, grant, form, EndForm(), UNPROCESSABLE)


def _end(request: HttpRequest, grant: Any, sections: SectionsForm | None, form: EndForm) -> HttpResponse:
    if form.is_valid():
        try:
            services.revoke(actor=request.user, grant=grant, reason=form.cleaned_data["reason"])
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            said = {"who": grant.user.display_name, "role": ROLES[grant.role].label}
            messages.success(request, _("%(who)s is no longer %(role)s here.") % said)
            return redirect("desk:people", grant.scope.public_id)
    return _show_role(request, grant, sections, form, UNPROCESSABLE)


@require_POST
@signed_in
def again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send an invitation again; the link of the earlier mail ends."""
    invitation = _invitation(request, public_id)
    try:
        invitations.send_again(actor=request.user, invitation=invitation, address=_address(request))
    except InputError as error:
        messages.error(request, said_of(error))
    else:
        messages.success(
            request, _("The invitation is sent again to %(email)s.") % {"email": invitation.email}
        )
    return redirect("desk:people", invitation.scope.public_id)


@require_POST
@signed_in
def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back; its link opens nothing any more."""
    invitation = _invitation(request, public_id)
    try:
        invitations.take_back(actor=request.user, invitation=invitation)
    except InputError as error:
        messages.error(request, said_of(error))
    else:
        messages.success(
            request, _("The invitation of %(email)s is taken back.") % {"email": invitation.email}
        )
    return redirect("desk:people", invitation.scope.public_id)


def _scope(request: HttpRequest, public_id: uuid.UUID) -> Any:
    try:
        return queries.scope_for(request.user, public_id)
    except PeopleNotFound as error:
        raise Http404(str(error)) from error


def _invitation(request: HttpRequest, public_id: uuid.UUID) -> Any:
    try:
        return queries.invitation_for(request.user, public_id)
    except InvitationNotFound as error:
        raise Http404(str(error)) from error


def _address(request: HttpRequest) -> invitations.Address:
    return lambda token: request.build_absolute_uri(reverse("web:invitation", args=[token]))


def _sections_for(data: dict[str, Any]) -> list[str]:
    """Return the ticked sections; ticks that a role without sections leaves behind do not count."""
    return data.get("sections", []) if ROLES[data["role"]].by_section else []


def _invitation_form(request: HttpRequest, scope: Any, data: Any = None) -> InvitationForm:
    names = giving.nameable(request.user, scope)
    sections = show.section_choices() if any(ROLES[name].by_section for name in names) else []
    return InvitationForm(show.role_choices(names), sections, data)


def _show(
    request: HttpRequest, scope: Any, form: InvitationForm | None = None, status: int = 200
) -> HttpResponse:
    grants = queries.grants_on(scope)
    mine = giving.may_end(request.user, grants, scope)
    names = giving.nameable(request.user, scope)
    title = show.title_of(scope)
    context = {
        "heading": title,
        "scope": scope,
        "holders": [show.holder(each, request.user, may_end=each.pk in mine) for each in grants],
        "outsiders": [show.outsider(each) for each in queries.grants_from_outside(scope)],
        "pending": [show.pending(each, names) for each in queries.invitations_on(scope)],
        "form": (form or _invitation_form(request, scope)) if names else None,
        "crumbs": [
            (_("Desk"), reverse("desk:home")), (_("People"), reverse("desk:people-index")), (title, ""),
        ],
    }  # fmt: skip
    return render(request, "web/desk/people.html", context, status=status)


def _show_role(
    request: HttpRequest, grant: Any, sections: SectionsForm | None, end: EndForm, status: int = 200
) -> HttpResponse:
    where = show.title_of(grant.scope)
    context = {
        "holder": show.holder(grant, request.user, may_end=False),
        "text": ROLES[grant.role].text,
        "where": where,
        "sections": sections,
        "end": end,
        "crumbs": [
            (_("Desk"), reverse("desk:home")),
            (_("People"), reverse("desk:people-index")),
            (where, reverse("desk:people", args=[grant.scope.public_id])),
            (grant.user.display_name, ""),
        ],
    }
    return render(request, "web/desk/people_role.html", context, status=status)
