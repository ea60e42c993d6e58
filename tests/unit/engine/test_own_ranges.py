"""A row may state how sure its amount is; that range replaces the one its grade stands for."""

from __future__ import annotations

import pytest
from tests.support.inventory import co2e, compute, refusals


def percent(*rows):
    return compute(*rows)["totals"]["BASIC+"]["uncertainty_percent"]


def test_a_stated_range_replaces_that_of_the_grade():
    assert percent(co2e("IV.1", 100, data_quality="L", uncertainty_percent="4")) == pytest.approx(4)
    assert percent(co2e("IV.1", 100, data_quality="L")) == pytest.approx(30)


def test_a_stated_zero_is_sure():
    assert percent(co2e("IV.1", 100, uncertainty_percent="0")) == 0


def test_rows_with_and_without_a_range_of_their_own_add_by_squares():
    """100 t at 3 % and 20 t at 20 % of two cells: the half-widths 3 and 4 make 5 of 120."""
    rows = co2e("IV.1", 100, uncertainty_percent="3"), co2e("V.1", 20, uncertainty_percent="20")
    assert percent(*rows) == pytest.approx(100 * 5 / 120)


def test_a_line_says_what_its_range_rests_on():
    rows = [
        co2e("IV.1", 1, uncertainty_percent="2.5", data_quality="H"),
        co2e("IV.1", 1, data_quality="H"),
        co2e("IV.1", 1),
    ]
    found = [line["uncertainty"] for line in compute(*rows)["lines"]]
    assert [one["rests_on"] for one in found] == ["stated", "grade", "default"]
    assert [one["activity_percent"] for one in found] == [2.5, 5.0, 30.0]


@pytest.mark.parametrize("text", ["5 %", "-1", "nan", "1001", "1,5", "five"])
def test_what_is_no_percentage_is_refused(text):
    found = refusals(co2e("IV.1", 1, uncertainty_percent=text))[0]
    assert found.column == "uncertainty_percent"
    assert found.message == f'"{text}" is not an uncertainty in percent.'
    assert found.remedy.startswith("Write half the width of the 95 % interval as a number from 0 to 1000")
