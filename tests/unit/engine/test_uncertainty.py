from __future__ import annotations

import math

import pytest
from tests.support.inventory import co2e, compute, row

from localaction.engine.inventory.uncertainty import DEVIATIONS, Spread, interval, total_spread


def spread(*independent, shared=()):
    made = Spread()
    for half_width in independent:
        made.add_independent(half_width**2)
    for source, half_width in shared:
        made.add_shared(source, half_width)
    return made


def test_two_sources_of_the_ipcc_example():
    """D18: 600 000 t (activity 5, factor 7 %) and 90 000 t (10, 40 %); IPCC 2006 Vol 1 eqs 3.1, 3.2."""
    first = spread(600_000 * 0.05, shared=[(("a", "CO2"), 600_000 * 0.07)])
    second = spread(90_000 * 0.10, shared=[(("b", "CO2"), 90_000 * 0.40)])
    assert first.half_width() / 600_000 == pytest.approx(0.086023253, rel=1e-7)
    assert second.half_width() / 90_000 == pytest.approx(0.41231056, rel=1e-7)
    assert total_spread([first, second]).half_width() / 690_000 == pytest.approx(0.092128783, rel=1e-7)


def test_a_shared_factor_adds_as_it_is_and_an_own_one_by_squares():
    shared = total_spread([spread(shared=[(("a", "CO2"), 3.0)]), spread(shared=[(("a", "CO2"), 4.0)])])
    apart = total_spread([spread(shared=[(("a", "CO2"), 3.0)]), spread(shared=[(("b", "CO2"), 4.0)])])
    assert (shared.half_width(), apart.half_width()) == (7.0, 5.0)


def test_opposite_signs_of_a_shared_factor_cancel():
    assert (
        total_spread([spread(shared=[(("a", "x"), 3.0)]), spread(shared=[(("a", "x"), -3.0)])]).half_width()
        == 0
    )


def test_the_interval_of_a_positive_total_is_lognormal_with_the_same_mean_and_deviation():
    """Mean 100, half-width 50: the mean and deviation recovered from the ends are those put in."""
    low, high = interval(100.0, spread(50.0))
    sigma = math.log(high / low) / (2 * DEVIATIONS)
    mean = math.sqrt(low * high) * math.exp(sigma**2 / 2)
    assert mean == pytest.approx(100.0, rel=1e-12)
    assert mean * math.sqrt(math.expm1(sigma**2)) == pytest.approx(50.0 / DEVIATIONS, rel=1e-12)
    assert 0 < 100 - low < high - 100


def test_the_interval_never_reaches_below_zero_unless_a_removal_is_part_of_it():
    wide = spread(300.0)
    assert interval(100.0, wide)[0] > 0
    wide.signed = True
    assert interval(100.0, wide) == (-200.0, 400.0)
    narrow = spread(30.0)
    assert interval(100.0, narrow) == pytest.approx((73.0, 133.0), abs=1.0)
    unsigned, narrow.signed = interval(100.0, narrow), True
    assert interval(100.0, narrow) == unsigned
    assert interval(-100.0, spread(30.0)) == (-130.0, -70.0)


def test_an_interval_without_spread_is_the_figure_itself():
    assert interval(5.0, Spread()) == (pytest.approx(5.0), pytest.approx(5.0))
    assert interval(0.0, Spread()) == (0.0, 0.0)


def test_grades_become_percents_and_an_unstated_one_counts_as_the_lowest():
    """Half-widths of the screening table: activity H 5, M 15, L 30 percent."""
    percents = {
        grade: compute(co2e("IV.1", 100, data_quality=grade))["lines"][0]["uncertainty"]["activity_percent"]
        for grade in ("H", "M", "L", "")
    }
    assert percents == {"H": 5, "M": 15, "L": 30, "": 30}


def percent(*rows):
    return compute(*rows)["totals"]["BASIC+"]["uncertainty_percent"]


