"""The trail of a figure: from the number back to its source."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.web.figure_page import figure_page
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
    return render(request, "web/figure.html", {"record": record, "trail": trail, "crumbs": crumbs})
