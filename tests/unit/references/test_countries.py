"""Countries by code and by the names that tables give them."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library
from localaction.engine.references.words import fold

COUNTRIES = Library.load().countries


def test_codes_are_those_of_the_standard_and_kosovo():
    assert len(COUNTRIES.all) == 249 + 1
    assert COUNTRIES.all["XK"].alpha3 == "XKX"


@pytest.mark.parametrize(
    ("alpha3", "code"),
    [("DEU", "DE"), ("gbr", "GB"), ("CHE", "CH"), ("CHN", "CN"), ("AUT", "AT"), ("AUS", "AU"), ("ZAF", "ZA")],
)
def test_three_letters_find_the_two(alpha3, code):
    found = COUNTRIES.by_alpha3(alpha3)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Côte d'Ivoire", "CI"),
        ("Turkiye", "TR"),
        ("Anguilla (U.K.)", "AI"),
        ("Congo, Democratic Republic of", "CD"),
        ("Congo, Republic of", "CG"),
        ("Korea (South), Republic of", "KR"),
        ("Viet Nam", "VN"),
    ],
)
def test_names_of_tables_find_their_country(name, code):
    found = COUNTRIES.by_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["", "Channel Islands (U.K)", "Europe", "Atlantis"])
def test_what_is_no_country_finds_none(name):
    assert COUNTRIES.by_name(name) is None


def test_no_name_means_two_countries():
    names = [fold(name) for held in COUNTRIES.all.values() for name in (held.label, *held.aliases)]
    assert len(names) == len(set(names))


def test_a_code_without_a_name_stays_itself():
    assert (COUNTRIES.label("FR"), COUNTRIES.label("egrid:MROW")) == ("France", "egrid:MROW")
