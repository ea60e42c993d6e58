"""What the waste methods refuse, in which words: what was found, where, why it matters, what to do."""

from __future__ import annotations

import pytest

from localaction.engine.errors import Refused
from localaction.engine.methods.ghg.waste_landfill import landfill_decay
from localaction.engine.methods.problems import InputProblem
from localaction.engine.methods.run import example_of, run_method
from localaction.engine.packs import Library

LIBRARY = Library.load()
LANDFILL, COMMITMENT = "ghg.landfill_decay_2006/1", "ghg.methane_commitment/1"
OTHER_BASIS = "Correct the value, or its unit."


def refusal(method: str, example: str, **changes) -> str:
    """Return the one message that a worked example gives once something in it is changed."""
    inputs = dict(example_of(LIBRARY.methods[method], example).inputs)
    with pytest.raises(Refused) as refused:
        run_method(method, {**inputs, **changes}, LIBRARY)
    (finding,) = refused.value.findings
    return f"{finding.message} {finding.remedy}"


def landfill(**changes) -> str:
    return refusal(LANDFILL, "D10", **changes)


def test_negative_waste() -> None:
    assert landfill(waste=[20000, 21000, -22000, 23000, 24000, 25000]) == (
        f"Waste deposited, year 2017 is -22000; it must be at least 0. {OTHER_BASIS}"
    )


def test_missing_waste_is_not_zero() -> None:
    assert landfill(waste=[20000, 21000, None, 23000, 24000, 25000]) == (
        "Waste deposited, year 2017 is missing; a missing value is not zero. "
        "Write the value, or 0 if it is zero."
    )


def test_a_half_life_of_zero() -> None:
    assert landfill(half_life=[0, 10, 10]) == (f"Half-life, Food is 0; it must be above 0. {OTHER_BASIS}")


def test_a_rate_of_zero_for_waste_that_decays() -> None:
    assert landfill(k=[0.4, 0, 0]) == (
        "Rate of decay, Paper and card is 0, so the half-life has no end and the degradable carbon of this "
        "waste "
        "would never become methane. Give a rate above 0 (ln 2 over the half-life in years); only waste "
        "without "
        "such carbon has 0."
    )


def test_rubber_has_no_rate_of_2006_and_asks_for_one() -> None:
    message = landfill(waste_type=["food", "rubber", "inert"])
    assert message.startswith("Rate of decay, Rubber and leather is 0, so the half-life has no end")


def test_a_composition_that_sums_to_more_than_one() -> None:
    remedy = "Correct the shares; what is left over belongs to a share of its own, such as other or inert."
    assert landfill(composition=[0.7, 0.3, 0.2]) == (
        f"Composition, all years sums to 1.2, but the shares must sum to 1. {remedy}"
    )
    by_year = [[0.5, 0.2, 0.3]] * 5 + [[0.5, 0.5, 0.2]]
    assert landfill(composition=None, composition_by_year=by_year) == (
        f"Composition, year by year, year 2020 sums to 1.2, but the shares must sum to 1. {remedy}"
    )


def test_a_composition_given_twice_or_not_at_all() -> None:
    assert landfill(composition_by_year=[[0.5, 0.2, 0.3]] * 6) == (
        "Composition, year by year is given beside the composition of all years; only one of them can be "
        "used. "
        "Remove one of the two."
    )
    assert landfill(composition=None) == (
        "Composition, all years is missing, and so is the composition year by year; without one of them "
        "nothing "
        "can be computed. Give one of the two."
    )


def test_waste_before_the_site_opened() -> None:
    assert landfill(opened=2017) == (
        "Waste deposited, year 2015 is 20000 t, but the site opened in 2017; no waste can lie in it before. "
        "Correct the year of opening, or give that waste to the site where it went."
    )


def test_nothing_before_the_opening_is_no_waste_before_it() -> None:
    inputs = dict(example_of(LIBRARY.methods[LANDFILL], "D10").inputs)
    waste = [0, 0, 22000, 23000, 24000, 25000]
    run = run_method(LANDFILL, {**inputs, "waste": waste, "recovered": 0, "opened": 2017}, LIBRARY)
    assert run.value("generated")[:3] == [0, 0, 0]


def test_more_methane_recovered_than_generated() -> None:
    assert landfill(recovered=[0, 0, 0, 400, 60, 80]) == (
        "Methane recovered, year 2018 is 400, more than the methane generated there, which is 382.176. "
        "Correct one of the two; a part cannot be larger than the whole."
    )


@pytest.mark.parametrize("share", [1, -0.1, 1.5])
def test_oxidation_from_0_and_below_1(share) -> None:
    assert landfill(oxidation=[0, 0, share, 0, 0, 0]) == (
        f"Share oxidised in the cover, year 2017 is {share}; it must be at least 0, below 1. {OTHER_BASIS}"
    )


