"""Rows by hand: checked by the rules of the engine, kept as revisions, never overwritten in silence."""

from __future__ import annotations

import pytest

from localaction.engine.errors import Refused
from localaction.engine.inventory.compile import check_rows
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.inventories.errors import EditConflict, NothingOpen, ReasonNeeded, RowNotFound
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import (
    batches_of,
    is_stale,
    options_of,
    raw_rows,
    row_of,
    rows_of,
)
from localaction.platform.inventories.services import mark_open_cells, remove_row, save_row
from tests.platform.inventories.make import DIESEL, GAS, NOT_ESTIMATED, amounts, save

pytestmark = pytest.mark.django_db


def test_a_row_is_kept_as_it_was_entered(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory, amount=" 05.10 ", source="Utility, 2019", note="Meter read in March\x00")
    assert (row.number, row.amount, row.unit, row.source, row.note) == (
        1,
        "05.10",
        "TJ",
        "Utility, 2019",
        "Meter read in March",
    )
    assert rows_of(inventory, "I.1.1") == [row]
    assert rows_of(inventory, "I.1.2") == []
    event = events_of(inventory)[0]
    assert (event.verb, event.actor, event.before) == ("inventories.row.saved", officer, None)
    assert event.after["amount"] == "05.10"


def test_saving_again_writes_the_next_revision_and_keeps_the_first(
    officer: User, inventory: Inventory
) -> None:
    first = save(officer, inventory)
    second = save_row(
        actor=officer, inventory=inventory, values={**GAS, "amount": "6"}, row_key=first.row_key, seen=1
    )
    assert (second.number, second.replaces, second.position) == (2, first, first.position)
    history = RowRevision.objects.filter(row_key=first.row_key).order_by("number")
    assert [(each.amount, each.is_current) for each in history] == [("5", False), ("6", True)]
    assert amounts(inventory) == ["6"]


