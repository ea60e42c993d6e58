"""The living style page: every part in every state, drawn by the templates all pages use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from localaction.platform.web.rulebook import library
from localaction.platform.web.style_samples import samples


def style(request: HttpRequest) -> HttpResponse:
    """Show the style page."""
    contents = [
        ("colour", _("Colour")),
        ("type", _("Type")),
        ("marks", _("Marks and keys")),
        ("figure", _("Figure")),
        ("object", _("Object view and chart")),
        ("table", _("Table")),
        ("matrix", _("Inventory matrix")),
        ("forms", _("Forms")),
        ("messages", _("Messages")),
        ("controls", _("Tabs and buttons")),
        ("work", _("Long work, empty states")),
        ("trail", _("Trail")),
        ("themes", _("Light, dark, right to left")),
    ]
    return render(request, "web/style.html", {"contents": contents, **samples(library().protocol)})
