"""Loading the demo network: complete, twice the same, open only while the site is a demo."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db.models import Max

from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import allowed
from localaction.platform.cli.demo_load import close_sign_ins, load, open_sign_ins, sign_ins
from localaction.platform.cli.demo_people import DEMO_PASSWORD
from localaction.platform.cli.errors import PeopleWorkHere
from localaction.platform.inventories.queries import inventory_for, rows_of
from localaction.platform.places.models import Place
from localaction.platform.places.queries import facts_on, place_by_code
from localaction.platform.planning.queries import parts_of
from localaction.platform.publication.queries import published_years
from tests.platform.accounts.make import person

ALL = {
    "AR-BUE", "BR-RIO", "DK-CPH", "GH-ACC", "IT-ROM", "JO-AMM",
    "JP-TYO", "MX-MEX", "NL-AMS", "NZ-AKL", "US-MES", "ZA-PRY",
}  # fmt: skip


def everything() -> dict[str, tuple[int, object]]:
    """Return for each table how many rows it has, and its highest key."""
    models = [model for model in apps.get_models() if model.__module__.startswith("localaction.")]
    return {
        model._meta.label: (model.objects.count(), model.objects.aggregate(last=Max("pk"))["last"])
        for model in models
    }


def test_a_line_is_said_for_each_part(loaded):
    assert "Accra 2015: 54 rows, published" in loaded
    assert "Minneapolis 2018: 35 rows, published" in loaded
    assert "Buenos Aires 2021: an empty draft" in loaded
    assert loaded[-1] == "5 sign-ins opened"


def test_loading_again_changes_nothing(loaded, db):
    before, said = everything(), []
    load(said.append)
    assert said == ["12 places, unchanged"]
    assert everything() == before
    assert before["inventories.Inventory"][0] == 23
    assert before["publication.Publication"][0] == 22


def test_the_officer_finds_an_empty_draft_to_work_on(loaded):
    officer = user_by_email("officer@demo.example")
    draft = inventory_for(officer, "AR-BUE", 2021)
    assert (draft.status, rows_of(draft)) == ("draft", [])
    assert published_years("AR-BUE") == [2020, 2019]


@pytest.mark.parametrize(
    ("email", "view", "edit"),
    [
        ("officer@demo.example", {"AR-BUE"}, {"AR-BUE"}),
        ("viewer@demo.example", {"AR-BUE"}, set()),
        ("other-officer@demo.example", {"GH-ACC"}, {"GH-ACC"}),
        ("admin@demo.example", ALL, ALL),
        ("verifier@demo.example", set(), set()),
    ],
)
def test_demo_people_may_do_what_their_role_says(loaded, email, view, edit):
    user = user_by_email(email)
    places = Place.objects.all()
    assert {place.code for place in places if allowed(user, "inventory.view", place.scope_id)} == view
    assert {place.code for place in places if allowed(user, "inventory.edit", place.scope_id)} == edit


def test_places_carry_facts_with_their_source(loaded):
    facts = facts_on(place_by_code("NL-AMS"))
    assert facts["boundary"].text == "Administrative boundary of a local government"
    assert "C40 Cities Climate Leadership Group" in facts["boundary"].source


def test_targets_are_public_with_their_source_and_what_they_aim_at(loaded):
    targets = parts_of(None, place_by_code("AR-BUE"), "target")
    assert [(target.target_year, round(target.aim_t)) for target in targets] == [
        (2030, 6_131_250), (2050, 2_026_104),
    ]  # fmt: skip
    assert all("CDP Open Data Portal" in target.source for target in targets)
    assert round(parts_of(None, place_by_code("GH-ACC"), "target")[0].aim_t) == 3_175_845
    assert "Buenos Aires: 2 targets" in loaded


def test_the_sign_ins_that_are_named_work(loaded, db):
    lines = sign_ins()
    assert DEMO_PASSWORD in lines[0]
    emails = [line.split()[0] for line in lines[1:]]
    assert sorted(emails) == [
        "admin@demo.example", "officer@demo.example", "other-officer@demo.example", "verifier@demo.example",
        "viewer@demo.example",
    ]  # fmt: skip
    for email in emails:
        assert authenticate(None, email=email, password=DEMO_PASSWORD) == user_by_email(email)


def test_nobody_signs_in_with_the_demo_password_when_the_site_is_no_demo(loaded, db):
    assert close_sign_ins() == 5
    assert close_sign_ins() == open_sign_ins() == 0
    assert authenticate(None, email="officer@demo.example", password=DEMO_PASSWORD) is None
    said: list[str] = []
    load(said.append)
    assert said == ["5 sign-ins opened"]
    assert authenticate(None, email="officer@demo.example", password=DEMO_PASSWORD) is not None


def test_a_demo_in_which_somebody_made_an_account_stays_a_demo(loaded, db):
    person("Grace")
    said: list[str] = []
    load(said.append)
    assert said == ["12 places, unchanged"]


def test_a_demo_that_became_a_real_site_stays_one(loaded, db):
    close_sign_ins()
    person("Grace")
    with pytest.raises(PeopleWorkHere, match=r"demo: 1\)"):
        load(print)
    assert open_sign_ins() == 0
