"""Offices: their region, and how far a role on an office reaches."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import Grant, Reach, Scope, User
from localaction.platform.accounts.rights import ACTIONS, OPERATOR, ROLES, allowed, scope_ids
from localaction.platform.accounts.services import grant_role
from localaction.platform.audit.queries import events_of
from localaction.platform.networks import errors
from localaction.platform.networks.models import Office
from localaction.platform.networks.queries import office_for, offices_for, region_of
from localaction.platform.networks.services import change_region, create_office
from localaction.platform.places.queries import places_for
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db


def office(code: str = "east-africa", name: str = "East Africa", **region: object) -> Office:
    return create_office(actor=OPERATOR, code=code, name=name, **region)  # type: ignore[arg-type]


def staff(of: Office) -> User:
    user = person("Staff")
    grant_role(actor=OPERATOR, user=user, role="staff", scope=of.scope)
    return user


def test_a_role_on_an_office_reaches_the_places_of_its_region_and_no_other() -> None:
    nairobi, lima, cusco = place("KE-NBO", "Nairobi"), place("PE-LIM", "Lima"), place("PE-CUZ", "Cusco")
    user = staff(office(countries=["ke"], places=[lima]))
    for action in ACTIONS:
        may = action in ROLES["staff"].actions
        assert allowed(user, action, nairobi.scope_id) is may
        assert allowed(user, action, lima.scope_id) is may
        assert not allowed(user, action, cusco.scope_id)
        assert not allowed(user, action, None)
        assert list(places_for(user, action)) == ([lima, nairobi] if may else [])


def test_a_place_that_is_added_later_is_reached_by_its_country() -> None:
    user = staff(office(countries=["KE"]))
    mombasa = place("KE-MBA", "Mombasa")
    assert allowed(user, "inventory.view", mombasa.scope_id)


def test_a_place_that_leaves_a_region_is_reached_no_more() -> None:
    nairobi, of = place("KE-NBO", "Nairobi"), office(countries=["KE"])
    user = staff(of)
    change_region(actor=OPERATOR, office=of, countries=["PE"], places=[], reason="Moved")
    assert not allowed(user, "inventory.view", nairobi.scope_id)
    assert region_of(of).countries == ("PE",)
    newest = events_of(of)[0]
    assert (newest.verb, newest.reason) == ("networks.office.region_changed", "Moved")


def test_the_reach_of_an_office_is_still_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    nairobi = place("KE-NBO", "Nairobi")
    user = staff(office(countries=["KE"]))
    with django_assert_num_queries(1):
        assert allowed(user, "inventory.view", nairobi.scope_id)
    with django_assert_num_queries(1):
        assert nairobi.scope_id in list(scope_ids(user, "inventory.view"))


def test_a_role_at_a_place_gives_nothing_on_the_office_of_its_region() -> None:
    nairobi, of = place("KE-NBO", "Nairobi"), office(countries=["KE"])
    officer = with_role("officer", nairobi)
    assert not any(allowed(officer, action, of.scope_id) for action in ACTIONS)
    assert not offices_for(officer).exists()
    with pytest.raises(errors.OfficeNotFound, match='no office "east-africa"'):
        office_for(officer, "east-africa")


def test_one_office_does_not_see_the_other() -> None:
    east, andes = office(countries=["KE"]), office("andes", "Andes", countries=["PE"])
    user = staff(east)
    assert list(offices_for(user)) == [east]
    assert not allowed(user, "people.view", andes.scope_id)


def test_only_administrators_make_offices_and_regions() -> None:
    of = office(countries=["KE"])
    for user in (staff(of), with_role("officer", place())):
        with pytest.raises(NotAllowed):
            create_office(actor=user, code="own", name="Own")
        with pytest.raises(NotAllowed):
            change_region(actor=user, office=of, countries=["KE", "PE"], places=[])
    assert region_of(of).countries == ("KE",)


@pytest.mark.parametrize(
    ("code", "name", "countries", "error", "text"),
    [
        ("East Africa", "East Africa", [], errors.BadOffice, "small letters and digits"),
        ("east", "  ", [], errors.BadOffice, "cannot be blank"),
        ("east", "East", ["XX"], errors.BadOffice, 'no country "XX"'),
    ],
)
def test_bad_data_of_an_office_are_refused_and_nothing_is_written(
    code: str, name: str, countries: list[str], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        office(code, name, countries=countries)
    assert not Office.objects.exists()
    assert not Scope.objects.filter(kind="office").exists()


def test_a_code_belongs_to_one_office() -> None:
    office()
    with pytest.raises(
        errors.OfficeExists, match='already an office with the code "east-africa": East Africa'
    ):
        office("East-Africa", "Another")


def test_the_database_refuses_a_region_that_is_country_and_place_or_neither() -> None:
    of, lima = office(), place("PE-LIM", "Lima")
    for bad in ({"country": "PE", "place": lima.scope}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reach.objects.create(office=of.scope, **bad)


def test_the_database_refuses_a_country_on_a_scope_that_is_no_place() -> None:
    of = office()
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.filter(pk=of.scope_id).update(country="KE")


def test_staff_is_given_on_an_office_alone() -> None:
    assert ROLES["staff"].given_on == {"office"}
    assert Grant.objects.count() == 0
