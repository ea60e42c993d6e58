"""Laws of the methods of energy and transport: twice the activity gives twice the emissions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from localaction.engine.methods.ghg.combustion import stationary_combustion
from localaction.engine.methods.ghg.grid_energy import combined_heat_and_power, grid_energy_market
from localaction.engine.methods.ghg.other_transport import railway
from localaction.engine.methods.ghg.trips import road_induced, road_resident
from localaction.engine.methods.run import run_example, run_method
from localaction.engine.packs import Library

LIBRARY = Library.load()
AMOUNT = st.floats(0, 1e9)
SHARE = st.floats(0, 1)
FUEL = {"ncv_tj_per_gg": 43.0, "co2_kg_per_tj": 74_100.0, "ch4_kg_per_tj": 3.9, "n2o_kg_per_tj": 3.9}
# Every method of one activity, and what its activity is called; outputs that are shares do not double.
ACTIVITY = {
    "ghg.stationary_combustion/1": ["fuel_t"],
    "ghg.stationary_combustion_energy/1": ["energy_tj"],
    "ghg.fuel_volume/1": ["fuel_m3"],
    "ghg.coal_mine_methane/1": ["coal_t", "recovered_ch4_t"],
    "ghg.oil_gas_fugitive/1": ["throughput_million_m3"],
    "ghg.gas_network_leakage/1": ["gas_lost_m3"],
    "ghg.grid_energy_location/1": ["consumption_mwh"],
    "ghg.network_losses/1": ["consumption_mwh"],
    "ghg.road_fuel_sold/1": ["fuel_sold_l"],
    "ghg.road_distance_fuel/1": ["distance_km"],
    "ghg.road_distance_factor/1": ["distance_km"],
    "ghg.road_induced/1": ["inside_km", "crossing_inside_km", "crossing_outside_km"],
    "ghg.road_territorial/1": ["inside_km", "crossing_inside_km", "through_km"],
    "ghg.road_resident/1": ["resident_km"],
    "ghg.railway/1": ["fuel_t"],
    "ghg.waterborne/1": ["inside_fuel_t", "departing_fuel_t"],
    "ghg.aviation/1": ["local_fuel_t", "departing_fuel_t"],
    "ghg.off_road/1": ["fuel_t"],
}


@pytest.mark.parametrize("method", ACTIVITY)
def test_twice_the_activity_is_twice_every_output(method):
    for example in LIBRARY.methods[method].examples:
        once = run_example(method, example, LIBRARY)
        given_ = {name: used.value.tolist() for name, used in once.inputs.items() if used.value is not None}
        for name in ACTIVITY[method]:
            given_[name] = (2 * np.asarray(given_[name])).tolist()
        twice = run_method(method, given_, LIBRARY)
        for name, output in once.outputs.items():
            assert twice.outputs[name].value == pytest.approx(2 * output.value), (example, name)


@given(st.lists(AMOUNT, min_size=1, max_size=5), SHARE, st.floats(0, 1e6))
def test_more_fuel_never_emits_less_and_the_parts_are_the_whole(fuels, biogenic, more):
    before = stationary_combustion("use", "fuel", fuels, **FUEL, biogenic_share=biogenic)
    after = stationary_combustion(
        "use", "fuel", [fuels[0] + more, *fuels[1:]], **FUEL, biogenic_share=biogenic
    )
    assert all((new >= old).all() for old, new in zip(before, after, strict=True))
    whole = stationary_combustion("use", "fuel", fuels, **FUEL)
    assert before.co2_fossil_t + before.co2_biogenic_t == pytest.approx(whole.co2_fossil_t)
    assert before.ch4_fossil_t + before.ch4_biogenic_t == pytest.approx(whole.ch4_fossil_t)


@given(st.permutations([100.0, 0.0, 5.5, 1e6]))
def test_the_order_of_fuels_is_irrelevant(fuels):
    total = stationary_combustion("use", "fuel", fuels, **FUEL).co2_fossil_t.sum()
    assert total == pytest.approx(
        stationary_combustion("use", "fuel", sorted(fuels), **FUEL).co2_fossil_t.sum()
    )


@given(AMOUNT, SHARE)
def test_inside_and_outside_are_all_of_a_railway_and_of_residents_driving(amount, share):
    divided = railway("diesel", [amount], [share], [1.0], **FUEL)
    whole = stationary_combustion("use", "fuel", [amount], **FUEL)
    both = divided.scope_1_co2_fossil_t + divided.scope_3_co2_fossil_t
    assert both == pytest.approx(whole.co2_fossil_t)
    driven = road_resident([amount], share, 0.2)
    assert driven.scope_1_km + driven.scope_3_km == pytest.approx([amount])


@given(st.floats(1, 1e9), SHARE, SHARE, SHARE)
def test_a_contract_moves_emissions_between_its_factor_and_the_residual_mix(taken, factor, residual, part):
    covered = taken * part
    market = grid_energy_market(taken, [covered], [factor], residual)
    low, high = sorted((factor, residual))
    assert low * taken * (1 - 1e-9) <= market.co2e_t <= high * taken * (1 + 1e-9)


@given(AMOUNT, AMOUNT, AMOUNT)
def test_induced_traffic_never_counts_more_than_all_of_it(inside, crossing_inside, crossing_outside):
    induced = road_induced(inside, crossing_inside, crossing_outside, 0.2, 0.5)
    assert induced.scope_1_km + induced.scope_3_km <= inside + crossing_inside + crossing_outside + 1e-6


@given(AMOUNT, st.floats(1, 1e6), st.floats(1, 1e6))
def test_heat_and_power_share_all_emissions(emitted, heat, power):
    shared = combined_heat_and_power(emitted, heat, power, 0.8, 0.35)
    assert shared.heat_co2e_t + shared.power_co2e_t == pytest.approx(emitted)
    assert 0 <= shared.heat_co2e_t <= emitted * (1 + 1e-12)
