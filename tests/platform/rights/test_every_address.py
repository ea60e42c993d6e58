"""The table of rights against every page and endpoint: each role, at its own place and at another."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.accounts.roles import ROLES, SECTION_OF
from tests.platform.rights.asking import ERRORS, ask, client_of
from tests.platform.rights.world import Scene
from tests.support.addresses import ACCOUNT, ADDRESSES, NETWORK, OWN, PLACE, PUBLIC, Address

FOUND, FORBIDDEN, MISSING, SIGNED_OUT = 302, 403, 404, 401
ENTRANCE = "/account/login/"


def of_kind(*kinds: str) -> list[str]:
    return [name for name, address in ADDRESSES.items() if address.kind in kinds]


def refused(address: Address, may: frozenset[str]) -> int | None:
    """Return the status with which the table refuses somebody who may do this much; None if it does not."""
    if address.see and address.see not in may:
        return MISSING
    return FORBIDDEN if address.act and may.isdisjoint(address.act.split(" or ")) else None


def check(world: Scene, name: str, who: User, may: frozenset[str], label: str) -> None:
    address = ADDRESSES[name]
    status, body, leads = ask(client_of(who), world.paths[name], post=address.post)
    expected = refused(address, may)
    told = f"{label} at {name}: {status} {leads}"
    if expected is not None:
        assert status == expected, told
        assert b"canary" not in body, told
        return
    assert status < ERRORS, told
    assert status not in {SIGNED_OUT, FORBIDDEN}, told
    assert ENTRANCE not in leads, told
    assert status != MISSING or address.missing, told


@pytest.mark.parametrize("name", of_kind(PLACE, NETWORK))
def test_each_role_at_its_own_place_gets_what_the_table_says(world: Scene, name: str) -> None:
    on_network = ADDRESSES[name].kind == NETWORK
    for role, who in world.here.items():
        whole = ROLES[role].given_on == {"network"}
        may = ROLES[role].actions
        if on_network and not whole:
            may = may & {"people.view"} if role == "staff" else frozenset()
        check(world, name, who, may, f"{role} of the place")


@pytest.mark.parametrize("name", of_kind(PLACE, NETWORK))
def test_each_role_at_another_place_gets_nothing(world: Scene, name: str) -> None:
    for role, who in world.elsewhere.items():
        check(world, name, who, frozenset(), f"{role} of another place")
    check(world, name, world.nobody, frozenset(), "somebody without a role")


@pytest.mark.parametrize("name", of_kind(PLACE))
def test_an_editor_of_another_section_reads_and_changes_nothing(world: Scene, name: str) -> None:
    may = {action for action in ROLES["editor"].actions if SECTION_OF.get(action, "planning") == "planning"}
    check(world, name, world.planner, frozenset(may), "editor of the plan alone")


@pytest.mark.parametrize("name", of_kind(PLACE, NETWORK, OWN))
def test_nobody_gets_in_without_signing_in(world: Scene, name: str) -> None:
    address = ADDRESSES[name]
    status, body, leads = ask(client_of(None), world.paths[name], post=address.post)
    assert (status, leads[: len(ENTRANCE)]) == (FOUND, ENTRANCE)
    assert b"canary" not in body


@pytest.mark.parametrize("name", of_kind(OWN))
def test_what_is_ones_own_opens_for_everybody_and_shows_nothing_of_others(world: Scene, name: str) -> None:
    for who in (*world.elsewhere.values(), world.nobody, world.here["funder"], world.here["verifier"]):
        status, body, leads = ask(client_of(who), world.paths[name])
        assert status in {200, FOUND}, (who, leads)
        assert b"canary" not in body


@pytest.mark.parametrize("name", of_kind(PUBLIC))
def test_what_is_public_opens_for_everybody(world: Scene, name: str) -> None:
    status, body, leads = ask(client_of(None), world.paths[name])
    assert status < ERRORS
    assert status not in {SIGNED_OUT, FORBIDDEN}
    assert ENTRANCE not in leads
    if name != "web:invitation":  # the page names the address that was invited
        assert b"canary" not in body


@pytest.mark.parametrize("name", of_kind(ACCOUNT))
def test_pages_of_sign_in_never_fail_whoever_asks(world: Scene, name: str) -> None:
    for who in (None, world.nobody, world.here["officer"]):
        for post in (False, True):
            status, body, _leads = ask(client_of(who), world.paths[name], post=post)
            assert status < ERRORS
            assert b"canary" not in body
