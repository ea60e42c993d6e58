"""The rules that the database itself keeps, whoever writes to it."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from localaction.platform.values.models import Value, ValueRevision
from tests.platform.values.conftest import Save

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {"number": 2, "amount": 1.0, "exact": "1"}
NOTHING: dict[str, Any] = {"amount": None, "exact": ""}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (NOTHING, "exactly_one"),
        ({"notation_key": "NE"}, "exactly_one"),
        ({"choice": "yes"}, "exactly_one"),
        ({"day": "2019-01-01"}, "exactly_one"),
        (NOTHING | {"choice": "yes", "text": "yes"}, "exactly_one"),
        ({"exact": ""}, "exact_beside_amount"),
        ({"amount": None, "choice": "yes"}, "exact_beside_amount"),
        ({"amount": math.inf}, "finite"),
        ({"amount": -math.inf}, "finite"),
        ({"low": -math.inf}, "finite"),
        ({"high": math.inf}, "finite"),
        ({"standard_uncertainty": math.inf}, "finite"),
        ({"low": 2.0, "high": 1.0}, "low_below_high"),
        ({"visibility": "friends"}, "known_visibility"),
        ({"number": 1}, "(?i)unique"),
    ],
)
def test_a_revision_that_breaks_a_rule_is_refused(
    save: Save, changes: dict[str, Any], constraint: str
) -> None:
    head = save(amount=3.0).value
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ValueRevision.objects.create(value=head, **PLAIN | changes)
    assert ValueRevision.objects.create(value=head, **PLAIN).number == 2


def test_not_a_number_never_becomes_an_amount(save: Save) -> None:
    """SQLite reads NaN as null, PostgreSQL as larger than all: both break a rule."""
    head = save(amount=3.0).value
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueRevision.objects.create(value=head, **PLAIN | {"amount": math.nan})


@pytest.mark.parametrize("amount", [1.7976931348623157e308, -1.7976931348623157e308, 5e-324, 0.1])
def test_every_finite_float_is_kept_to_the_last_bit(save: Save, amount: float) -> None:
    revision = save(amount=amount)
    revision.refresh_from_db()
    assert revision.amount == amount


def test_revisions_are_neither_changed_nor_deleted(save: Save) -> None:
    revision = save(amount=1.0)
    for statement in (
        "UPDATE values_valuerevision SET amount = 2",
        "UPDATE values_valuerevision SET reason = 'because'",
        "DELETE FROM values_valuerevision",
        "UPDATE values_value SET item = 'area.total'",
        "UPDATE values_value SET place_id = place_id + 1",
        "DELETE FROM values_value",
    ):
        with (
            pytest.raises(IntegrityError, match="is append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    revision.refresh_from_db()
    assert (revision.amount, revision.value.item) == (1.0, "population.total")


def test_a_key_has_one_head_and_a_question_one_adopted_candidate(save: Save) -> None:
    head = save(amount=1.0).value
    data = {
        "place": head.place,
        "item": head.item,
        "period_start": head.period_start,
        "period_end": head.period_end,
        "label_year": 2019,
        "basis": "reported",
    }
    for changes in ({}, {"basis": "derived", "adopted": True}):
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Value.objects.create(**data | changes)
    for changes, rule in (
        ({"basis": "guessed"}, "known_words"),
        ({"entity": "martians", "basis": "derived"}, "known_words"),
        ({"item": ""}, "known_words"),
        ({"period_end": "2018-12-31"}, "period_ends_after_start"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Value.objects.create(**data | changes)


def plan(found: QuerySet[Value]) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off"
            )  # the tables of a test are too small to need an index
    return found.explain()


def test_the_figures_of_a_place_come_by_the_key_of_the_head(db: None) -> None:
    text = plan(Value.objects.filter(place_id=1, item="x", period_start="2019-01-01"))
    assert re.search(
        r"INDEX sqlite_autoindex_\w+ \(place_id=\? AND item=\? AND period|values_value_key", text
    ), text


def test_the_figures_of_an_item_come_by_the_index_of_the_adopted(db: None) -> None:
    text = plan(Value.objects.filter(adopted=True, item="x", period_start="2019-01-01"))
    assert "values_value_one_adopted" in text


def test_the_history_of_a_figure_comes_by_its_number(db: None) -> None:
    text = plan(ValueRevision.objects.filter(value_id=1).order_by("-number"))
    assert re.search(r"INDEX sqlite_autoindex_\w+ \(value_id=\?\)|values_revision_number", text), text
    assert "TEMP B-TREE" not in text
