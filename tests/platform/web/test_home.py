"""The first page: the map, the places that published last, and one figure explained."""

from __future__ import annotations

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.publication.services import publish
from localaction.platform.web.listing import newest_inventories
from tests.platform.web import make

pytestmark = pytest.mark.django_db


def text(client: Client) -> str:
    return client.get("/").content.decode()


def test_a_place_stands_once_among_the_newest_with_its_latest_year(client: Client) -> None:
    alba = make.city("XX-AAA", "Alba", year=2021).place
    for year in (2019, 2020):
        publish(actor=OPERATOR, inventory=make.computed(alba, year))
    make.city("XX-BBB", "Bela", year=2018)
    assert [(place.code, place.year) for place in newest_inventories(8)] == [
        ("XX-BBB", 2018),
        ("XX-AAA", 2021),
    ]


def test_the_first_page_has_a_map_only_where_something_is_published(client: Client) -> None:
    assert "map-title" not in text(client)
    make.city("XX-AAA", "Alba")
    assert "map-title" in text(client)
