"""The usual ranges by kind of data: every number typed out here, and labelled as a default."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.packs import refusal

from localaction.engine.packs import Library

RANGES = Library.load().default_ranges

# Percent, half of the 95 % interval: least and most that is usual. All from memory of the guidelines.
USUAL = """
co2_fossil_factor       factor    2  7
ch4_combustion_factor   factor    50 150
grid_factor             factor    5  10
fuel_energy_industries  activity  1  5
fuel_commercial         activity  5  10
fuel_household          activity  10 20
fuel_biomass            activity  10 60
road_activity           activity  5  10
waste_weighed           activity  10 10
waste_not_weighed       activity  30 50
doc                     parameter 20 20
docf                    parameter 20 20
methane_share           parameter 5  5
recovery_metered        parameter 10 10
recovery_not_metered    parameter 50 50
wastewater_bod          activity  30 30
wastewater_bo           factor    30 30
population              activity  5  5
"""
# Methane correction factors as the package bonsai_ipcc carries them: percent below and above.
LOPSIDED = """
mcf_managed        10 0
mcf_deep           20 20
mcf_semi_aerobic   20 20
mcf_shallow        30 30
mcf_uncategorised  50 60
mcf_poorly_managed 30 30
mcf_well_aerated   60 60
"""
USUAL_LINES = [line.split() for line in USUAL.strip().splitlines()]
LOPSIDED_LINES = [line.split() for line in LOPSIDED.strip().splitlines()]


@pytest.mark.parametrize("line", USUAL_LINES, ids=[line[0] for line in USUAL_LINES])
def test_a_kind_has_its_usual_range(line):
    name, of, least, most = line
    held = RANGES[name]
    assert (held.of, held.least, held.most) == (of, float(least), float(most))
    assert (held.below, held.above, held.times) == (None, None, None)
    assert held.confidence == "unverified"


@pytest.mark.parametrize("line", LOPSIDED_LINES, ids=[line[0] for line in LOPSIDED_LINES])
def test_a_methane_correction_factor_has_its_lopsided_range(line):
    name, below, above = line
    held = RANGES[name]
    assert (held.below, held.above, held.of) == (float(below), float(above), "parameter")
    assert held.confidence == "secondary"


def test_nitrous_oxide_of_combustion_is_known_to_an_order_of_magnitude():
    held = RANGES["n2o_combustion_factor"]
    assert (held.times, held.least, held.most) == (10, None, None)


def test_there_are_no_others_and_each_is_called_a_default_with_its_source():
    named = {line[0] for line in USUAL_LINES + LOPSIDED_LINES} | {"n2o_combustion_factor"}
    assert set(RANGES) == named
    for held in RANGES.values():
        assert held.note.endswith("default")
        assert held.source_ref in Library.load().sources


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("co2_fossil_factor", "±2 to 7 %"),
        ("doc", "±20 %"),
        ("mcf_uncategorised", "-50/+60 %"),
        ("n2o_combustion_factor", "÷10 to ×10"),
    ],
)
def test_a_range_says_itself_in_words(name, words):
    assert RANGES[name].words() == words


def test_a_least_above_the_most_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, "reference/uncertainty.yaml", "least: 2, most: 7", "least: 9, most: 7")
    assert message == "uncertainty.yaml:4: the least is above the most. Compare the two with the source."
