"""Refusals as ``application/problem+json``: what, why, what to do, with a stable code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from localaction.engine.errors import InputError, Refused, plain
from localaction.engine.methods.jsoninput import NotJson, TooMuch
from localaction.engine.methods.problems import UnknownMethod
from localaction.engine.packs.editions import UnknownFramework

MEDIA_TYPE = "application/problem+json"
BAD_REQUEST, NOT_FOUND, TOO_LARGE, UNPROCESSABLE, TOO_MANY = 400, 404, 413, 422, 429
STATUS: Mapping[type[InputError], int] = {
    UnknownMethod: NOT_FOUND,
    UnknownFramework: NOT_FOUND,
    NotJson: BAD_REQUEST,
    TooMuch: TOO_LARGE,
}


def problem(status: int, title: str, detail: str, code: str, **more: Any) -> HttpResponse:
    """Return a refusal."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, **more}
    text = json.dumps(body, ensure_ascii=False).encode(
        errors="backslashreplace"
    )  # half a character is no UTF-8
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE)


def of_error(request: HttpRequest, error: InputError) -> HttpResponse:
    """Return the refusal that tells one of our errors, with every finding it has."""
    status = STATUS.get(type(error), UNPROCESSABLE)
    findings = [finding.to_dict() for finding in error.findings] if isinstance(error, Refused) else []
    params = plain(error.params)
    return problem(status, error.message, str(error), error.code, params=params, findings=findings)


def install(api: NinjaAPI) -> None:
    """Let every refusal of the interface be one of these."""

    @api.exception_handler(InputError)
    def _input(request: HttpRequest, error: InputError) -> HttpResponse:
        return of_error(request, error)

    @api.exception_handler(Throttled)
    def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        detail = "Too many requests from your address. Wait a moment; for many calculations use the command."
        answer = problem(TOO_MANY, "Too many requests", detail, "api.throttled")
        if error.wait is not None:
            answer["Retry-After"] = str(int(error.wait) + 1)
        return answer

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        detail = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors)
        return problem(UNPROCESSABLE, "The request cannot be read", detail, "api.invalid")

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error), str(error), "api.refused")

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(NOT_FOUND, "Not found", str(error) or "There is nothing here.", "api.not_found")
