"""What the database itself keeps: finite figures, years in order, revisions that never change."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from localaction.platform.accounts.models import User
from localaction.platform.audit.appendonly import guarded_tables
from localaction.platform.planning.models import Achievement, Action, PartRevision, Target
from localaction.platform.planning.queries import parts_of
from localaction.platform.planning.services import change_part
from tests.platform.planning.conftest import ACTION, Add

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("target", {"target_year": 2017}),
        ("target", {"base_emissions_t": 0.0}),
        ("target", {"aim_t": float("inf")}),
        ("target", {"visibility": "friends"}),
        ("action", {"title": ""}),
        ("action", {"cost_minor": 5}),
        ("action", {"cost_minor": -5, "currency": "EUR"}),
        ("action", {"starts_on": "2020-01-02", "ends_on": "2020-01-01"}),
        ("achievement", {"action": None}),
        ("achievement", {"amount": 5.0}),
    ],
)
def test_the_database_refuses_what_no_part_may_be(add: Add, kind: str, values: dict[str, Any]) -> None:
    models: dict[str, Any] = {"target": Target, "action": Action, "achievement": Achievement}
    add("target")
    action = add("action")
    add("achievement", action=str(action.public_id))
    with pytest.raises(IntegrityError), transaction.atomic():
        models[kind].objects.update(**values)


def test_revisions_are_neither_changed_nor_deleted(add: Add) -> None:
    add("action")
    assert "planning_partrevision" in guarded_tables(connection)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PartRevision.objects.update(reason="x")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PartRevision.objects.all().delete()


def test_a_save_that_lost_the_race_writes_nothing(add: Add, officer: User) -> None:
    """The row moved on between the look and the write: the conditional update hits no row."""
    action = add("action")
    behind = Action.objects.get(pk=action.pk)
    change_part(actor=officer, part=action, seen=1, said={**ACTION, "owner": "Works"})
    with pytest.raises(Exception, match="Nothing was overwritten"):
        change_part(actor=officer, part=behind, seen=1, said={**ACTION, "owner": "Parks"})
    assert PartRevision.objects.count() == 2


@pytest.mark.parametrize("kind", ["commitment", "target", "action", "achievement"])
def test_a_plan_is_read_in_the_same_queries_whatever_its_size(
    add: Add, officer: User, django_assert_max_num_queries: Any, kind: str
) -> None:
    action = str(add("action").public_id)
    more = {"action": action} if kind == "achievement" else {}
    for _ in range(3):
        place = add(kind, **more).place
        with django_assert_max_num_queries(2):
            assert parts_of(officer, place, kind)
