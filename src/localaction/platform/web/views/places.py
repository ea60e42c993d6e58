"""Places and their inventories: lists, the page of one place, files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.search import place_by_any_code
from localaction.platform.publication.queries import published_years, versions
from localaction.platform.web import charts, charts_sectors, inventory_page, numbers, place_facts
from localaction.platform.web.areas import area, choices, country_name
from localaction.platform.web.changes_since import since
from localaction.platform.web.differences import Difference, differences
from localaction.platform.web.files import XLSX, cells_csv, rows_csv, workbook_of
from localaction.platform.web.listing import found_places, published_places
from localaction.platform.web.navigation import desk_link
from localaction.platform.web.placelist import DOTS, place_list, place_map
from localaction.platform.web.plan_public import public_plan
from localaction.platform.web.published_reports import reports_of
from localaction.platform.web.reading import draft_record, published_record
from localaction.platform.web.records import PlaceView, Record, place_view


@dataclass(frozen=True)
class Correction:
    """Why a published inventory was corrected, the document before, and which figures changed."""

    reason: str
    earlier: str
    changes: Sequence[Difference]


LONGEST_NAME = 200
EXAMPLES = 4
CSV = "text/csv; charset=utf-8"


def places(request: HttpRequest) -> HttpResponse:
    """List the places that a name or code means, or else all of an area with their map."""
    text = request.GET.get("q", "").strip()[:LONGEST_NAME]
    published = published_places()
    if text:
        found, similar = found_places(text, published)
        context = {"text": text, "found": found, "similar": similar, "examples": published[:EXAMPLES]}
        return render(request, "web/places_found.html", context)
    chosen, data_only = area(request.GET.get("where", "")), bool(request.GET.get("data"))
    asked = request.GET.get("page", "")
    listed = place_list(
        published, chosen, data_only=data_only, page=int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    )
    context = {
        "list": listed,
        "map": place_map(published, chosen, data_only=data_only),
        "choices": choices(),
        "dots": numbers.number(DOTS),
    }
    return render(request, "web/places.html", context)


def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place with its newest inventory, or what would be here."""
    found = find_place(code)
    if found.code != code:
        return redirect("web:place", found.code)
    if found.kind == "country":
        return _country(request, found)
    return _page(request, found, published_record(found.code))


def inventory(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one inventory of a place; with ``?draft=1`` the draft, to people with the right."""
    found = find_place(code)
    if found.code != code:
        return redirect("web:inventory", found.code, year)
    return _page(request, found, record_for(request, found.code, year))


def inventory_file(request: HttpRequest, code: str, year: int, name: str) -> HttpResponse:
    """Hand out one file of a published inventory."""
    found = find_place(code)
    if found.code != code:
        return redirect("web:file", found.code, year, name)
    record = record_for(request, found.code, year)
    body, kind = _file(record, name)
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{year}-{name}"'
    return response


def find_place(code: str) -> PlaceView:
    """Return the place with this code, or the one that it leads to; 404 if there is none.

    A merged place leads to the one it was merged into, a code of UN/LOCODE or GeoNames to the one it means.
    """
    try:
        return place_view(place_by_any_code(code))
    except PlaceNotFound as error:
        raise Http404(str(error)) from error


def record_for(request: HttpRequest, code: str, year: int) -> Record:
    """Return the published inventory, or the draft where asked for and allowed; 404 if there is none."""
    record = (
        draft_record(request.user, code, year) if request.GET.get("draft") else published_record(code, year)
    )
    if record is None:
        raise Http404(_("No inventory of this place is published for that year."))
    return record


def correction_of(record: Record | None) -> Correction | None:
    """Return what the newest correction of a published inventory changed; None if it is none."""
    if record is None or record.draft or not any(event.earlier for event in record.history):
        return None
    newest, *before = versions(record.place.code, record.year, limit=2)
    if not before:
        return None
    return Correction(
        newest.reason,
        reverse("web:document", args=[before[0].digest]),
        differences(before[0].doc["result"], newest.doc["result"]),
    )


def _page(request: HttpRequest, found: PlaceView, record: Record | None) -> HttpResponse:
    years = [
        (year, reverse("web:inventory", args=[found.code, year])) for year in published_years(found.code)
    ]
    context: dict[str, Any] = {
        "place": found,
        "record": record,
        "corrected": correction_of(record),
        "years": years,
        "crumbs": _crumbs(found, record),
        "reports": reports_of(found.code),
        "plan": public_plan(found.code, request.GET.get("status", ""), request.GET.get("sector", "")),
    }
    if record:
        context |= inventory_page.page(record, request.build_absolute_uri(record.address))
        before = [year for year, _address in years if year < record.year]
        earlier = published_record(found.code, max(before)) if before else None
        context["since"] = since(record, earlier, inventory_page.CHOSEN)
    else:
        context |= {
            "facts": place_facts.facts(found),
            "desk_address": desk_link(),
            "desk_text": _("Enter an inventory"),
        }
    return render(request, "web/place.html", context)


def _country(request: HttpRequest, found: PlaceView) -> HttpResponse:
    chosen, published = area(found.country), published_places()
    context = {
        "place": found,
        "name": country_name(found.country),
        "facts": place_facts.facts(found),
        "list": place_list(published, chosen),
        "map": place_map(published, chosen),
        "crumbs": _crumbs(found, None),
        "dots": numbers.number(DOTS),
    }
    return render(request, "web/country.html", context)


def _crumbs(found: PlaceView, record: Record | None) -> list[tuple[str, str]]:
    crumbs = [(_("Places"), reverse("web:places"))]
    if found.kind != "country":
        address = f"{reverse('web:places')}?where={found.country}"
        crumbs.append((country_name(found.country), address))
    if record:
        return [*crumbs, (found.shown, reverse("web:place", args=[found.code])), (str(record.year), "")]
    shown = country_name(found.country) if found.kind == "country" else found.shown
    return [*crumbs, (shown, "")]


def _file(record: Record, name: str) -> tuple[str | bytes, str]:
    if name == "inventory.json":
        return record.document, "application/json"
    if name == "cells.csv":
        return cells_csv(record), CSV
    if name == "rows.csv":
        return rows_csv(record), CSV
    if name == "inventory.xlsx":
        return workbook_of(record), XLSX
    return _chart(record), "image/svg+xml"


def _chart(record: Record) -> str:
    matrix = inventory_page.matrix_of(record)
    if not charts_sectors.bars(matrix):
        raise Http404(_("This inventory holds no value to draw."))
    title = f"{charts_sectors.finding(matrix)} ({record.place.shown}, {record.year})"
    return charts.standalone(
        charts_sectors.spec(matrix, charts_sectors.WIDE),
        title=title,
        source=inventory_page.source_line(record),
    )
