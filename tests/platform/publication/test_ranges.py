"""What figures are compared with is made of public figures alone, and follows them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.frameworks.models import ReferenceRange
from localaction.platform.frameworks.queries import ranges_for
from localaction.platform.publication.ranges import Refreshed, refresh_ranges
from localaction.platform.values.figures import Figure
from localaction.platform.values.queries import last_figure
from localaction.platform.values.services import record_many, record_value
from tests.platform.accounts.make import place, with_role

pytestmark = pytest.mark.django_db
RATIO = next(
    each
    for each in Library.load().plausible.subjects.values()
    if each.peers and "/" in each.formula and "population.total" in each.items
)
PART = next(item for item in RATIO.items if item != "population.total")


def say(where, amount, year=2024, visibility="public", **more):
    """Say both figures of the ratio for a place: the amount for a hundred inhabitants."""
    for item, said in ((PART, amount), ("population.total", 100)):
        figure = {"place": where, "item": item, "period": Period.year(year), "visibility": visibility, **more}
        figure |= {"amount": said, "unit": Library.load().items[item]["unit"], "basis": "reported"}
        record_many(actor=OPERATOR, figures=[Figure(**figure)])


@pytest.fixture
def cities(db):
    """Return five cities of one country and one of another that publish both figures."""
    found = [place(f"NO-C{number}", f"City {number}") for number in range(5)] + [place("SE-STO", "Stockholm")]
    for number, each in enumerate(found, 1):
        say(each, 100 * number)
    return found


def counts():
    found = ReferenceRange.objects.filter(subject=RATIO.id).order_by("year", "group")
    return {(each.year, each.group): each.count for each in found}


def test_a_range_is_made_for_all_places_and_for_a_country_with_enough(cities):
    refresh_ranges(actor=OPERATOR)
    assert counts() == {(2024, "*"): 6, (2024, "NO"): 5}
    norway, sweden = (ranges_for(each, 2025)[RATIO.id] for each in (cities[0], cities[-1]))
    assert (norway.count, norway.who, sweden.count) == (5, "places in NO for 2024", 6)
    assert norway.low < norway.median < norway.high
    assert norway.median / norway.high == pytest.approx(300 / 480)


def test_what_is_not_public_or_not_of_the_community_stays_out(cities):
    say(place("NO-HID", "Hidden"), 1e6, visibility="place")
    say(place("NO-NET", "Network"), 1e6, visibility="registry")
    say(place("NO-OWN", "Own"), 1e6, entity="operations")
    refresh_ranges(actor=OPERATOR)
    assert counts() == {(2024, "*"): 6, (2024, "NO"): 5}


def test_a_figure_that_is_not_public_any_more_leaves_its_range(cities):
    refresh_ranges(actor=OPERATOR)
    value = last_figure(cities[0], PART, 2024)
    unit = Library.load().items[PART]["unit"]
    common = {"place": cities[0], "item": PART, "period": Period.year(2024), "seen": value.current_id}
    record_value(actor=OPERATOR, **common, amount=100, unit=unit, basis="reported", visibility="place")
    refresh_ranges(actor=OPERATOR)
    assert counts() == {(2024, "*"): 5}


def test_one_year_is_made_anew_and_others_stay(cities):
    for each in cities:
        say(each, 10, year=2023)
    refresh_ranges(actor=OPERATOR)
    before = {(2023, "*"): 6, (2023, "NO"): 5}
    assert counts() == {**before, (2024, "*"): 6, (2024, "NO"): 5}
    for year in (2023, 2024):
        say(place(f"NO-N{year}", "New"), 50, year=year)
    done = refresh_ranges(actor=OPERATOR, year=2024)
    assert counts() == {**before, (2024, "*"): 7, (2024, "NO"): 6}
    assert done.years == (2024,)


def test_a_year_without_enough_places_loses_its_ranges(cities):
    ReferenceRange.objects.create(subject=RATIO.id, year=2001, group="*", low=1, median=2, high=3, count=5)
    assert refresh_ranges(actor=OPERATOR, year=2001) == Refreshed(0, ())
    assert counts() == {}


def test_who_did_it_and_how_many_there_are_is_recorded(cities):
    done = refresh_ranges(actor=OPERATOR)
    event = Event.objects.get(verb="publication.ranges.refreshed")
    assert event.before == {"ranges": 0}
    assert event.after == {"year": None, "ranges": done.ranges, "years": [2024]}


def test_only_who_may_publish_releases_refreshes_ranges(cities):
    with pytest.raises(PermissionDenied):
        refresh_ranges(actor=with_role("officer", cities[0]))
    assert counts() == {}


def test_the_number_of_queries_grows_with_neither_places_nor_years(cities):
    with CaptureQueriesContext(
        connection,
    ) as few:
        refresh_ranges(actor=OPERATOR)
    for number, each in enumerate([*cities, *(place(f"SE-M{number}", "More") for number in range(6))]):
        for year in (2021, 2022, 2023):
            say(each, 10 * number + 10, year=year)
    with CaptureQueriesContext(connection) as many:
        refresh_ranges(actor=OPERATOR)
    assert len(counts()) == 10 + 1
    # Rows that are there already are deleted by a statement of their own.
    assert len(many) <= len(few) + 1
