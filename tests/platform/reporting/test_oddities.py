"""What is odd about a figure is said with what it is compared with; an explanation stays with the figure."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library
from localaction.platform.frameworks.models import ReferenceRange
from localaction.platform.reporting.answers import Standing, standing_of
from localaction.platform.values.errors import EditConflict, ExplanationNeeded
from localaction.platform.values.remarks import explain
from tests.platform.reporting.conftest import CITY, NATURE, TODAY, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(london, officer):
    def looked() -> Standing:
        return standing_of(actor=officer, place=london, year=YEAR, frameworks=[NATURE, CITY], as_of=TODAY)

    return looked


def test_a_leap_from_an_earlier_year_is_odd_for_every_framework_that_asks(standing, answer) -> None:
    answer("population.total", "8961989", year=YEAR - 1)
    answer("population.total", "89619890")
    [odd] = standing().odd
    assert (odd.check, odd.value.item, odd.explained) == ("population.total:change", "population.total", None)
    assert "8961989" in odd.finding.message.replace(" ", "").replace(",", "")
    assert standing().odd_of(NATURE) == standing().odd_of(CITY) == [odd]


def test_an_explanation_stays_with_the_figure_until_it_changes(standing, answer, officer) -> None:
    answer("population.total", "100", year=YEAR - 1)
    revision = answer("population.total", "1000")
    check = "population.total:change"
    said = {"actor": officer, "value": revision.value, "check": check}
    with pytest.raises(ExplanationNeeded, match="The explanation is empty"):
        explain(**said, text="  ", seen=revision.pk)
    explain(**said, text="The city was merged with its neighbours.", seen=revision.pk)
    [odd] = standing().odd
    assert (odd.explained.text, odd.explained.who) == ("The city was merged with its neighbours.", "Grace")
    answer("population.total", "1001", seen=revision.pk)
    assert standing().odd[0].explained is None
    revision.value.refresh_from_db()
    with pytest.raises(EditConflict):
        explain(**said, text="Too late.", seen=revision.pk)


def test_peers_are_those_of_the_country_where_there_are_enough(standing, answer) -> None:
    subject = next(each for each in standing_subjects() if each.peers is not None)
    common = {"subject": subject.id, "year": YEAR - 1}
    for group, high in (("*", 10.0), ("GB", 20.0)):
        ReferenceRange.objects.create(**common, group=group, low=1, median=5, high=high, count=7)
    for item in subject.items:
        answer(item, "1" if item != subject.items[0] else "1e9", framework=framework_asking(item))
    found = [odd for odd in standing().odd if odd.check == f"{subject.id}:peers"]
    assert [odd.finding.params["who"] for odd in found] == [f"places in GB for {YEAR - 1}"]


def standing_subjects():
    asked = {*NATURE.items, *CITY.items}
    return [each for each in Library.load().plausible.subjects.values() if set(each.items) <= asked]


def framework_asking(item: str):
    return NATURE if item in NATURE.items else CITY
