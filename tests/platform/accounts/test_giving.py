"""Whom each role may name, and whose roles it may end."""

from __future__ import annotations

import pytest

from localaction.platform.accounts import errors
from localaction.platform.accounts.giving import may_end, nameable
from localaction.platform.accounts.invitations import invite
from localaction.platform.accounts.models import Invitation
from localaction.platform.accounts.people import (
    grant_of,
    grants_from_outside,
    grants_on,
    invitation_for,
    scope_for,
    scopes_for,
)
from localaction.platform.accounts.rights import OPERATOR, ROLES
from localaction.platform.accounts.services import change_sections, grant_role, network_scope, revoke
from localaction.platform.networks.services import create_office
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db
OF_PLACE = ["viewer", "editor", "submitter", "officer", "funder"]


def test_an_officer_names_people_of_their_place_and_no_role_that_does_more() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer = with_role("officer", london)
    assert nameable(officer, london.scope) == OF_PLACE
    assert nameable(officer, lima.scope) == []
    assert nameable(officer, network_scope()) == []
    for role in OF_PLACE:
        assert ROLES[role].actions <= ROLES["officer"].actions


def test_staff_name_people_in_their_region_and_office_alone() -> None:
    nairobi, lima = place("KE-NBO", "Nairobi"), place("PE-LIM", "Lima")
    office = create_office(actor=OPERATOR, code="east", name="East", countries=["KE"])
    staff = person()
    grant_role(actor=OPERATOR, user=staff, role="staff", scope=office.scope)
    assert nameable(staff, nairobi.scope) == [
        "viewer",
        "editor",
        "submitter",
        "officer",
        "verifier",
        "funder",
    ]
    assert nameable(staff, office.scope) == ["viewer", "staff", "verifier", "funder"]
    assert nameable(staff, lima.scope) == []
    assert nameable(staff, network_scope()) == []


def test_nobody_else_but_administrators_names_anybody() -> None:
    london = place()
    for role in ("viewer", "editor", "submitter", "verifier", "funder"):
        user = with_role(role, london)
        assert nameable(user, london.scope) == []
        with pytest.raises(errors.NotAllowed):
            invite(actor=user, email="x@example.org", role="viewer", scope=london.scope, address=str)
    administrator = with_role("administrator")
    assert nameable(administrator, network_scope()) == ["viewer", "verifier", "funder", "administrator"]
    assert nameable(administrator, london.scope) == [*OF_PLACE[:4], "verifier", "funder"]


def test_an_officer_invites_to_no_role_beyond_their_own() -> None:
    london = place()
    officer = with_role("officer", london)
    with pytest.raises(errors.NotToBeNamed, match="Ada may not give the role verifier on London"):
        invite(actor=officer, email="x@example.org", role="verifier", scope=london.scope, address=str)
    with pytest.raises(errors.RoleNotGivenHere):
        invite(actor=officer, email="x@example.org", role="administrator", scope=london.scope, address=str)
    with pytest.raises(errors.NotAllowed):
        invite(actor=officer, email="x@example.org", role="administrator", address=str)
    assert not Invitation.objects.exists()


def test_an_officer_ends_roles_of_colleagues_but_neither_their_own_nor_others() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer, editor = with_role("officer", london), with_role("editor", london)
    verifier, elsewhere = with_role("verifier", london), with_role("editor", lima)
    revoke(actor=officer, grant=editor.grants.get(), reason="has left")
    for other in (officer, verifier, elsewhere):
        with pytest.raises(errors.NotAllowed):
            revoke(actor=officer, grant=other.grants.get(), reason="no")
    grants = [user.grants.get() for user in (officer, editor, verifier)]
    assert may_end(officer, grants, london.scope) == {grants[1].pk}


def test_sections_are_changed_by_whom_names_the_role() -> None:
    london = place()
    officer, editor = with_role("officer", london), with_role("editor", london)
    grant = editor.grants.get()
    change_sections(actor=officer, grant=grant, sections=["planning", "inventory.I"], reason="new task")
    assert [each.section for each in grant.sections.all()] == ["inventory.I", "planning"]
    with pytest.raises(errors.NotAllowed):
        change_sections(actor=editor, grant=grant, sections=[], reason="I want more")
    with pytest.raises(errors.RoleHasNoSections):
        change_sections(actor=OPERATOR, grant=officer.grants.get(), sections=["planning"], reason="less")
    change_sections(actor=officer, grant=grant, sections=[], reason="all again")
    assert not grant.sections.exists()


def test_people_are_seen_by_those_who_name_them_alone() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer, viewer = with_role("officer", london), with_role("viewer", london)
    administrator = with_role("administrator")
    assert list(scopes_for(officer)) == [london.scope]
    assert scope_for(officer, london.scope.public_id) == london.scope
    for actor, where in ((officer, lima), (viewer, london), (None, london)):
        with pytest.raises(errors.PeopleNotFound):
            scope_for(actor, where.scope.public_id)
    assert {grant.user for grant in grants_on(london.scope)} == {officer, viewer}
    assert [grant.user for grant in grants_from_outside(london.scope)] == [administrator]
    assert grant_of(london.scope, viewer.public_id, "viewer").user == viewer
    with pytest.raises(errors.NotHeld):
        grant_of(london.scope, viewer.public_id, "officer")


def test_an_invitation_is_seen_by_those_who_see_the_people_there() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    officer, other = with_role("officer", london), with_role("officer", lima)
    made = invite(actor=officer, email="x@example.org", role="viewer", scope=london.scope, address=str)
    assert invitation_for(officer, made.public_id) == made
    with pytest.raises(errors.InvitationNotFound):
        invitation_for(other, made.public_id)
