"""Erasing a person's data, and handing them out."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from localaction.platform.accounts.errors import LastAdministrator, NotAllowed
from localaction.platform.accounts.models import Grant, User
from localaction.platform.accounts.privacy import erase_person, personal_data
from localaction.platform.accounts.rights import OPERATOR, allowed
from localaction.platform.accounts.services import create_user, grant_role
from localaction.platform.audit.models import Event
from localaction.platform.places.services import add_fact
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


def test_after_erasure_no_trace_of_the_person_is_left_but_the_record_stands() -> None:
    london = place()
    user = create_user(actor=OPERATOR, email="grace@hopper.example", name="Grace Hopper", password=PASSWORD)
    grant_role(actor=OPERATOR, user=user, role="administrator")
    add_fact(actor=user, place=london, key="website", text="https://example.org", source="the city")
    with_role("administrator")
    client = Client()
    client.force_login(user)
    assert Session.objects.count() == 1

    erase_person(actor=user, user=user, reason="asked for it")

    user.refresh_from_db()
    assert (user.name, user.is_active, user.has_usable_password()) == ("", False, False)
    assert user.display_name == "a person whose data were erased"
    assert authenticate(None, email="grace@hopper.example", password=PASSWORD) is None
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Session.objects.exists()
    assert not allowed(user, "place.create", None)
    assert Event.objects.filter(actor=user, verb="places.fact.added").exists()
    assert "hopper" not in everything_as_text()


def everything_as_text() -> str:
    """Return all rows of all tables as one text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append(str(cursor.fetchall()))
    return "\n".join(rows).lower()


def test_the_search_for_traces_finds_a_person_who_is_there() -> None:
    person("Hopper")
    assert "hopper" in everything_as_text()


def test_others_cannot_erase_or_read_a_person() -> None:
    user, other = person(), with_role("officer", place())
    for act in (erase_person, personal_data):
        with pytest.raises(NotAllowed):
            act(actor=other, user=user)
        with pytest.raises(NotAllowed):
            act(actor=None, user=user)
    user.refresh_from_db()
    assert user.erased_at is None


def test_the_only_administrator_cannot_be_erased() -> None:
    administrator = with_role("administrator")
    with pytest.raises(LastAdministrator):
        erase_person(actor=administrator, user=administrator)


def test_erasing_twice_changes_nothing() -> None:
    user = person()
    first = erase_person(actor=OPERATOR, user=user).erased_at
    assert erase_person(actor=OPERATOR, user=user).erased_at == first


def test_the_database_refuses_a_name_on_an_erased_account() -> None:
    user = erase_person(actor=OPERATOR, user=person())
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(name="Ada")


def test_people_get_all_that_is_kept_about_them() -> None:
    london = place()
    user = with_role("officer", london, name="Grace")
    data = personal_data(actor=user, user=user)
    assert data["email"] == user.email
    assert data["name"] == "Grace"
    assert data["grants"] == [
        {
            "role": "officer",
            "on": "London",
            "valid_from": Grant.objects.get(user=user).valid_from.isoformat(),
            "valid_to": None,
            "revoked_at": None,
        }
    ]
    assert json.loads(json.dumps(data)) == data
