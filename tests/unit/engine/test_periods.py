from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.periods import BadPeriod, Period


def test_a_year_is_all_its_days():
    period = Period.parse(" 2019 ")
    assert period == Period(date(2019, 1, 1), date(2019, 12, 31), 2019)
    assert (period.days, str(period), period.is_calendar_year()) == (365, "2019", True)


def test_a_fiscal_year_is_called_by_the_year_that_holds_most_of_it():
    period = Period.parse("2019-04-01/2020-03-31")
    assert (period.label_year, period.days, str(period)) == (2019, 366, "2019-04-01/2020-03-31")
    assert Period.parse("2019-10-01/2020-09-30").label_year == 2020


def test_of_two_equal_halves_the_earlier_year_names_it():
    assert Period.parse("2018-12-31/2019-01-01").label_year == 2018


def test_a_place_may_name_its_period_by_another_year():
    period = Period.parse("2019-07-01/2020-06-30", label_year=2020)
    assert period.label_year == 2020
    assert Period.parse(str(period), label_year=2020) == period


def test_a_month_lies_within_its_year():
    assert Period.parse("2019").holds(Period.parse("2019-02-01/2019-02-28"))
    assert not Period.parse("2019").holds(Period.parse("2019-12-31/2020-01-01"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("19", "it has another form"),
        ("", "it has another form"),
        ("2019-04", "it has another form"),
        ("\u0662\u0660\u0661\u0669", "it has another form"),
        ("0000", "there is no such day or year"),
        ("2019-02-29/2020-02-28", "there is no such day or year"),
        ("2020-03-31/2019-04-01", "it ends before it starts"),
    ],
)
def test_what_is_not_a_period_is_refused_with_the_form_to_use(text, why):
    with pytest.raises(BadPeriod) as refusal:
        Period.parse(text)
    assert refusal.value.message.endswith(f"is not a period: {why}.")
    assert "2019-04-01/2020-03-31" in refusal.value.remedy
