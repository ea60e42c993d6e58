"""The page for a request that cannot be read; the others (403, 404, 500) are templates of the web app."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from localaction.engine.errors import LocalActionError


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page ``400.html`` with the ``error``, if it is one of ours, and its own status."""
    error = exception if isinstance(exception, LocalActionError) else None
    return render(request, "400.html", {"error": error}, status=getattr(exception, "status", 400))
