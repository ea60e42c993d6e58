"""What is odd about a figure is said: what, compared with what, what to do; the unknown is not judged."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.packs import ITEMS, write

from localaction.engine.evaluation.plausibility import FEWEST_PEERS, PeerRange, plausibility
from localaction.engine.packs.reader import read_packs

OURS = "convention: true"
DECLARED = f"""\
items:
  - {{id: ghg.total, label: "Total", unit: t, kind: number, dimensions: [],
     plausible: {{min: 10, max: 5000, change: {{percent: 10}}, peers: {{below: 0.5, above: 2}}, {OURS}}}}}
  - {{id: ghg.homes, label: "Homes", unit: Gg, kind: number, dimensions: [],
     plausible: {{change: {{factor: 2}}, {OURS}}}}}
  - {{id: ghg.balance, label: "Balance", unit: t, kind: number, dimensions: [],
     plausible: {{change: {{amount: 50}}, peers: {{below: 0.5, above: 2}}, {OURS}}}}}
  - {{id: gas.sold, label: "Gas", unit: TJ, kind: number, dimensions: [], plausible: {{min: 0,
     source: {{ref: handbook, locator: "table 9"}}, confidence: secondary}}}}
  - {{id: people.note, label: "Note", kind: text, dimensions: []}}
  - {{id: plan.begun, label: "Begun", kind: day, dimensions: []}}
  - {{id: plan.ended, label: "Ended", kind: day, dimensions: []}}
ratios:
  - {{id: ratio.by_gas, label: "By gas", formula: "ghg.homes / gas.sold", unit: kg/TJ,
     plausible: {{min: 50000, max: 60000, {OURS}}}}}
cross:
  - {{id: ghg.homes_within, label: "Homes emit more than all", rule: "ghg.homes <= ghg.total",
     fix: "Check both.", {OURS}}}
  - {{id: plan.order, label: "It ended before it began", rule: "plan.begun <= plan.ended",
     fix: "Check both days.", {OURS}}}
