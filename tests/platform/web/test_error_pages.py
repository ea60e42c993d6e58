"""Pages for what goes wrong: what, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from localaction.platform.config.uploads import UploadTooLarge


@pytest.fixture
def calm() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def broken() -> Iterator[None]:
    with mock.patch("localaction.platform.web.views.rulebook.library", side_effect=RuntimeError("a fault")):
        yield


def test_a_missing_page_offers_the_search(client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()
    assert 'name="q"' in response.content.decode()


def test_a_missing_thing_is_named(client: Client) -> None:
    assert "There is no source “nothing”." in client.get("/sources/nothing/").content.decode()


def test_a_fault_says_that_nothing_was_lost_and_tells_no_secret(calm: Client, broken: None) -> None:
    response = calm.get("/sources/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "This page failed" in html
    assert "a fault" not in html
    assert 'href="/static/web/base.css"' in html


def test_a_body_that_is_too_large_is_refused_with_the_limit(client: Client, settings: object) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 1  # type: ignore[attr-defined]
    response = client.post(reverse("web:language"), {"x": "y" * (3 * 1024 * 1024)})
    assert response.status_code == UploadTooLarge.status
    assert "larger than 1 MB" in response.content.decode()
    assert "split it" in response.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client, db: None) -> None:
    response = client.get("/figures/FR-PAR/2020/BASIC/?draft=1")
    assert response.status_code in {403, 404}
