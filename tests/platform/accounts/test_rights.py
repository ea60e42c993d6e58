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
from localaction.platform.accounts import errors
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.rights import ACTIONS, OPERATOR, ROLES, allowed, require, scope_ids
from localaction.platform.accounts.roles import SECTION_OF, SECTIONS, STRONG
from localaction.platform.accounts.services import grant_role, network_scope, revoke
from localaction.platform.places.queries import places_for
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db

VIEW = {
    "registry.view", "inventory.view", "value.view", "plan.view", "report.view", "comment.view", "audit.view",
}  # fmt: skip
EDIT = VIEW | {
    "inventory.edit", "factors.edit", "value.edit", "plan.edit", "report.edit", "comment.write",
}  # fmt: skip
SUBMIT = VIEW | {"inventory.publish", "plan.publish", "report.submit", "report.publish", "comment.write"}
PEOPLE = {"people.view", "people.invite"}
MAY = {
    "viewer": VIEW,
    "editor": EDIT,
    "submitter": SUBMIT,
    "officer": EDIT | SUBMIT | PEOPLE,
    "staff": VIEW | PEOPLE | {"comment.write", "report.assign", "cycle.open", "place.edit"},
    "verifier": {"registry.view", "report.verify"},
    "funder": {"registry.view"},
    "administrator": set(ACTIONS),
}


@pytest.mark.parametrize("role", sorted(MAY))
def test_each_role_may_exactly_what_the_table_says(role: str) -> None:
    london = place()
    given_on = ROLES[role].given_on
    user = with_role(
        role, london if "place" in given_on else None, office=london if given_on == {"office"} else None
    )
    assert {action for action in ACTIONS if allowed(user, action, london.scope_id)} == MAY[role]


def test_the_table_of_this_test_covers_every_role() -> None:
    assert set(MAY) == set(ROLES)


def test_every_role_and_action_is_said_in_words() -> None:
    for role in ROLES.values():
        assert str(role.label)
        assert str(role.text).endswith(".")
        assert role.given_on
    assert all(str(label)[0].isupper() for label in ACTIONS.values())
    assert set(SECTION_OF.values()) == set(SECTIONS)
    assert set(SECTION_OF) | STRONG <= set(ACTIONS)


def test_what_speaks_for_others_or_opens_what_is_theirs_needs_a_second_factor() -> None:
    assert {role.id for role in ROLES.values() if role.needs_second_factor} == {
        "submitter", "officer", "staff", "verifier", "administrator",
    }  # fmt: skip


def test_an_editor_of_one_section_changes_no_other() -> None:
    london, editor = place(), person()
    grant_role(actor=OPERATOR, user=editor, role="editor", scope=london.scope, sections=["inventory"])
    assert allowed(editor, "inventory.edit", london.scope_id)
    assert allowed(editor, "factors.edit", london.scope_id)
    assert allowed(editor, "inventory.edit", london.scope_id, section="inventory.I")
    for action in ("value.edit", "report.edit", "plan.edit"):
        assert not allowed(editor, action, london.scope_id)
        assert not allowed(editor, action, london.scope_id, partly=True)
    for action in VIEW | {"comment.write"}:
        assert allowed(editor, action, london.scope_id)


def test_an_editor_of_one_sector_changes_that_sector_alone() -> None:
    london, editor = place(), person()
    grant_role(actor=OPERATOR, user=editor, role="editor", scope=london.scope, sections=["inventory.I"])
    may = [
        section
        for section in ("inventory.I", "inventory.I.1", "inventory.II", "inventory.III", "inventory", "")
        if allowed(editor, "inventory.edit", london.scope_id, section=section)
    ]
    assert may == ["inventory.I", "inventory.I.1"]
    assert allowed(editor, "inventory.edit", london.scope_id, partly=True)
    assert list(scope_ids(editor, "inventory.edit", partly=True)) == [london.scope_id]
    assert not scope_ids(editor, "inventory.edit").exists()


def test_several_roles_of_a_person_add_up() -> None:
    london, user = place(), person()
    grant_role(actor=OPERATOR, user=user, role="editor", scope=london.scope, sections=["planning"])
    grant_role(actor=OPERATOR, user=user, role="submitter", scope=london.scope)
    assert allowed(user, "plan.edit", london.scope_id)
    assert allowed(user, "inventory.publish", london.scope_id)
    assert not allowed(user, "inventory.edit", london.scope_id)


def test_sections_are_for_roles_that_have_them_and_are_known() -> None:
    london, user = place(), person()
    give = {"actor": OPERATOR, "user": user, "scope": london.scope}
    with pytest.raises(errors.RoleHasNoSections, match="officer is always for the whole place"):
        grant_role(**give, role="officer", sections=["inventory"])
    for unknown in ("kitchen", "inventory.", "inventory..I", ""):
        with pytest.raises(errors.UnknownSection, match=f'There is no section "{unknown}"'):
            grant_role(**give, role="editor", sections=[unknown])
    assert not user.grants.exists()


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
                if name not in {"add_argument", "consume_or_429"}:  # actions of other things than rights
                    words += [keyword.value for keyword in node.keywords if keyword.arg == "action"]
                found |= {word.value for word in words if isinstance(word, ast.Constant)}
    assert {"value.edit", "place.merge", "people.manage"} <= found
    assert found <= set(ACTIONS)
