"""What visitors read: published documents, in one query, and never a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.engine.periods import Period
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import compute, create_inventory, remove_row
from localaction.platform.places.models import Place
from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import (
    network_summary,
    newest,
    newest_of_each_place,
    published,
    published_of,
    published_years,
)
from localaction.platform.publication.services import publish
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import place
from tests.platform.inventories.make import fill, save

pytestmark = pytest.mark.django_db
CANARY = "canary-4711"


def publish_year(where: Place, year: int, amount: str, people: str = "") -> Inventory:
    """Publish an inventory with one amount."""
    if people:
        record_value(
            actor=OPERATOR,
            place=where,
            item="population.total",
            period=Period.year(year),
            exact=people,
            unit="person",
            source="Census",
            visibility="public",
        )
    inventory = create_inventory(actor=OPERATOR, place=where, label_year=year)
    fill(OPERATOR, inventory, amount=amount)  # type: ignore[arg-type]
    compute(actor=OPERATOR, inventory=inventory)
    publish(actor=OPERATOR, inventory=inventory)
    return inventory


def test_a_draft_is_nowhere(officer: User, inventory: Inventory) -> None:
    fill(officer, inventory, note=CANARY)
    compute(actor=officer, inventory=inventory)
    with pytest.raises(NotPublished, match="No inventory of GB-LON is published"):
        published("GB-LON")
    with pytest.raises(NotPublished, match="for 2019 is published"):
        published("GB-LON", 2019)
    assert (published_years("GB-LON"), newest(), newest_of_each_place()) == ([], [], [])
    assert published_of(inventory) is None
    summary = network_summary()
    assert (summary.places, summary.inventories, summary.territorial_t) == (0, 0, 0)
    assert (summary.first_year, summary.last_year) == (None, None)


def test_changes_after_publishing_are_nowhere(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    before, summary = published("GB-LON"), network_summary()
    row = save(officer, ready, amount="999", note=CANARY)
    compute(actor=officer, inventory=ready)
    assert CANARY not in published("GB-LON").text
    assert published("GB-LON") == before
    assert network_summary() == summary
    remove_row(actor=officer, inventory=ready, row_key=row.row_key)


def test_the_newest_year_is_shown_unless_another_is_asked_for(london: Place) -> None:
    for year, amount in ((2019, "5"), (2021, "7"), (2020, "6")):
        publish_year(london, year, amount)
    assert published_years("gb-lon") == [2021, 2020, 2019]
    assert published("gb-lon").label_year == 2021
    assert published("GB-LON", 2019).result["lines"][0]["amount"] == 5.0
    assert [item.label_year for item in newest(2)] == [2020, 2021]
    assert [item.label_year for item in newest_of_each_place()] == [2021]


def test_the_network_adds_up_the_newest_of_each_place(london: Place) -> None:
    lima = place("PE-LIM", "Lima")
    publish_year(london, 2018, "1000", people="1")
    publish_year(london, 2019, "5", people="8908081")
    publish_year(lima, 2020, "10")
    summary = network_summary()
    assert (summary.places, summary.inventories) == (2, 3)
    assert summary.population == 8908081  # of Lima none is known
    assert summary.territorial_t == pytest.approx(3 * 281.3325)
    assert (summary.first_year, summary.last_year) == (2018, 2020)
    assert published("GB-LON").doc["population"] == {"value": 8908081.0, "source": "Census"}


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_reading_takes_the_same_few_statements_for_few_and_for_many(london: Place) -> None:
    reading: list[Callable[[], object]] = [
        lambda: published("GB-LON"),
        lambda: published_years("GB-LON"),
        lambda: newest(50),
        lambda: newest_of_each_place(),
        network_summary,
    ]
    publish_year(london, 2015, "5")
    few = [statements(act) for act in reading]
    for year in range(2016, 2024):
        publish_year(london, year, "5")
    assert [statements(act) for act in reading] == few == [1, 1, 1, 1, 3]
