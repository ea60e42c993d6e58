"""Pages of a network in which nothing is published yet."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_first_page_stands(client: Client) -> None:
    assert "Nothing is published yet" in client.get("/").content.decode()


def test_the_page_of_releases_says_so_and_offers_a_step(client: Client) -> None:
    html = client.get("/data/").content.decode()
    assert "none is published so far" in html
    assert 'href="/places/"' in html