def test_saving_what_stands_already_writes_nothing(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    same = save_row(actor=officer, inventory=inventory, values=GAS, row_key=row.row_key, seen=1)
    assert same == row
    assert (RowRevision.objects.count(), Batch.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        pytest.param({"amount": "1,234"}, "amount", "comma may separate", id="ambiguous number"),
        pytest.param({"amount": "NaN"}, "amount", "not a finite number", id="not a number"),
        pytest.param({"amount": ""}, "amount", "an empty amount is not zero", id="no amount"),
        pytest.param({"amount": "-5"}, "amount", "negative and has no reason", id="negative"),
        pytest.param({"unit": "km"}, "unit", "km", id="unit of another dimension"),
        pytest.param({"ref": "I.9.9"}, "ref", "I.9.9", id="no such cell"),
        pytest.param({"period": "2018"}, "period", "2018", id="another year"),
        pytest.param({"notation_key": "NE"}, "amount", "has the notation key NE", id="key beside a value"),
        pytest.param({"unit": "x" * 33}, "unit", "holds 32", id="too long for its column"),
    ],
)
def test_a_wrong_row_is_refused_with_its_column_and_nothing_is_written(
    officer: User, inventory: Inventory, values: dict[str, str], column: str, said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        save(officer, inventory, **values)
    finding = refusal.value.findings[0]
    assert finding.column == column
    assert said in f"{finding.message} {finding.remedy}"
    assert finding.remedy
    assert not RowRevision.objects.exists()
    assert not Batch.objects.exists()


def test_a_row_is_refused_beside_what_its_cell_holds(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    with pytest.raises(Refused) as refusal:
        save_row(actor=officer, inventory=inventory, values=NOT_ESTIMATED)
    assert "has an amount in row" in refusal.value.findings[0].message
    assert amounts(inventory) == ["5"]


def test_two_editors_never_lose_each_others_work(
    officer: User, colleague: User, inventory: Inventory
) -> None:
    row = save(officer, inventory)
    theirs = {"actor": colleague, "inventory": inventory, "row_key": row.row_key, "seen": 1}
    save_row(values={**GAS, "amount": "7"}, **theirs)
    with pytest.raises(EditConflict, match=r"Mary changed this row on \d\d \w+ \d{4}.* Nothing was") as error:
        save_row(
            actor=officer, inventory=inventory, values={**GAS, "amount": "8"}, row_key=row.row_key, seen=1
        )
    assert error.value.current == 2
    with pytest.raises(EditConflict, match="Mary changed this row"):
        remove_row(actor=officer, inventory=inventory, row_key=row.row_key, seen=1)
    assert amounts(inventory) == ["7"]
    save_row(actor=officer, inventory=inventory, values={**GAS, "amount": "8"}, row_key=row.row_key, seen=2)
    assert amounts(inventory) == ["8"]


def test_a_removed_row_leaves_the_inventory_and_stays_on_record(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    remove_row(actor=officer, inventory=inventory, row_key=row.row_key, seen=1)
    assert rows_of(inventory) == []
    assert RowRevision.objects.filter(row_key=row.row_key).count() == 2
    assert row_of(inventory, row.row_key) is None
    with pytest.raises(RowNotFound):
        remove_row(actor=officer, inventory=inventory, row_key=row.row_key, seen=2)
    with pytest.raises(RowNotFound):
        save_row(actor=officer, inventory=inventory, values=GAS, row_key="not-a-key")


def test_a_row_of_another_inventory_is_not_found(officer: User, inventory: Inventory) -> None:
    from localaction.platform.inventories.services import create_inventory

    row = save(officer, inventory)
    other = create_inventory(actor=officer, place=inventory.place, label_year=2020)
    with pytest.raises(RowNotFound):
        remove_row(actor=officer, inventory=other, row_key=row.row_key, seen=1)
    assert amounts(inventory) == ["5"]


def test_open_cells_are_marked_as_one_change(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    batch = mark_open_cells(actor=officer, inventory=inventory, key="NE", reason="Not collected yet.")
    rows = rows_of(inventory)
    assert (batch.kind, batch.rows, len(rows)) == ("mark", 31, 32)  # BASIC requires 32 cells
    assert {row.reason for row in rows if row.notation_key == "NE"} == {"Not collected yet."}
    assert "II.5.3" not in {row.ref for row in rows}
    findings = check_rows(raw_rows(inventory), options_of(inventory))
    assert not [finding for finding in findings if finding.blocks_publication]
    with pytest.raises(NothingOpen):
        mark_open_cells(actor=officer, inventory=inventory, key="NE", reason="Again.")


def test_open_cells_are_not_marked_without_a_reason_or_with_a_word_that_is_no_key(
    officer: User, inventory: Inventory
) -> None:
    with pytest.raises(ReasonNeeded, match="readers ask why"):
        mark_open_cells(actor=officer, inventory=inventory, key="NE", reason="  ")
    save(officer, inventory)
    with pytest.raises(Refused) as refusal:
        mark_open_cells(actor=officer, inventory=inventory, key="XX", reason="Not collected.")
    assert '"XX" is not a notation key' in refusal.value.findings[0].message
    assert amounts(inventory) == ["5"]


def test_form_file_and_computation_check_alike(officer: User, inventory: Inventory) -> None:
    """One rule: what the form refuses, the engine refuses in the same words."""
    from localaction.engine.inventory.columns import RawRow

    wrong = {**DIESEL, "unit": "km"}
    with pytest.raises(Refused) as by_form:
        save_row(actor=officer, inventory=inventory, values=wrong)
    by_engine = check_rows([RawRow(1, wrong)], options_of(inventory))
    assert [f.message for f in by_form.value.findings] == [f.message for f in by_engine]


def test_changes_are_listed_newest_first_with_who_and_what(
    officer: User, colleague: User, inventory: Inventory
) -> None:
    row = save(officer, inventory)
    save_row(actor=colleague, inventory=inventory, values=DIESEL)
    remove_row(actor=officer, inventory=inventory, row_key=row.row_key)
    listed = [(batch.kind, batch.actor, batch.refs) for batch in batches_of(inventory)]
    assert listed == [
        ("remove", officer, "I.1.1"),
        ("save", colleague, "II.1.1"),
        ("save", officer, "I.1.1"),
    ]
    assert is_stale(inventory)
