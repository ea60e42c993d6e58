"""Figures as readers see them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from localaction.platform.web import numbers
from localaction.platform.web.templatetags import web as tags

THIN = "\u202f"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567.9"),
        ("fr", f"1{THIN}234{THIN}567,9"),
        ("es", f"1{THIN}234{THIN}567,9"),
        ("pt", "1.234.567,9"),
        ("ar", "1,234,567.9"),
        ("zh-hans", "1,234,567.9"),
    ],
)
def test_signs_follow_the_language(language: str, written: str) -> None:
    with translation.override(language):
        assert numbers.number(1_234_567.89, 1) == written


def test_a_removal_has_a_minus_and_a_rounded_zero_has_none() -> None:
    assert numbers.number(-12_345.6) == f"{MINUS}12,346"
    assert numbers.number(-0.4) == "0"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (10348918.643984389, "10348918.643984389"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (5.0, "5"),
        ("0.10", "0.1"),
    ],
)
def test_exact_keeps_every_digit_in_plain_notation(value: float | str, written: str) -> None:
    assert numbers.exact(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1852856.889, "1,852,857"), (12.4, "12"), (4.567, "4.57"), (0.0, "0"), (-4.567, f"{MINUS}4.57")],
)
def test_tonnes_are_whole_unless_that_would_hide_them(value: float, written: str) -> None:
    assert numbers.tonnes(value) == written


@pytest.mark.parametrize(
    ("value", "text", "unit"),
    [
        (10348918.6, "10.35", "Mt CO2e"),
        (1.2e9, "1,200", "Mt CO2e"),
        (765432.1, "765.4", "kt CO2e"),
        (3456.0, "3,456", "t CO2e"),
    ],
)
def test_headlines_are_scaled(value: float, text: str, unit: str) -> None:
    assert numbers.headline(value) == (text, unit)


def test_a_range_stands_in_the_scale_of_its_headline() -> None:
    assert numbers.span(9_500.0, 10_400.0, 9_900.0) == "9,500 to 10,400"


def test_factors_keep_small_digits() -> None:
    assert numbers.readable(0.0393, 6) == "0.0393"
    assert numbers.readable(56100.0, 6) == "56,100"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("t CO2e", "t CO<sub>2</sub>e"),
        ("CH4, fossil", "CH<sub>4</sub>, fossil"),
        ("N2O and SF6", "N<sub>2</sub>O and SF<sub>6</sub>"),
        ("t CO2/GJ", "t CO<sub>2</sub>/GJ"),
        ("C2F6", "C<sub>2</sub>F<sub>6</sub>"),
        ("HFC-134a in 2020 <b>", "HFC-134a in 2020 &lt;b&gt;"),
        ("II.1.1", "II.1.1"),
    ],
)
def test_formulas_have_low_digits_and_nothing_else_changes(text: str, html: str) -> None:
    assert tags.chem(text) == html


def test_days_are_written_out() -> None:
    assert tags.day(date(2026, 11, 21)) == "21 Nov 2026"
    assert tags.day("2026-11-21T10:00:00+00:00") == "21 Nov 2026"
    assert tags.day(datetime(2026, 11, 21, tzinfo=UTC)) == "21 Nov 2026"
    with translation.override("zh-hans"):
        assert tags.day(date(2026, 11, 21)) == "2026年11月21日"
