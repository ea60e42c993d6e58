"""Several writers at the same moment, each with a connection of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from localaction.platform.accounts.models import User
from localaction.platform.places.models import Place
from localaction.platform.values.errors import EditConflict
from localaction.platform.values.figures import Figure
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.services import LATEST, record_many, record_value
from tests.platform.accounts.make import place, with_role
from tests.platform.values.conftest import YEAR

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


@pytest.fixture
def london(transactional_db: None) -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


def at_once(*acts: Callable[[], object]) -> list[Future[object]]:
    """Run every act in a thread of its own, all released together; return what became of them."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [pool.submit(run, act) for act in acts]


def test_of_editors_who_saw_the_same_revision_exactly_one_wins(london: Place, officer: User) -> None:
    first = record_value(
        actor=officer, place=london, item="population.total", period=YEAR, amount=0.0, unit="person"
    )

    def edit(amount: float) -> Callable[[], object]:
        return lambda: record_value(
            actor=officer,
            place=london,
            item="population.total",
            period=YEAR,
            amount=amount,
            unit="person",
            seen=first.pk,
        )

    outcomes = at_once(*(edit(float(number)) for number in range(1, WRITERS + 1)))
    errors = [outcome.exception() for outcome in outcomes]
    assert [type(error) for error in errors if error] == [EditConflict] * (WRITERS - 1)
    winner = float(errors.index(None) + 1)
    assert [each.amount for each in ValueRevision.objects.order_by("number")] == [0.0, winner]
    current = Value.objects.get().current
    assert current is not None
    assert current.amount == winner


def test_of_those_who_saw_nothing_exactly_one_makes_the_figure(london: Place, officer: User) -> None:
    def make(amount: float) -> Callable[[], object]:
        return lambda: record_value(
            actor=officer, place=london, item="area.total", period=YEAR, amount=amount, unit="km2"
        )

    outcomes = at_once(*(make(float(number)) for number in range(WRITERS)))
    errors = [outcome.exception() for outcome in outcomes]
    assert [type(error) for error in errors if error] == [EditConflict] * (WRITERS - 1)
    assert (Value.objects.count(), ValueRevision.objects.count()) == (1, 1)


def test_imports_at_the_same_moment_all_come_in_one_after_the_other(london: Place, officer: User) -> None:
    def load(run: int) -> Callable[[], object]:
        figures = [
            Figure(
                place=london,
                item="ghg.inventory.cell",
                period=YEAR,
                dimensions={"gpc_ref": f"I.{number}"},
                basis="derived",
                amount=run + number / 100,
                unit="t",
                seen=LATEST,
            )
            for number in range(20)
        ]
        return lambda: record_many(actor=officer, figures=figures)

    outcomes = at_once(*(load(run) for run in range(WRITERS)))
    assert [outcome.exception() for outcome in outcomes] == [None] * WRITERS
    assert Value.objects.count() == 20
    for value in Value.objects.select_related("current"):
        assert value.current is not None
        assert value.current.number == WRITERS
        assert value.revisions.count() == WRITERS
    runs = {
        int(value.current.amount or 0) for value in Value.objects.select_related("current") if value.current
    }
    assert len(runs) == 1  # the current figures are all of one import, not a mixture


def test_an_editor_waits_for_a_save_that_is_under_way_and_then_learns_of_it(
    london: Place, officer: User
) -> None:
    first = record_value(
        actor=officer, place=london, item="population.total", period=YEAR, amount=0.0, unit="person"
    )
    other = with_role("officer", london, name="Mary")
    figure = {
        "place": london,
        "item": "population.total",
        "period": YEAR,
        "unit": "person",
        "seen": first.pk,
    }
    saved, finish = threading.Event(), threading.Event()

    def slow_save() -> None:
        try:
            with transaction.atomic():
                record_value(actor=other, amount=1.0, **figure)
                saved.set()
                finish.wait(timeout=30)
        finally:
            connection.close()

    def late_save() -> None:
        try:
            record_value(actor=officer, amount=2.0, **figure)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(slow_save)
        assert saved.wait(timeout=30)
        late = pool.submit(late_save)
        time.sleep(0.2)  # the late one is now waiting in the database
        assert not late.done()
        finish.set()
        slow.result(timeout=30)
        with pytest.raises(EditConflict, match=r"Mary changed population\.total"):
            late.result(timeout=30)
    assert [each.amount for each in ValueRevision.objects.order_by("number")] == [0.0, 1.0]
