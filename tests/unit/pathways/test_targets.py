"""What a target aims at, its path, and how inventories stand against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from localaction.engine.pathways.line import Line, standing, standings
from localaction.engine.pathways.problems import BadTarget
from localaction.engine.pathways.target import Terms, aim_t, cut_below_base, level_of

# Case C6 of the agendas: base year 2017 with 1000 kt, target year 2030.
BASE = Terms(level="base", base_year=2017, target_year=2030, base_emissions_t=1_000_000, cut_percent=28)
SCENARIO = replace(BASE, level="scenario", scenario_emissions_t=1_200_000, cut_percent=40)
PERSON = replace(BASE, level="person", base_population=200_000, target_population=240_000, cut_percent=45)


def test_a_cut_below_a_baseline_scenario() -> None:
    assert aim_t(SCENARIO) == pytest.approx(720_000)
    assert cut_below_base(1_000_000, aim_t(SCENARIO)) == pytest.approx(0.28)


def test_a_cut_for_each_inhabitant() -> None:
    assert aim_t(PERSON) == pytest.approx(660_000)
    assert cut_below_base(1_000_000, aim_t(PERSON)) == pytest.approx(0.34)


def test_a_cut_below_a_base_year_and_a_fixed_level() -> None:
    assert aim_t(BASE) == pytest.approx(720_000)
    assert aim_t(replace(BASE, level="fixed", cut_percent=None, fixed_emissions_t=500_000)) == 500_000
    assert aim_t(replace(BASE, cut_percent=110)) == pytest.approx(-100_000)


def test_the_path_of_a_year_and_how_it_stands() -> None:
    line = Line(2017, 1_000_000, 2030, 720_000)
    found = standing(line, 2023, 880_000)
    assert found is not None
    assert found.progress == pytest.approx(0.4285714, abs=5e-8)  # half of the last printed digit
    assert found.path_t == pytest.approx(870_769.2, abs=0.05)
    assert found.gap_t == pytest.approx(880_000 - 870_769.2, abs=0.05)
    assert not found.on_path
    assert found.needed_t_per_year == pytest.approx(160_000 / 7)


def test_there_is_no_path_before_the_base_year_and_the_aim_goes_on_after_the_target_year() -> None:
    line = Line(2017, 1000.0, 2030, 500.0)
    assert line.at(2016) is None
    assert standing(line, 2016, 900.0) is None
    assert (line.at(2017), line.at(2030), line.at(2040)) == (1000.0, 500.0, 500.0)
    late = standing(line, 2031, 500.0)
    assert late is not None
    assert (late.on_path, late.needed_t_per_year, late.progress) == (True, None, 1.0)
    assert [each.year for each in standings(line, {2020: 1.0, 2016: 1.0, 2018: 1.0})] == [2018, 2020]
    assert line.points()[0] == (2017, 1000.0)
    assert len(line.points()) == 14


def test_progress_towards_an_aim_that_is_the_base_is_not_given() -> None:
    found = standing(Line(2017, 1000.0, 2030, 1000.0), 2020, 900.0)
    assert found is not None
    assert found.progress is None


@pytest.mark.parametrize(
    ("terms", "message", "field"),
    [
        (
            replace(BASE, target_year=2017),
            "target year 2017 is not after its base year 2017",
            "target_year",
        ),
        (replace(BASE, base_emissions_t=0), "emissions of the base year are 0", "base_emissions_t"),
        (replace(BASE, cut_percent=None), "percent of the cut are not given", "cut_percent"),
        (replace(BASE, cut_percent=float("nan")), "not a finite number", "cut_percent"),
        (replace(PERSON, target_population=None), "inhabitants of the target year", "target_population"),
        (replace(SCENARIO, scenario_emissions_t=-1), "baseline scenario are -1", "scenario_emissions_t"),
    ],
)
def test_a_target_that_makes_no_path_is_refused(terms: Terms, message: str, field: str) -> None:
    with pytest.raises(BadTarget, match=message) as refused:
        aim_t(terms)
    assert refused.value.field == field
    assert refused.value.remedy


def test_a_line_goes_forward_in_time() -> None:
    with pytest.raises(BadTarget, match="not after its base year"):
        Line(2030, 1.0, 2020, 1.0)


def test_an_unknown_level_is_named() -> None:
    assert level_of("base") == "base"
    with pytest.raises(LookupError, match="There is no level 'net'"):
        level_of("net")
