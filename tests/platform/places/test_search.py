"""Finding places by name, however it is typed."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.folding import fold
from localaction.platform.places.queries import places_by_identifier
from localaction.platform.places.search import search, search_places
from localaction.platform.places.services import add_identifier, add_name
from tests.platform.accounts.make import place


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("ŁÓDŹ", "lodz"),
        ("Saint-Étienne", "saint etienne"),
        ("Straße", "strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("DIYARBAKIR", "diyarbakir"),
        ("Diyarbakır", "diyarbakir"),
        ("Đà Nẵng", "da nang"),
        ("  L'Aquila_(AQ) ", "l aquila aq"),
        ("القَاهِرة", "القاهرة"),
        ("上海市", "上海市"),
        ("--", ""),
    ],
)
def test_names_are_folded_the_way_people_type_them(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


@pytest.fixture
def cities(db: None) -> None:
    place("BR-SAO", "São Paulo", name_en="Sao Paulo")
    place("CL-SCL", "Santiago")
    place("CO-CLO", "Santiago de Cali", other_names=["Cali"])
    place("BR-CAL", "Barra de Cali")
    place("BR-ESC", "Escalicó")
    place("EG-CAI", "القاهرة", name_en="Cairo")
    place("TR-IST", "İstanbul")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("sao", ["BR-SAO"]),
        ("SÃO PAULO", ["BR-SAO"]),
        ("santiago", ["CL-SCL", "CO-CLO"]),
        ("cali", ["CO-CLO", "BR-CAL", "BR-ESC"]),
        ("القاهره", ["EG-CAI"]),
        ("القاهرة", ["EG-CAI"]),
        ("cairo", ["EG-CAI"]),
        ("istanbul", ["TR-IST"]),
        ("tr-ist", ["TR-IST"]),
        ("Cairo Egypt", ["EG-CAI"]),
        ("brazil sao", ["BR-SAO"]),
        ("sao chile", []),
        ("istambul", ["TR-IST"]),
        ("TRIST", ["TR-IST"]),
        ("nowhere", []),
        ("%", []),
        ("_", []),
        ("", []),
    ],
)
def test_the_best_match_comes_first(cities: None, typed: str, codes: list[str]) -> None:
    assert [found.code for found in search_places(typed)] == codes


@pytest.mark.parametrize("more", [0, 40])
def test_the_number_of_queries_does_not_depend_on_the_number_of_places(
    cities: None, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for number in range(more):
        place(f"PH-S{number}", f"San Antonio {number}")
    search_places("warm")
    with django_assert_num_queries(3):  # what changed; places of the pack; places written here
        assert len(search_places("san", limit=2)) == 2


def test_a_place_with_data_comes_before_another_of_the_same_name(db: None) -> None:
    first, second = place("AU-NEW", "Newcastle"), place("GB-NEW", "Newcastle")
    assert search_places("newcastle") == [first, second]
    assert search_places("newcastle", favoured={"GB-NEW"}) == [second, first]


def test_only_names_spelt_like_it_are_said_to_be_similar(cities: None) -> None:
    assert [search(text).similar for text in ("cairo", "caro", "ciaro", "xyzzy")] == [
        False,
        True,
        True,
        False,
    ]


def test_names_written_and_taken_back_are_not_remembered(cities: None) -> None:
    with transaction.atomic():
        lyon = place("FR-LYS", "Lyon")
        assert search_places("lyon") == [lyon]
        transaction.set_rollback(True)
    place("FR-MRS", "Marseille")
    assert search_places("lyon") == []
    assert [found.code for found in search_places("marseille")] == ["FR-MRS"]


def test_a_place_is_found_by_a_name_added_later(cities: None) -> None:
    london = place()
    add_name(actor=OPERATOR, place=london, text="Londres", language="fr")
    add_name(actor=OPERATOR, place=london, text="Londres", language="es")
    assert search_places("londres") == [london]


def test_identifiers_of_others_may_belong_to_several_places(cities: None) -> None:
    first, second = place("AU-NEW", "Newcastle"), place("GB-NEW", "Newcastle")
    for each in (first, second):
        add_identifier(actor=OPERATOR, place=each, scheme="un/locode", text="NTL")
    assert places_by_identifier("un/locode", "NTL") == [first, second]
    assert places_by_identifier("un/locode", "XXX") == []
