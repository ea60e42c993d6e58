"""What a reader prefers: the language. The theme is a cookie that the browser sets itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language a reader chose; it changes nothing else, so it asks for no token."""
    return set_language(request)