@pytest.mark.parametrize("share", [0, 1, 50])
def test_methane_in_landfill_gas_is_a_share_and_no_percentage(share) -> None:
    for method, example in ((LANDFILL, "D10"), (COMMITMENT, "D08")):
        assert refusal(method, example, ch4_share=share) == (
            f"Methane in landfill gas is {share}; it must be above 0, below 1. {OTHER_BASIS}"
        )


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_methane_in_landfill_gas_outside_every_range_is_remarked(share) -> None:
    inputs = dict(example_of(LIBRARY.methods[LANDFILL], "D10").inputs)
    run = run_method(LANDFILL, {**inputs, "recovered": 0, "ch4_share": share}, LIBRARY)
    assert [finding.message for finding in run.warnings] == [
        "Methane in landfill gas: above every range on file" if share > 0.5
        else "Methane in landfill gas: below every range on file"
    ]  # fmt: skip


def test_years_that_leave_a_gap() -> None:
    assert landfill(year=[2015, 2016, 2018, 2019, 2020, 2021]) == (
        "Year, year 2018 is 2018, after 2016; the years must follow each other one by one. "
        "Give every year once, in order; write 0 for the amount of a year without any."
    )


def test_a_year_of_the_inventory_outside_the_series() -> None:
    assert landfill(inventory_year=2030) == (
        "Year of the inventory is 2030, but the years given run from 2015 to 2020. Choose one of those "
        "years, or "
        "add the years up to it, with 0 t where nothing is deposited: old waste goes on emitting."
    )


@pytest.mark.parametrize("month", [6, 14])
def test_a_delay_that_the_guidelines_do_not_allow(month) -> None:
    assert landfill(delay_month=month) == (
        f"Month in which decay starts is {month}; it must be at least 7, at most 13. {OTHER_BASIS}"
    )


def test_half_a_month_from_python() -> None:
    with pytest.raises(InputProblem, match=r"delay_month is 7\.5, which is no whole number"):
        landfill_decay(
            [2000, 2001], [1, 1], "", "", "", "", "", 1, [0.15], [0.5], [0.1], 0.5, 0, 0, 7.5, composition=[1]
        )


def test_lists_of_unlike_length_from_python() -> None:
    def compute(**changes):
        plain = {"year": [2000, 2001, 2002], "waste": 1, "mcf": 1, "composition": [1]}
        looked_up = dict.fromkeys(("waste_type", "basis", "climate", "site_type", "cover"), "")
        rest = {"doc": [0.15], "docf": [0.5], "k": [0.1], "ch4_share": 0.5, "recovered": 0, "oxidation": 0}
        return landfill_decay(**{**looked_up, **rest, "delay_month": 13, **plain, **changes})

    assert compute().generated.shape == (3,)
    with pytest.raises(InputProblem, match="waste has 2 for year, but year has 3"):
        compute(waste=[1, 2])
    with pytest.raises(InputProblem, match="mcf has 2 for year, but waste has 3"):
        compute(mcf=[1, 1])
    with pytest.raises(InputProblem, match="composition_by_year has 2 for year, but year has 3"):
        compute(composition=None, composition_by_year=[[1], [1]])


def test_a_type_without_a_value_of_2019_asks_for_one() -> None:
    message = refusal("ghg.landfill_decay_2019/1", "one-deposit-of-wood", waste_type=["domestic_sludge"])
    assert message == (
        "Share of the carbon that decomposes, Domestic sludge was not given, and Share of degradable carbon "
        "that "
        "decomposes, by type has no value for type of waste Domestic sludge. "
        "Give the value yourself, with its source, or choose what the table has."
    )


def test_a_site_that_the_gpc_does_not_know_asks_for_a_factor() -> None:
    message = refusal(COMMITMENT, "D08", site_type="aeration_well")
    assert message.startswith(
        "Methane correction factor was not given, and Methane correction factor of the site"
    )


def test_more_than_all_methane_of_a_commitment_recovered() -> None:
    assert refusal(COMMITMENT, "D08", recovered_share=1.1) == (
        f"Share of the methane recovered is 1.1; it must be at least 0, at most 1. {OTHER_BASIS}"
    )


def test_more_methane_recovered_from_digestion_than_leaks() -> None:
    assert refusal("ghg.digestion/1", "two-streams", ch4_recovered=13) == (
        "Leaking methane recovered is 13, more than the methane generated there, which is 12. "
        "Correct one of the two; a part cannot be larger than the whole."
    )


def test_paths_that_do_not_sum_to_one() -> None:
    remedy = "Correct the shares; what is left over belongs to a share of its own, such as other or inert."
    assert refusal("ghg.wastewater_ch4_2006/1", "D13", path_share=[[0.8, 0.15, 0.06]]) == (
        f"Share of each group's wastewater that takes each path, income group 1 sums to 1.01, but the "
        f"shares must "
        f"sum to 1. {remedy}"
    )
    assert refusal("ghg.wastewater_n2o_2019/1", "plant-and-septic", path_share=[0.8, 0.25]) == (
        f"Share of the wastewater that takes each path sums to 1.05, but the shares must sum to 1. {remedy}"
    )


