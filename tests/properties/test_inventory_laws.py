"""Laws that hold for every inventory, whatever its rows."""

from __future__ import annotations

import math
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.inventory import YEAR, co2e, compute, key, raw, row

from localaction.engine.inventory import run as running
from localaction.engine.inventory.block import blocks
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.packs import Library

TOTALS = ("BASIC", "BASIC+", "territorial")
CELLS = tuple(Library.load().protocol.cells)
FUELS = (
    ("I.1.1", "natural_gas", "MWh"),
    ("I.1.1", "natural_gas", "MWh gross"),
    ("I.2.1", "lpg", "L"),
    ("I.3.1", "wood", "t"),
    ("I.4.4", "anthracite", "t"),
    ("II.1.1", "motor_gasoline", "L"),
    ("II.2.1", "gas_diesel_oil", "t"),
    ("III.2.1", "composting_wet", "t"),
    ("I.7.1", "coal_surface_under_25_m", "t"),
)
SETS = ("sar", "tar", "ar4", "ar5", "ar5-feedback", "ar6")
REASON = {"reason": "As measured"}

amounts = st.floats(min_value=0, max_value=1e9, allow_subnormal=False).map(lambda value: round(value, 6))
grades = st.sampled_from(["", "H", "M", "L", "H/M", "L/L"])


@st.composite
def fuel_rows(draw):
    ref, fuel, unit = draw(st.sampled_from(FUELS))
    return row(ref, fuel, draw(amounts), unit, data_quality=draw(grades))


@st.composite
def given_rows(draw):
    gas = draw(st.sampled_from(["CO2", "CH4", "CH4_fossil", "N2O", "SF6", "CO2e", "CO2_biogenic"]))
    amount = draw(amounts) * draw(st.sampled_from([1, 1, 1, -1]))
    return row(
        draw(st.sampled_from(CELLS)), "", amount, draw(st.sampled_from(["t", "kg"])), gas=gas, **REASON
    )


rows = st.lists(fuel_rows() | given_rows(), max_size=12)
sets = st.sampled_from(SETS)
law = settings(deadline=None, max_examples=50, derandomize=True)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-6)  # sums of float64 in another order; t


def magnitude(result):
    return math.fsum(abs(line["co2e_t"]) for line in result["lines"])


def within(result, value):
    """Close, measured by the size of the parts: large parts of opposite sign leave a small sum."""
    return pytest.approx(value, rel=1e-9, abs=1e-9 * magnitude(result) + 1e-9)


@law
@given(rows, sets)
def test_parts_add_up_to_totals(found, gwp_set):
    result = compute(*found, gwp_set=gwp_set)
    members = Library.load().protocol.cells
    for name in TOTALS:
        total = result["totals"][name]
        inside = [cell for cell in result["cells"] if name in members[cell["ref"]].counts_in]
        lines = [line for line in result["lines"] if name in members[line["ref"]].counts_in]
        assert math.fsum(cell["co2e_t"] or 0 for cell in inside) == within(result, total["co2e_t"])
        assert math.fsum(line["co2e_t"] for line in lines) == within(result, total["co2e_t"])
        assert math.fsum(sector["totals"][name] for sector in result["sectors"]) == within(
            result, total["co2e_t"]
        )
        assert math.fsum(line["co2_biogenic_t"] for line in lines) == within(result, total["co2_biogenic_t"])
        for gas, tonnes in total["gases_t"].items():
            assert math.fsum(line["gases_t"].get(gas, 0) for line in lines) == within(result, tonnes)


@law
@given(rows, st.randoms(use_true_random=False), sets)
def test_the_order_of_rows_is_irrelevant(found, random, gwp_set):
    shuffled = list(found)
    random.shuffle(shuffled)
    first, second = compute(*found, gwp_set=gwp_set), compute(*shuffled, gwp_set=gwp_set)
    for name in TOTALS:
        for part in ("co2e_t", "co2_biogenic_t", "not_recomputable_t"):
            assert second["totals"][name][part] == within(first, first["totals"][name][part])
        assert second["totals"][name]["missing_potentials"] == first["totals"][name]["missing_potentials"]
    assert [cell["state"] for cell in second["cells"]] == [cell["state"] for cell in first["cells"]]
    assert set(second["factors"]) == set(first["factors"])


