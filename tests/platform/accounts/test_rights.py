"""Who may do what: the table, and beside it the things that must never happen."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import localaction
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.rights import ACTIONS, OPERATOR, ROLES, allowed, require, scope_ids
from localaction.platform.accounts.services import grant_role, network_scope, revoke
from localaction.platform.places.queries import places_for
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db

VIEW = {"inventory.view", "value.view", "audit.view"}
MAY = {
    "viewer": VIEW,
    "officer": VIEW | {"inventory.edit", "inventory.publish", "factors.edit", "value.edit"},
    "administrator": set(ACTIONS),
}


@pytest.mark.parametrize("role", ["viewer", "officer", "administrator"])
def test_each_role_may_exactly_what_the_table_says(role: str) -> None:
    london = place()
    user = with_role(role, None if role == "administrator" else london)
    assert {action for action in ACTIONS if allowed(user, action, london.scope_id)} == MAY[role]


def test_the_table_of_this_test_covers_every_role() -> None:
    assert set(MAY) == set(ROLES)


def test_an_officer_of_one_place_never_edits_another() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer = with_role("officer", london)
    assert not any(allowed(officer, action, lima.scope_id) for action in ACTIONS)
    with pytest.raises(
        PermissionDenied, match="Ada may not do this here: Enter, change and compute inventories"
    ):
        require(officer, "inventory.edit", lima.scope_id)


def test_an_officer_of_a_place_has_no_right_on_the_network() -> None:
    officer = with_role("officer", place())
    assert not any(allowed(officer, action, None) for action in ACTIONS)
    assert not any(allowed(officer, action, network_scope().pk) for action in ACTIONS)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_who_is_not_signed_in_may_nothing(nobody: AnonymousUser | None) -> None:
    london = place()
    assert not any(allowed(nobody, action, scope) for action in ACTIONS for scope in (london.scope_id, None))
    assert not any(scope_ids(nobody, action).exists() for action in ACTIONS)
    with pytest.raises(NotAllowed, match="Somebody who is not signed in may not do this here"):
        require(nobody, "inventory.view", london.scope_id)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(-10, -1, False), (-10, 0, True), (0, 0, True), (0, None, True), (1, None, False), (1, 9, False)],
)
def test_a_grant_holds_from_its_first_day_to_its_last(first: int, last: int | None, holds: bool) -> None:
    london, user, today = place(), person(), timezone.now().date()
    grant_role(
        actor=OPERATOR,
        user=user,
        role="officer",
        scope=london.scope,
        valid_from=today + timedelta(days=first),
        valid_to=None if last is None else today + timedelta(days=last),
    )
    assert allowed(user, "inventory.edit", london.scope_id) is holds
    assert scope_ids(user, "inventory.edit").exists() is holds


def test_a_revoked_grant_gives_nothing() -> None:
    london = place()
    user = with_role("officer", london)
    revoke(actor=OPERATOR, grant=user.grants.get(), reason="left the city")
    assert not any(allowed(user, action, london.scope_id) for action in ACTIONS)


def test_a_person_who_may_not_sign_in_has_no_right() -> None:
    london = place()
    user = with_role("officer", london)
    user.is_active = False
    user.save()
    assert not allowed(user, "inventory.view", london.scope_id)


def test_scopes_and_places_come_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer, administrator = with_role("officer", london), with_role("administrator")
    with django_assert_num_queries(1):
        assert list(places_for(officer, "inventory.edit")) == [london]
    with django_assert_num_queries(1):
        assert list(places_for(administrator, "inventory.edit")) == [lima, london]
    with django_assert_num_queries(1):
        assert allowed(officer, "inventory.edit", london.scope_id)
    assert list(places_for(None, "inventory.view")) == []
    assert list(places_for(OPERATOR, "inventory.view")) == [lima, london]


def test_an_unknown_action_is_an_error_even_for_who_may_everything() -> None:
    for actor in (OPERATOR, None):
        with pytest.raises(LookupError, match="There is no action"):
            allowed(actor, "inventory.burn", None)


def test_every_action_the_program_asks_for_exists() -> None:
    asked = {"allowed": 1, "require": 1, "scope_ids": 1, "places_for": 1}
    found = set()
    for path in sorted((Path(localaction.__file__).parent / "platform").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                words = [*node.args[asked[name] : asked[name] + 1]] if name in asked else []
                if name != "add_argument":  # an action of the command line is none of rights
                    words += [keyword.value for keyword in node.keywords if keyword.arg == "action"]
                found |= {word.value for word in words if isinstance(word, ast.Constant)}
    assert {"value.edit", "place.merge", "people.manage"} <= found
    assert found <= set(ACTIONS)
