"""Beginning an inventory: one for each place and year, twelve months, known potentials, cited sources."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.errors import InputError
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.inventories.errors import BadInventoryPeriod, UnknownGwpSet, YearTaken
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import create_inventory
from localaction.platform.places.models import Place
from tests.platform.values.test_two_at_once import at_once

pytestmark = pytest.mark.django_db


def test_without_days_it_is_about_the_calendar_year(officer: User, london: Place) -> None:
    inventory = create_inventory(actor=officer, place=london, label_year=2020, gwp_set="ar6")
    inventory.refresh_from_db()
    assert (inventory.period_start, inventory.period_end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (inventory.status, inventory.origin, inventory.gwp_set) == ("draft", "own", "ar6")
    event = events_of(inventory)[0]
    assert (event.verb, event.actor) == ("inventories.inventory.created", officer)
    assert event.after == {"year": 2020, "period": "2020", "gwp_set": "ar6", "origin": "own"}


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (
            (2021, 1, 1),
            None,
            "The period 2021-01-01 to ? cannot be that of an inventory: one of the two days is",
        ),
        ((2021, 12, 31), (2021, 1, 1), "it ends before it starts."),
        ((2021, 1, 1), (2021, 6, 30), "it has 181 days."),
        ((2021, 1, 1), (2022, 12, 31), "it has 730 days."),
        ((2018, 1, 1), (2018, 12, 31), "it does not touch the year 2021."),
    ],
)
def test_what_is_no_twelve_months_of_its_year_is_refused(
    officer: User, london: Place, start: tuple[int, int, int], end: tuple[int, int, int] | None, message: str
) -> None:
    with pytest.raises(BadInventoryPeriod) as refused:
        create_inventory(
            actor=officer,
            place=london,
            label_year=2021,
            period_start=date(*start),
            period_end=date(*end) if end else None,
        )
    assert message in refused.value.message
    assert refused.value.remedy == (
        "An inventory covers twelve months: give the first and the last day of one year."
    )
    assert not Inventory.objects.exists()


@pytest.mark.parametrize("year", [21, -2019, 10_000])
def test_a_year_that_is_none_is_refused(officer: User, london: Place, year: int) -> None:
    with pytest.raises(BadInventoryPeriod, match="the year is not from 1900 on"):
        create_inventory(actor=officer, place=london, label_year=year)


def test_weeks_that_are_not_cut_and_leap_years_are_twelve_months(officer: User, london: Place) -> None:
    for first, last in ((date(2018, 12, 31), date(2019, 12, 29)), (date(2020, 1, 1), date(2020, 12, 31))):
        create_inventory(
            actor=officer, place=london, label_year=last.year, period_start=first, period_end=last
        )
    assert Inventory.objects.count() == 2


def test_unknown_warming_potentials_are_refused_with_those_there_are(officer: User, london: Place) -> None:
    with pytest.raises(UnknownGwpSet) as refused:
        create_inventory(actor=officer, place=london, label_year=2021, gwp_set="gwp20")
    assert str(refused.value) == (
        'There is no set of warming potentials "gwp20". Choose one of sar, tar, ar4, ar5, ar5-feedback, ar6.'
    )


@pytest.mark.parametrize("citation", ["", "  "])
def test_figures_of_a_published_source_are_cited(officer: User, london: Place, citation: str) -> None:
    with pytest.raises(InputError) as refused:
        create_inventory(
            actor=officer, place=london, label_year=2021, origin="published_source", citation=citation
        )
    assert str(refused.value) == (
        "Figures from a published source carry its citation, and this inventory has none. "
        "Say who published them, where and when."
    )
    assert not Inventory.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_those_who_begin_the_same_year_together_one_does(
    transactional_db: None, officer: User, london: Place
) -> None:
    found = at_once(*[lambda: create_inventory(actor=officer, place=london, label_year=2021)] * 4)
    errors = sorted(type(each.exception()).__name__ for each in found)
    assert errors == ["NoneType"] + [YearTaken.__name__] * 3
    assert Inventory.objects.count() == 1
