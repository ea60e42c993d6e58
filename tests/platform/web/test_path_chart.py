"""The picture of a target and its words, without a place: figures hit nothing, a way up names no share."""

from __future__ import annotations

import pytest

from localaction.engine.pathways.line import Line, standing
from localaction.platform.web import charts_path, plan_words
from localaction.platform.web.plan_targets import potentials_text, progress_words


@pytest.mark.parametrize("aim", [2_000_000.0, 6_000_000.0, 12_900_000.0, 18_000_000.0, -3_000_000.0])
@pytest.mark.parametrize("size", [charts_path.WIDE, charts_path.NARROW], ids=["wide", "narrow"])
def test_no_figure_stands_outside_the_picture_or_on_another(size: charts_path.Layout, aim: float) -> None:
    drawn = charts_path._Drawing(
        Line(2015, 13_000_000.0, 2050, aim), {2019: 11_700_000.0, 2020: 10_300_000.0}, size
    )
    drawn.labels()
    newest, base, end = drawn.taken
    assert all(drawn._inside(box) for box in (newest, base, end))
    assert not any(one.meets(two) for one, two in ((newest, base), (newest, end), (base, end)))


def test_an_aim_above_the_base_year_names_no_share_of_a_way() -> None:
    line = Line(2015, 100.0, 2030, 120.0)
    assert progress_words(line, standing(line, 2020, 90.0)) == ""
    down = Line(2015, 100.0, 2030, 50.0)
    assert progress_words(down, standing(down, 2020, 110.0)) == "further from the aim than in the base year"
    assert " ".join(progress_words(down, standing(down, 2020, 90.0)).split()) == "20 % of the way"


def test_inventories_with_other_warming_potentials_are_told_apart() -> None:
    results = {
        2019: {"gwp_set": {"label": "SAR"}},
        2020: {"gwp_set": {"label": "AR4"}},
        2021: {"gwp_set": {"label": "AR5"}},
        2022: {"gwp_set": {"label": "AR5"}},
    }
    assert potentials_text(results, [2021, 2022]) == ""
    assert potentials_text(results, [2020, 2021, 2022]) == "Warming potentials: 2020: AR4; 2021, 2022: AR5"


def test_a_large_sum_of_money_keeps_its_last_digit() -> None:
    assert plan_words.money(9_007_199_254_740_993, "USD") == "USD 90,071,992,547,409.93"
    assert plan_words.money(125_000_000, "EUR") == "EUR 1,250,000"
