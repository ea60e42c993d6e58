"""Codes of UN/LOCODE become identifiers of the places they mean, and can be taken back."""

from __future__ import annotations

import io
from typing import Any

import pytest

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import receive, request_apply, request_undo
from localaction.platform.places.geography import entries, load
from localaction.platform.places.models import Identifier, IdentifierBatch
from localaction.platform.places.search import place_by_any_code, search_places
from tests.platform.accounts.make import person, place
from tests.platform.conftest import settle

pytestmark = pytest.mark.django_db
HEAD = "locode,country,name,name_ascii,subdivision,function,status,lat,lon"
LINES = (
    "NL AMS,NL,Amsterdam,Amsterdam,NH,,,52.4,4.8167",
    "US PAX,US,Paris,Paris,TX,,,33.65,-95.55",
    "US PRW,US,Paris,Paris,WI,,,45.5,-91.4",
    "US POR,US,Portland,Portland,,,,,",
    "ES BCN,ES,,,,,,41.3833,2.1667",
    "ES XYZ,ES,,,,,,41.3833,2.1667",
    "NL UTC,NL,Utrecht,Utrecht,,,,52.0833,5.1333",
    "NL QQQ,NL,Zwammerdam,Zwammerdam,,,,52.1,4.7",
    "NL FAR,NL,Amsterdam,Amsterdam,,,,50.8,5.7",
    "NL A,NL,Amsterdam,,,,,,",
)
COUNTRIES = {"NL", "US", "ES"}


@pytest.fixture(scope="module")
def three_countries(module_database: None) -> None:
    wanted = [each for each in entries() if each.country in COUNTRIES and each.population > 20_000]
    load(actor=OPERATOR, places=wanted, edition="w" * 64)
    place("NL-UTRECHT", "Utrecht aan Zee", other_names=["Zwammerdam"])
    settle()


@pytest.fixture
def world(three_countries: None, db: None) -> None:
    """The cities of three countries, and one entered by hand."""


def bring(actor: Any = OPERATOR) -> Import:
    data = "\n".join([HEAD, *LINES, ""]).encode()
    return receive(actor=actor, importer_id="unlocode", name="codes.csv", stream=io.BytesIO(data))


def test_what_a_list_would_do_is_said_first(world: None) -> None:
    record = bring()
    assert (record.status, record.summary["rows"]) == ("ready", 10)
    assert record.summary["counts"]["identifiers"] == {
        "created": 5,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
    }
    left_out, ambiguous, rest = (finding["message"] for finding in record.findings)
    assert left_out.startswith("NL A is left out: a code is two letters of the country and three letters")
    assert ambiguous.startswith("USPOR (Portland) may mean several places here")
    assert rest.startswith(
        "2 rows bear the name of no place here, or of one elsewhere in the country; 1 have"
    )
    assert not Identifier.objects.exists()


def test_names_positions_subdivisions_and_airports_decide(world: None) -> None:
    request_apply(actor=OPERATOR, record=bring())
    means = dict(Identifier.objects.values_list("text", "place__name"))
    assert means == {
        "NLAMS": "Amsterdam",
        "USPAX": "Paris",
        "ESBCN": "Barcelona",
        "NLUTC": "Utrecht",
        "NLQQQ": "Utrecht aan Zee",
    }
    assert place_by_any_code("ES-BCN").name == "Barcelona"
    assert search_places("ESBCN")[0].name == "Barcelona"


def test_the_same_list_twice_changes_nothing_and_undo_takes_all_back(world: None) -> None:
    first = request_apply(actor=OPERATOR, record=bring())
    second = bring()
    assert second.summary["counts"]["identifiers"]["unchanged"] == 5
    request_apply(actor=OPERATOR, record=second)
    assert (Identifier.objects.count(), IdentifierBatch.objects.count()) == (5, 1)
    request_undo(actor=OPERATOR, record=first)
    assert not Identifier.objects.exists()
    assert IdentifierBatch.objects.get().undone_at is not None


def test_identifiers_given_by_hand_stay(world: None) -> None:
    amsterdam = place_by_any_code("NL-AMS")
    Identifier.objects.create(place=amsterdam, scheme="un/locode", text="NLAMS")
    record = request_apply(actor=OPERATOR, record=bring())
    request_undo(actor=OPERATOR, record=record)
    assert list(Identifier.objects.values_list("text", flat=True)) == ["NLAMS"]


def test_only_administrators_bring_one_in(world: None) -> None:
    with pytest.raises(NotAllowed):
        bring(person())
