"""The limit on what may be sent: a larger body is refused before it is stored.

The refusal is an ``UploadTooLarge``, which Django hands to ``handler400`` as ``exception``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase

from localaction.engine.errors import InputError

MEGABYTE = 1024 * 1024
FORM_FIELDS = MEGABYTE  # what a form may carry beside its file
CHUNK = 64 * 1024
LINGER_SECONDS = 3.0
LINGER_BYTES = 256 * MEGABYTE


class UploadTooLarge(InputError, RequestDataTooBig):
    """A request carries more than may be sent."""

    code = "config.upload_too_large"
    text = "What was sent is larger than {limit_mb} MB, the most that is accepted; nothing was kept."
    remedy_text = "Send a smaller file: split it, or leave out what is not needed."
    status = 413

    def __init__(self, limit_mb: int) -> None:
        super().__init__(limit_mb=limit_mb)


def limit_bytes() -> int:
    """Return how many bytes a file may have."""
    return int(settings.LOCALACTION_MAX_UPLOAD_MB) * MEGABYTE


class UploadLimit:
    """Middleware: refuses a body that announces itself as too large, without storing any of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or raise ``UploadTooLarge``."""
        if announced(request.META) > limit_bytes() + FORM_FIELDS:
            linger(request)
            raise UploadTooLarge(settings.LOCALACTION_MAX_UPLOAD_MB)
        return self.get_response(request)


class LimitedUpload(FileUploadHandler):
    """Upload handler: counts what arrives and stops when it is too much. Stands before those that store."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on to the handlers that store, unless the limit is reached."""
        self.received += len(raw_data)
        if self.received > limit_bytes():
            self._close_unfinished()
            raise UploadTooLarge(settings.LOCALACTION_MAX_UPLOAD_MB)
        return raw_data

    def _close_unfinished(self) -> None:
        """Close what the handlers that store have written so far; a temporary file is deleted by that."""
        for handler in self.request.upload_handlers if self.request else ():
            if file := getattr(handler, "file", None):
                file.close()

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that store."""
        return


def announced(meta: dict[str, Any]) -> int:
    """Return the length that the request says its body has; 0 if it says none."""
    word = str(meta.get("CONTENT_LENGTH") or "0")
    return int(word) if word.isdecimal() else 0


def linger(request: HttpRequest) -> None:
    """Read and throw away the body for a moment.

    A connection closed on somebody who is still sending shows them "connection reset" instead of the reason.
    """
    until, left = time.monotonic() + LINGER_SECONDS, LINGER_BYTES
    while left > 0 and time.monotonic() < until:
        thrown_away = len(request.read(CHUNK))
        if not thrown_away:
            return
        left -= thrown_away
