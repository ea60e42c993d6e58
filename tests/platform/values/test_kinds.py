"""Answers of every kind: typed, kept, and handed to formulas; and a save that is sent twice."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.platform.values.errors import EditConflict, NotAnAnswer, NotANumber
from localaction.platform.values.items import data_item
from localaction.platform.values.kinds import answer_of, rows_of, said_of
from localaction.platform.values.models import ValueRevision
from tests.platform.values.conftest import Save

KEPT = [
    ("population.total", "8961989", "", {"exact": "8961989", "unit": "person"}, 8961989.0),
    ("area.total", "157215", "ha", {"exact": "157215", "unit": "ha"}, 1572.15),
    ("inventory.valid", "yes", "", {"choice": "yes"}, True),
    ("inventory.valid", "no", "", {"choice": "no"}, False),
    ("target.type", "fixed_level", "", {"choice": "fixed_level"}, "fixed_level"),
    ("commitment.joined", "2015-11-30", "", {"day": date(2015, 11, 30)}, date(2015, 11, 30)),
]


@pytest.mark.parametrize(("item", "raw", "unit", "said", "answer"), KEPT)
def test_an_answer_is_kept_as_typed_and_taken_in_the_unit_of_its_item(item, raw, unit, said, answer) -> None:
    assert said_of(item, raw, unit) == said
    kept = ValueRevision(**said, amount=float(said["exact"]) if "exact" in said else None)
    assert answer_of(data_item(item), kept) == answer


def test_rows_are_kept_by_column_without_what_is_empty() -> None:
    rows = [
        {"hazard": "heat", "probability": "high", "consequence": ""},
        {"hazard": " ", "probability": ""},
        {"hazard": "wildfire"},
    ]
    said = said_of("risk.hazards", rows)
    assert rows_of(said["text"]) == [{"hazard": "heat", "probability": "high"}, {"hazard": "wildfire"}]
    answer = answer_of(data_item("risk.hazards"), ValueRevision(text=said["text"]))
    assert answer == [{"hazard": "heat", "probability": "high"}, {"hazard": "wildfire"}]


def test_a_notation_key_stands_for_any_kind() -> None:
    kept = ValueRevision(notation_key="NE")
    for item in ("population.total", "inventory.valid", "risk.hazards"):
        assert answer_of(data_item(item), kept) == {"notation_key": "NE"}


@pytest.mark.parametrize(
    ("item", "raw", "unit", "problem"),
    [
        ("area.total", "12", "kg", 'Area inside the boundary is in "kg", but it takes an amount in km2'),
        ("area.total", "12", "acers", 'is in "acers", but it takes an amount in km2'),
        ("inventory.valid", "maybe", "", 'found valid is "maybe", but it takes one of yes, no'),
        (
            "target.type",
            "big",
            "",
            "it takes one of base_year, intensity, baseline_scenario",
        ),
        ("commitment.joined", "30.11.2015", "", 'is "30.11.2015", but it takes a day such as 2026-11-21'),
        ("risk.hazards", [{"hazrd": "heat"}], "", 'row 1 is a row with "hazrd", but it takes only hazard'),
        ("risk.hazards", [{"hazard": "hail"}], "", 'row 1, Hazard is "hail", but it takes one of prec'),
        ("risk.hazards", [{"hazard": ""}], "", "is without rows, but it takes at least one row"),
        (
            "risk.hazards",
            [{"hazard": "heat"}] * 1001,
            "",
            "is 1001 rows long, but it takes at most 1000 rows",
        ),
        ("population.total", [{"a": "1"}], "", "is a list of rows, but it takes an amount in person"),
    ],
)
def test_what_an_item_does_not_hold_is_refused_with_what_it_takes(item, raw, unit, problem) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        said_of(item, raw, unit)
    assert problem in refused.value.message
    assert refused.value.remedy.endswith("what was there before still holds.")


def test_a_number_with_separators_is_refused_as_ambiguous() -> None:
    with pytest.raises(NotANumber, match=r'"1,234" is not a decimal number'):
        said_of("population.total", "1,234")


@pytest.mark.django_db
def test_a_save_that_is_sent_again_is_no_conflict(save: Save) -> None:
    first = save(amount=1.0, seen=None)
    again = save(amount=1.0, seen=None)
    assert again.pk == first.pk
    with pytest.raises(EditConflict):
        save(amount=2.0, seen=None)
