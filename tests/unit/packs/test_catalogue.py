"""Factors are found by words, misspelt or not, and by place, activity, gas, year, cell and source."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library
from localaction.engine.packs.catalogue import Catalogue, Query, series

LIBRARY = Library.load()
CATALOGUE = Catalogue(LIBRARY)


def ids(words="", **narrowed):
    return [factor.id for factor in CATALOGUE.find(Query(words=words, **narrowed))]


def test_without_anything_asked_everything_is_there():
    assert sorted(ids()) == sorted(LIBRARY.factors.all)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("electricity germany", "carbon-footprint@2023:grid.de/2022"),
        ("electrisity gremany", "carbon-footprint@2023:grid.de/2022"),
        ("Grid BRASIL", None),
        ("petrol litre", "uk@ghgp-2.0:litre.petrol"),
        ("petrol by liter gb", "uk@ghgp-2.0:litre.petrol"),
        ("rail diesel", "ipcc@2006:rail.gas_diesel_oil"),
        ("residual mix france", "carbon-footprint-residual@2023:fr/2023"),
        ("LNG", "epa@ghgp-2.0:gallon.lng"),
        ("MROW", "epa-hub@2021:grid.mrow/2019"),
    ],
)
def test_the_best_match_comes_first(words, first):
    found = ids(words)
    assert found[0] == first if first else "carbon-footprint@2023:grid.br/2021" in found


def test_every_word_must_be_met():
    assert ids("electricity germany diesel") == []
    assert ids("zzzzqqqq") == []


def test_a_short_word_is_not_guessed():
    assert "epa@ghgp-2.0:gallon.lpg" not in ids("lpx")


def test_accents_capitals_and_punctuation_do_not_matter():
    assert ids("GÁS-diesel_óil, road") == ids("gas diesel oil road")


def test_a_place_finds_what_applies_there_nearest_first():
    found = [LIBRARY.factors.all[name] for name in ids(places=("GB-LON", "GB"))]
    places = [factor.place for factor in found]
    assert set(places) == {"GB", "world"}
    assert places == sorted(places)  # GB before world


def test_a_year_finds_of_each_series_the_value_that_applies():
    assert "carbon-footprint@2023:grid.gb/2023" not in ids("grid gb", year=2022)
    assert "carbon-footprint@2023:grid.gb/2023" in ids("grid gb", year=2023)
    dated = [name for name in ids(year=2030) if "/" in name]
    assert len(dated) == len({series(LIBRARY.factors.all[name]) for name in dated})


def test_a_cell_finds_what_fits_it():
    found = [LIBRARY.factors.all[name] for name in ids(cell="II.1.3")]
    assert {use for factor in found for use in factor.uses} >= {"road", "grid_losses"}
    assert all({"road", "grid_losses"} & set(factor.uses) for factor in found)


@pytest.mark.parametrize(
    ("gas", "species"),
    [
        ("CH4", {"CH4", "CH4_fossil", "CH4_biogenic"}),
        ("ch4_fossil", {"CH4_fossil"}),
        ("CO2e", {"CO2E_UNSPLIT"}),
        ("N2O", {"N2O"}),
    ],
)
def test_a_gas_finds_every_origin_of_it(gas, species):
    found = [LIBRARY.factors.all[name] for name in ids(gas=gas)]
    assert found
    assert all(species & set(factor.gases) for factor in found)
    held = {name for name, factor in LIBRARY.factors.all.items() if species & set(factor.gases)}
    assert {factor.id for factor in found} == held


def test_source_activity_and_confidence_narrow():
    assert all(LIBRARY.factors.all[name].source_ref == "epa-hub-2021" for name in ids(source="epa-hub-2021"))
    assert len(ids(source="epa-hub-2021")) == 3
    assert {LIBRARY.factors.all[n].activity for n in ids(activity="lpg")} == {"lpg"}
    assert {LIBRARY.factors.all[n].confidence for n in ids(confidence="unverified")} == {"unverified"}
