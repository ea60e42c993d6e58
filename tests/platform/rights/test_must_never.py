"""What must never happen, written by hand beside the table: each is a way in that somebody would try."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from localaction.engine.errors import InputError
from localaction.engine.exchange.release.info import Info
from localaction.engine.periods import Period
from localaction.platform.accounts import errors, giving, invitations, people, privacy, services
from localaction.platform.accounts.models import Invitation, User
from localaction.platform.accounts.rights import OPERATOR, allowed, scope_ids
from localaction.platform.accounts.roles import ACTIONS
from localaction.platform.imports.queries import import_for
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories import services as inventories
from localaction.platform.inventories.queries import inventories_for, inventory_for
from localaction.platform.networks.services import change_region, create_office
from localaction.platform.places.merging import merge_places
from localaction.platform.places.queries import places_for
from localaction.platform.places.services import create_place, set_name
from localaction.platform.planning.queries import parts_of
from localaction.platform.planning.services import add_part
from localaction.platform.publication.queries import published
from localaction.platform.publication.releasing import build_release, publish_release
from localaction.platform.publication.services import publish
from localaction.platform.values.queries import candidates_for, values_of_place
from localaction.platform.values.services import record_value
from tests.platform.rights.asking import ask, client_of
from tests.platform.rights.world import SHARED, Scene
from tests.support.addresses import AT, YEAR

REFUSED = (PermissionDenied, InputError, Http404)
PASSWORD = "a long enough sentence"


def refuses(act: Callable[[], Any]) -> bool:
    """Return whether something is refused as it should be, with nothing written."""
    with pytest.raises(REFUSED), transaction.atomic():
        act()
    return True


def status(who: User | None, path: str, *, post: bool = False, **data: Any) -> int:
    return ask(client_of(who), path, post=post, **data)[0]


def paris_inventory(world: Scene) -> Any:
    return inventory_for(OPERATOR, "FR-PAR", YEAR)


class TestAnonymous:
    """Who is not signed in."""

    def test_may_do_no_action_anywhere(self, world: Scene) -> None:
        for action in ACTIONS:
            assert not scope_ids(None, action).exists()
            assert not allowed(None, action, world.paris.scope_id)

    def test_never_sees_an_unpublished_inventory(self, world: Scene) -> None:
        for path in (f"/places/FR-PAR/inventory/{YEAR}/", f"/places/FR-PAR/inventory/{YEAR}/rows.csv"):
            assert status(None, path) == 404

    def test_never_sees_the_trail_of_an_unpublished_figure(self, world: Scene) -> None:
        assert status(None, f"/figures/FR-PAR/{YEAR}/I.1.1/") == 404
        assert status(None, f"/figures/FR-PAR/{YEAR}/I.1.1/trail.csv") == 404

    def test_never_makes_an_account_without_an_invitation(self, world: Scene) -> None:
        sent = {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
        status(None, "/account/signup/", post=True, **sent)
        with transaction.atomic():
            Client().post("/account/signup/", sent)
        assert not User.objects.filter(email="x@example.org").exists()

    def test_never_learns_by_the_sign_in_which_addresses_have_accounts(self, world: Scene) -> None:
        known = ask(
            client_of(None), "/account/login/", post=True, login=world.nobody.email, password="wrong words"
        )
        unknown = ask(
            client_of(None), "/account/login/", post=True, login="x@example.org", password="wrong words"
        )
        assert (known[0], b"not correct" in known[1]) == (unknown[0], b"not correct" in unknown[1])

    def test_never_learns_by_the_password_reset_which_addresses_have_accounts(self, world: Scene) -> None:
        answers = [
            ask(client_of(None), "/account/password/reset/", post=True, email=email)[::2]
            for email in (world.nobody.email, "x@example.org")
        ]
        assert answers[0] == answers[1]

    def test_never_opens_an_invitation_with_a_guess(self, world: Scene) -> None:
        for guess in ("x", "x" * 43, world.words["invitation"]):
            assert status(None, f"/invitation/{guess}/") == 410

    def test_never_takes_an_invitation_of_an_address_that_has_an_account(self, world: Scene) -> None:
        Invitation.objects.update(email=world.nobody.email)
        sent = {"name": "Eve", "password": PASSWORD}
        assert status(None, world.paths["web:invitation"], post=True, **sent) == 422

    def test_never_sees_who_holds_a_role(self, world: Scene) -> None:
        assert status(None, world.paths["desk:people"]) == 302


class TestForeignOfficer:
    """An officer of Lima, at Paris."""

    @pytest.fixture
    def kofi(self, world: Scene) -> User:
        return world.elsewhere["officer"]

    def test_never_saves_a_row(self, world: Scene, kofi: User) -> None:
        inventory, values = paris_inventory(world), {"ref": "I.1.2", "notation_key": "NO", "reason": "x"}
        assert refuses(lambda: inventories.save_row(actor=kofi, inventory=inventory, values=values))

    def test_never_removes_a_row(self, world: Scene, kofi: User) -> None:
        inventory, key = paris_inventory(world), world.words["row"]
        assert refuses(lambda: inventories.remove_row(actor=kofi, inventory=inventory, row_key=key))

    def test_never_undoes_a_change(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: inventories.undo_newest(actor=kofi, inventory=paris_inventory(world)))

    def test_never_computes(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: inventories.compute(actor=kofi, inventory=paris_inventory(world)))

    def test_never_publishes(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: publish(actor=kofi, inventory=paris_inventory(world)))

    def test_never_begins_an_inventory(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: inventories.create_inventory(actor=kofi, place=world.paris, label_year=2015))

    def test_never_records_a_figure(self, world: Scene, kofi: User) -> None:
        said = {"item": "population.total", "period": Period.year(2015), "unit": "person", "source": "x"}
        assert refuses(lambda: record_value(actor=kofi, place=world.paris, amount=1.0, **said))  # type: ignore[arg-type]

    def test_never_reads_a_private_figure(self, world: Scene, kofi: User) -> None:
        sources = {
            each.current.source for each in values_of_place(actor=kofi, place=world.paris) if each.current
        }
        assert "canary value" not in sources

    def test_never_adds_to_the_plan(self, world: Scene, kofi: User) -> None:
        said = {"title": "x", "status": "in_progress"}
        assert refuses(lambda: add_part(actor=kofi, place=world.paris, kind="action", said=said))

    def test_never_reads_the_plan(self, world: Scene, kofi: User) -> None:
        assert not list(parts_of(kofi, world.paris, "action"))

    def test_never_reads_or_applies_an_import(self, world: Scene, kofi: User) -> None:
        upload = uuid.UUID(world.words["upload"])
        held = import_for(OPERATOR, upload, to_change=True)
        assert refuses(lambda: import_for(kofi, upload, to_change=False))
        assert refuses(lambda: request_apply(actor=kofi, record=held, inline=True))

    def test_never_withdraws_own_factors(self, world: Scene, kofi: User) -> None:
        assert status(kofi, world.paths["desk:factor-set-withdraw"], post=True, reason="x") == 404

    def test_never_renames_the_place(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: set_name(actor=kofi, place=world.paris, name="Lutetia"))

    def test_never_invites_to_it(self, world: Scene, kofi: User) -> None:
        assert refuses(
            lambda: invitations.invite(
                actor=kofi, email="x@example.org", role="viewer", scope=world.paris.scope, address=str
            )
        )

    def test_never_ends_a_role_there(self, world: Scene, kofi: User) -> None:
        grant = world.here["editor"].grants.get()
        assert refuses(lambda: services.revoke(actor=kofi, grant=grant, reason="x"))

    def test_never_finds_its_people_or_invitations(self, world: Scene, kofi: User) -> None:
        assert refuses(lambda: people.scope_for(kofi, world.paris.scope.public_id))
        assert refuses(lambda: people.invitation_for(kofi, uuid.UUID(world.words["invitation"])))

    def test_never_has_it_in_a_list(self, world: Scene, kofi: User) -> None:
        for action in ACTIONS:
            assert world.paris not in places_for(kofi, action)
        assert not inventories_for(kofi).filter(place=world.paris).exists()

    def test_never_learns_from_a_refusal_that_something_is_there(self, world: Scene, kofi: User) -> None:
        there, nowhere = f"{AT}rows/{world.words['row']}/", AT.replace("2019", "1999")
        client = client_of(kofi)
        assert ask(client, there)[0] == ask(client, nowhere)[0] == 404


class TestOfficerOfThePlace:
    """The officer of Paris, beyond Paris."""

    @pytest.fixture
    def grace(self, world: Scene) -> User:
        return world.here["officer"]

    def test_never_becomes_an_administrator(self, world: Scene, grace: User) -> None:
        assert refuses(lambda: services.grant_role(actor=grace, user=grace, role="administrator"))
        assert refuses(
            lambda: invitations.invite(actor=grace, email="x@example.org", role="administrator", address=str)
        )

    def test_never_names_a_verifier_of_their_own_reports(self, world: Scene, grace: User) -> None:
        assert "verifier" not in giving.nameable(grace, world.paris.scope)
        assert not allowed(grace, "report.verify", world.paris.scope_id)
        assert not allowed(grace, "report.assign", world.paris.scope_id)

    def test_never_gives_a_role_without_an_invitation(self, world: Scene, grace: User) -> None:
        what = {"user": world.nobody, "role": "viewer", "scope": world.paris.scope}
        assert refuses(lambda: services.grant_role(actor=grace, **what))  # type: ignore[arg-type]

    def test_never_ends_the_role_of_staff_or_administrators(self, world: Scene, grace: User) -> None:
        for role in ("staff", "administrator", "verifier"):
            grant = world.here[role].grants.get()
            assert refuses(lambda grant=grant: services.revoke(actor=grace, grant=grant, reason="x"))

    def test_never_makes_merges_or_adds_places(self, world: Scene, grace: User) -> None:
        made = {"code": "FR-LYS", "kind": "city", "name": "Lyon", "country_code": "FR"}
        assert refuses(lambda: create_place(actor=grace, **made))
        assert refuses(lambda: merge_places(actor=grace, source=world.lima, target=world.paris, reason="x"))

    def test_never_recalculates_or_releases_the_network(self, world: Scene, grace: User) -> None:
        assert refuses(lambda: inventories.begin_recalculation(actor=grace, gwp_set="ar6"))
        assert refuses(lambda: publish_release(actor=grace, publisher="x"))

    def test_never_opens_a_cycle(self, world: Scene, grace: User) -> None:
        assert not allowed(grace, "cycle.open", None)
        assert not allowed(grace, "cycle.open", world.paris.scope_id)

    def test_never_makes_an_office_or_widens_a_region(self, world: Scene, grace: User) -> None:
        assert refuses(lambda: create_office(actor=grace, code="own", name="Own", countries=["PE"]))

    def test_never_erases_or_reads_all_that_is_kept_about_a_colleague(
        self, world: Scene, grace: User
    ) -> None:
        other = world.here["viewer"]
        assert refuses(lambda: privacy.erase_person(actor=grace, user=other))
        assert refuses(lambda: privacy.personal_data(actor=grace, user=other))


class TestRolesThatOnlyLook:
    """Viewer, verifier and funder of Paris."""

    @pytest.mark.parametrize("role", ["viewer", "verifier", "funder", "submitter"])
    def test_never_change_a_row(self, world: Scene, role: str) -> None:
        inventory, values = paris_inventory(world), {"ref": "I.1.2", "notation_key": "NO", "reason": "x"}
        who = world.here[role]
        assert refuses(lambda: inventories.save_row(actor=who, inventory=inventory, values=values))

    @pytest.mark.parametrize("role", ["viewer", "editor", "verifier", "funder"])
    def test_never_publish(self, world: Scene, role: str) -> None:
        assert refuses(lambda: publish(actor=world.here[role], inventory=paris_inventory(world)))

    def test_a_funder_never_sees_more_than_what_is_shared(self, world: Scene) -> None:
        funder = world.here["funder"]
        what = {"item": "population.total", "period": Period.year(YEAR)}
        found = candidates_for(actor=funder, place=world.paris, **what)  # type: ignore[arg-type]
        assert [each.current.source for each in found if each.current] == [SHARED]
        stranger = candidates_for(actor=world.nobody, place=world.paris, **what)  # type: ignore[arg-type]
        assert not stranger
        assert not inventories_for(funder).exists()
        assert not list(parts_of(funder, world.paris, "action"))

    def test_a_verifier_never_sees_drafts(self, world: Scene) -> None:
        verifier = world.here["verifier"]
        assert not inventories_for(verifier).exists()
        assert status(verifier, AT) == 404

    def test_an_editor_never_submits_or_invites(self, world: Scene) -> None:
        for action in (
            "report.submit",
            "report.publish",
            "inventory.publish",
            "people.invite",
            "people.view",
        ):
            assert not allowed(world.here["editor"], action, world.paris.scope_id)

    def test_an_editor_of_the_plan_never_enters_the_inventory(self, world: Scene) -> None:
        inventory, values = paris_inventory(world), {"ref": "I.1.2", "notation_key": "NO", "reason": "x"}
        assert refuses(lambda: inventories.save_row(actor=world.planner, inventory=inventory, values=values))


class TestStaff:
    """Staff of an office, beyond its region and beyond its work."""

    def test_never_reach_a_place_outside_the_region(self, world: Scene) -> None:
        for action in ACTIONS:
            assert not allowed(world.here["staff"], action, world.lima.scope_id)
            assert not allowed(world.elsewhere["staff"], action, world.paris.scope_id)

    def test_never_change_figures_of_their_places(self, world: Scene) -> None:
        for action in ("inventory.edit", "value.edit", "plan.edit", "report.edit", "report.submit"):
            assert not allowed(world.here["staff"], action, world.paris.scope_id)

    def test_never_verify(self, world: Scene) -> None:
        assert not allowed(world.here["staff"], "report.verify", world.paris.scope_id)

    def test_never_widen_their_own_region(self, world: Scene) -> None:
        staff = world.here["staff"]
        office = staff.grants.get().scope.network_office
        assert refuses(
            lambda: change_region(actor=staff, office=office, countries=["FR", "PE"], places=[], reason="x")
        )

    def test_never_name_anybody_in_the_whole_network(self, world: Scene) -> None:
        assert giving.nameable(world.here["staff"], services.network_scope()) == []


class TestTimeAndTokens:
    """Rights end when they end."""

    def test_a_role_never_outlives_its_last_day_or_its_end(self, world: Scene) -> None:
        grant = world.here["officer"].grants.get()
        grant.valid_from = timezone.now().date() - timedelta(days=9)
        grant.valid_to = timezone.now().date() - timedelta(days=1)
        grant.save()
        assert status(world.here["officer"], AT) == 404

    def test_an_open_session_never_outlives_the_role(self, world: Scene) -> None:
        client = client_of(world.here["viewer"])
        assert ask(client, AT)[0] == 200
        services.revoke(actor=OPERATOR, grant=world.here["viewer"].grants.get(), reason="left")
        assert ask(client, AT)[0] == 404

    def test_an_account_that_is_closed_never_works_on(self, world: Scene) -> None:
        client = client_of(world.here["officer"])
        services.set_sign_in(actor=OPERATOR, user=world.here["officer"], active=False, reason="left")
        assert ask(client, AT)[0] == 302

    def test_an_invitation_never_outlives_the_right_of_who_sent_it(self, world: Scene) -> None:
        services.revoke(actor=OPERATOR, grant=world.here["officer"].grants.get(), reason="left")
        with pytest.raises(errors.InvitationOver):
            invitations.accept_with_new_account(token=world.words["token"], name="Eve", password=PASSWORD)

    def test_an_invitation_never_gives_more_than_was_offered(self, world: Scene) -> None:
        Invitation.objects.update(sections=["planning"])
        grant = invitations.accept_with_new_account(token=world.words["token"], name="Ada", password=PASSWORD)
        assert not allowed(grant.user, "inventory.edit", world.paris.scope_id)
        assert not allowed(grant.user, "plan.edit", world.lima.scope_id)

    def test_a_form_of_another_site_never_ends_a_role(self, world: Scene) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(world.here["officer"])
        answer = strict.post(world.paths["desk:people-role"], {"do": "end", "end-reason": "x"})
        assert answer.status_code == 403
        assert world.planner.grants.get().revoked_at is None

    def test_a_link_never_changes_anything(self, world: Scene) -> None:
        client = client_of(world.here["officer"])
        for name in ("desk:people-invite", "desk:invitation-again", "desk:invitation-take-back"):
            assert ask(client, world.paths[name])[0] == 405

    def test_strong_roles_never_work_without_a_second_factor_where_it_is_asked(
        self, world: Scene, settings: LazySettings
    ) -> None:
        settings.LOCALACTION_SECOND_FACTOR = True
        for role in ("officer", "submitter", "staff", "verifier", "administrator"):
            assert status(world.here[role], "/desk/") == 302

    def test_a_code_with_odd_signs_never_gets_further(self, world: Scene) -> None:
        for code in ("FR-PAR%00", "../FR-PAR", "FR-PAR'--", "%2e%2e"):
            assert status(world.elsewhere["officer"], f"/desk/places/{code}/inventory/2019/") == 404


class TestWhatIsPublished:
    """Publishing opens what is published, and nothing beside it."""

    def test_a_release_never_holds_what_is_not_published(self, world: Scene, tmp_path: Path) -> None:
        build_release(tmp_path / "release", Info("1", date(2026, 1, 1), "us", ""))
        for path in (tmp_path / "release").rglob("*"):
            if path.is_file():
                assert b"canary" not in path.read_bytes()
                assert b"FR-PAR" not in path.read_bytes()

    def test_an_unpublished_inventory_is_never_in_the_queries_of_the_public(self, world: Scene) -> None:
        assert refuses(lambda: published("FR-PAR", YEAR))

    def test_search_never_finds_what_people_wrote(self, world: Scene) -> None:
        for words in ("canary", "canary row", "canary-address@example.org"):
            body = ask(client_of(None), f"/places/?q={words.replace(' ', '+')}")[1]
            assert b"FR-PAR" not in body
