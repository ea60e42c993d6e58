"""Calorific values, carbon dioxide, densities and ratios of the 54 fuels, against tables typed out here."""

from __future__ import annotations

import math
import re

import pytest

from localaction.engine.packs import Library
from localaction.engine.references.conversion import plan

# IPCC 2006 Guidelines, volume 2, tables 1.2 (net calorific value, TJ/Gg) and 1.4 (CO2, kg/TJ), and t CO2 per
# t as the GHG Protocol workbook prints it. "bio": the CO2 is biogenic, a memo line.
TABLE = """
Crude oil                                 42.3   73300   3.101
Orimulsion                                27.5   77000   2.118
Natural Gas Liquids                       44.2   64200   2.838
Motor gasoline                            44.3   69300    3.07
Aviation gasoline                         44.3   70000   3.101
Jet gasoline                              44.3   70000   3.101
Jet kerosene                              44.1   71500   3.153
Other kerosene                            43.8   71900   3.149
Shale oil                                 38.1   73300   2.793
Gas/Diesel oil                              43   74100   3.186
Residual fuel oil                         40.4   77400   3.127
LPG                                       47.3   63100   2.985
Ethane                                    46.4   61600   2.858
Naphtha                                   44.5   73300   3.262
Bitumen                                   40.2   80700   3.244
Lubricants                                40.2   73300   2.947
Petroleum coke                            32.5   97500   3.169
Refinery feedstocks                         43   73300   3.152
Refinery gas                              49.5   57600   2.851
Paraffin waxes                            40.2   73300   2.947
White Spirit/SBP                          40.2   73300   2.947
Other petroleum products                  40.2   73300   2.947
Anthracite                                26.7   98300   2.625
Coking coal                               28.2   94600   2.668
Other bituminous coal                     25.8   94600   2.441
Sub bituminous coal                       18.9   96100   1.816
Lignite                                   11.9  101000   1.202
Oil shale and tar sands                    8.9  107000  0.9523
Brown coal briquettes                     20.7   97500   2.018
Patent fuel                               20.7   97500   2.018
Coke oven coke                            28.2  107000   3.017
Lignite coke                              28.2  107000   3.017
Gas coke                                  28.2  107000   3.017
Coal tar                                    28   80700    2.26
Gas works gas                             38.7   44400   1.718
Coke oven gas                             38.7   44400   1.718
Blast furnace gas                         2.47  260000  0.6422
Oxygen steel furnace gas                  7.06  182000   1.285
Natural gas                                 48   56100   2.693
Municipal waste (Non biomass fraction)      10   91700   0.917
Industrial wastes                           NA  143000       -
Waste oils                                40.2   73300   2.947
Wood or Wood waste                        15.6  112000   1.747 bio
Sulphite lyes (Black liquor)              11.8   95300   1.125 bio
Other primary solid biomass fuels         11.6  100000    1.16 bio
Charcoal                                  29.5  112000   3.304 bio
Biogasoline                                 27   70800   1.912 bio
Biodiesels                                  27   70800   1.912 bio
Other liquid biofuels                     27.4   79600   2.181 bio
Landfill gas                              50.4   54600   2.752 bio
Sludge gas                                50.4   54600   2.752 bio
Other biogas                              50.4   54600   2.752 bio
Municipal wastes (Biomass fraction)       11.6  100000    1.16 bio
Peat                                      9.76  106000   1.035
"""
LINE = re.compile(r"(?P<name>.+?) +(?P<ncv>[\d.]+|NA) +(?P<co2>\d+) +(?P<per_tonne>[\d.]+|-)(?P<bio> bio)?")
ROWS = [LINE.fullmatch(line) for line in TABLE.strip().splitlines()]
NAMES = [row["name"] for row in ROWS]

# kg/L of the workbook; of two printed values the first. Gas/diesel oil has none: see the next test.
DENSITIES = {
    "motor_gasoline": 0.745,
    "jet_kerosene": 0.816,
    "other_kerosene": 0.848,
    "aviation_gasoline": 0.704,
    "lpg": 0.494,
    "residual_fuel_oil": 0.961,
    "lubricants": 0.898,
    "crude_oil": 0.873,
}
GROSS = {
    **dict.fromkeys(
        [
            "crude_oil",
            "motor_gasoline",
            "aviation_gasoline",
            "jet_gasoline",
            "jet_kerosene",
            "other_kerosene",
            "shale_oil",
            "gas_diesel_oil",
            "residual_fuel_oil",
            "naphtha",
            "petroleum_coke",
            "anthracite",
            "coking_coal",
            "other_bituminous_coal",
            "sub_bituminous_coal",
            "lignite",
        ],
        0.95,
    ),
    "natural_gas": 0.9,
}


@pytest.fixture(scope="module")
def library():
    return Library.load()


def test_there_are_the_54_fuels_of_the_table(library):
    assert len(ROWS) == 54
    assert {library.activities.get(name).id for name in NAMES} == set(library.fuels)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_fuel_has_the_calorific_value_and_carbon_dioxide_of_the_table(library, row):
    fuel = library.fuels[library.activities.get(row["name"]).id]
    assert fuel.origin == ("biogenic" if row["bio"] else "fossil")
    if row["ncv"] == "NA":
        assert fuel.ncv is None
    else:
        assert (fuel.ncv.value, fuel.ncv.unit) == (float(row["ncv"]), "TJ/Gg")
    gas = "CO2_biogenic" if row["bio"] else "CO2"
    by_energy = [factor for factor in library.factors.of_activity(fuel.id) if factor.unit == "kg/TJ"]
    assert by_energy
    amounts = {item for factor in by_energy for item in factor.gases.items() if "CO2" in item[0]}
    assert {(name, value.value) for name, value in amounts} == {(gas, float(row["co2"]))}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in ROWS if row["ncv"] != "NA"])
def test_carbon_dioxide_per_tonne_is_that_of_the_workbook(library, row):
    """The workbook prints four digits: a relative 5e-4 is half of the last one at worst."""
    fuel = library.activities.get(row["name"])
    tj_per_tonne = math.prod(step.multiplier for step in plan(fuel, "t", "TJ", library.units))
    assert tj_per_tonne * float(row["co2"]) / 1000 == pytest.approx(float(row["per_tonne"]), rel=5e-4)


def test_liquids_have_the_densities_of_the_workbook(library):
    found = {fuel.id: fuel.density for fuel in library.fuels.values() if fuel.density is not None}
    gas = found.pop("natural_gas")
    assert (gas.value, gas.unit) == (0.70, "kg/m3")
    assert {name: density.value for name, density in found.items()} == DENSITIES
    assert {density.unit for density in found.values()} == {"kg/L"}
    assert all(density.source_ref == "ghgp-workbook-2.0" for density in (*found.values(), gas))


def test_diesel_has_no_density_because_the_printed_one_is_too_high(library):
    assert library.fuels["gas_diesel_oil"].density is None


def test_net_over_gross_is_known_for_gas_coal_and_oil_and_said_to_be_unverified(library):
    found = {fuel.id: fuel.gross_to_net for fuel in library.fuels.values() if fuel.gross_to_net is not None}
    assert {name: ratio.value for name, ratio in found.items()} == GROSS
    assert {ratio.confidence for ratio in found.values()} == {"unverified"}
