"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from localaction.platform.web.areas import area
from localaction.platform.web.example import explained_example
from localaction.platform.web.listing import network_figures, newest_inventories, published_places
from localaction.platform.web.navigation import desk_link
from localaction.platform.web.placelist import place_map

NEWEST = 8
EXAMPLES = 4


def home(request: HttpRequest) -> HttpResponse:
    """Show what is published now, what is newest, and three ways in."""
    published, newest = published_places(), newest_inventories(NEWEST)
    context = {
        "summary": {"places": len(published)},
        "figures": network_figures(),
        "newest": newest,
        "example": explained_example(),
        "examples": published[:EXAMPLES],
        "desk_address": desk_link(),
        "map": place_map(published, area(""), data_only=True) if published else "",
    }
    return render(request, "web/home.html", context)
