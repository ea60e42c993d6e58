"""Published documents by their digest: what was published once stays readable."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import document


@cache_control(public=True, max_age=60 * 60 * 24 * 365, immutable=True)
def by_digest(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand out the document with this SHA-256, current or superseded."""
    try:
        text = document(digest)
    except NotPublished as error:
        raise Http404(str(error)) from error
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{digest}.json"'
    return response
