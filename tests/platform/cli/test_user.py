"""People made on the command line."""

from __future__ import annotations

import getpass
import re
import sys

import pytest
from django.contrib.auth import authenticate

from localaction.platform.accounts.invitations import invitation_by_token
from localaction.platform.accounts.models import Grant
from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import OPERATOR, allowed
from localaction.platform.networks.services import create_office
from tests.platform.accounts.make import place

PASSWORD = "a long enough sentence"
VARIABLE = "LOCALACTION_USER_PASSWORD"


@pytest.fixture(autouse=True)
def password_in_the_environment(monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSWORD)


def create(command, *more: str, email: str = "ada@example.org") -> tuple[int, str, str]:
    return command("user", "create", "--email", email, *more)


def test_an_officer_is_made_with_their_role(command):
    london, paris = place(), place("FR-PAR", "Paris")
    status, out, err = create(command, "--name", "Ada", "--role", "officer", "--place", "GB-LON")
    assert (status, out, err) == (0, "ada@example.org can sign in as officer of London.\n", "")
    ada = authenticate(None, email="ada@example.org", password=PASSWORD)
    assert ada.name == "Ada"
    assert allowed(ada, "inventory.edit", london.scope_id)
    assert not allowed(ada, "inventory.view", paris.scope_id)


def test_an_administrator_has_the_whole_network(command):
    assert create(command, "--role", "administrator")[1].endswith("administrator of the whole network.\n")
    assert allowed(user_by_email("ada@example.org"), "people.manage", None)


@pytest.mark.parametrize(
    ("words", "message", "remedy"),
    [
        (["--role", "mayor"], 'no role "mayor"', "There are: viewer, editor, submitter, officer"),
        (["--role", "officer"], "none is named", "--place"),
        (["--role", "officer", "--place", "GB-LNO"], 'no place with the code "GB-LNO"', "codes look like"),
        (["--role", "administrator", "--place", "GB-LON"], "cannot be given on London", "whole network"),
    ],
)
def test_a_role_that_does_not_fit_makes_nobody(command, words, message, remedy):
    place()
    status, out, err = create(command, *words)
    assert (status, out) == (2, "")
    assert message in err
    assert remedy in err
    assert user_by_email("ada@example.org") is None


def test_a_weak_password_makes_nobody(command, monkeypatch):
    monkeypatch.setenv(VARIABLE, "password")
    status, _out, err = create(command, "--role", "administrator")
    assert status == 2
    assert "too short" in err
    assert user_by_email("ada@example.org") is None


def test_an_address_is_taken_once_and_can_be_given_a_further_role(command):
    place()
    create(command, "--role", "administrator")
    status, _out, err = create(command, "--role", "officer", "--place", "GB-LON", email="ADA@example.org")
    assert status == 2
    assert "already an account" in err
    granted = command("user", "grant", "--email", "ada@example.org", "--role", "officer", "--place", "GB-LON")
    assert granted == (0, "ada@example.org is now also officer of London.\n", "")
    assert Grant.objects.count() == 2


def test_nobody_unknown_is_given_a_role(command):
    status, _out, err = command("user", "grant", "--email", "nobody@example.org", "--role", "administrator")
    assert status == 2
    assert "no account with the e-mail address nobody@example.org" in err


def test_the_password_is_asked_for_twice_at_a_terminal(command, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    typed = iter([PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    status, _out, err = create(command, "--role", "administrator")
    assert status == 2
    assert "not the same" in err
    assert create(command, "--role", "administrator")[0] == 0


def test_without_terminal_and_environment_it_says_what_to_do(command, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    status, _out, err = create(command, "--role", "administrator")
    assert status == 2
    assert VARIABLE in err


def test_there_is_no_way_to_write_the_password_on_the_command_line(command):
    status, _out, err = create(command, "--role", "administrator", "--password", PASSWORD)
    assert status == 2
    assert "unrecognized arguments" in err


def test_a_role_may_be_held_for_an_office_or_limited_to_sections(command):
    london = place()
    create_office(actor=OPERATOR, code="west", name="West", countries=["GB"])
    out = create(command, "--role", "staff", "--office", "west")[1]
    assert out.endswith("staff of an office of West.\n")
    assert allowed(user_by_email("ada@example.org"), "cycle.open", london.scope_id)
    create(
        command, "--role", "editor", "--place", "GB-LON", "--section", "inventory.I", email="b@example.org"
    )
    editor = user_by_email("b@example.org")
    assert allowed(editor, "inventory.edit", london.scope_id, section="inventory.I")
    assert not allowed(editor, "inventory.edit", london.scope_id)


def test_somebody_is_invited_from_the_command_line(command):
    place()
    words = ["--email", "new@example.org", "--role", "officer", "--place", "GB-LON"]
    status, out, _err = command("user", "invite", *words, "--site", "https://registry.example/")
    assert status == 0
    assert "new@example.org is invited as officer of London." in out
    token = re.search(r"https://registry\.example/invitation/([\w-]+)/", out)
    assert invitation_by_token(token[1]).role == "officer"
    status, _out, err = command("user", "invite", *words, "--site", "https://registry.example/")
    assert status == 2
    assert "is invited to the role officer on London already" in err
