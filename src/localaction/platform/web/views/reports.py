"""The page of a published report on a framework: figures, who checked it, files and signature."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.publication.document import thawed
from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import published_report
from localaction.platform.reporting.subjects import subject_of
from localaction.platform.web.parts import File
from localaction.platform.web.published_reports import outcomes
from localaction.platform.web.records import place_view
from localaction.platform.web.verified import checked


def report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a published report as it was frozen."""
    try:
        found = published_report(public_id)
    except NotPublished as error:
        raise Http404(_("There is no published report at this address.")) from error
    document, subject = thawed(found.document), subject_of(found.report)
    place = place_view(found.place)
    title = f"{subject.title(found.report)}, {found.label_year}"
    later = getattr(found, "superseded_by", None)
    earlier = found.supersedes
    context = {
        "place": place,
        "title": title,
        "found": found,
        "checked": checked(document),
        "lines": subject.lines(document),
        "results": outcomes(document),
        "later": reverse("web:report", args=[later.public_id]) if later is not None else "",
        "earlier": reverse("web:report", args=[earlier.public_id]) if earlier is not None else "",
        "files": _files(found.digest),
        "crumbs": [
            (_("Places"), reverse("web:places")),
            (place.shown, reverse("web:place", args=[place.code])),
            (title, ""),
        ],
    }
    return render(request, "web/report.html", context)


def _files(digest: str) -> list[File]:
    return [
        File(_("The whole document, frozen as published"), "JSON", reverse("web:document", args=[digest])),
        File(
            _("The document with its signature and the keys"),
            "ZIP",
            reverse("web:bundle", args=[digest]),
            _("What anybody needs to check, without this site, that nothing was changed."),
        ),
    ]
