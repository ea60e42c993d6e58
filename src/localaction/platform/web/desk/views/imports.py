"""The list of imports, and bringing in a file for the whole network."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from localaction.platform.accounts.rights import allowed, require
from localaction.platform.imports import queries, services
from localaction.platform.imports.errors import FileTooLarge
from localaction.platform.imports.registry import importers
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.network import NetworkForm
from localaction.platform.web.desk.show.import_list import entries
from localaction.platform.web.desk.work import said_of

UNPROCESSABLE = 422
ON_A_PAGE = 50
MEGABYTE = 1024 * 1024


@require_safe
@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    """List every import the reader may see, newest first."""
    records = queries.imports_for(request.user, ON_A_PAGE + 1)
    kinds = {each.id: each.title for each in importers()}
    context = {
        "entries": entries(records[:ON_A_PAGE], kinds),
        "older": len(records) > ON_A_PAGE,
        "shown": ON_A_PAGE,
        "may_bring": bool(_offered(request.user)),
        "crumbs": [(_("Desk"), reverse("desk:home")), (_("Imports"), "")],
    }
    return render(request, "web/desk/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_import(request: HttpRequest) -> HttpResponse:
    """Ask for a file for the whole network and of which kind it is; then hand it to the check."""
    offered = _offered(request.user)
    if not offered:
        require(request.user, "place.create", None)
    form = NetworkForm(offered, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        try:
            record = services.receive(
                actor=request.user,
                importer_id=form.cleaned_data["importer"],
                name=file.name or _("file"),
                stream=file.file,
                options={"publish": form.cleaned_data["publish"]},
            )
        except FileTooLarge as error:
            form.add_error("file", said_of(error))
        else:
            return redirect("desk:report", record.public_id)
    context = {
        "form": form,
        "limit_mb": settings.LOCALACTION_MAX_UPLOAD_MB,
        "limit_bytes": settings.LOCALACTION_MAX_UPLOAD_MB * MEGABYTE,
        "crumbs": [
            (_("Desk"), reverse("desk:home")),
            (_("Imports"), reverse("desk:imports")),
            (_("New import"), ""),
        ],
    }
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "web/desk/import_new.html", context, status=status)


def _offered(actor: Any) -> list[tuple[str, str]]:
    """Return the importers of the network that the actor may use, by id and title."""
    return [(each.id, _(each.title)) for each in importers("network") if allowed(actor, each.right, None)]
