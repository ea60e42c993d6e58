"""Queries per page, the same for little and for much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.platform.web import make

Counted = Callable[..., Any]

#: Of a visitor; none of them grows with the number of places, rows or cells.
QUERIES = {
    "/": 9,  # published, totals, newest; dots of the map; which document explains, and that document
    "/places/": 5,  # published; count, page; dots with data, dots without
    "/places/?where=europe&data=1": 3,  # published; dots; the largest cities, for the frame
    "/places/?q=paris": 7,  # published; change, names; places of the pack, written, by code twice
    "/places/FR-PAR/": 9,  # inventory and years; the place; the four kinds of parts of its plan; its reports
    "/places/FR-PAR/inventory/2020/": 9,
    "/places/FR-PAR/inventory/2020/inventory.json": 2,
    "/places/FR-PAR/inventory/2020/cells.csv": 2,
    "/places/FR-PAR/inventory/2020/rows.csv": 2,
    "/places/FR-PAR/inventory/2020/chart.svg": 2,
    "/figures/FR-PAR/2020/I.1.1/": 7,
    "/figures/FR-PAR/2020/BASIC/": 7,
    "/figures/FR-PAR/2020/BASIC:I/": 7,
    "/data/": 2,
    "/sources/": 0,
    "/sources/ipcc-2006-vol2/": 0,
    "/factors/": 1,
    "/factors/?q=natural+gas": 1,
    "/factors/all.csv": 0,
    "/factors/parameters/": 0,
    "/factors/ipcc@2006:stationary.residential.natural_gas/": 1,
    "/style/": 0,
}


@pytest.mark.parametrize("address", QUERIES)
def test_a_page_asks_little(
    client: Client, city: make.City, django_assert_num_queries: Counted, address: str
) -> None:
    with django_assert_num_queries(QUERIES[address]):
        client.get(address)


def test_lists_ask_no_more_with_more_places(
    client: Client, city: make.City, django_assert_num_queries: Counted
) -> None:
    for number in range(8):
        make.city(f"XX-P{number}", f"Place {number}", country_code="FR", population=None)
    for address in ("/", "/places/", "/places/?where=europe&data=1", "/places/?q=paris"):
        with django_assert_num_queries(QUERIES[address]):
            client.get(address)
