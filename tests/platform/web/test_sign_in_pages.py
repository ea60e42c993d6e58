"""The pages to sign in and to set a new password, in the words of the site."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_one_link_leads_to_a_new_password(client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert page.count("/account/password/reset/") == 1
    assert "E-mail address" in page
    assert "Stay signed in on this device" in page
    assert "Remember Me" not in page


def test_a_refused_sign_in_says_what_to_do_and_keeps_the_address(client: Client) -> None:
    page = client.post("/account/login/", {"login": "ada@city.example", "password": "wrong"}).content.decode()
    assert "Check both, or set a new password below." in page
    assert 'value="ada@city.example"' in page


def test_the_page_for_a_new_password_says_what_happens(client: Client) -> None:
    page = client.get("/account/password/reset/").content.decode()
    assert "a message with a link goes there" in page
    assert "contact us" not in page
    sent = client.post("/account/password/reset/", {"email": "nobody@city.example"})
    assert (sent.status_code, sent["Location"]) == (302, "/account/password/reset/done/")
