"""What stands in the head of every page: only links to pages that exist."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _


class Link(NamedTuple):
    """One entry of a menu."""

    label: str
    address: str
    current: bool


class Language(NamedTuple):
    """One language the pages can be read in, under its own name."""

    code: str
    name: str
    current: bool


def link(label: str, name: str, path: str) -> Link | None:
    """Return a link to a named page, or None where that page is not installed."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return Link(label, address, path.startswith(address))


def main_links(request: HttpRequest | None) -> list[Link]:
    """Return the main links; the desk only for people who are signed in."""
    path = request.path if request else ""
    signed_in = bool(request and getattr(request, "user", None) and request.user.is_authenticated)
    found = [
        link(_("Places"), "web:places", path),
        link(_("Frameworks"), "web:frameworks", path),
        link(_("Methods"), "web:methods", path),
        link(_("Data"), "web:data", path),
        link(_("Factors"), "web:factors", path),
        link(_("Sources"), "web:sources", path),
        link(_("Desk"), "desk:home", path) if signed_in else None,
    ]
    return [entry for entry in found if entry]


def account_links(request: HttpRequest | None) -> list[Link]:
    """Return the links of a signed-in person's own menu."""
    path = request.path if request else ""
    found = [
        link(_("Your desk"), "desk:home", path),
        link(_("Your account"), "web:account", path),
        link(_("Second factor"), "mfa_index", path),
        link(_("E-mail addresses"), "account_email", path),
        link(_("Change password"), "account_change_password", path),
    ]
    return [entry for entry in found if entry]


def languages() -> list[Language]:
    """Return the languages of the site under their own names."""
    now = get_language() or settings.LANGUAGE_CODE
    return [
        Language(code, get_language_info(code)["name_local"], code == now)
        for code, _name in settings.LANGUAGES
    ]


def desk_link() -> str:
    """Return the address where entering begins; it asks for a sign-in by itself."""
    return reverse("desk:home")
