"""Keeping figures: what is kept, what is refused, who may, and two editors at once."""

from __future__ import annotations

import math
from datetime import date

import pytest

from localaction.engine.periods import Period
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.places.models import Place
from localaction.platform.values.errors import BadFigure, EditConflict, NotANumber, UnknownItem
from localaction.platform.values.figures import dimensions_of, dimensions_text
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.services import LATEST, adopt_value, restore_revision
from tests.platform.accounts.make import person, place, with_role
from tests.platform.values.conftest import Save

pytestmark = pytest.mark.django_db


def test_the_exact_text_and_the_float_are_kept_side_by_side(save: Save) -> None:
    revision = save(exact="9007199254740993.10", low=9e15, high=9.1e15, quality="H", reason="first entry")
    revision = ValueRevision.objects.get(pk=revision.pk)
    assert (revision.exact, revision.amount) == ("9007199254740993.1", 9007199254740993.1)
    assert (revision.unit, revision.low, revision.high, revision.quality) == ("person", 9e15, 9.1e15, "H")
    assert (revision.number, revision.replaces, revision.source) == (1, None, "census")
    head = revision.value
    assert (head.current, head.adopted, head.label_year) == (revision, True, 2019)


@pytest.mark.parametrize(
    "said",
    [
        {"amount": 0.1},
        {"exact": "0"},
        {
            "notation_key": "IE",
            "key_refs": "II.1.1",
            "key_raw": "IE (II.1.1)",
            "explanation": "with road traffic",
        },
        {"item": "inventory.valid", "choice": "yes"},
        {"item": "risk.hazards", "text": '[{"hazard":"heat"}]'},
        {"item": "commitment.joined", "day": date(2019, 5, 1)},
    ],
)
def test_a_figure_is_one_of_five_kinds(save: Save, said: dict[str, object]) -> None:
    revision = ValueRevision.objects.get(pk=save(**said).pk)
    for name, value in said.items():
        assert getattr(revision.value if name == "item" else revision, name) == value


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "exactly one of amount, notation key, choice, text and day"),
        ({"amount": 1.0, "notation_key": "NE"}, "exactly one"),
        ({"choice": "yes", "text": "yes"}, "exactly one"),
        ({"amount": 1.0, "exact": "2"}, "1.0 and its exact text 2 differ"),
        ({"amount": 1.0, "low": 2.0, "high": 1.0}, "low end 2.0 is above the high end 1.0"),
        ({"amount": 1.0, "low": math.nan}, "low is not a finite number"),
        ({"amount": 1.0, "standard_uncertainty": -1.0}, "not negative"),
        (
            {"amount": 1.0, "visibility": "friends"},
            'the visibility "friends" is not one of public, registry, place',
        ),
        ({"amount": 1.0, "basis": "guessed"}, 'the basis "guessed"'),
        ({"amount": 1.0, "entity": "martians"}, 'the entity "martians"'),
        ({"amount": 1.0, "unit": ""}, "an amount needs its unit"),
        ({"amount": 1.0, "unit": "kg"}, '"kg" does not measure what person measures'),
        ({"choice": "yes"}, "it takes an amount in person"),
        ({"item": "inventory.valid", "amount": 1.0}, "it takes yes or no"),
        ({"item": "inventory.valid", "choice": "perhaps"}, "it takes yes or no"),
        ({"amount": 1.0, "dimensions": {"gas": "CH4"}}, r"takes the dimensions \(none\), no others"),
        ({"amount": 1.0, "item": "ghg.inventory.cell"}, "takes the dimensions gpc_ref, no others"),
        (
            {"amount": 1.0, "item": "ghg.inventory.cell", "dimensions": {"gpc_ref": "I.1.1;x=1"}},
            'the dimension "gpc_ref" needs a value without',
        ),
        ({"amount": 1.0, "unit": "x" * 33}, "unit is longer than 32 characters"),
        ({"amount": 1.0, "source": "a\x00b"}, "source holds a NUL"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused_and_nothing_is_written(
    save: Save, said: dict[str, object], problem: str
) -> None:
    with pytest.raises(BadFigure, match=problem):
        save(**said)
    assert not Value.objects.exists()


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_refused(save: Save, amount: float) -> None:
    with pytest.raises(NotANumber):
        save(amount=amount)
    with pytest.raises(NotANumber):
        save(exact=str(amount))
    assert not Value.objects.exists()


def test_a_figure_is_about_a_data_item_that_exists(save: Save) -> None:
    with pytest.raises(
        UnknownItem, match=r'no data item "population\.totle"\. Did you mean "population\.total"'
    ):
        save(item="population.totle", amount=1.0)


def test_only_those_with_the_right_at_the_place_write(save: Save, london: Place) -> None:
    first = save(amount=1.0)
    lima = place("PE-LIM", "Lima")
    for actor in (
        None,
        person(),
        with_role("viewer", london),
        with_role("officer", lima),
        with_role("viewer"),
    ):
        with pytest.raises(NotAllowed):
            save(actor=actor, amount=2.0, seen=first.pk)
        with pytest.raises(NotAllowed):
            restore_revision(actor=actor, revision=first, reason="why not")
        with pytest.raises(NotAllowed):
            adopt_value(actor=actor, value=first.value, reason="why not")
    assert ValueRevision.objects.count() == 1


def test_a_save_is_a_new_revision_and_an_event(save: Save, officer: User) -> None:
    first = save(amount=8.9e6)
    second = save(exact="8900000.5", seen=first.pk, reason="census corrected")
    assert (second.number, second.replaces, second.author, second.reason) == (
        2,
        first,
        officer,
        "census corrected",
    )
    assert second.value == first.value
    first.refresh_from_db()
    assert first.exact == "8900000"
    event = events_of(first.value)[0]
    assert (event.verb, event.actor, event.reason) == ("values.figure.recorded", officer, "census corrected")
    assert (event.before["said"]["exact"], event.after["said"]["exact"]) == ("8900000", "8900000.5")
    assert event.scope == first.value.place.scope


def test_saying_the_same_again_changes_nothing(save: Save) -> None:
    first = save(amount=1.5, lineage={"run": "a", "rows": [1, 2]})
    again = save(exact="1.50", lineage={"run": "a", "rows": [1, 2]}, seen=first.pk)
    assert again == first
    assert len(events_of(first.value)) == 1
    assert save(amount=1.5, lineage={"run": "b", "rows": [1, 2]}, seen=first.pk).number == 2


def test_two_editors_never_lose_each_others_work(save: Save, london: Place) -> None:
    seen = save(amount=1.0)
    other = with_role("officer", london, name="Mary")
    save(actor=other, amount=2.0, seen=seen.pk)
    with pytest.raises(EditConflict) as caught:
        save(amount=3.0, seen=seen.pk)
    newest = Value.objects.get().current
    assert newest is not None
    when = newest.recorded_at.strftime("%Y-%m-%d %H:%M UTC")
    assert caught.value.message.startswith(f"Mary changed population.total of London for 2019 on {when}")
    assert caught.value.params["who"] == "Mary"
    assert newest.amount == 2.0


def test_an_editor_who_saw_nothing_does_not_overwrite_what_came_meanwhile(save: Save) -> None:
    first = save(amount=1.0)
    with pytest.raises(EditConflict):
        save(amount=2.0)
    with pytest.raises(EditConflict):
        save(item="area.total", unit="km2", amount=2.0, seen=first.pk)
    assert save(amount=2.0, seen=LATEST).number == 2


def test_an_earlier_revision_is_restored_as_a_new_one(save: Save, officer: User) -> None:
    first = save(exact="1.5", low=1.0, high=2.0, lineage={"table": "3"})
    second = save(notation_key="NE", explanation="lost", seen=first.pk)
    with pytest.raises(BadFigure, match="say why the earlier figure is restored"):
        restore_revision(actor=officer, revision=first, reason=" ")
    with pytest.raises(EditConflict):
        restore_revision(actor=officer, revision=first, reason="found again", seen=first.pk)
    third = restore_revision(actor=officer, revision=first, reason="found again", seen=second.pk)
    assert (third.number, third.exact, third.low, third.high) == (3, "1.5", 1.0, 2.0)
    assert (third.lineage, third.notation_key, third.reason) == ({"table": "3"}, "", "found again")
    assert ValueRevision.objects.count() == 3
    assert events_of(third.value)[0].verb == "values.figure.restored"


def test_the_first_candidate_is_adopted_and_another_by_decision(save: Save, officer: User) -> None:
    reported = save(amount=1.0).value
    imported = save(amount=2.0, basis="imported").value
    assert (reported.adopted, imported.adopted) == (True, False)
    with pytest.raises(BadFigure, match="say why this candidate is adopted"):
        adopt_value(actor=officer, value=imported, reason="")
    adopt_value(actor=officer, value=imported, reason="the register is newer")
    assert list(Value.objects.filter(adopted=True)) == [imported]
    event = events_of(imported)[0]
    assert (event.before, event.after) == ({"basis": "reported"}, {"basis": "imported"})


def test_dimensions_boundary_entity_and_period_make_figures_of_their_own(save: Save) -> None:
    cell = {"item": "ghg.inventory.cell", "unit": "t", "amount": 2.0}
    save(**cell, dimensions={"gpc_ref": "I.1.1"})
    for change in (
        {"dimensions": {"gpc_ref": "I.1.2"}},
        {"boundary": "metropolitan"},
        {"entity": "operations"},
        {"period": Period.year(2020)},
        {"period": Period(date(2019, 4, 1), date(2020, 3, 31), 2019)},
    ):
        assert save(**cell | {"dimensions": {"gpc_ref": "I.1.1"}} | change).number == 1
    assert Value.objects.filter(adopted=True).count() == 6
    assert Value.objects.filter(dimensions="gpc_ref=I.1.2").exists()


def test_dimensions_have_one_text_and_come_back_from_it() -> None:
    dimensions = {"sex": "f", "age": "0-5"}
    assert dimensions_text(dimensions) == "age=0-5;sex=f"
    assert dimensions_of("age=0-5;sex=f") == dimensions
    assert dimensions_of(dimensions_text({})) == {}
