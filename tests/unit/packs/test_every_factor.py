"""What must hold for every factor of the packs, whatever it is for."""

from __future__ import annotations

import re

import pytest

from localaction.engine.packs import Library
from localaction.engine.references.fuels import Fuel

CONFIDENCES = {"verified", "secondary", "unverified"}
LIBRARY = Library.load()
FACTORS = LIBRARY.factors.all


@pytest.mark.parametrize("factor", FACTORS.values(), ids=FACTORS)
def test_every_factor_is_cited_and_fits_its_activity(factor):
    assert factor.source_ref in LIBRARY.sources
    assert factor.locator
    assert factor.confidence in CONFIDENCES
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", factor.last_checked)
    assert factor.activity in LIBRARY.activities.all
    assert set(factor.uses) <= set(LIBRARY.uses)
    assert factor.quality in {"H", "M", "L"}
    assert factor.edition
    assert factor.label
    assert re.fullmatch(r"world|[A-Z]{2}|egrid:[A-Z]{4}", factor.place)
    dimension = LIBRARY.units.dimension(factor.activity_unit)
    activity = LIBRARY.activities.all[factor.activity]
    assert dimension in (
        ("energy", "mass", "volume") if isinstance(activity, Fuel) else (activity.dimension,)
    )


@pytest.mark.parametrize("factor", FACTORS.values(), ids=FACTORS)
def test_every_amount_of_gas_is_sensible(factor):
    assert set(factor.gases) <= LIBRARY.species
    for value in factor.gases.values():
        low = value.value if value.low is None else value.low
        high = value.value if value.high is None else value.high
        assert 0 <= low <= value.value <= high
    assert any(value.value > 0 for value in factor.gases.values()) or factor.note or ".post" in factor.id


def test_a_factor_that_leaves_gases_out_is_used_by_pin_only_or_says_so():
    for factor in FACTORS.values():
        burnt = isinstance(LIBRARY.activities.all[factor.activity], Fuel)
        if burnt and len(factor.gases) < 3:
            assert not factor.automatic, factor.id
            assert factor.note, factor.id
        if not factor.automatic and factor.activity == "electricity":
            assert factor.note, factor.id


def test_burnt_fuels_keep_fossil_and_biogenic_apart():
    for factor in FACTORS.values():
        activity = LIBRARY.activities.all[factor.activity]
        if isinstance(activity, Fuel):
            fossil = activity.origin == "fossil"
            assert "CH4" not in factor.gases, factor.id
            assert ("CO2_biogenic" in factor.gases) <= (not fossil), factor.id
            assert ("CO2" in factor.gases) <= fossil, factor.id
            assert ("CH4_fossil" in factor.gases) <= fossil, factor.id


def test_at_most_one_automatic_factor_wins_each_question():
    """Two factors of one place, year, tier and use would be told apart by their ids alone."""
    seen = {}
    for factor in FACTORS.values():
        if factor.automatic:
            for use in factor.uses:
                key = (factor.activity, use, factor.place, factor.year, factor.tier)
                assert seen.setdefault(key, factor.id) == factor.id, key


def test_grades_and_items():
    assert dict(LIBRARY.quality.activity) == {"H": 5, "M": 15, "L": 30}
    assert dict(LIBRARY.quality.factor) == {"H": 7, "M": 20, "L": 50}
    assert (LIBRARY.quality.unstated, LIBRARY.quality.confidence) == ("L", "unverified")
    assert set(LIBRARY.items) >= {
        "population.total",
        "area.total",
        "ghg.inventory.cell",
        "ghg.inventory.total",
    }


def test_a_doubtful_entry_says_so():
    assert FACTORS["ipcc@2006:aviation.jet_kerosene"].confidence == "unverified"
    assert "memory" in FACTORS["ipcc@2006:aviation.jet_kerosene"].note
    assert LIBRARY.fuels["lpg"].density.note == "Another tool uses 0.54."


def test_co2_of_a_fuel_is_known_better_than_its_other_gases():
    gases = FACTORS["ipcc@2006:stationary.commercial.gas_diesel_oil"].gases
    assert (gases["CO2"].quality, gases["CH4_fossil"].quality, gases["N2O"].quality) == (None, "L", "L")
    assert FACTORS["ipcc@2006:stationary.commercial.gas_diesel_oil"].quality == "H"


def test_grid_factors_are_dated_and_of_a_country_or_a_region_that_must_be_pinned():
    for factor in FACTORS.values():
        if factor.activity == "electricity":
            assert factor.year or factor.id == "gpc@1.1:market.certificate", factor.id
            assert (len(factor.place) == 2) or not factor.automatic, factor.id


def test_a_region_of_the_united_states_grid_is_by_pin_only():
    """US EPA Emission Factors Hub, April 2021, table 6, MROW: 1098.4, 0.119 and 0.017 lb/MWh."""
    factor = FACTORS["epa-hub@2021:grid.mrow/2019"]
    pounds = {gas: value.value / 0.45359237 for gas, value in factor.gases.items()}
    assert pounds == pytest.approx({"CO2": 1098.4, "CH4": 0.119, "N2O": 0.017}, rel=1e-9)
    assert (factor.place, factor.automatic, factor.activity_unit) == ("egrid:MROW", False, "MWh")
