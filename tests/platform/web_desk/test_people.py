"""The pages about people: invite, accept, change, end; and what they never say."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from localaction.platform.accounts.models import Invitation, User
from localaction.platform.accounts.rights import OPERATOR, allowed
from localaction.platform.accounts.services import create_user, grant_role
from localaction.platform.networks.services import create_office
from localaction.platform.places.models import Place
from tests.platform.accounts.make import person, place, with_role
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.make import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


@pytest.fixture
def at(city: Place) -> str:
    return f"/desk/people/{city.scope.public_id}/"


@pytest.fixture
def client_of_officer(officer: User) -> Client:
    return signed_in_as(officer)


def link(message: int = -1) -> str:
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", str(mail.outbox[message].body))
    assert found
    return found[1]


def test_an_officer_invites_and_a_newcomer_accepts_and_is_at_the_desk(
    client_of_officer: Client,
    at: str,
    city: Place,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"email": "new@example.org", "role": "editor", "sections": ["inventory", "planning"]}
        page = client_of_officer.post(f"{at}invite/", sent, follow=True)
    assert "The invitation is sent to new@example.org." in text_of(page)
    assert "Invitations that wait" in text_of(page)
    newcomer = Client()
    offered = newcomer.get(link())
    assert "As editor: Paris." in text_of(offered)
    assert "Only these sections: the inventory; commitments, targets and actions." in text_of(offered)
    short = newcomer.post(link(), {"name": "Ada", "password": "short"})
    assert short.status_code == 422
    assert "too short" in text_of(short)
    desk = newcomer.post(link(), {"name": "Ada", "password": PASSWORD}, follow=True)
    assert "You are now editor: Paris." in text_of(desk)
    assert desk.redirect_chain[-1][0] == "/desk/"
    ada = User.objects.get(email="new@example.org")
    assert allowed(ada, "inventory.edit", city.scope_id)
    assert not allowed(ada, "value.edit", city.scope_id)
    assert Client().get(link()).status_code == 410


def test_who_has_an_account_signs_in_first(
    client_of_officer: Client,
    at: str,
    city: Place,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ada = create_user(actor=OPERATOR, email="ada@example.org", name="Ada", password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        client_of_officer.post(f"{at}invite/", {"email": ada.email, "role": "viewer"})
    assert "Sign in with it to accept" in text_of(Client().get(link()))
    assert Client().post(link(), {"name": "Eve", "password": PASSWORD}).status_code == 422
    other = client_of_officer.post(link())
    assert other.status_code == 422
    assert "sent to another address than the one you are signed in with" in text_of(other)
    hers = signed_in_as(ada)
    assert "Accept" in text_of(hers.get(link()))
    assert "You are now viewer: Paris." in text_of(hers.post(link(), follow=True))
    assert allowed(ada, "inventory.view", city.scope_id)


def test_the_answer_does_not_tell_whether_an_address_has_an_account(
    client_of_officer: Client, at: str
) -> None:
    known = person("Known").email
    answers = []
    for email in (known, "nobody@example.org"):
        page = client_of_officer.post(f"{at}invite/", {"email": email, "role": "viewer"}, follow=True)
        answers.append(text_of(page).replace(email, "ADDRESS"))
    assert "The invitation is sent to ADDRESS." in answers[0]
    assert answers[0].split("Holds until")[0] == answers[1].split("Holds until")[0]


def test_what_an_officer_may_not_give_is_refused_at_the_field(client_of_officer: Client, at: str) -> None:
    page = client_of_officer.post(f"{at}invite/", {"email": "x@example.org", "role": "verifier"})
    assert page.status_code == 422
    assert "This role is not yours to give here" in text_of(page)
    page = client_of_officer.post(f"{at}invite/", {"email": "nothing", "role": ""})
    assert "This is not an e-mail address" in text_of(page)
    assert "Choose a role." in text_of(page)
    assert not Invitation.objects.exists()


def test_sections_are_changed_and_a_role_is_ended_with_a_reason(
    client_of_officer: Client, at: str, city: Place
) -> None:
    editor = with_role("editor", city, name="Emil")
    address = f"{at}{editor.public_id}/editor/"
    assert "Emil" in text_of(client_of_officer.get(address))
    change = {"do": "sections", "change-sections": ["inventory.I"], "change-reason": "new task"}
    page = client_of_officer.post(address, change, follow=True)
    assert "the inventory, I Stationary energy" in text_of(page)
    assert not allowed(editor, "inventory.edit", city.scope_id)
    without = client_of_officer.post(address, {"do": "end", "end-reason": " "})
    assert without.status_code == 422
    assert "Say why; it is kept with the record." in text_of(without)
    page = client_of_officer.post(address, {"do": "end", "end-reason": "has left"}, follow=True)
    assert "Emil is no longer editor here." in text_of(page)
    assert client_of_officer.get(address).status_code == 404


def test_nobody_ends_their_own_role_or_one_they_may_not_name(
    client_of_officer: Client, at: str, city: Place, officer: User
) -> None:
    verifier = with_role("verifier", city)
    for who, role in ((officer, "officer"), (verifier, "verifier")):
        assert client_of_officer.get(f"{at}{who.public_id}/{role}/").status_code == 403


def test_an_invitation_is_sent_again_and_taken_back(
    client_of_officer: Client,
    at: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client_of_officer.post(f"{at}invite/", {"email": "new@example.org", "role": "viewer"})
        where = f"/desk/invitations/{Invitation.objects.get().public_id}/"
        client_of_officer.post(f"{where}again/")
    assert Client().get(link(0)).status_code == 410
    assert Client().get(link(1)).status_code == 200
    page = client_of_officer.post(f"{where}take-back/", follow=True)
    assert "The invitation of new@example.org is taken back." in text_of(page)
    assert Client().get(link(1)).status_code == 410
    again = client_of_officer.post(f"{where}again/", follow=True)
    assert "This invitation does not hold" in text_of(again)


def test_people_of_another_place_are_not_found(client_of_officer: Client) -> None:
    lima = place("PE-LIM", "Lima")
    where = f"/desk/people/{lima.scope.public_id}/"
    assert client_of_officer.get(where).status_code == 404
    sent = client_of_officer.post(f"{where}invite/", {"email": "x@example.org", "role": "viewer"})
    assert sent.status_code == 404


def test_the_list_of_people_takes_the_same_queries_however_many_there_are(
    client_of_officer: Client, at: str, city: Place, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30) as few:
        client_of_officer.get(at)
    for _ in range(12):
        with_role("viewer", city)
    with django_assert_max_num_queries(len(few)):
        assert text_of(client_of_officer.get(at)).count("viewer") >= 12


def test_an_administrator_makes_an_office_and_changes_its_region(city: Place) -> None:
    client = signed_in_as(with_role("administrator"))
    assert "No office yet" in text_of(client.get("/desk/offices/"))
    bad = client.post("/desk/offices/new/", {"name": "West", "code": "west", "places": "XX-NONE"})
    assert bad.status_code == 422
    assert 'There is no place with the code "XX-NONE"' in text_of(bad)
    made = client.post(
        "/desk/offices/new/", {"name": "West", "code": "west", "countries": "fr", "places": ""}, follow=True
    )
    assert "West is made. Invite its staff next." in text_of(made)
    changed = client.post(
        "/desk/offices/west/", {"countries": "ES PT", "places": "FR-PAR", "reason": "moved"}, follow=True
    )
    assert "ES, PT" in text_of(changed)
    assert "Paris" in text_of(changed)


def test_staff_see_their_office_and_do_not_change_it(city: Place) -> None:
    office = create_office(actor=OPERATOR, code="west", name="West", countries=["FR"])
    create_office(actor=OPERATOR, code="east", name="East", countries=["KE"])
    staff = person("Sam")
    grant_role(actor=OPERATOR, user=staff, role="staff", scope=office.scope)
    client = signed_in_as(staff)
    listed = text_of(client.get("/desk/offices/"))
    assert "West" in listed
    assert "East" not in listed
    assert client.get("/desk/offices/west/").status_code == 403
    assert client.get("/desk/offices/east/").status_code == 404
    assert client.get("/desk/offices/new/").status_code == 403
    assert "Paris" in text_of(client.get("/desk/people/"))


def test_the_account_says_what_is_held_and_hands_out_what_is_kept(officer: User) -> None:
    client = signed_in_as(officer)
    assert "officer: Paris" in text_of(client.get("/account/"))
    data = client.get("/account/my-data.json").json()
    assert data["email"] == officer.email
    assert data["grants"][0]["role"] == "officer"


class TestSecondFactor:
    """Roles that publish, verify or name people work at the desk with a second factor alone."""

    def test_an_officer_without_one_is_led_to_where_it_is_set_up(
        self, officer: User, settings: LazySettings
    ) -> None:
        settings.LOCALACTION_SECOND_FACTOR = True
        client = signed_in_as(officer)
        page = client.get("/desk/", follow=True)
        assert page.redirect_chain == [("/account/", 302)]
        assert "Set up a second factor to go on to your desk." in text_of(page)
        assert client.post("/desk/places/FR-PAR/inventories/new/").status_code == 302
        assert client.get("/desk/", headers={"HX-Request": "true"}).status_code == 403

    def test_with_one_the_desk_opens(self, officer: User, settings: LazySettings) -> None:
        from allauth.mfa.models import Authenticator

        settings.LOCALACTION_SECOND_FACTOR = True
        Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert signed_in_as(officer).get("/desk/").status_code == 302
        Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
        assert signed_in_as(officer).get("/desk/").status_code == 200

    def test_roles_that_only_read_or_enter_need_none(self, city: Place, settings: LazySettings) -> None:
        settings.LOCALACTION_SECOND_FACTOR = True
        for role in ("viewer", "editor", "funder"):
            assert signed_in_as(with_role(role, city)).get("/desk/").status_code == 200

    def test_where_it_is_not_asked_for_the_account_says_so(self, officer: User) -> None:
        assert "This site does not ask for a second factor" in text_of(signed_in_as(officer).get("/account/"))