@law
@given(st.lists(fuel_rows(), min_size=1, max_size=6), amounts.filter(bool), sets)
def test_more_fuel_never_emits_less(found, more, gwp_set):
    longer = [{**found[0], "amount": str(float(found[0]["amount"]) + more)}, *found[1:]]
    before, after = compute(*found, gwp_set=gwp_set), compute(*longer, gwp_set=gwp_set)
    assert after["lines"][0]["co2e_t"] > before["lines"][0]["co2e_t"]
    for name in TOTALS:
        assert after["totals"][name]["co2e_t"] >= before["totals"][name]["co2e_t"]


@law
@given(rows, sets)
def test_doubling_every_amount_doubles_every_line_and_total(found, gwp_set):
    once = compute(*found, gwp_set=gwp_set)
    twice = compute(*[{**one, "amount": repr(2 * float(one["amount"]))} for one in found], gwp_set=gwp_set)
    for first, second in zip(once["lines"], twice["lines"], strict=True):
        assert second["co2e_t"] == 2 * first["co2e_t"]
        assert second["gases_t"] == {gas: 2 * tonnes for gas, tonnes in first["gases_t"].items()}
        assert [step["value"] for step in second["steps"]] == [2 * step["value"] for step in first["steps"]]
    for name in TOTALS:
        first, second = once["totals"][name], twice["totals"][name]
        assert second["co2e_t"] == 2 * first["co2e_t"]
        assert second["uncertainty_percent"] == (
            None
            if first["uncertainty_percent"] is None
            else pytest.approx(first["uncertainty_percent"], rel=1e-9)
        )


@law
@given(rows, st.sets(st.sampled_from(CELLS)), st.sampled_from(["NO", "NE", "IE", "C"]))
def test_keys_add_zero(found, refs, notation_key):
    taken = {one["ref"] for one in found}
    keys = [key(ref, notation_key, included_in="I.1.1", **REASON) for ref in sorted(refs - taken)]
    plain, keyed = compute(*found), compute(*keys, *found)
    assert keyed["totals"] == plain["totals"]
    assert keyed["sectors"] == plain["sectors"]
    assert {cell["ref"] for cell in keyed["cells"] if cell["state"] == "key"} == refs - taken


@law
@given(rows, sets, sets)
def test_warming_potentials_leave_tonnes_of_gas_alone(found, first, second):
    one, other = compute(*found, gwp_set=first), compute(*found, gwp_set=second)
    assert [line["gases_t"] for line in one["lines"]] == [line["gases_t"] for line in other["lines"]]
    for name in TOTALS:
        assert one["totals"][name]["gases_t"] == other["totals"][name]["gases_t"]
        assert one["totals"][name]["co2_biogenic_t"] == other["totals"][name]["co2_biogenic_t"]


@law
@given(st.lists(fuel_rows(), max_size=8))
def test_every_figure_lies_within_its_interval_and_basic_within_basic_plus(found):
    result = compute(*found)
    figures = [*result["totals"].values(), *(cell for cell in result["cells"] if cell["state"] == "value")]
    for figure in figures:
        assert 0 <= figure["low_t"] <= figure["co2e_t"] * (1 + 1e-12)
        if (figure["uncertainty_percent"] or 0) < 100:
            assert figure["high_t"] >= figure["co2e_t"] * (1 - 1e-12)
    assert result["totals"]["BASIC"]["co2e_t"] <= result["totals"]["BASIC+"]["co2e_t"] * (1 + 1e-12)


@law
@given(st.sampled_from(FUELS), st.lists(amounts, min_size=1, max_size=30), st.integers(1, 7))
def test_chunks_change_nothing(fuel, found, size):
    ref, name, unit = fuel
    listed = raw([row(ref, name, amount, unit) for amount in found])
    options = Options(period=YEAR)
    whole = compile_inventory(listed, options).to_dict()
    parts = [listed[start : start + size] for start in range(0, len(listed), size)]
    assert compile_inventory(parts, options).to_dict() == whole
    running.blocks = partial(blocks, size=size)
    try:
        small = compile_inventory(parts, options).to_dict()
    finally:
        running.blocks = blocks
    assert small["lines"] == whole["lines"]
    assert small["totals"]["BASIC"]["co2e_t"] == close(whole["totals"]["BASIC"]["co2e_t"])


@law
@given(st.lists(amounts, min_size=2, max_size=20))
def test_many_rows_are_as_one_row_of_their_sum(found):
    many = compute(*[co2e("IV.1", amount) for amount in found])["totals"]["BASIC+"]
    one = compute(co2e("IV.1", repr(math.fsum(found))))["totals"]["BASIC+"]
    assert many["co2e_t"] == close(one["co2e_t"])
    assert (many["uncertainty_percent"] or 0) <= (one["uncertainty_percent"] or 0) * (1 + 1e-9)
