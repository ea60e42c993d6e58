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
