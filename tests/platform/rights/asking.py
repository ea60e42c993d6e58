"""Asking for an address as somebody, without leaving a trace in the world."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import FileResponse
from django.test import Client

from localaction.platform.accounts.models import User

ERRORS = 500


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
    return client


def ask(client: Client, path: str, *, post: bool = False, **data: Any) -> tuple[int, bytes, str]:
    """Return status, body and where it leads; what the request wrote is taken back."""
    with transaction.atomic():
        response = client.post(path, data) if post else client.get(path)
        body = b"".join(response) if getattr(response, "streaming", False) else response.content
        for close in response._resource_closers:  # a file handed out; closing the answer would close more
            if isinstance(response, FileResponse):
                close()
        transaction.set_rollback(True)
    cache.clear()
    return response.status_code, body, response.headers.get("Location", "")
