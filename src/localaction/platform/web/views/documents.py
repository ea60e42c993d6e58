"""Published documents by their digest, with their signatures, and the keys that made those."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import document
from localaction.platform.publication.signatures import bundle_of, keys_file, public_keys, signature_of


@cache_control(public=True, max_age=60 * 60 * 24 * 365, immutable=True)
def by_digest(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand out the document with this SHA-256, current or superseded."""
    try:
        text = document(digest)
    except NotPublished as error:
        raise Http404(str(error)) from error
    return _file(text.encode(), f"{digest}.json", "application/json")


@cache_control(public=True, max_age=300)
def signature(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand out the signature of a document; a key that was withdrawn gives way to a newer one."""
    envelope = signature_of(digest)
    if envelope is None:
        raise Http404(_("This document is not signed, or there is no such document."))
    return _file(envelope.written().encode(), f"{digest}.signature.json", "application/json")


@cache_control(public=True, max_age=300)
def bundle(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand out document, signature and keys as one archive."""
    try:
        content = bundle_of(digest, request.get_host())
    except NotPublished as error:
        raise Http404(str(error)) from error
    if content is None:
        raise Http404(_("This document is not signed."))
    return _file(content, f"{digest}.zip", "application/zip")


@cache_control(public=True, max_age=300)
def keys_json(request: HttpRequest) -> HttpResponse:
    """Hand out the public keys of the site, at an address that stays."""
    return _file(keys_file(request.get_host()).encode(), "keys.json", "application/json")


def keys(request: HttpRequest) -> HttpResponse:
    """Explain in plain words what a signature says, and show the keys."""
    return render(request, "web/keys.html", {"keys": public_keys(), "host": request.get_host()})


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
