"""Energy and transport: cases with complete inputs, computed by the functions alone; no default is needed.

Sources are named at each case; the results were recomputed by script, so a relative tolerance of 1e-6 is
that of the printed digits.
"""

from __future__ import annotations

import numpy as np
import pytest

from localaction.engine.methods.efficiency.regression import degree_day_regression
from localaction.engine.methods.ghg import combustion, fugitive, grid_energy, other_transport, road, trips
from localaction.engine.methods.problems import InputProblem
from localaction.engine.packs import Library

L_PER_US_GALLON = 3.785411784
DIESEL_ENGINE = {"ncv_tj_per_gg": 43, "co2_kg_per_tj": 74_100, "ch4_kg_per_tj": 4.15, "n2o_kg_per_tj": 28.6}


def approx(value):
    return pytest.approx(value, rel=1e-6)


def test_d01_heating_oil_in_offices():
    """IPCC 2006 Vol 2 Tables 1.2, 2.4."""
    burnt = combustion.stationary_combustion("commercial", "oil", 12_000, 43.0, 74_100, 10, 0.6)
    assert burnt.energy_tj == approx(516)
    assert burnt.co2_fossil_t == approx(38235.6)
    assert burnt.ch4_fossil_t == approx(5.16)
    assert burnt.n2o_t == approx(0.3096)


@pytest.mark.parametrize(("methane", "nitrous", "tonnes"), [(25, 298, 65930.31), (29.8, 273, 65908.4827)])
def test_d02_anthracite_in_a_power_station(methane, nitrous, tonnes):
    """IPCC 2006 Vol 2 Tables 1.2, 2.2; AR4, and AR6 with 29.8 for fossil methane."""
    burnt = combustion.stationary_combustion("energy_industries", "anthracite", 25_000, 26.7, 98_300, 1, 1.5)
    total = burnt.co2_fossil_t + burnt.ch4_fossil_t * methane + burnt.n2o_t * nitrous
    assert total == approx(tonnes)


def test_d04_electricity_of_a_business_district():
    """Carbon Footprint Ltd country list 2023, rounded: by location, by contract, and losses as a factor."""
    assert grid_energy.grid_energy_location(480_000, 0.207).co2e_t == approx(99_360)
    market = grid_energy.grid_energy_market(480_000, [120_000], [0.0], 0.36515)
    assert market.co2e_t == approx(131_454)
    assert (market.uncovered_mwh, market.covered_share) == (approx(360_000), approx(0.25))
    assert grid_energy.grid_energy_location(480_000, 0.0179).co2e_t == approx(8592)


def test_d05_fuel_sales_in_us_gallons():
    """EPA factors as listed in the GHG Protocol workbook v2.0."""
    gallon_m3 = L_PER_US_GALLON / 1000
    volume = np.array([2.5e6, 1.8e6]) * gallon_m3
    gases = combustion.fuel_volume(volume, np.array([8.78, 10.21]) / gallon_m3, 0, 0)
    assert gases.co2_fossil_t == approx([21_950, 18_378])


def test_d06_induced_and_territorial_road_activity():
    """GPC section 7.3: half of crossing trips; through traffic only in the territorial method."""
    induced = trips.road_induced(220e6, 150e6, 250e6, 0.18, 0.5)
    assert induced.scope_1_co2e_t == approx(53_100)
    assert induced.scope_3_co2e_t == approx(22_500)
    assert trips.road_territorial(220e6, 150e6, 90e6, 0.18).scope_1_co2e_t == approx(82_800)


def test_d07_shallow_underground_coal_mine():
    """IPCC 2006 Vol 2 eqs 4.1.3, 4.1.4."""
    mined = fugitive.coal_mine_methane("shallow", 300_000, 10, 0.9, 0.67)
    assert mined.ch4_fossil_t == approx(2190.9)


def test_losses_differ_by_what_they_are_a_share_of():
    """A tenth of generation is a ninth of consumption."""
    over_generation = grid_energy.network_losses(900, "over_generation", 0.1, 0.5)
    over_consumption = grid_energy.network_losses(900, "over_consumption", 1 / 9, 0.5)
    assert over_generation.co2e_t == approx(50)
    assert over_consumption.co2e_t == approx(50)


def test_heat_and_power_of_a_plant_are_all_of_its_emissions():
    shared = grid_energy.combined_heat_and_power([50_000, 800], [80_000, 0], [35_000, 10], 0.8, 0.35)
    assert shared.heat_co2e_t == approx([25_000, 0])
    assert shared.heat_co2e_t + shared.power_co2e_t == approx([50_000, 800])


def test_biogenic_carbon_dioxide_is_apart_and_its_methane_counts():
    blend = combustion.stationary_combustion("residential", "mix", 1000, 20, 100_000, 30, 4, 0.25)
    assert (blend.co2_fossil_t, blend.co2_biogenic_t) == (approx(1500), approx(500))
    assert (blend.ch4_fossil_t, blend.ch4_biogenic_t, blend.n2o_t) == (
        approx(0.45),
        approx(0.15),
        approx(0.08),
    )


