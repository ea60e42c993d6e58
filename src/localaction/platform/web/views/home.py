"""The first page, and the choice of a language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from localaction.platform.web.listing import network_figures, newest_inventories, published_places
from localaction.platform.web.navigation import desk_link

NEWEST = 8
EXAMPLES = 4


def home(request: HttpRequest) -> HttpResponse:
    """Show what is published now, what is newest, and three ways in."""
    published = published_places()
    context = {
        "summary": {"places": len(published)},
        "figures": network_figures(),
        "newest": newest_inventories(NEWEST),
        "examples": published[:EXAMPLES],
        "desk_address": desk_link(),
    }
    return render(request, "web/home.html", context)


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language a reader chose; it changes nothing else, so it asks for no token."""
    response: HttpResponse = set_language(request)
    return response
