"""Levels of certification, totals with open indicators, and ranges, from the reference cases."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import framework_of, read_folder

DAY = date(2026, 1, 1)
ISO = framework_of("iso_37120/2014")
CORE = [indicator.id for indicator in ISO.indicators.values() if "core" in indicator.groups]
SUPPORTING = [indicator.id for indicator in ISO.indicators.values() if "supporting" in indicator.groups]
# World Council on City Data, 2014: core and supporting indicators verified, level.
LEVELS = [
    (29, 40, None), (30, 0, "aspirational"), (45, 54, "aspirational"), (46, 0, "bronze"), (46, 13, "bronze"),
    (46, 14, "silver"), (46, 29, "silver"), (46, 30, "gold"), (46, 44, "gold"), (46, 45, "platinum"),
    (46, 54, "platinum"),
]  # fmt: skip


def test_the_standard_has_46_core_and_54_supporting_indicators():
    assert (len(CORE), len(SUPPORTING), len(ISO.sections)) == (46, 54, 17)


@pytest.mark.parametrize(("core", "supporting", "level"), LEVELS)
def test_levels_count_verified_indicators_core_first(core, supporting, level):
    answers = ISO.cases["city"].answers
    verified = CORE[:core] + SUPPORTING[:supporting]
    found = evaluate(ISO, answers, as_of=DAY, verified=verified)
    assert (found.level, found.level_known) == (level, True)


def test_what_is_verified_but_not_answered_does_not_count():
    found = evaluate(ISO, {}, as_of=DAY, verified=CORE + SUPPORTING)
    assert (found.totals["core"].value, found.level) == (0, None)


def test_an_open_indicator_lowers_neither_the_total_nor_what_it_is_out_of():
    """Case 6: 48 of 92, of the 72 that could be had; never 61.33."""
    index = framework_of("singapore_index/2014")
    total = evaluate(index, index.cases["total"].answers, as_of=DAY).totals["total"]
    assert (total.value, total.maximum, total.available) == (48, 92, 72)
    assert (total.known, total.parts) == (18, 23)
    assert total.share == pytest.approx(2 / 3)


def test_a_share_of_what_could_be_had_is_withheld_below_the_floor():
    index = framework_of("singapore_index/2014")
    total = evaluate(index, {"biodiversity.projects": 50}, as_of=DAY).totals["total"]
    assert (total.value, total.available, total.share) == (3, 4, None)


def test_a_missing_answer_makes_a_decision_unknown_and_never_no():
    pledge = framework_of("efficiency_gain")
    found = evaluate(pledge, {"efficiency.declared": "raw"}, as_of=DAY)
    assert found.decisions["energy_met"] is None


def test_a_value_outside_its_range_is_shown_unscored_and_said():
    index = framework_of("singapore_index/2014")
    found = evaluate(index, {"area.natural": 30_000, "area.total": 100}, as_of=DAY)
    assert (found.results["1"].status, found.results["1"].score) == ("outside", None)
    assert [finding.message for finding in found.findings] == [
        "1 Proportion of natural areas comes out as 300 %, outside 0 to 100; it is not scored.",
        "Natural areas are larger than the city. The rule is: area.natural <= area.total.",
    ]


def test_a_division_by_zero_is_said_and_gives_no_value():
    index = framework_of("singapore_index/2014")
    found = evaluate(index, {"area.natural": 30, "area.total": 0}, as_of=DAY)
    assert found.results["1"].value is None
    assert found.findings[0].message == (
        "1 Proportion of natural areas cannot be reckoned, because what it is divided by is zero."
    )


def test_a_pledge_at_normal_weather_for_each_inhabitant():
    """Case of the pledge: 223.842365 kWh for each inhabitant before, 214.718808 kWh after."""
    pledge = framework_of("efficiency_gain")
    found = evaluate(pledge, pledge.cases["C7"].answers, as_of=DAY).results
    per_person = [found[energy].value * 1e6 / people for energy, people in (("E3", 210_000), ("E4", 216_300))]
    assert per_person == pytest.approx([223.842365, 214.718808], rel=1e-8)


COMPOSITE = """\
id: composite
edition: "1"
title: "Two indicators, added up in two ways"
publisher: "A handbook"
licence: "Facts, cited"
summary: "X is better up, Y is better down; three places."
source: {ref: gpc-1.1, locator: "made up"}
confidence: unverified
last_checked: "2026-11-25"
sections: [{id: all, label: "All"}]
indicators:
  - {id: first, section: all, label: "First", unit: "1", answer: economy.jobs, groups: [goal],
     scoring: {linear: {from: 20, to: 50, low: LOW, high: 100}, confidence: secondary,
               source: {ref: gpc-1.1, locator: "made up"}}}
  - {id: second, section: all, label: "Second", unit: "1", answer: housing.dwellings, groups: [goal],
     scoring: {linear: {from: 8, to: 2, low: LOW, high: 100}, confidence: secondary,
               source: {ref: gpc-1.1, locator: "made up"}}}
totals:
  - {id: mean, label: "Mean", rule: mean, of: score, over: [goal]}
  - {id: geometric, label: "Geometric mean", rule: geometric, of: score, over: [goal]}
"""


@pytest.mark.parametrize(
    ("low", "total", "expected"),
    [(0, "mean", [25, 25, 100]), (1, "geometric", [7.106335, 7.106335, 100])],
)
def test_goalposts_and_two_ways_to_add_up(tmp_path, low, total, expected):
    """Composite: A (20, 5), B (35, 8), C (50, 2); ties are shared, and the root of 50.5 is 7.106335."""
    found = [composite(tmp_path, low, x, y).totals[total] for x, y in ((20, 5), (35, 8), (50, 2))]
    assert [one.value for one in found] == pytest.approx(expected, rel=1e-6)


def test_a_missing_part_leaves_the_mean_of_what_is_known_with_its_coverage(tmp_path):
    found = composite(tmp_path, 0, 35, None).totals["mean"]
    assert (found.value, found.coverage) == (50, 0.5)


def composite(tmp_path, low, x, y):
    folder = tmp_path / "composite" / "1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(COMPOSITE.replace("LOW", str(low)), encoding="utf-8")
    return evaluate(read_folder(folder), {"economy.jobs": x, "housing.dwellings": y}, as_of=DAY)
