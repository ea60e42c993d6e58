"""Units: what may be written, what it measures, and how it scales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localaction.engine.packs import Library
from localaction.engine.units import BadUnit, Unit, Units, UnknownUnit, WrongDimension

UNITS = Library.load().units
SYMBOLS = st.sampled_from(sorted(UNITS.all))


# International definitions, except: litre per barrel of oil (42 US gallons) and J per Btu (ISO 31-4).
@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("t", "kg", 1000),
        ("Gg", "t", 1000),
        ("kt", "Gg", 1),
        ("Mt", "t", 1e6),
        ("lb", "kg", 0.45359237),
        ("short ton", "kg", 907.18474),
        ("m3", "L", 1000),
        ("1000 m3", "m3", 1000),
        ("million m3", "1000 m3", 1000),
        ("US gal", "L", 3.785411784),
        ("imp gal", "L", 4.54609),
        ("bbl", "US gal", 42),
        ("kWh", "MJ", 3.6),
        ("TWh", "PJ", 3.6),
        ("GWh", "TJ", 3.6),
        ("therm", "MMBtu", 0.1),
        ("MMBtu", "MJ", 1055.056),
        ("km2", "ha", 100),
        ("person", "person", 1),
    ],
)
def test_units_scale_as_defined(source, target, factor):
    assert UNITS.scale(source, target) == pytest.approx(factor, rel=1e-7)


@given(SYMBOLS, SYMBOLS)
def test_there_and_back_changes_nothing(source, target):
    if UNITS.dimension(source) != UNITS.dimension(target):
        with pytest.raises(WrongDimension):
            UNITS.scale(source, target)
        return
    assert UNITS.scale(source, target) * UNITS.scale(target, source) == pytest.approx(1, rel=1e-12)


@given(SYMBOLS, SYMBOLS, SYMBOLS)
def test_a_detour_over_a_third_unit_changes_nothing(first, second, third):
    if len({UNITS.dimension(symbol) for symbol in (first, second, third)}) > 1:
        return
    detour = UNITS.scale(first, second) * UNITS.scale(second, third)
    assert detour == pytest.approx(UNITS.scale(first, third), rel=1e-12)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kwh", "kWh"), ("KWH", "kWh"), ("mwh", "MWh"), ("M3", "m3"), ("m³", "m3"), ("litres", "L"),
        ("l", "L"), ("tonnes", "t"), ("T", "t"), ("us  gallon", "US gal"), ("mmbtu", "MMBtu"),
        (" GJ ", "GJ"), ("persons", "person"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_alias_and_in_another_letter_case(written, meant):
    assert UNITS.get(written).symbol == meant


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("MT", 'Letter case matters: "Mt" is the megatonne.'),
        ("mt", 'Letter case matters: "Mt" is the megatonne.'),
        ("ML", 'Letter case matters: "mL" is the millilitre.'),
        ("G", 'Letter case matters: "g" is the gram.'),
        ("kWhh", 'Did you mean "kWh"'),
        ("gal", 'Did you mean "US gal"'),
        ("m^3", 'Did you mean "m3"'),
    ],
)
def test_what_could_be_read_as_another_amount_is_refused(written, hint):
    with pytest.raises(UnknownUnit) as refused:
        UNITS.get(written)
    assert refused.value.message.startswith(f'There is no unit "{written}". {hint}')
    assert refused.value.remedy == "Write one of the units the documentation lists."


def test_a_unit_of_something_else_is_refused_by_name():
    with pytest.raises(WrongDimension) as refused:
        UNITS.scale("kWh", "t")
    assert refused.value.message == 'The unit "kWh" measures energy, but mass is needed here.'
    assert refused.value.remedy == "Write the amount in a unit of mass, such as t, kg, g."


def test_people_animals_and_vehicles_are_not_each_other():
    dimensions = {
        UNITS.dimension(symbol) for symbol in ("head", "person", "vehicle-km", "passenger-km", "km")
    }
    assert len(dimensions) == 5


def test_energy_of_fuel_is_net_unless_it_says_gross():
    assert UNITS.basis("kWh") is None
    assert {unit.symbol for unit in UNITS.all.values() if unit.basis == "gross"} == {
        "kWh gross", "MWh gross", "GWh gross", "GJ gross", "TJ gross", "therm", "MMBtu",
    }  # fmt: skip


@pytest.mark.parametrize("expression", ["kilogramm", "1000 *", "5", "", "kilogram +"])
def test_a_definition_that_is_no_quantity_is_refused(expression):
    units = Units([Unit("x", "x", "mass", expression)])
    with pytest.raises(BadUnit) as refused:
        units.check()
    assert refused.value.message == f'The unit "x" is defined as "{expression}", which is no quantity.'


def test_units_of_one_dimension_measure_one_thing():
    units = Units([Unit("kg", "kilogram", "mass", "kilogram"), Unit("m", "metre", "mass", "meter")])
    with pytest.raises(BadUnit, match='"m" is defined as "meter", which is not of one kind with kg'):
        units.check()


@pytest.mark.parametrize("definition", ["person = [human", "nonsense", "= 5"])
def test_a_definition_that_pint_cannot_read_is_refused(definition):
    with pytest.raises(BadUnit, match="which pint cannot read"):
        Units([Unit("kg", "kilogram", "mass", "kilogram")], [definition]).check()
