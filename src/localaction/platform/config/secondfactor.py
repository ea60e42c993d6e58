"""Whose role speaks for others works at the desk only with a second factor: LOCALACTION_SECOND_FACTOR."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from localaction.platform.accounts.models import User
from localaction.platform.accounts.queries import lacks_second_factor

DESK = "/desk/"
FORBIDDEN = 403


class SecondFactor:
    """Leads people who need a second factor, and have none, from the desk to where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or lead away from the desk."""
        if not settings.LOCALACTION_SECOND_FACTOR or not request.path.startswith(DESK):
            return self.get_response(request)
        user = request.user
        if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
            return self.get_response(request)
        if not lacks_second_factor(int(user.pk or 0)):
            return self.get_response(request)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=FORBIDDEN)
        messages.warning(
            request,
            _("Your role publishes, verifies or names people. Set up a second factor to go on to your desk."),
        )
        return redirect("web:account")
