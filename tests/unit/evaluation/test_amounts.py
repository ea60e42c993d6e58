"""Numbers in messages: short where that loses nothing that counts, and never in another size."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.evaluation.amounts import GIVEN, plain_number
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import frameworks


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.1234567, 6, "0.123457"),
        (1234567.8, 6, "1234568"),
        (999999.7, 6, "1000000"),
        (-31415926.7, 6, "-31415927"),
        (1234.5678, 3, "1235"),
        (100.00001, GIVEN, "100.00001"),
        (1e16, 6, "1e+16"),
    ],
)
def test_no_digit_before_the_point_is_given_up(value, digits, text):
    assert plain_number(value, digits) == text


def test_a_figure_just_outside_its_range_does_not_read_as_its_edge():
    framework = frameworks()["climate_registry/2014"]
    indicator = next(each for each in framework.indicators.values() if each.id == "I1")
    [item] = indicator.items
    found = evaluate(framework, {item: 2100.00001}, as_of=date(2026, 1, 1), period_days=365)
    [problem] = [each for each in found.findings if each.ref == "I1"]
    assert "2100.00001" in problem.message
