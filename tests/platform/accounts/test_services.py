"""Making people, giving and revoking roles."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate, get_user
from django.db import IntegrityError, connection, transaction
from django.test import Client

from localaction.platform.accounts import errors
from localaction.platform.accounts.models import Grant, Scope, User
from localaction.platform.accounts.privacy import erase_person
from localaction.platform.accounts.queries import grants_of, people_count, user_by_email
from localaction.platform.accounts.rights import OPERATOR, allowed
from localaction.platform.accounts.services import create_user, grant_role, network_scope, revoke, set_sign_in
from localaction.platform.audit.queries import events_of
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


def test_a_new_person_signs_in_with_their_address_however_its_case() -> None:
    user = create_user(actor=OPERATOR, email=" Ada.Officer@Example.ORG ", name="Ada", password=PASSWORD)
    assert user.email == "ada.officer@example.org"
    assert user_by_email("ADA.officer@example.org") == user
    assert authenticate(None, email="Ada.Officer@example.org", password=PASSWORD) == user
    assert authenticate(None, email="ada.officer@example.org", password="another sentence") is None
    assert EmailAddress.objects.get(user=user).verified


def test_only_administrators_make_people_and_give_roles() -> None:
    london = place()
    officer = with_role("officer", london)
    with pytest.raises(errors.NotAllowed):
        create_user(actor=officer, email="x@example.org")
    with pytest.raises(errors.NotAllowed):
        grant_role(actor=officer, user=officer, role="administrator")
    with pytest.raises(errors.NotAllowed):
        grant_role(actor=officer, user=officer, role="officer", scope=london.scope)
    with pytest.raises(errors.NotAllowed):
        revoke(actor=officer, grant=officer.grants.get(), reason="")
    administrator = with_role("administrator")
    made = create_user(actor=administrator, email="x@example.org")
    grant_role(actor=administrator, user=made, role="officer", scope=london.scope)
    assert allowed(made, "inventory.publish", london.scope_id)


@pytest.mark.parametrize(
    ("email", "password", "problem"),
    [
        ("not an address", None, "Enter a valid email address"),
        ("", None, "cannot be blank"),
        ("ada@example.org", "short", "too short"),
        ("ada@example.org", "ada@example.org", "too similar"),
    ],
)
def test_bad_data_of_a_person_are_refused_and_nothing_is_written(
    email: str, password: str, problem: str
) -> None:
    with pytest.raises(errors.BadPerson, match=problem):
        create_user(actor=OPERATOR, email=email, password=password)
    assert not User.objects.exists()


def test_an_address_is_used_once() -> None:
    create_user(actor=OPERATOR, email="ada@example.org")
    with pytest.raises(
        errors.EmailTaken, match=r"already an account with the e-mail address ada@example\.org"
    ):
        create_user(actor=OPERATOR, email="ADA@example.org")


def test_the_database_refuses_a_second_spelling_of_an_address() -> None:
    user = person()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'Ada@example.org' WHERE id = %s", [user.pk])


def test_roles_are_given_where_they_belong() -> None:
    london, user = place(), person()
    with pytest.raises(errors.UnknownRole, match=r'no role "mayor".*viewer, editor, submitter, officer'):
        grant_role(actor=OPERATOR, user=user, role="mayor", scope=london.scope)
    with pytest.raises(errors.RoleNotGivenHere, match="administrator cannot be given on London"):
        grant_role(actor=OPERATOR, user=user, role="administrator", scope=london.scope)
    with pytest.raises(errors.RoleNotGivenHere, match="officer cannot be given on Network"):
        grant_role(actor=OPERATOR, user=user, role="officer")
    assert not Grant.objects.exists()


def test_a_role_is_not_given_twice_and_can_be_given_again_after_it_ended() -> None:
    london, user = place(), person()
    first = {"actor": OPERATOR, "user": user, "role": "officer", "scope": london.scope}
    grant_role(**first, valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    grant_role(**first, valid_from=date(2021, 1, 1))
    with pytest.raises(
        errors.AlreadyGranted, match="Ada has the role officer on London already, from 2021-01-01"
    ):
        grant_role(**first)
    revoke(actor=OPERATOR, grant=Grant.objects.get(valid_to=None), reason="left")
    assert grant_role(**first) in grants_of(user)


def test_dates_of_a_grant_are_in_order() -> None:
    with pytest.raises(errors.BadDates, match="last day 2019-12-31 is before the first day 2020-01-01"):
        grant_role(
            actor=OPERATOR,
            user=person(),
            role="officer",
            scope=place().scope,
            valid_from=date(2020, 1, 1),
            valid_to=date(2019, 12, 31),
        )


@pytest.mark.parametrize(
    "values",
    ["'officer', '2020-01-02', '2020-01-01'", "'mayor', '2020-01-01', NULL"],
    ids=["ends before it starts", "unknown role"],
)
def test_the_database_refuses_a_bad_grant(values: str) -> None:
    london, user = place(), person()
    columns = "user_id, scope_id, role, valid_from, valid_to"
    sql = f"INSERT INTO accounts_grant ({columns}) VALUES (%s, %s, {values})"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [user.pk, london.scope_id])


def test_there_is_one_scope_for_the_network() -> None:
    assert network_scope() == network_scope()
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.create(kind="network", label="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.create(kind="planet", label="Another")


def test_the_last_administrator_stays() -> None:
    administrator = with_role("administrator")
    with pytest.raises(errors.LastAdministrator, match="Make somebody else an administrator first"):
        revoke(actor=administrator, grant=administrator.grants.get(), reason="tired")
    with_role("administrator")
    assert revoke(actor=administrator, grant=administrator.grants.get(), reason="tired").revoked_at


def test_giving_and_revoking_are_on_record_without_names_or_addresses() -> None:
    london = place()
    administrator = with_role("administrator")
    user = person("Grace")
    grant = grant_role(actor=administrator, user=user, role="viewer", scope=london.scope, reason="asked for")
    revoke(actor=administrator, grant=grant, reason="no longer needed")
    newest, oldest = events_of(grant)
    assert (oldest.verb, oldest.actor, oldest.reason) == ("accounts.grant.given", administrator, "asked for")
    assert (newest.verb, newest.reason) == ("accounts.grant.revoked", "no longer needed")
    assert oldest.scope == london.scope
    assert oldest.after["user"] == str(user.public_id)
    assert "grace" not in f"{oldest.after}{newest.before}".lower()


def test_sign_in_is_closed_and_opened_again(client: Client) -> None:
    london = place()
    user = create_user(actor=OPERATOR, email="ada@example.org", password=PASSWORD)
    grant_role(actor=OPERATOR, user=user, role="officer", scope=london.scope)
    client.force_login(user)
    with pytest.raises(errors.NotAllowed):
        set_sign_in(actor=user, user=user, active=False, reason="no")
    assert set_sign_in(actor=OPERATOR, user=user, active=False, reason="left")
    assert not set_sign_in(actor=OPERATOR, user=user, active=False, reason="left")
    assert authenticate(None, email="ada@example.org", password=PASSWORD) is None
    assert get_user(client).is_anonymous
    assert not allowed(user, "inventory.view", london.scope_id)
    assert set_sign_in(actor=OPERATOR, user=user, active=True, reason="back")
    assert authenticate(None, email="ada@example.org", password=PASSWORD) == user
    assert [event.verb for event in events_of(user)[:2]] == [
        "accounts.user.sign_in_opened",
        "accounts.user.sign_in_closed",
    ]


def test_an_erased_account_is_never_opened_again() -> None:
    user = erase_person(actor=OPERATOR, user=person())
    assert not set_sign_in(actor=OPERATOR, user=user, active=True, reason="back")
    user.refresh_from_db()
    assert not user.is_active


def test_people_are_counted_without_a_domain_and_without_the_erased() -> None:
    for email in ("a@demo.example", "b@demo.example", "c@city.example", "d@city.example"):
        create_user(actor=OPERATOR, email=email)
    erased = user_by_email("d@city.example")
    assert erased
    erase_person(actor=OPERATOR, user=erased)
    assert (people_count(), people_count(outside="@demo.example")) == (3, 1)
