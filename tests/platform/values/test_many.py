"""Many figures at once: the same number of statements for ten as for hundreds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.engine.periods import Period
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.places.models import Place
from localaction.platform.values.errors import EditConflict, NotANumber, SameFigureTwice
from localaction.platform.values.figures import Figure
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.services import Written, record_many
from tests.platform.accounts.make import place
from tests.platform.values.conftest import YEAR, Save

pytestmark = pytest.mark.django_db


def cells(where: Place, count: int, run: str = "1", year: Period = YEAR) -> list[Figure]:
    return [
        Figure(
            place=where,
            item="ghg.inventory.cell",
            period=year,
            dimensions={"gpc_ref": f"I.{number}"},
            basis="derived",
            unit="t",
            amount=number / 7,
            lineage={"run": run},
        )
        for number in range(count)
    ]


def statements(officer: User, figures: list[Figure]) -> tuple[int, Written]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        written = record_many(actor=officer, figures=figures)
    return len(captured), written


def test_the_number_of_statements_does_not_grow_with_the_figures(london: Place, officer: User) -> None:
    few, written = statements(officer, cells(london, 10))
    assert written == Written(created=10)
    many, written = statements(officer, cells(london, 700, year=Period.year(2020)))
    assert written == Written(created=700)
    assert few == many
    again, written = statements(officer, cells(london, 700, run="2", year=Period.year(2020)))
    assert written == Written(changed=700)
    assert again < many
    idle, written = statements(officer, cells(london, 700, run="2", year=Period.year(2020)))
    assert written == Written(unchanged=700)
    assert idle < again
    assert many <= 12


def test_what_is_written_is_what_one_by_one_would_write(london: Place, officer: User) -> None:
    record_many(actor=officer, figures=cells(london, 3), reason="run 1")
    record_many(actor=officer, figures=cells(london, 4, run="2"), reason="run 2")
    heads = Value.objects.select_related("current__author", "current__replaces").order_by("dimensions")
    seen = [
        (h.dimensions, h.current.number, h.current.exact, h.current.lineage, h.adopted)
        for h in heads
        if h.current
    ]
    two = {"run": "2"}
    assert seen == [
        ("gpc_ref=I.0", 2, "0", two, True),
        ("gpc_ref=I.1", 2, "0.14285714285714285", two, True),
        ("gpc_ref=I.2", 2, "0.2857142857142857", two, True),
        ("gpc_ref=I.3", 1, "0.42857142857142855", two, True),
    ]
    newest = heads[0].current
    assert newest is not None
    assert newest.replaces is not None
    assert (newest.author, newest.reason, newest.replaces.number) == (officer, "run 2", 1)
    assert (newest.replaces.lineage, newest.replaces.value_id) == ({"run": "1"}, heads[0].pk)
    assert len({head.public_id for head in heads}) == 4


def test_one_event_for_each_place(london: Place, officer: User) -> None:
    record_many(actor=officer, figures=cells(london, 5), reason="run 1")
    event = events_of(london)[0]
    assert (event.verb, event.actor, event.reason) == ("values.figures.recorded", officer, "run 1")
    assert event.after == {"figures": 5}


def test_all_or_none(london: Place, officer: User) -> None:
    lima = place("PE-LIM", "Lima")
    bad = Figure(place=london, item="area.total", period=YEAR, exact="1,5", unit="km2")
    for figures, error in (
        ([*cells(london, 3), *cells(lima, 1)], NotAllowed),
        ([*cells(london, 3), bad], NotANumber),
        ([*cells(london, 3), *cells(london, 1, run="2")], SameFigureTwice),
    ):
        with pytest.raises(error):
            record_many(actor=officer, figures=figures)
        assert not Value.objects.exists()
    assert record_many(actor=officer, figures=[]) == Written()


def test_a_figure_that_was_seen_is_checked_in_a_batch_too(save: Save, london: Place, officer: User) -> None:
    first = save(amount=1.0)
    second = save(amount=2.0, seen=first.pk)
    late = Figure(
        place=london, item="population.total", period=YEAR, amount=3.0, unit="person", seen=first.pk
    )
    with pytest.raises(EditConflict, match=r"Grace changed population\.total of London for 2019"):
        record_many(actor=officer, figures=[*cells(london, 2), late])
    assert not Value.objects.filter(item="ghg.inventory.cell").exists()
    assert Value.objects.get().current == second


def test_a_derived_figure_stands_beside_the_adopted_one(save: Save, london: Place, officer: User) -> None:
    reported = save(amount=1.0)
    derived = Figure(
        place=london, item="population.total", period=YEAR, amount=2.0, unit="person", basis="derived"
    )
    estimated = Figure(
        place=london, item="area.total", period=YEAR, amount=2.0, unit="km2", basis="estimated"
    )
    imported = Figure(place=london, item="area.total", period=YEAR, amount=3.0, unit="km2", basis="imported")
    record_many(actor=officer, figures=[derived, estimated, imported])
    adopted = Value.objects.filter(adopted=True).order_by("pk")
    assert [(head.item, head.basis) for head in adopted] == [
        ("population.total", "reported"),
        ("area.total", "estimated"),
    ]
    assert adopted[0].current == reported
    assert ValueRevision.objects.count() == 4
