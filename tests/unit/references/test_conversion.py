"""From the unit of a row to the unit of a factor."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localaction.engine.packs import Library
from localaction.engine.references.conversion import NoConversion, plan
from localaction.engine.units import WrongDimension

LIBRARY = Library.load()
FULL = [fuel for fuel in LIBRARY.fuels.values() if fuel.ncv and fuel.density and fuel.gross_to_net]
MASS, ENERGY = "a unit of mass (t, kg)", "a unit of energy (MWh, GJ)"
UNITS_OF_FUEL = [
    unit.symbol for unit in LIBRARY.units.all.values() if unit.dimension in ("volume", "mass", "energy")
]


def steps(activity, source, target):
    return plan(LIBRARY.activities.get(activity), source, target, LIBRARY.units)


def product(activity, source, target):
    return math.prod(step.multiplier for step in steps(activity, source, target))


def test_a_mass_of_fuel_becomes_energy_by_its_calorific_value():
    # Worked case D01: 12 000 t of gas oil at 43.0 TJ/Gg are 516 TJ.
    assert 12_000 * product("diesel", "t", "TJ") == pytest.approx(516, rel=1e-12)
    found = steps("diesel", "t", "TJ")
    assert [(step.label, step.unit) for step in found] == [
        ("in Gg", "Gg"),
        ("× net calorific value 43 TJ/Gg", "TJ"),
    ]
    assert (found[1].source_ref, found[1].locator) == ("ipcc-2006-vol2", "chapter 1, table 1.2")
    assert (found[0].source_ref, found[1].confidence) == ("", "verified")


def test_a_volume_becomes_mass_by_density_first():
    found = steps("natural_gas", "million m3", "TJ")
    assert [step.label for step in found] == [
        "in m3",
        "× density 0.7 kg/m3",
        "in Gg",
        "× net calorific value 48 TJ/Gg",
    ]
    assert product("natural_gas", "million m3", "TJ") == pytest.approx(0.7 * 48, rel=1e-12)
    assert [step.confidence for step in found] == ["", "secondary", "", "verified"]


def test_gross_energy_becomes_net():
    assert product("natural_gas", "MWh gross", "MWh") == pytest.approx(0.9)
    assert product("natural_gas", "GJ", "GJ gross") == pytest.approx(1 / 0.9)
    labels = [step.label for step in steps("natural_gas", "MMBtu", "TJ")]
    assert labels == ["in GJ gross", "× net over gross 0.9", "in TJ"]


def test_net_mass_is_brought_to_a_factor_for_gross_energy():
    # 1 Gg of natural gas is 48 TJ net, 53.33 TJ gross, 50 550 MMBtu.
    assert product("natural_gas", "Gg", "MMBtu") == pytest.approx(48 / 0.9 / 1.055056e-3, rel=1e-6)
    assert product("natural_gas", "MMBtu", "Gg") == pytest.approx(0.9 * 1.055056e-3 / 48, rel=1e-6)


def test_units_of_one_kind_are_one_step_or_none():
    assert steps("natural_gas", "TJ", "TJ") == ()
    assert [step.label for step in steps("natural_gas", "GWh", "TJ")] == ["in TJ"]
    assert [step.label for step in steps("natural_gas", "therm", "MMBtu")] == ["in MMBtu"]
    assert [step.label for step in steps("composting_wet", "t", "kg")] == ["in kg"]


@given(st.sampled_from(FULL), st.sampled_from(UNITS_OF_FUEL), st.sampled_from(UNITS_OF_FUEL))
def test_there_and_back_changes_nothing(fuel, source, target):
    there, back = product(fuel.id, source, target), product(fuel.id, target, source)
    assert there * back == pytest.approx(1, rel=1e-12)


@given(st.sampled_from(FULL), *[st.sampled_from(UNITS_OF_FUEL)] * 3)
def test_a_detour_changes_nothing(fuel, first, second, third):
    detour = product(fuel.id, first, second) * product(fuel.id, second, third)
    assert detour == pytest.approx(product(fuel.id, first, third), rel=1e-12)


@pytest.mark.parametrize(
    ("fuel", "source", "target", "why", "remedy"),
    [
        ("diesel", "L", "TJ", "no density of it is on file", f"{MASS} or {ENERGY}"),
        ("wood", "MWh gross", "TJ", "no ratio of net to gross calorific value of it is on file",
         f"{MASS} or {ENERGY}"),
        ("industrial_wastes", "t", "TJ", "no net calorific value of it is on file", ENERGY),
        ("diesel", "t", "L", "no density of it is on file", "a unit of volume (m3, L)"),
        ("lpg", "t", "MMBtu", "no ratio of net to gross calorific value of it is on file", "MMBtu"),
    ],
)  # fmt: skip
def test_a_property_that_is_not_on_file_is_named_with_what_to_write_instead(
    fuel, source, target, why, remedy
):
    with pytest.raises(NoConversion) as refused:
        steps(fuel, source, target)
    label = LIBRARY.activities.get(fuel).label
    assert refused.value.message == f"{label} in {source} cannot be brought to {target}: {why}."
    assert refused.value.remedy == f"Write the amount in {remedy}."


def test_what_is_no_fuel_is_not_converted_across_dimensions():
    with pytest.raises(WrongDimension) as refused:
        steps("electricity", "t", "kWh")
    assert refused.value.message == 'The unit "t" measures mass, but energy is needed here.'
    with pytest.raises(WrongDimension, match="measures distance, but energy is needed"):
        steps("diesel", "km", "TJ")
