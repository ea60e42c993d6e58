"""The first page of the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from localaction.platform.accounts.rights import actions_held, scope_ids
from localaction.platform.imports.queries import network_imports_waiting
from localaction.platform.inventories.queries import inventories_for
from localaction.platform.places.queries import places_for
from localaction.platform.verification.queries import queries_to_answer
from localaction.platform.web.desk.access import VIEW, signed_in
from localaction.platform.web.desk.show.home import PlaceEntry
from localaction.platform.web.desk.show.home import home as home_of
from localaction.platform.web.desk.work import EDIT, desks_of, states_of
from localaction.platform.web.records import place_view

LISTED = 12
REVIEWING = frozenset({"report.verify", "report.assign"})
PLACES = 60


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, the most urgent first, and their places."""
    asked = request.GET.get("show", "")
    limit = min(int(asked), 200) if asked.isdecimal() else LISTED
    inventories = list(
        inventories_for(request.user, VIEW).order_by("-label_year", "place__name")[: limit + 1]
    )
    editable = set(scope_ids(request.user, EDIT))
    states = states_of(desks_of(request.user, inventories[:limit], editable))
    anywhere, network = actions_held(request.user)
    more = f"{reverse('desk:home')}?show={limit + LISTED}" if len(inventories) > limit else ""
    imports = [record for state in states for record in state.imports]
    imports += network_imports_waiting(request.user)
    context = {
        "home": home_of(states, imports, _places(request, editable), more),
        "asked": queries_to_answer(request.user),
        "may_review": bool(anywhere & REVIEWING),
        "may_recalculate": "inventory.recalculate" in network,
    }
    return render(request, "web/desk/home.html", context)


def _places(request: HttpRequest, editable: Set[int]) -> list[PlaceEntry]:
    """Return the places the reader has a role in, with the number of their inventories."""
    counts = Counter(inventories_for(request.user, VIEW).values_list("place_id", flat=True))
    mine = places_for(request.user, VIEW)
    found = list(mine.filter(pk__in=counts)[:PLACES])
    others = list(mine.exclude(pk__in=counts)[: PLACES + 1])
    if len(found) + len(others) <= PLACES:  # people with a role in the whole network look for a place instead
        found += others
    return [_entry(place, counts[place.pk], may_edit=place.scope_id in editable) for place in found]


def _entry(place: Any, count: int, *, may_edit: bool) -> PlaceEntry:
    shown = place_view(place)
    text = ngettext("%(count)d inventory", "%(count)d inventories", count) % {"count": count}
    return PlaceEntry(
        name=shown.shown,
        code=shown.code,
        address=reverse("web:place", args=[shown.code]),
        text=text if count else _("no inventory yet"),
        new=reverse("desk:new", args=[shown.code]) if may_edit else "",
        factors=reverse("desk:factor-sets", args=[shown.code]),
        plan=reverse("desk:plan", args=[shown.code]),
        frameworks=reverse("desk:frameworks", args=[shown.code]),
    )
