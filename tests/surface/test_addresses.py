"""Every address of the site is in the table of rights: who may open it was thought of."""

from __future__ import annotations

from collections.abc import Iterator

import django
import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.support.addresses import ADDRESSES, NETWORK, PLACE

HOW = "Add a line for each to tests/support/addresses.py, which says what it takes to open it."


@pytest.fixture(scope="module")
def names() -> list[str]:
    django.setup()
    return list(_names(get_resolver()))


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}:{each.name}" if space else str(each.name)
        else:
            yield from _names(each, each.namespace or space)


def test_every_address_says_what_it_takes_to_open_it(names: list[str]) -> None:
    missing = sorted(set(names) - set(ADDRESSES))
    assert not missing, f"Pages without a line in the table of rights: {', '.join(missing)}. {HOW}"


def test_the_table_names_only_addresses_that_exist(names: list[str]) -> None:
    gone = sorted(set(ADDRESSES) - set(names))
    assert not gone, f"The table of rights names pages that are gone: {', '.join(gone)}."


def test_every_address_has_a_name_of_its_own(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1 and not name.startswith("api:")})
    assert not twice, f"Two addresses go by the same name: {', '.join(twice)}."


def test_actions_of_the_table_are_those_of_rights(names: list[str]) -> None:
    from localaction.platform.accounts.roles import ACTIONS

    for address in ADDRESSES.values():
        assert {address.see, *address.act.split(" or ")} <= {"", *ACTIONS}
        assert (address.kind in {PLACE, NETWORK}) == bool(address.see or address.act)
