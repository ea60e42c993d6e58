"""The public part of plans: the page of an action, paths and actions as files."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.platform.places.queries import place_by_code
from localaction.platform.planning.errors import EvidenceNotFound, PartNotFound
from localaction.platform.planning.queries import evidence_for, evidence_of, parts_of
from localaction.platform.publication.queries import results_of
from localaction.platform.web import charts, charts_path, plan_public
from localaction.platform.web.areas import country_name
from localaction.platform.web.desk.views.plan_evidence import handed_out
from localaction.platform.web.plan_actions import action_line, actions_csv
from localaction.platform.web.plan_targets import target_view
from localaction.platform.web.views.places import CSV, find_place


@require_safe
def action(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """Show one action: what it is, how far it is, what it costs and brings, what was reached."""
    place = find_place(code)
    if place.code != code:
        return redirect("web:action", place.code, public_id)
    held = _part(code, "action", public_id)
    achievements = [each for each in parts_of(None, held.place, "achievement") if each.action_id == held.pk]
    crumbs = [
        (_("Places"), reverse("web:places")),
        (country_name(place.country), f"{reverse('web:places')}?where={place.country}"),
        (place.shown, reverse("web:place", args=[place.code])),
        (held.title, ""),
    ]
    context = {
        "place": place,
        "action": held,
        "line": action_line(held, achievements, ""),
        "facts": [(name, text) for name, text in plan_public.facts_of(held) if text],
        "target": held.target if held.target is not None and held.target.visibility == "public" else None,
        "reached": [plan_public.reached_item(each) for each in achievements],
        "evidence": [each for files in evidence_of(None, [held, *achievements]).values() for each in files],
        "crumbs": crumbs,
        "address": request.build_absolute_uri(),
    }
    return render(request, "web/action.html", context)


@require_safe
def evidence(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out a file that everybody may see, of a part that everybody may see."""
    place = find_place(code)
    if place.code != code:
        return redirect("web:evidence", place.code, public_id)
    try:
        held = evidence_for(None, public_id)
    except EvidenceNotFound as error:
        raise Http404(str(error)) from error
    if held.place.code != code:
        raise Http404(_("There is no such file of this place."))
    return handed_out(held)


@require_safe
def target_file(request: HttpRequest, code: str, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """Hand out the path of a target with the inventories: as a table, or as a picture."""
    place = find_place(code)
    if place.code != code:
        return redirect("web:target-file", place.code, public_id, kind)
    view = target_view(_part(code, "target", public_id), results_of(code))
    if kind == "csv":
        return _file(plan_public.path_csv(view), CSV, f"{code}-target-{view.target.target_year}.csv")
    title = f"{view.title}: {view.finding} ({place.shown})"
    drawn = charts.standalone(
        charts_path.spec(view.line, view.emissions, charts_path.WIDE), title=title, source=view.source
    )
    return _file(drawn, "image/svg+xml", f"{code}-target-{view.target.target_year}.svg")


@require_safe
def actions_file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the public actions of a place."""
    place = find_place(code)
    if place.code != code:
        return redirect("web:actions-file", place.code)
    found = parts_of(None, place_by_code(code), "action")
    return _file(actions_csv(found), CSV, f"{code}-actions.csv")


def _file(body: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _part(code: str, kind: str, public_id: uuid.UUID) -> Any:
    try:
        return plan_public.public_part(code, kind, public_id)
    except PartNotFound as error:
        raise Http404(str(error)) from error
