"""Saying which column of a file is which."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from localaction.platform.web.desk.access import import_at, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mapping(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the columns with a proposal for each; keep what the person chose."""
    import_at(request, public_id)
    return redirect("desk:report", public_id)
