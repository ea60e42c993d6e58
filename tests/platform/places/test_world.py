"""All countries and cities of the reference geography in the database, and how people find theirs."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.geography import Loaded, is_loaded, load
from localaction.platform.places.matched import Match, matched
from localaction.platform.places.models import PartOf, Place
from localaction.platform.places.queries import place_by_code, place_chain
from localaction.platform.places.search import find_exact, search, search_places
from localaction.platform.places.worldnames import world_names
from tests.platform.conftest import settle

CITIES, COUNTRIES = 34_006, 250


@pytest.fixture(scope="module")
def world(module_database: None) -> Loaded | None:
    """Load everything once for the tests of this file."""
    loaded = load(actor=OPERATOR)
    settle()
    return loaded


TRIES = [
    # misspelt
    ("Johanesburg", "Johannesburg", "ZA"),
    ("Barcelna", "Barcelona", "ES"),
    ("Amstredam", "Amsterdam", "NL"),
    ("mineapolis", "Minneapolis", "US"),
    ("San Fransisco", "San Francisco", "US"),
    ("Rio Janeiro", "Rio de Janeiro", "BR"),
    ("rio de janero", "Rio de Janeiro", "BR"),
    ("Nairobbi", "Nairobi", "KE"),
    ("Istambul", "Istanbul", "TR"),
    ("Mumbay", "Mumbai", "IN"),
    ("Los Angelos", "Los Angeles", "US"),
    ("Dar es Salam", "Dar es Salaam", "TZ"),
    ("Bogata", "Bogotá", "CO"),
    ("Msokva", "Moscow", "RU"),
    # accents, case, ways to write a letter
    ("São Paulo", "São Paulo", "BR"),
    ("sao paulo", "São Paulo", "BR"),
    ("SAO PAULO", "São Paulo", "BR"),
    ("Zürich", "Zürich", "CH"),
    ("Zuerich", "Zürich", "CH"),
    ("lodz", "Łódź", "PL"),
    ("st etienne", "Saint-Étienne", "FR"),
    ("Koebenhavn", "Copenhagen", "DK"),
    ("Xian", "Xi’an", "CN"),
    # other languages and scripts
    ("Moskva", "Moscow", "RU"),
    ("Москва", "Moscow", "RU"),
    ("Киев", "Kyiv", "UA"),
    ("Athina", "Athens", "GR"),
    ("Αθήνα", "Athens", "GR"),
    ("Cairo", "Cairo", "EG"),
    ("al-Qahira", "Cairo", "EG"),
    ("القاهرة", "Cairo", "EG"),
    ("القاهره", "Cairo", "EG"),
    ("Beijing", "Beijing", "CN"),
    ("Peking", "Beijing", "CN"),
    ("北京", "Beijing", "CN"),
    ("東京", "Tokyo", "JP"),
    ("서울", "Seoul", "KR"),
    ("दिल्ली", "Delhi", "IN"),
    ("Den Haag", "The Hague", "NL"),
    ("Le Caire", "Cairo", "EG"),
    ("Saigon", "Ho Chi Minh City", "VN"),
    ("Lissabon", "Lisbon", "PT"),
    # with a country or division, either way round
    ("Accra Ghana", "Accra", "GH"),
    ("Ghana, Accra", "Accra", "GH"),
    ("Paris", "Paris", "FR"),
    ("Paris, Texas", "Paris", "US"),
    ("paris tx", "Paris", "US"),
    ("lagos portugal", "Lagos", "PT"),
    ("Birmingham", "Birmingham", "GB"),
    ("Birmingham Alabama", "Birmingham", "US"),
    ("London Ontario", "London", "CA"),
    ("Johanesburg South Africa", "Johannesburg", "ZA"),
    # codes
    ("NL-AMS", "Amsterdam", "NL"),
    ("nl-ams", "Amsterdam", "NL"),
    ("NLAMS", "Amsterdam", "NL"),
    ("nl ams", "Amsterdam", "NL"),
    ("FR-G2996944", "Lyon", "FR"),
    ("nyc", "New York City", "US"),
    # countries
    ("Allemagne", "Deutschland", "DE"),
    ("ألمانيا", "Deutschland", "DE"),
    ("Cote d'Ivoire", "Côte d’Ivoire", "CI"),
    ("nl", "Nederland", "NL"),
]


@pytest.mark.parametrize(("typed", "name", "country"), TRIES, ids=[each[0] for each in TRIES])
def test_people_find_their_place(world: Loaded, db: None, typed: str, name: str, country: str) -> None:
    first = search_places(typed, limit=5)[0]
    assert (first.name, first.country_code) == (name, country)


def test_the_tries_are_at_least_forty_and_differ() -> None:
    assert len({typed for typed, _name, _country in TRIES}) == len(TRIES) >= 40


@pytest.mark.parametrize("typed", ["qzxwv", "nowhere at all", "%%%", "日本国外務省庁"])
def test_what_is_no_place_is_not_found(world: Loaded, db: None, typed: str) -> None:
    assert search_places(typed) == []


def test_a_misspelt_name_is_said_to_be_only_similar(world: Loaded, db: None) -> None:
    assert search("Barcelna").similar
    assert not search("Barcelona").similar


@pytest.mark.parametrize(
    ("typed", "code", "match"),
    [
        ("Peking", "Beijing", Match("peking")),
        ("Msokva", "Moscow", Match("moskva", misspelt=True)),
        ("nyc", "New York City", Match("nyc")),
        ("Beijing", "Beijing", None),
        ("Barcelna", "Barcelona", None),  # the list says that these are spelt like it
        ("Paris, Texas", "Paris", None),
    ],
)
def test_a_place_of_another_name_says_by_which_it_was_found(
    world: Loaded, db: None, typed: str, code: str, match: Match | None
) -> None:
    first = search_places(typed)[0]
    assert (first.name, matched(typed, [first]).get(first.code)) == (code, match)


def test_everything_is_there_once_and_a_second_load_changes_nothing(world: Loaded, db: None) -> None:
    assert world == Loaded(added=CITIES + COUNTRIES, matched=0)
    assert Place.objects.count() == CITIES + COUNTRIES
    assert PartOf.objects.count() == CITIES
    assert is_loaded()
    assert load(actor=OPERATOR) is None


def test_a_city_lies_in_its_country(world: Loaded, db: None) -> None:
    lyon = place_by_code("fr-g2996944")
    assert (lyon.name, lyon.geonames.population > 400_000) == ("Lyon", True)
    assert place_chain(lyon) == ("FR-G2996944", "FR", "world")


def test_places_are_found_by_exact_names_in_their_country(
    world: Loaded, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place_chain(place_by_code("NL-AMS"))
    with django_assert_num_queries(2):  # what changed, places; nobody wrote a name
        found = find_exact([("NL", "amsterdam"), ("US", "pekin"), ("US", "portland"), ("NL", "amstredam")])
    assert {key: [place.name for place in places] for key, places in found.items()} == {
        ("NL", "amsterdam"): ["Amsterdam"],
        ("US", "pekin"): ["Pekin"],
        ("US", "portland"): ["Portland", "Portland", "Portland"],
    }
    assert found["US", "portland"][0].geonames.admin1 == "OR"


def test_the_index_stays_small() -> None:
    assert world_names().nbytes < 20_000_000
