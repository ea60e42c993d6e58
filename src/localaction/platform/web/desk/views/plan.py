"""The plan of a place on the desk: everything at a glance, and its actions as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.platform.accounts.rights import allowed
from localaction.platform.planning.queries import VIEW, parts_of
from localaction.platform.web.desk.access import place_at, signed_in
from localaction.platform.web.desk.show.plan import plan as plan_of
from localaction.platform.web.desk.views.files import CSV, attached
from localaction.platform.web.plan_actions import actions_csv, narrowed
from localaction.platform.web.records import place_view


@require_safe
@signed_in
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show targets with their paths, actions, what was reached, and commitments."""
    place = plan_place(request, code)
    status, sector = request.GET.get("status", ""), request.GET.get("sector", "")
    context = {
        "place": place_view(place),
        "plan": plan_of(request.user, place, status, sector),
        "crumbs": crumbs(place),
    }
    return render(request, "web/desk/plan.html", context)


@require_safe
@signed_in
def actions(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand out the actions as a file, narrowed as on the page."""
    place = plan_place(request, code)
    found = parts_of(request.user, place, "action")
    chosen = narrowed(found, request.GET.get("status", ""), request.GET.get("sector", ""))
    response = HttpResponse(f"\ufeff{actions_csv(chosen)}", content_type=CSV)
    return attached(response, f"{place.code}-actions.csv")


def plan_place(request: HttpRequest, code: str) -> Any:
    """Return a place whose plan the reader may view; 404 otherwise."""
    place = place_at(code)
    if not allowed(request.user, VIEW, place.scope_id):
        raise Http404(_("There is no place with the code %(code)s on your desk.") % {"code": code})
    return place


def crumbs(place: Any, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of the plan."""
    shown = place_view(place)
    first = [(_("Desk"), reverse("desk:home")), (shown.shown, reverse("web:place", args=[shown.code]))]
    plan_crumb = (_("Plan"), reverse("desk:plan", args=[shown.code]) if rest else "")
    return [*first, plan_crumb, *rest]