def test_an_amount_split_into_many_rows_is_no_surer_for_it():
    assert percent(co2e("IV.1", 400, data_quality="H")) == pytest.approx(5)
    assert percent(*[co2e("IV.1", 100, data_quality="H")] * 4) == pytest.approx(5)
    assert percent(*[co2e("IV.1", 100, data_quality="H", source="Survey")] * 4) == pytest.approx(5)


def test_amounts_of_different_sources_or_cells_are_independent_of_each_other():
    apart = [co2e("IV.1", 100, data_quality="H", source=f"Plant {n}") for n in range(4)]
    assert percent(*apart) == pytest.approx(2.5)
    cells = [co2e(ref, 100, data_quality="H", source="Survey") for ref in ("IV.1", "IV.2", "V.1", "V.3")]
    assert percent(*cells) == pytest.approx(2.5)


def test_the_carbon_of_a_fuel_is_one_estimate_whatever_it_is_burnt_for():
    """Natural gas: 56 100 (54 300 to 58 300) kg CO2/TJ from one table, in homes and in industry alike."""
    rows = [row(ref, "natural_gas", 100, "TJ", uncertainty_percent="0") for ref in ("I.1.1", "I.3.1")]
    both, one = compute(*rows)["totals"]["BASIC"], compute(rows[0])["totals"]["BASIC"]
    carbon = 2 * 100 * 2000 / 1000  # t: half of the range, of 200 TJ
    half_width = both["uncertainty_percent"] * both["co2e_t"] / 100
    assert half_width == pytest.approx(carbon, rel=0.01)  # methane and nitrous oxide add little by squares
    assert both["uncertainty_percent"] > 0.95 * one["uncertainty_percent"]


def test_the_range_printed_with_a_factor_counts_once_for_all_rows_that_share_it():
    """Natural gas in homes, IPCC 2006: CO2 54 300 to 58 300, CH4 1.5 to 15, N2O 0.03 to 0.3 kg/TJ; AR5."""
    gas = row("I.1.1", "natural_gas", 500, "TJ", data_quality="H")
    result = compute(gas, {**gas, "ref": "I.5.1"})
    total = 56_100 + 5 * 28 + 0.1 * 265
    factor = math.hypot((58_300 - 54_300) / 2, (15 - 1.5) / 2 * 28, (0.3 - 0.03) / 2 * 265) / total
    basic = result["totals"]["BASIC"]
    assert basic["co2e_t"] == pytest.approx(total)
    assert basic["uncertainty_percent"] == pytest.approx(100 * math.hypot(factor, 0.05 / math.sqrt(2)))
    assert result["lines"][0]["uncertainty"]["factor_percent"] == pytest.approx(100 * factor)


def test_the_grade_of_the_factor_given_in_a_row_replaces_its_range():
    plain = compute(row("I.1.1", "natural_gas", 1, "TJ", data_quality="H"))["totals"]["BASIC"]
    low = compute(row("I.1.1", "natural_gas", 1, "TJ", data_quality="H/L"))["totals"]["BASIC"]
    assert low["uncertainty_percent"] > 5 * plain["uncertainty_percent"]


def test_the_share_of_emissions_with_an_assumed_quality_is_shown():
    result = compute(
        co2e("IV.1", 300, data_quality="M"), co2e("IV.1", -100, reason="Stored"), co2e("I.6.1", 0)
    )
    assert result["uncertainty"]["default_share"] == pytest.approx(0.25)
    assert result["uncertainty"]["confidence"] == 95
    assert "Error propagation" in result["uncertainty"]["method"]


def test_an_uncertainty_above_thirty_percent_is_said_to_be_indicative():
    def said(*rows):
        return [
            found["message"]
            for found in compute(*rows)["findings"]
            if found["code"].endswith("high_uncertainty")
        ]

    vague = row("I.1.1", "natural_gas", 1, "TJ", data_quality="L/L")
    assert said(co2e("V.1", 1, data_quality="H")) == []
    assert said(vague)[0].startswith("The uncertainty of BASIC is 5")
    assert said(vague)[0].endswith("above 30 %, where error propagation is indicative.")