def test_shares_may_miss_one_by_a_millionth() -> None:
    inputs = dict(example_of(LIBRARY.methods["ghg.wastewater_ch4_2006/1"], "D13").inputs)
    run_method("ghg.wastewater_ch4_2006/1", {**inputs, "path_share": [[0.8, 0.15, 0.0499995]]}, LIBRARY)
    assert refusal("ghg.wastewater_ch4_2006/1", "D13", path_share=[[0.8, 0.15, 0.049998]])


def test_two_groups_need_their_shares_of_the_population() -> None:
    both = [[0.8, 0.15, 0.05], [0.2, 0.4, 0.4]]
    assert refusal("ghg.wastewater_ch4_2006/1", "D13", path_share=both) == (
        "Share of the population in each income group sums to 2, but the shares must sum to 1. "
        "Correct the shares; what is left over belongs to a share of its own, such as other or inert."
    )


def test_more_organic_matter_in_sludge_than_in_the_path() -> None:
    assert refusal("ghg.wastewater_ch4_2006/1", "D13", sludge=[0, 1e6, 0]) == (
        "Organic matter taken out as sludge, Septic tank is 1000000 kg, more than the 985500 kg of organic "
        "matter in "
        "the wastewater; less than nothing would be left. "
        "Give the organic matter in the sludge, not the mass of the sludge itself, or correct the load."
    )


def test_the_mass_of_sludge_is_not_taken_for_its_nitrogen() -> None:
    """One open tool subtracts sludge from nitrogen; here so much nitrogen is refused and the reader told "
    "why."""
    assert refusal("ghg.wastewater_n2o_2006/1", "D14", sludge_nitrogen=6_000_000) == (
        "Nitrogen taken out with sludge is 6000000 kg, more than the 2452800 kg of nitrogen in the "
        "wastewater; "
        "less than nothing would be left. "
        "Give the nitrogen in the sludge, not the mass of the sludge itself, or correct the load."
    )


def test_industry_adds_nothing_with_1_and_never_takes_away_with_0() -> None:
    assert refusal("ghg.wastewater_n2o_2019/1", "plant-and-septic", industrial=[1.25, 0]) == (
        f"Industrial and commercial protein, F_IND-COM, Septic tank is 0; it must be at least 1. "
        f"{OTHER_BASIS}"
    )
    inputs = dict(example_of(LIBRARY.methods["ghg.wastewater_n2o_2019/1"], "plant-and-septic").inputs)
    run = run_method("ghg.wastewater_n2o_2019/1", inputs, LIBRARY)
    assert run.inputs["industrial"].value.tolist() == [1.25, 1.0]


def test_coffee_has_no_wastewater_on_file_and_asks_for_it() -> None:
    message = refusal("ghg.industrial_wastewater_ch4/1", "brewery-and-mill", industry=["beer", "coffee"])
    assert message.startswith("Wastewater for each tonne of product, Coffee was not given")


def test_a_record_outside_the_years() -> None:
    assert refusal("ghg.waste_history/1", "two-years-back", record_year=[2003, 2004]) == (
        "Year with a record, year with a record 2004 is 2004, but the years given run from 2000 to 2003. "
        "Choose "
        "one of those years, or add the years up to it, with 0 t where nothing is deposited: old waste goes "
        "on "
        "emitting."
    )


@pytest.mark.parametrize(
    ("method", "example", "change", "remark"),
    [
        ("ghg.waste_history/1", "two-years-back", {"waste_per_person": 290}, "is it in t, not kg?"),
        ("ghg.open_burning/1", "village", {"waste_per_person": 500}, "is it in kg a day?"),
        ("ghg.wastewater_ch4_2006/1", "D13", {"bod": 21_900}, "is it in g a day?"),
        ("ghg.wastewater_n2o_2006/1", "D14", {"protein": 29_200}, "is it in g a day?"),
        ("ghg.wastewater_n2o_2006/1", "D14", {"protein": 29.2}, "is it in g a day?"),
        ("ghg.wastewater_n2o_2019/1", "plant-and-septic", {"household": 1.3}, "above the range by region"),
    ],
)
def test_an_amount_that_looks_like_another_unit_is_remarked(method, example, change, remark) -> None:
    inputs = dict(example_of(LIBRARY.methods[method], example).inputs)
    run = run_method(method, {**inputs, **change}, LIBRARY)
    assert any(remark in finding.message for finding in run.warnings)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (LANDFILL, "never join years"),
        ("ghg.landfill_decay_2019/1", "never join years"),
        ("ghg.landfill_decay_gpc/1", "must never be continued"),
        (COMMITMENT, "never join years"),
        (COMMITMENT, "DOCf 0.6 is confirmed by two open tools, not by the text"),
        ("ghg.wastewater_ch4_2019/1", "0.84 there; the guideline is remembered to print 0.85"),
        ("ghg.wastewater_n2o_2019/1", "never 0"),
        ("ghg.wastewater_n2o_2006/1", "never the mass of the sludge"),
        ("ghg.incineration/1", "not settled in what was read"),
        ("ghg.open_burning/1", "remembered with middling confidence"),
    ],
)
def test_what_is_in_doubt_or_must_not_be_done_is_said_with_the_method(method, words) -> None:
    assert any(words in limit for limit in LIBRARY.methods[method].limits)
