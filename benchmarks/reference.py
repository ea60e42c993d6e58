"""The reference view: the SQL of a page, its template and its context, behind the same middleware."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.urls import URLPattern, URLResolver, path

from localaction.platform.config.urls import urlpatterns as pages

ADDRESS = "/reference-view/"


class Recorded:
    """What the page under measurement did."""

    statements: list[str] = []
    template: Any = None
    context: dict[str, Any] = {}


def reference(request: HttpRequest) -> HttpResponse:
    """Run the recorded statements and render the recorded template."""
    with connection.cursor() as cursor:
        for statement in Recorded.statements:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(Recorded.template.render(Context(Recorded.context)))


urlpatterns: list[URLPattern | URLResolver] = [path(ADDRESS.strip("/") + "/", reference), *pages]