"""
NOTHING = [None, {"notation_key": "NE"}, "9", True, float("nan"), float("inf"), [{"a": 1}], 10**400]
PEERS = PeerRange(100, 300, 900, FEWEST_PEERS, "cities of one size")


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("packs"))
    (folder / ITEMS).write_text(DECLARED, encoding="utf-8")
    return read_packs(folder)["plausible"]


@pytest.fixture
def said(declared):
    def of(answers, earlier=None, peers=None, year=2024):
        found = plausibility(declared, answers, year=year, earlier=earlier, peers=peers)
        assert all(finding.severity == "warning" for finding in found)
        return {finding.params["check"]: finding.line() for finding in found}

    return of


def test_what_is_usual_is_silent(said):
    assert said({"ghg.total": 500}, {2023: {"ghg.total": 480}}, {"ghg.total": PEERS}) == {}


def test_a_range_names_figure_end_and_basis(said):
    assert said({"ghg.total": 9}) == {
        "ghg.total:range": "column ghg.total: Total: 9 t. Less than 10 t is not to be expected; limit set by "
        "Local Action. Check the figure and its unit. Correct it, or explain why it is so."
    }
    assert "Total: 5000.5 t. More than 5000 t is" in said({"ghg.total": 5000.5})["ghg.total:range"]
    assert said({"ghg.total": 10}) == said({"ghg.total": 5000}) == {}
    assert "limit set by handbook, table 9 (secondary)." in said({"gas.sold": -1})["gas.sold:range"]


@pytest.mark.parametrize(
    ("now", "before", "year", "odd"),
    [
        (110, 100, 2023, ""),
        (111, 100, 2023, "+11 % from 2023 to 2024. More than 10 % a year is"),
        (90, 100, 2023, ""),
        (89, 100, 2023, "-11 % from 2023"),
        (121, 100, 2022, ""),
        (122, 100, 2022, "122 t, and 100 t in 2022: +22 % from 2022 to 2024."),
        (81, 100, 2022, ""),
        (80, 100, 2022, "-20 % from 2022 to 2024"),
        (2000, 100, 2023, "×20 from 2023"),
        (25, 100, 2023, "÷4 from 2023"),
    ],
)
def test_a_change_is_judged_by_the_year(said, now, before, year, odd):
    found = said({"ghg.total": now}, {year: {"ghg.total": before}})
    assert bool(found) == bool(odd)
    if odd:
        assert odd in found["ghg.total:change"]
        assert "Compare the two years: source, unit, boundary. Correct it" in found["ghg.total:change"]


def test_a_leap_by_the_size_of_a_unit_is_called_one(said):
    found = said({"ghg.total": 4900}, {2023: {"ghg.total": 4.9}})["ghg.total:change"]
    assert "×1000 from" in found
    assert "The two differ by about 1000: look at the unit first." in found
    assert "unit first" not in said({"ghg.total": 4900}, {2023: {"ghg.total": 49 * 7}})["ghg.total:change"]


def test_a_factor_goes_both_ways_and_grows_with_the_years(said):
    assert said({"ghg.homes": 2}, {2023: {"ghg.homes": 1}}) == {}
    assert "More than ×2 a year" in said({"ghg.homes": 2.1}, {2023: {"ghg.homes": 1}})["ghg.homes:change"]
    assert (
        said({"ghg.homes": 4}, {2022: {"ghg.homes": 1}})
        == said({"ghg.homes": 1}, {2022: {"ghg.homes": 4}})
        == {}
    )
    assert "ghg.homes:change" in said({"ghg.homes": 0.24}, {2022: {"ghg.homes": 1}})
    assert said({"ghg.homes": 9}, {-9999: {"ghg.homes": 1}}) == {}


def test_an_amount_passes_through_zero(said):
    assert said({"ghg.balance": -20}, {2023: {"ghg.balance": 30}}) == {}
    found = said({"ghg.balance": -21}, {2023: {"ghg.balance": 30}})["ghg.balance:change"]
    assert "Balance: -21 t, and 30 t in 2023: -51 t from 2023 to 2024. More than 50 t a year" in found
    assert "+60 t from" in said({"ghg.balance": 60}, {2023: {"ghg.balance": 0}})["ghg.balance:change"]


def test_an_amount_grows_with_the_years_and_zero_is_a_figure_like_others(said):
    assert said({"ghg.balance": 100}, {2022: {"ghg.balance": 0}}) == {}
    assert "+101 t from 2022" in said({"ghg.balance": 101}, {2022: {"ghg.balance": 0}})["ghg.balance:change"]
    found = said({"ghg.balance": 0}, {2023: {"ghg.balance": 60}})["ghg.balance:change"]
    assert "Balance: 0 t, and 60 t in 2023: -60 t from 2023 to 2024." in found


@pytest.mark.parametrize(
    ("times", "unit"),
    [(1e-3, True), (94, False), (100, True), (104, True), (107, False), (1000, True), (1e4, False),
     (1e6, True), (1e9, True)],
)  # fmt: skip
def test_only_a_leap_of_the_size_of_a_unit_is_called_one(declared, times, unit):
    earlier = {2023: {"ghg.homes": 3.0}}
    (found,) = (
        one
        for one in plausibility(declared, {"ghg.homes": 3.0 * times}, year=2024, earlier=earlier)
        if one.params["check"] == "ghg.homes:change"
    )
    assert found.code == ("plausibility.leapt_by_unit" if unit else "plausibility.leapt")


def test_zero_and_a_turned_sign_have_words_of_their_own(said):
    found = said({"ghg.homes": 0}, {2023: {"ghg.homes": 5}})["ghg.homes:change"]
    assert "Homes: 0, and 5 Gg in 2023. If it is not known, leave it open or give a notation key" in found
    found = said({"ghg.homes": -5}, {2023: {"ghg.homes": 5}})["ghg.homes:change"]
    assert "Homes: -5 Gg, and 5 Gg in 2023: the sign turned. Check the sign of both." in found
    assert said({"ghg.homes": 0}, {2023: {"ghg.homes": 0}}) == {}
    assert said({"ghg.homes": -5}, {2023: {"ghg.homes": -4}}) == {}


def test_the_last_year_that_says_something_is_compared(said):
    earlier = {2025: {"ghg.homes": 900}, 2024: {"ghg.homes": 800}, 2023: {}, 2022: {"ghg.homes": 0}}
    assert said({"ghg.homes": 1}, earlier) == {}
    found = said({"ghg.homes": 1}, {**earlier, 2020: {"ghg.homes": 100}, 2019: {"ghg.homes": 1}})
    assert "100 Gg in 2020: ÷100 from 2020 to 2024" in found["ghg.homes:change"]


def test_peers_are_named_with_their_number_and_middle(said):
    found = said({"ghg.total": 49}, peers={"ghg.total": PEERS})["ghg.total:peers"]
    assert found.startswith(
        "column ghg.total: Total: 49 t, and 5 cities of one size report 100 t to 900 t, with 300 t in the "
        "middle. Less than 0.5 times the lowest of them is not to be expected; limit set by Local Action."
    )
    assert (
        "More than 2 times the highest"
        in said({"ghg.total": 1801}, peers={"ghg.total": PEERS})["ghg.total:peers"]
    )
    assert said({"ghg.total": 50}, peers={"ghg.total": PEERS}) == {}
    assert said({"ghg.total": 1800}, peers={"ghg.total": PEERS}) == {}


def test_peers_below_nought_and_too_few_peers(said):
    sinks = {"ghg.balance": PeerRange(-100, -50, -20, 9, "islands")}
    assert said({"ghg.balance": -200}, peers=sinks) == said({"ghg.balance": -10}, peers=sinks) == {}
    assert list(said({"ghg.balance": -201}, peers=sinks)) == ["ghg.balance:peers"]
    assert list(said({"ghg.balance": -9}, peers=sinks)) == ["ghg.balance:peers"]
    few = {"ghg.total": PeerRange(100, 300, 900, FEWEST_PEERS - 1, "cities")}
    assert said({"ghg.total": 4000}, peers=few) == {}


def test_items_at_odds_are_shown_in_their_own_units(said):
    found = said({"ghg.homes": 0.6, "ghg.total": 500})
    assert found == {
        "ghg.homes_within:cross": "column ghg.homes: Homes emit more than all (Homes: 0.6 Gg; Total: 500 t). "
        "The rule is: ghg.homes <= ghg.total. Check both. Correct one of them, or explain why it is so."
    }
    assert said({"ghg.homes": 0.5, "ghg.total": 500}) == {}


def test_days_are_compared_however_they_are_given(said):
    found = said({"plan.begun": date(2024, 5, 1), "plan.ended": "2024-04-30"})
    assert "(Begun: 2024-05-01; Ended: 2024-04-30)" in found["plan.order:cross"]
    assert (
        said({"plan.begun": "2024-05-01", "plan.ended": "soon"})
        == said({"plan.begun": 5, "plan.ended": True})
        == {}
    )


def test_very_large_and_very_small_figures_stay_legible(said):
    assert "Total: 1e+300 t." in said({"ghg.total": 1e300})["ghg.total:range"]
    assert "Total: 123456789012345 t." in said({"ghg.total": 123456789012345})["ghg.total:range"]
    assert "Total: 0.00012 t." in said({"ghg.total": 0.00012})["ghg.total:range"]
    assert "Total: 1.5e-09 t." in said({"ghg.total": 1.5e-9})["ghg.total:range"]


def test_a_ratio_is_judged_in_its_own_unit(declared, said):
    assert said({"ghg.homes": 0.056, "gas.sold": 1}) == {}
    assert "By gas: 66666.7 kg/TJ." in said({"ghg.homes": 0.2, "gas.sold": 3})["ratio.by_gas:range"]
    assert (
        "By gas: 560000 kg/TJ. More than 60000 kg/TJ"
        in said({"ghg.homes": 0.56, "gas.sold": 1})["ratio.by_gas:range"]
    )
    assert said({"ghg.homes": 0.56, "gas.sold": 0}) == {}
    (finding,) = plausibility(declared, {"ghg.homes": 1, "gas.sold": 1}, year=2024)
    assert finding.params["items"] == ("gas.sold", "ghg.homes")


@pytest.mark.parametrize("nothing", NOTHING, ids=range(len(NOTHING)))
def test_what_is_no_figure_is_not_judged(said, nothing):
    assert said({"ghg.total": nothing, "ghg.homes": 9000}, {2023: {"ghg.homes": nothing}}) == {}
    assert said({"other": 1, "people.note": nothing}) == {}
