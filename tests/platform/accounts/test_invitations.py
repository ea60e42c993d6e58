"""Inviting people: who may invite whom to what, and what a token opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from localaction.platform.accounts import errors, invitations
from localaction.platform.accounts.invitations import (
    accept,
    accept_with_new_account,
    invitation_by_token,
    invite,
    send_again,
    take_back,
)
from localaction.platform.accounts.models import Grant, Invitation, Scope, User
from localaction.platform.accounts.privacy import erase_person
from localaction.platform.accounts.rights import OPERATOR, Actor, allowed
from localaction.platform.accounts.services import revoke, set_sign_in
from localaction.platform.audit.models import Event
from localaction.platform.places.models import Place
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
SITE = "https://site.example/invitation/"


@pytest.fixture
def london() -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


class Post:
    """Sends invitations, and reads the mail they come by."""

    def __init__(self, capture: DjangoCaptureOnCommitCallbacks) -> None:
        self.capture = capture

    def invite(
        self, actor: Actor, role: str, scope: Scope | None, email: str = "new@example.org", *sections: str
    ) -> Invitation:
        with self.capture(execute=True):
            return invite(
                actor=actor, email=email, role=role, scope=scope, sections=sections, address=self.address
            )

    def again(self, actor: Actor, invitation: Invitation) -> Invitation:
        with self.capture(execute=True):
            return send_again(actor=actor, invitation=invitation, address=self.address)

    @staticmethod
    def address(token: str) -> str:
        return f"{SITE}{token}/"

    @staticmethod
    def token(number: int = -1) -> str:
        found = re.search(rf"{SITE}([\w-]+)/", str(mail.outbox[number].body))
        assert found
        return found[1]


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    return Post(django_capture_on_commit_callbacks)


def test_a_person_without_an_account_gets_one_and_the_role(post: Post, officer: User, london: Place) -> None:
    post.invite(officer, "editor", london.scope, "New@Example.org ", "inventory")
    message = mail.outbox[0]
    assert message.to == ["new@example.org"]
    assert message.subject == "You are invited to Local Action: editor, London"
    assert "Grace invites you" in message.body
    grant = accept_with_new_account(token=post.token(), name="Ada", password=PASSWORD)
    assert grant.user.email == "new@example.org"
    assert allowed(grant.user, "inventory.edit", london.scope_id)
    assert not allowed(grant.user, "plan.edit", london.scope_id)


def test_a_person_with_an_account_accepts_signed_in(post: Post, officer: User, london: Place) -> None:
    ada = person()
    post.invite(officer, "viewer", london.scope, ada.email)
    assert accept(actor=ada, token=post.token()).user == ada
    assert allowed(ada, "inventory.view", london.scope_id)


def test_a_token_is_kept_as_a_digest_alone(post: Post, officer: User, london: Place) -> None:
    post.invite(officer, "viewer", london.scope)
    token = post.token()
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert row["digest"] == invitations.digest_of(token)
    assert len(token) >= 43


def test_a_token_opens_once(post: Post, officer: User, london: Place) -> None:
    post.invite(officer, "viewer", london.scope)
    accept_with_new_account(token=post.token(), name="Ada", password=PASSWORD)
    ada = User.objects.get(email="new@example.org")
    with pytest.raises(errors.InvitationOver, match="does not hold, or no longer"):
        accept(actor=ada, token=post.token())
    assert Grant.objects.filter(user=ada).count() == 1


def test_a_token_of_somebody_else_opens_nothing(post: Post, officer: User, london: Place) -> None:
    post.invite(officer, "viewer", london.scope)
    for actor in (person(), None, OPERATOR):
        with pytest.raises(errors.NotYourInvitation, match="sent to another address"):
            accept(actor=actor, token=post.token())
    assert Invitation.objects.get().accepted_at is None


def test_an_account_that_is_closed_accepts_nothing(post: Post, officer: User, london: Place) -> None:
    ada = person()
    post.invite(officer, "viewer", london.scope, ada.email)
    set_sign_in(actor=OPERATOR, user=ada, active=False, reason="left")
    with pytest.raises(errors.NotYourInvitation):
        accept(actor=ada, token=post.token())
    with pytest.raises(errors.EmailTaken):
        accept_with_new_account(token=post.token(), name="Ada", password=PASSWORD)


def test_every_token_that_does_not_hold_is_refused_in_the_same_words(
    post: Post, officer: User, london: Place
) -> None:
    said = set()
    late = post.invite(officer, "viewer", london.scope, "late@example.org")
    token_late = post.token()
    gone = post.invite(officer, "viewer", london.scope, "gone@example.org")
    token_gone = post.token()
    take_back(actor=officer, invitation=gone, reason="a mistake")
    after = late.expires_at + timedelta(seconds=1)
    for token in ("nonsense", "", "\x00", token_gone):
        with pytest.raises(errors.InvitationOver) as refused:
            invitation_by_token(token)
        said.add(str(refused.value))
    with pytest.raises(errors.InvitationOver) as refused:
        invitation_by_token(token_late, after)
    assert said == {str(refused.value)}
    assert invitation_by_token(token_late) == late


def test_the_role_is_given_only_if_who_invited_may_still_give_it(
    post: Post, officer: User, london: Place
) -> None:
    post.invite(officer, "viewer", london.scope)
    revoke(actor=OPERATOR, grant=officer.grants.get(), reason="left the city")
    with pytest.raises(errors.InvitationOver):
        accept_with_new_account(token=post.token(), name="Ada", password=PASSWORD)
    assert not User.objects.filter(email="new@example.org").exists()


def test_sending_again_ends_the_earlier_token(post: Post, officer: User, london: Place) -> None:
    invitation = post.invite(officer, "viewer", london.scope)
    first = post.token()
    post.again(officer, invitation)
    with pytest.raises(errors.InvitationOver):
        invitation_by_token(first)
    assert invitation_by_token(post.token()) == invitation
    for _ in range(invitations.MOST_TIMES - 2):
        post.again(officer, invitation)
    with pytest.raises(errors.TooManyInvitations, match="5 invitations of one invitation are the most"):
        post.again(officer, invitation)


def test_nobody_sends_more_than_fifty_in_a_day(
    post: Post, officer: User, london: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    for number in range(2):
        post.invite(officer, "viewer", london.scope, f"a{number}@example.org")
    with pytest.raises(errors.TooManyInvitations, match="2 invitations in a day"):
        post.invite(officer, "viewer", london.scope, "b@example.org")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=1, seconds=1))
    post.invite(officer, "viewer", london.scope, "b@example.org")


def test_an_invitation_says_nothing_about_accounts(post: Post, officer: User, london: Place) -> None:
    known = person("Known").email
    for email in (known, "unknown@example.org"):
        post.invite(officer, "viewer", london.scope, email)
    known_mail, other = (str(message.body) for message in mail.outbox)
    assert known_mail.replace(post.token(0), "T") == other.replace(post.token(1), "T")


def test_the_same_address_is_not_invited_twice_to_the_same_role(
    post: Post, officer: User, london: Place
) -> None:
    post.invite(officer, "viewer", london.scope)
    with pytest.raises(errors.AlreadyInvited, match=r"new@example\.org is invited to the role viewer"):
        post.invite(officer, "viewer", london.scope)
    post.invite(officer, "submitter", london.scope)
    with pytest.raises(errors.AlreadyGranted):
        post.invite(officer, "officer", london.scope, officer.email)


@pytest.mark.parametrize("email", ["", "no address", "a@b@c", "x@example.org\nBcc: y@example.org"])
def test_what_is_no_address_is_refused(post: Post, officer: User, london: Place, email: str) -> None:
    with pytest.raises(errors.BadAddress, match="is not an e-mail address"):
        post.invite(officer, "viewer", london.scope, email)
    assert not mail.outbox


def test_events_name_no_address(post: Post, officer: User, london: Place) -> None:
    invitation = post.invite(officer, "viewer", london.scope)
    post.again(officer, invitation)
    take_back(actor=officer, invitation=invitation, reason="a mistake")
    verbs = [event.verb.rpartition(".")[2] for event in Event.objects.filter(verb__contains="invitation")]
    assert verbs == ["sent", "sent_again", "taken_back"]
    assert "new@example.org" not in str(list(Event.objects.values()))


def test_an_erased_person_is_in_no_invitation(post: Post, officer: User, london: Place) -> None:
    ada = person("Lovelace")
    post.invite(officer, "viewer", london.scope, ada.email)
    accept(actor=ada, token=post.token())
    post.invite(officer, "submitter", london.scope, ada.email)
    erase_person(actor=OPERATOR, user=ada)
    assert "lovelace" not in str(list(Invitation.objects.values())).lower()
    with pytest.raises(errors.InvitationOver):
        invitation_by_token(post.token())


def test_the_database_refuses_an_invitation_that_is_accepted_and_taken_back(
    post: Post, officer: User, london: Place
) -> None:
    invitation = post.invite(officer, "viewer", london.scope)
    for bad in ({"accepted_at": timezone.now()}, {"email": "New@example.org"}, {"role": "mayor"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**bad)
