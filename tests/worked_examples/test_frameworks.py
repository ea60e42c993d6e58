"""Levels of certification, totals with open indicators, and ranges, from the reference cases."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import framework_of

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
