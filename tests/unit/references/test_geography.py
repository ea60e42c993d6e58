"""The extract of the reference geography is whole, folded and in order."""

from __future__ import annotations

import itertools

from localaction.engine.packs import Library
from localaction.engine.references import geography
from localaction.engine.yamlpack import read
from localaction.packs import DATA
from localaction.platform.places.folding import fold

FOLDER_LIMIT = 3_000_000


def test_cities_stand_once_by_country_and_number_with_plausible_facts() -> None:
    cities = list(geography.cities())
    keys = [(city.country, city.geonames) for city in cities]
    assert keys == sorted(set(keys))
    assert len(cities) > 30_000
    assert all(-90 <= city.latitude <= 90 and -180 <= city.longitude <= 180 for city in cities)
    assert sum(city.population > 15_000 for city in cities) / len(cities) > 0.99  # the rest are capitals
    assert {city.country for city in cities} <= set(geography.countries())


def test_names_are_folded_as_search_folds_them_and_stand_once() -> None:
    for city in geography.cities():
        assert city.names[0] == fold(city.name)
        assert len(set(city.names)) == len(city.names)
    sample = itertools.islice(geography.cities(), 0, None, 40)
    assert [name for city in sample for name in city.names if fold(name) != name] == []


def test_countries_have_a_name_in_each_language_of_the_pages() -> None:
    belgium = geography.countries()["BE"]
    assert (belgium.name, belgium.language, belgium.continent) == ("België", "nl", "EU")
    assert [belgium.called(tag) for tag in ("fr", "ar", "zh-hans", "sw")] == [
        "Belgique",
        "بلجيكا",
        "比利时",
        "Belgium",
    ]
    for country in geography.countries().values():
        assert all(country.said.values()), country.code


def test_divisions_are_named() -> None:
    regions = geography.regions()
    assert regions["US", "TX"].name == "Texas"
    named = [(city.country, city.admin1) in regions for city in geography.cities()]
    assert sum(named) / len(named) > 0.99


def test_codes_that_say_more_than_a_number_belong_to_cities_of_that_country() -> None:
    codes = geography.codes()
    countries = {city.geonames: city.country for city in geography.cities() if city.geonames in codes}
    assert {number: code[:2] for number, code in codes.items()} == countries


def test_every_demo_city_is_matched_with_its_record() -> None:
    demo = read(DATA / "demo" / "places.yaml", "demo").data["places"]
    missing = [place["code"] for place in demo if place["code"] not in geography.codes().values()]
    assert missing == [], "add a line with its GeoNames id to codes.csv, or the city stands there twice"


def test_the_outline_stays_on_the_map_and_crosses_no_edge() -> None:
    rings = geography.world()
    assert len(rings) > 200
    for ring in rings:
        xs, ys = ring[::2], ring[1::2]
        assert min(xs) >= -1800
        assert max(xs) <= 1800
        assert -600 <= min(ys) <= max(ys) <= 900
        steps = [abs(a - b) for a, b in itertools.pairwise([*xs, xs[0]])]
        assert max(steps) < 900, "a line across the whole map"


def test_the_extract_is_small_and_its_sources_are_named() -> None:
    files = [path for path in geography.FOLDER.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < FOLDER_LIMIT
    sources = Library.load().sources
    assert "CC BY 4.0" in sources[geography.SOURCE].licence
    assert {"cldr", "natural-earth"} <= set(sources)
