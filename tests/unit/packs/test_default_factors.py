"""Every default factor of the IPCC Guidelines, and national fuel factors, against tables typed out here."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library

LIBRARY = Library.load()
FACTORS = LIBRARY.factors.all
SECTORS = ("energy_industries", "manufacturing", "commercial", "residential")

# IPCC 2006 Guidelines, volume 2, tables 2.2 to 2.5: kg CH4 / kg N2O per TJ in energy industries, in
# manufacturing and construction, in commercial and institutional buildings, in homes and on farms.
STATIONARY = """
crude_oil motor_gasoline aviation_gasoline jet_gasoline : 3/0.6 3/0.6 10/0.6 10/0.6
jet_kerosene other_kerosene gas_diesel_oil residual_fuel_oil : 3/0.6 3/0.6 10/0.6 10/0.6
lpg ethane refinery_gas : 1/0.1 1/0.1 5/0.1 5/0.1
anthracite coking_coal other_bituminous_coal : 1/1.5 10/1.5 10/1.5 300/1.5
sub_bituminous_coal lignite coke_oven_coke : 1/1.5 10/1.5 10/1.5 300/1.5
natural_gas : 1/0.1 1/0.1 5/0.1 5/0.1
peat : 1/1.5 2/1.5 10/1.4 300/1.4
municipal_waste_non_biomass municipal_waste_biomass : 30/4 30/4 300/4 300/4
wood : 30/4 30/4 300/4 300/4
charcoal : 200/4 200/4 200/1 200/1
landfill_gas sludge_gas other_biogas : 1/0.1 1/0.1 5/0.1 5/0.1
"""

# Tables 3.2.1, 3.2.2, 3.3.1, 3.4.1, 3.5.2, 3.5.3, 3.6.4, 3.6.5: kg CO2, CH4 and N2O per TJ; "-": none given;
# "auto": taken by rule. For gasoline on the road that is the oxidation catalyst.
MOBILE = """
road.motor_gasoline.uncontrolled            69300 33   3.2  pin
road.motor_gasoline.oxidation_catalyst      69300 25   8    auto
road.motor_gasoline.low_mileage_1995        69300 3.8  5.7  pin
road.gas_diesel_oil                         74100 3.9  3.9  auto
road.natural_gas                            56100 92   3    auto
road.lpg                                    63100 62   0.2  auto
road.biogasoline.brazil_cars                70800 18   -    pin
road.biogasoline.us_trucks                  70800 260  41   pin
rail.gas_diesel_oil                         74100 4.15 28.6 auto
rail.sub_bituminous_coal                    96100 2    1.5  auto
waterborne.gas_diesel_oil                   74100 7    2    auto
waterborne.residual_fuel_oil                77400 7    2    auto
aviation.jet_kerosene                       71500 0.5  2    auto
off_road.gas_diesel_oil                     74100 4.15 28.6 auto
off_road.motor_gasoline.four_stroke_farm      69300 80  2   pin
off_road.motor_gasoline.four_stroke_industry  69300 50  2   pin
off_road.motor_gasoline.four_stroke_household 69300 120 2   pin
off_road.motor_gasoline.two_stroke_farm       69300 140 0.4 pin
off_road.motor_gasoline.two_stroke_forestry   69300 170 0.4 pin
off_road.motor_gasoline.two_stroke_industry   69300 130 0.4 pin
off_road.motor_gasoline.two_stroke_household  69300 180 0.4 pin
"""

# Chapter 4: m3 of methane per t of coal in mining and after it (0.67 kg/m3); Gg CH4 and CO2 per 10^6 m3 of
# gas and per 10^3 m3 of oil.
COAL = """
underground_under_200_m 10  0.9
underground_200_to_400_m 18 2.5
underground_over_400_m  25  4.0
surface_under_25_m      0.3 0
surface_25_to_50_m      1.2 0.1
surface_over_50_m       2.0 0.2
"""
OIL_AND_GAS = """
gas_distribution 0.0011 5.1e-5 Gg/million_m3
gas_storage      2.5e-5 -      Gg/million_m3
oil_venting      7.2e-4 9.5e-5 Gg/1000_m3
oil_flaring      2.5e-5 0.041  Gg/1000_m3
"""

# Table 4.2.4 prints these as ranges alone, Gg CH4: what it is for, low, high, middle.
RANGES = """
gas_transmission_fugitives 6.6e-5 4.8e-4 2.73e-4    Gg/million_m3
gas_transmission_venting   4.4e-5 3.2e-4 1.82e-4    Gg/million_m3
oil_production_fugitives   1.5e-6 3.6e-3 1.80075e-3 Gg/1000_m3
oil_refining               2.6e-6 4.1e-5 2.18e-5    Gg/1000_m3
"""

# Volume 5, table 4.1 with its ranges: g CH4 and g N2O per kg of waste.
BIOLOGICAL = """
composting_wet 4   0.03 8  0.24 0.06 0.6
composting_dry 10  0.08 20 0.6  0.2  1.6
digestion_wet  0.8 0    8  - - -
digestion_dry  2   0    20 - - -
"""

# GHG Protocol workbook 2.0: kg CO2 per US gallon and per litre.
NATIONAL = """
epa@ghgp-2.0:gallon.gasoline          motor_gasoline    8.78
epa@ghgp-2.0:gallon.diesel            gas_diesel_oil    10.21
epa@ghgp-2.0:gallon.jet               jet_kerosene      9.75
epa@ghgp-2.0:gallon.aviation_gasoline aviation_gasoline 8.31
epa@ghgp-2.0:gallon.residual_oil      residual_fuel_oil 11.27
epa@ghgp-2.0:gallon.lpg               lpg               5.68
epa@ghgp-2.0:gallon.lng               liquefied_natural_gas 4.50
epa@ghgp-2.0:gallon.ethanol           biogasoline       5.75
epa@ghgp-2.0:gallon.biodiesel         biodiesel         9.45
uk@ghgp-2.0:litre.petrol              motor_gasoline    2.33086
uk@ghgp-2.0:litre.diesel              gas_diesel_oil    2.626
uk@ghgp-2.0:litre.lpg                 lpg               1.55491
"""


def lines(table):
    return [line.split() for line in table.strip().splitlines()]


def numbers(*texts):
    return tuple(None if text == "-" else float(text) for text in texts)


def by_origin(factor):
    """Return the amounts of CO2, CH4 and N2O, whichever origin of carbon they are of."""
    plain = {gas.partition("_")[0]: value.value for gas, value in factor.gases.items()}
    assert len(plain) == len(factor.gases)
    return tuple(plain.get(gas) for gas in ("CO2", "CH4", "N2O"))


def stationary_cases():
    for line in STATIONARY.strip().splitlines():
        fuels, _, values = line.partition(" : ")
        for fuel in fuels.split():
            for sector, pair in zip(SECTORS, values.split(), strict=True):
                yield sector, fuel, numbers(*pair.split("/"))


STATIONARY_CASES = list(stationary_cases())


@pytest.mark.parametrize(
    ("sector", "fuel", "printed"), STATIONARY_CASES, ids=[f"{s}.{f}" for s, f, _ in STATIONARY_CASES]
)
def test_a_fuel_burnt_in_place_has_the_printed_methane_and_nitrous_oxide(sector, fuel, printed):
    factor = FACTORS[f"ipcc@2006:stationary.{sector}.{fuel}"]
    assert by_origin(factor)[1:] == printed
    assert (factor.activity, factor.unit, factor.place, factor.year) == (fuel, "kg/TJ", "world", None)
    assert factor.uses == (("residential", "agriculture") if sector == "residential" else (sector,))
    assert factor.automatic
    table = 2 + SECTORS.index(sector)
    assert f"table 2.{table}" in factor.locator


def test_there_are_no_other_factors_of_fuels_burnt_in_place():
    held = {name for name in FACTORS if name.startswith("ipcc@2006:stationary.") and ".co2_only." not in name}
    assert held == {f"ipcc@2006:stationary.{sector}.{fuel}" for sector, fuel, _ in STATIONARY_CASES}


@pytest.mark.parametrize("line", lines(MOBILE), ids=[line[0] for line in lines(MOBILE)])
def test_a_fuel_burnt_on_the_move_has_the_printed_factors(line):
    name, *values, taken = line
    factor = FACTORS[f"ipcc@2006:{name}"]
    assert by_origin(factor) == numbers(*values)
    assert factor.automatic == (taken == "auto")
    use, activity = name.split(".")[:2]
    assert (factor.uses, factor.activity, factor.unit) == ((use,), activity, "kg/TJ")


def test_there_are_no_other_factors_of_fuels_burnt_on_the_move():
    modes = ("road.", "rail.", "waterborne.", "aviation.", "off_road.")
    held = {
        name.removeprefix("ipcc@2006:")
        for name in FACTORS
        if name.startswith(tuple(f"ipcc@2006:{m}" for m in modes))
    }
    assert held == {line[0] for line in lines(MOBILE)}


@pytest.mark.parametrize("line", lines(COAL), ids=[line[0] for line in lines(COAL)])
def test_methane_of_coal_is_its_volume_times_its_density(line):
    name, *volumes = line
    for suffix, volume in zip(("", ".post"), volumes, strict=True):
        factor = FACTORS[f"ipcc@2006:fugitive.coal.{name}{suffix}"]
        kg_per_tonne = {gas: value.value for gas, value in factor.gases.items()}
        assert kg_per_tonne == {"CH4_fossil": pytest.approx(float(volume) * 0.67, rel=1e-12)}
        assert (factor.unit, factor.activity_unit, factor.uses) == ("m3/t", "t", ("fugitive_coal",))


@pytest.mark.parametrize("line", lines(OIL_AND_GAS), ids=[line[0] for line in lines(OIL_AND_GAS)])
def test_methane_and_carbon_dioxide_of_oil_and_gas_are_as_printed(line):
    name, methane, carbon_dioxide, unit = line
    factor = FACTORS[f"ipcc@2006:fugitive.{name}"]
    gigagrams = {gas: value.value / 1e6 for gas, value in factor.gases.items()}
    printed = {"CH4_fossil": methane, "CO2": carbon_dioxide}
    assert gigagrams == pytest.approx(
        {gas: float(text) for gas, text in printed.items() if text != "-"}, rel=1e-12
    )
    assert factor.unit == unit.replace("_", " ")
    assert factor.uses == ("fugitive_oil_gas",)


@pytest.mark.parametrize("line", lines(RANGES), ids=[line[0] for line in lines(RANGES)])
def test_where_only_a_range_is_printed_its_middle_waits_for_a_pin(line):
    name, low, high, middle, unit = line
    factor = FACTORS[f"ipcc@2006:fugitive.{name}"]
    held = factor.gases["CH4_fossil"]
    gigagrams = (held.low / 1e6, held.high / 1e6, held.value / 1e6)
    assert gigagrams == pytest.approx(numbers(low, high, middle), rel=1e-12)
    assert held.value == pytest.approx((held.low + held.high) / 2, rel=1e-12)
    assert (factor.unit, factor.activity) == (unit.replace("_", " "), name)
    assert (factor.automatic, factor.confidence, factor.uses) == (False, "unverified", ("fugitive_oil_gas",))


def test_there_are_no_other_factors_of_leaks():
    coal = {f"coal.{line[0]}{suffix}" for line in lines(COAL) for suffix in ("", ".post")}
    held = {
        name.removeprefix("ipcc@2006:fugitive.") for name in FACTORS if name.startswith("ipcc@2006:fugitive.")
    }
    assert held == coal | {line[0] for line in lines(OIL_AND_GAS)} | {line[0] for line in lines(RANGES)}


@pytest.mark.parametrize("fuel", ["biogasoline", "biodiesel"])
def test_the_biogenic_part_of_a_blend_is_there_to_be_pinned(fuel):
    """Table 1.4: 70,800 kg CO2 per TJ of either."""
    factor = FACTORS[f"ipcc@2006:mobile.{fuel}.biogenic_part"]
    assert {gas: value.value for gas, value in factor.gases.items()} == {"CO2_biogenic": 70800}
    assert (factor.activity, factor.unit, factor.automatic) == (fuel, "kg/TJ", False)
    assert factor.uses == ("road", "rail", "waterborne", "off_road")


@pytest.mark.parametrize("line", lines(BIOLOGICAL), ids=[line[0] for line in lines(BIOLOGICAL)])
def test_composting_and_digestion_have_the_printed_values_and_ranges(line):
    name, *texts = line
    factor = FACTORS[f"ipcc@2006:biological.{name}"]
    printed = {"CH4_biogenic": numbers(*texts[:3]), "N2O": numbers(*texts[3:])}
    assert set(factor.gases) == {gas for gas, values in printed.items() if values[0] is not None}
    for gas, value in factor.gases.items():
        grams = (value.value * 1000, value.low * 1000, value.high * 1000)
        assert grams == pytest.approx(printed[gas], rel=1e-12)


@pytest.mark.parametrize("line", lines(NATIONAL), ids=[line[0] for line in lines(NATIONAL)])
def test_national_fuel_factors_by_volume_are_there_to_be_pinned(line):
    name, activity, printed = line
    factor = FACTORS[name]
    gas = "CO2_biogenic" if activity in {"biogasoline", "biodiesel"} else "CO2"
    assert {species: value.value for species, value in factor.gases.items()} == {gas: float(printed)}
    unit, place = ("US gal", "US") if name.startswith("epa") else ("L", "GB")
    assert (factor.activity, factor.activity_unit, factor.place, factor.automatic) == (
        activity,
        unit,
        place,
        False,
    )


def test_natural_gas_of_the_united_states_is_by_gross_energy():
    """EPA GHG Emission Factors Hub of April 2021, table 1: 53.06 kg CO2, 1.0 g CH4, 0.1 g N2O per mmBtu."""
    factor = FACTORS["epa-hub@2021:natural_gas"]
    assert by_origin(factor) == pytest.approx((53.06, 0.001, 0.0001), rel=1e-12)
    assert (factor.activity_unit, LIBRARY.units.basis(factor.activity_unit)) == ("MMBtu", "gross")


@pytest.mark.parametrize(
    ("name", "gas", "low", "high"),
    [
        ("stationary.residential.natural_gas", "CO2", 54300, 58300),
        ("stationary.residential.natural_gas", "CH4_fossil", 1.5, 15),
        ("stationary.residential.natural_gas", "N2O", 0.03, 0.3),
        ("road.natural_gas", "CO2", 54300, 58300),
    ],
)
def test_printed_ranges_are_kept(name, gas, low, high):
    value = FACTORS[f"ipcc@2006:{name}"].gases[gas]
    assert (value.low, value.high) == (low, high)
