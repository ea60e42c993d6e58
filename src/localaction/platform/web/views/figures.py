"""The trail of a figure: from the number back to its source."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.web.figure_page import figure_page
from localaction.platform.web.trail_files import slug, trail_csv, trail_json
from localaction.platform.web.trail_parts import entered, past_figures, row_revisions
from localaction.platform.web.views.places import find_place, record_for


def figure(request: HttpRequest, code: str, year: int, ref: str) -> HttpResponse:
    """Show where a cell or total comes from; with ``?draft=1`` in the draft, to people with the right."""
    found = find_place(code)
    if found.code != code:
        return redirect("web:figure", found.code, year, ref)
    record = record_for(request, found.code, year)
    trail = figure_page(record, ref)
    if trail is None:
        raise Http404(
            _("There is no cell or total “%(ref)s”. Cells look like I.1.1, totals like BASIC.") % {"ref": ref}
        )
    crumbs = [
        (_("Places"), reverse("web:places")),
        (found.shown, reverse("web:place", args=[found.code])),
        (_("Inventory %(year)s") % {"year": year}, record.address + ("?draft=1" if record.draft else "")),
        (ref, ""),
    ]
    context = {
        "record": record,
        "trail": trail,
        "crumbs": crumbs,
        "past": past_figures(record, trail.ref),
        "entered": entered(record, tuple(trail.cells)),
        "revisions": row_revisions(request.user, record, trail.cells),
        "absolute": request.build_absolute_uri(trail.address),
    }
    return render(request, "web/figure.html", context)


def figure_file(request: HttpRequest, code: str, year: int, ref: str, kind: str) -> HttpResponse:
    """Hand out the trail of a figure as JSON or CSV."""
    record = record_for(request, find_place(code).code, year)
    page = figure_page(record, ref)
    if page is None:
        raise Http404(_("There is no cell or total “%(ref)s”.") % {"ref": ref})
    if kind == "json":
        text, content_type = trail_json(record, page), "application/json"
    else:
        text, content_type = trail_csv(record, page), "text/csv; charset=utf-8"
    response = HttpResponse(text, content_type=content_type)
    name = f"trail-{record.place.code}-{year}-{slug(page.ref)}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
