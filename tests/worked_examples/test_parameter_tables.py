"""The default values of energy and composting that stand in tables, typed a second time from the reference.

Those of waste and wastewater are in ``test_waste_parameters.py``; tables laid out from factors are read a
second time with the factors.
"""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library

TABLES = Library.load().parameters
MINES = (
    "underground_under_200_m",
    "underground_200_to_400_m",
    "underground_over_400_m",
    "surface_under_25_m",
    "surface_25_to_50_m",
    "surface_over_50_m",
)
# IPCC 2006 volume 2, chapter 4: m3 of methane for each t of coal, in the order of the mines above.
COAL = {
    "ipcc@2006:coal.mining": (10, 18, 25, 0.3, 1.2, 2.0),
    "ipcc@2006:coal.post_mining": (0.9, 2.5, 4.0, 0, 0.1, 0.2),
}
# IPCC 2006 volume 5, table 4.1: g for each kg, with the range as a package carries it.
COMPOSTING = {
    "ipcc@2006:composting.ch4": {"wet": (4, 0.03, 8), "dry": (10, 0.08, 20)},
    "ipcc@2006:composting.n2o": {"wet": (0.24, 0.06, 0.6), "dry": (0.6, 0.2, 1.6)},
}


@pytest.mark.parametrize("table", COAL)
def test_methane_of_a_mine_is_as_printed(table: str) -> None:
    assert [TABLES[table].at(mine=mine).value for mine in MINES] == list(COAL[table])
    assert len(TABLES[table].values) == len(MINES)


def test_methane_weighs_as_printed() -> None:
    assert TABLES["ipcc@2006:methane.density"].at().value == 0.67


@pytest.mark.parametrize("table", COMPOSTING)
def test_composting_is_as_printed(table: str) -> None:
    found = {row.at["basis"]: (row.value, row.low, row.high) for row in TABLES[table].values}
    assert found == COMPOSTING[table]


# What a method takes if nothing is given and no table has it; all others of these defaults are 0.
ALONE = {
    ("ghg.combined_heat_and_power/1", "heat_efficiency"): 0.8,
    ("ghg.combined_heat_and_power/1", "power_efficiency"): 0.35,
    ("ghg.landfill_decay_2006/1", "delay_month"): 13,
    ("ghg.landfill_decay_2019/1", "delay_month"): 13,
    ("ghg.road_fuel_sold/1", "inside_share"): 1,
    ("ghg.road_induced/1", "kept_share"): 0.5,
    ("ghg.stationary_combustion/1", "oxidised_share"): 1,
    ("ghg.stationary_combustion_energy/1", "net_over_gross"): 1,
    ("ghg.wastewater_ch4_2006/1", "group_share"): 1,
    ("ghg.wastewater_ch4_2019/1", "group_share"): 1,
    ("ghg.wastewater_ch4_2019/1", "discharged_share"): 1,
}


def test_a_default_that_stands_alone_is_as_printed() -> None:
    found = {
        (method.id, name): entry.default.value
        for method in Library.load().methods.values()
        for name, entry in method.inputs.items()
        if entry.default and isinstance(entry.default.value, int | float) and entry.default.value
    }
    assert found == ALONE


# IPCC 2006 volume 2, table 1.4: kg of CO2 for each TJ, of fuels for which no CH4 and N2O are on file.
CO2_ONLY = {
    "orimulsion": 77_000, "natural_gas_liquids": 64_200, "shale_oil": 73_300,
    "naphtha": 73_300, "bitumen": 80_700, "lubricants": 73_300,
    "petroleum_coke": 97_500, "refinery_feedstocks": 73_300, "paraffin_waxes": 73_300,
    "white_spirit": 73_300, "other_petroleum_products": 73_300, "oil_shale_and_tar_sands": 107_000,
    "brown_coal_briquettes": 97_500, "patent_fuel": 97_500, "lignite_coke": 107_000,
    "gas_coke": 107_000, "coal_tar": 80_700, "gas_works_gas": 44_400,
    "coke_oven_gas": 44_400, "blast_furnace_gas": 260_000, "oxygen_steel_furnace_gas": 182_000,
    "industrial_wastes": 143_000, "waste_oils": 73_300, "black_liquor": 95_300,
    "other_primary_solid_biomass_fuels": 100_000, "biogasoline": 70_800, "biodiesel": 70_800,
    "other_liquid_biofuels": 79_600,
}  # fmt: skip


@pytest.mark.parametrize("fuel", CO2_ONLY)
def test_carbon_dioxide_of_a_fuel_is_as_printed(fuel: str) -> None:
    factor = Library.load().factors.all[f"ipcc@2006:stationary.co2_only.{fuel}"]
    assert [value.value for value in factor.gases.values()] == [CO2_ONLY[fuel]]


@pytest.mark.parametrize("use", ["energy_industries", "manufacturing", "commercial"])
def test_carbon_dioxide_of_natural_gas_has_its_printed_range(use: str) -> None:
    held = Library.load().factors.all[f"ipcc@2006:stationary.{use}.natural_gas"].gases["CO2"]
    assert (held.value, held.low, held.high) == (56_100, 54_300, 58_300)
