"""The page behind the link of an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import InputError
from localaction.platform.accounts import invitations
from localaction.platform.accounts.errors import InvitationOver
from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import ROLES
from localaction.platform.web.desk.show.people import section_label, title_of
from localaction.platform.web.desk.work import said_of

GONE, UNPROCESSABLE = 410, 422


class AccountForm(forms.Form):
    """Name and password of a person who has no account yet; the service judges the password."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200,
        help_text=gettext_lazy("Colleagues see it beside what you enter."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("A password"), strip=False,
        help_text=gettext_lazy("At least twelve characters; a few words in a row are best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Choose a password.")},
    )  # fmt: skip

    def clean_password(self) -> str:
        """Say at the field what is wrong with a password."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered, and take it up: signed in as the invited person, or with a new account."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="accept_invitation")
    if limited is not None:
        return limited
    try:
        offered = invitations.invitation_by_token(token)
    except InvitationOver as error:
        return render(request, "web/account/invitation_over.html", {"error": said_of(error)}, status=GONE)
    known = user_by_email(offered.email)
    if request.method != "POST":
        return _show(request, offered, known, AccountForm())
    if request.user.is_authenticated:
        return _accept(request, offered, known, token)
    if known is not None:
        return _show(request, offered, known, AccountForm(), status=UNPROCESSABLE)
    return _begin(request, offered, AccountForm(request.POST), token)


def _accept(request: HttpRequest, offered: Any, known: Any, token: str) -> HttpResponse:
    try:
        invitations.accept(actor=request.user, token=token)
    except InputError as error:
        return _show(request, offered, known, AccountForm(), trouble=said_of(error), status=UNPROCESSABLE)
    return _welcome(request, offered)


def _begin(request: HttpRequest, offered: Any, form: AccountForm, token: str) -> HttpResponse:
    if form.is_valid():
        try:
            grant = invitations.accept_with_new_account(token=token, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said_of(error))
        else:
            perform_login(request, grant.user, redirect_url="/desk/")
            return _welcome(request, offered)
    return _show(request, offered, None, form, status=UNPROCESSABLE)


def _welcome(request: HttpRequest, offered: Any) -> HttpResponse:
    said = {"role": ROLES[offered.role].label, "where": title_of(offered.scope)}
    messages.success(request, _("You are now %(role)s: %(where)s.") % said)
    return redirect("desk:home")


def _show(
    request: HttpRequest, offered: Any, known: Any, form: AccountForm, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    signed_in = request.user.is_authenticated
    context = {
        "offered": offered,
        "role": ROLES[offered.role],
        "where": title_of(offered.scope),
        "sections": [section_label(each) for each in offered.sections],
        "form": form,
        "trouble": trouble,
        "ready": signed_in and request.user == known,
        "other": signed_in and request.user != known,
        "must_sign_in": not signed_in and known is not None,
        "here": request.path,
    }
    return render(request, "web/account/invitation.html", context, status=status)