def test_many_cities_are_computed_at_once():
    one = road.road_fuel_sold("petrol", [100.0, 200.0], 0.745, 44.3, 69_300, 25, 8)
    many = road.road_fuel_sold("petrol", [[100.0, 200.0], [300.0, 0.0]], 0.745, 44.3, 69_300, 25, 8)
    assert many.co2_fossil_t.shape == (2, 2)
    assert many.co2_fossil_t[0] == approx(one.co2_fossil_t)


def test_flights_of_many_cities_are_divided_by_each_city_s_passengers():
    fuels = {"ncv_tj_per_gg": 44.1, "co2_kg_per_tj": 71_500, "ch4_kg_per_tj": 0.5, "n2o_kg_per_tj": 2}
    divided = other_transport.aviation("jet", [[0.0], [0.0]], [[1000.0], [1000.0]], [1, 3], [4, 4], **fuels)
    assert divided.scope_3_co2_fossil_t[:, 0] == approx([788.2875, 2364.8625])


def test_inside_and_outside_of_a_railway_are_all_of_it():
    divided = other_transport.railway("diesel", [1000.0], [30], [120], **DIESEL_ENGINE)
    assert divided.scope_1_co2_fossil_t + divided.scope_3_co2_fossil_t == approx([3186.3])
    assert divided.scope_1_n2o_t + divided.scope_3_n2o_t == approx([1.2298])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(
            lambda: combustion.stationary_combustion("u", ["a", "b"], [5, -1], 43, 74_100, 10, 0.6),
            "fuel_t[1] is -1; it must be 0 or more. Correct the value, or its unit.",
            id="negative fuel",
        ),
        pytest.param(
            lambda: grid_energy.grid_energy_market(100, [60, 50], [0, 0], 0.3),
            "contract_mwh is 110, more than the energy taken from the grid, which is 100.",
            id="contracts above consumption",
        ),
        pytest.param(
            lambda: other_transport.railway("diesel", [1000.0], [130], [120], **DIESEL_ENGINE),
            "inside_units[0] is 130, more than what there is in all, which is 120.",
            id="allocation above 100 %",
        ),
        pytest.param(
            lambda: grid_energy.network_losses(100, "over_generation", 1.0, 0.5),
            "loss_share is 1; it must be below 1.",
            id="everything generated is lost",
        ),
        pytest.param(
            lambda: grid_energy.combined_heat_and_power([5, 5], [1, 0], [0, 0], 0.8, 0.35),
            "heat_mwh[1] is 0 and the power made is 0 too, so the emissions of the plant have nothing",
            id="a plant that makes nothing",
        ),
        pytest.param(
            lambda: fugitive.coal_mine_methane("shallow", [1000], 10, 0.9, 0.67, [8]),
            "recovered_ch4_t[0] is 8, more than the methane set free, which is 7.303.",
            id="more recovered than set free",
        ),
        pytest.param(
            lambda: trips.road_induced(1, 1, 1, 0.2, 1.5),
            "kept_share is 1.5; it must be 1 or less.",
            id="more than the whole of a trip",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_place_and_remedy(call, message):
    with pytest.raises(InputProblem) as refused:
        call()
    assert str(refused.value).startswith(message)
    assert refused.value.remedy


def test_the_defaults_of_coal_agree_with_the_factors_of_inventory_rows():
    """The tables print m3 for each t, the factors hold kg: the same figures through 0.67 kg/m3."""
    library = Library.load()
    density = library.parameters["ipcc@2006:methane.density"].at().value
    for name, suffix in (("mining", ""), ("post_mining", ".post")):
        table = library.parameters[f"ipcc@2006:coal.{name}"]
        for mine in table.keys["mine"].entries:
            factor = library.factors.all[f"ipcc@2006:fugitive.coal.{mine}{suffix}"]
            assert factor.gases["CH4_fossil"].value == pytest.approx(table.at(mine=mine).value * density)


def test_tables_laid_out_from_factors_hold_what_the_inventory_takes():
    """A calculator and an inventory row never disagree about a default."""
    library = Library.load()
    table = library.parameters["ipcc@2006:combustion.stationary"]
    for row in table.values:
        chosen = [
            factor
            for factor in library.factors.of_activity(row.at["fuel"])
            if factor.automatic and row.at["use"] in factor.uses and factor.place == "world"
        ]
        values = {value.value for factor in chosen for value in factor.gases.values()}
        assert row.value in values
    assert table.at(use="residential", fuel="natural_gas", gas="CH4").value == 5
    assert table.at(use="residential", fuel="anthracite", gas="CH4").value == 300
    assert table.at(use="energy_industries", fuel="anthracite", gas="N2O").value == 1.5


def test_a_use_that_never_varies_is_explained_in_full():
    """Nothing is left to explain: the line is flat and fits."""
    flat = degree_day_regression([100, 200, 300], [50, 50, 50], [150], [40])
    assert (flat.r_squared, flat.slope_mwh_per_degree_day) == (1.0, 0.0)
    assert flat.saved_mwh == approx(10)
