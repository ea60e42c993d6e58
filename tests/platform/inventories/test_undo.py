"""Undo: a change as a whole, by new revisions; refused where it would contradict what came later."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories.errors import NothingToUndo, UndoBlocked, UndoContradicts
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import mark_open_cells, remove_row, save_row, undo, undo_newest
from tests.platform.inventories.make import GAS, NOT_ESTIMATED, amounts, gas_file, hand_in, save

pytestmark = pytest.mark.django_db


def test_each_kind_of_change_is_taken_back(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    before = [each.values() for each in rows_of(inventory)]
    save_row(actor=officer, inventory=inventory, values={**GAS, "amount": "9"}, row_key=row.row_key)
    undo_newest(actor=officer, inventory=inventory)
    assert [each.values() for each in rows_of(inventory)] == before

    remove_row(actor=officer, inventory=inventory, row_key=row.row_key)
    undo_newest(actor=officer, inventory=inventory)
    assert [each.values() for each in rows_of(inventory)] == before

    mark_open_cells(actor=officer, inventory=inventory, key="NE", reason="Not collected yet.")
    undo_newest(actor=officer, inventory=inventory)
    assert [each.values() for each in rows_of(inventory)] == before

    request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(3, first=20)))
    assert amounts(inventory) == ["20", "21", "22"]
    undo_newest(actor=officer, inventory=inventory)
    assert [each.values() for each in rows_of(inventory)] == before
    assert events_of(inventory)[0].verb == "inventories.change.undone"


def test_undoing_takes_nothing_from_the_record(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    undone = undo_newest(actor=officer, inventory=inventory)
    assert rows_of(inventory) == []
    assert [row.removed for row in RowRevision.objects.order_by("number")] == [False, True]
    assert undone.undoes is not None
    assert undone.undoes.kind == "save"


def test_undo_goes_back_step_by_step_until_nothing_is_left(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    for amount in ("6", "7"):
        save_row(actor=officer, inventory=inventory, values={**GAS, "amount": amount}, row_key=row.row_key)
    seen = []
    for _step in range(3):
        undo_newest(actor=officer, inventory=inventory)
        seen.append(amounts(inventory))
    assert seen == [["6"], ["5"], []]
    with pytest.raises(NothingToUndo):
        undo_newest(actor=officer, inventory=inventory)


def test_a_change_under_later_ones_is_not_undone_alone(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(3))
    request_apply(actor=officer, record=upload)
    applied = Batch.objects.get()
    first = rows_of(inventory)[0]
    save_row(actor=officer, inventory=inventory, values={**GAS, "amount": "50"}, row_key=first.row_key)
    with pytest.raises(UndoBlocked, match=r"1 of the rows of this change were changed again later.*newest"):
        undo(actor=officer, inventory=inventory, batch_id=applied.public_id)
    assert amounts(inventory) == ["50", "2", "3"]
    undo_newest(actor=officer, inventory=inventory)
    undo(actor=officer, inventory=inventory, batch_id=applied.public_id)
    assert amounts(inventory) == []


def test_an_older_change_is_undone_alone_if_nothing_stands_on_it(officer: User, inventory: Inventory) -> None:
    first = save(officer, inventory)
    save(officer, inventory, amount="6")
    undo(actor=officer, inventory=inventory, batch_id=first.batch.public_id)
    assert amounts(inventory) == ["6"]


def test_what_comes_back_must_fit_beside_what_was_entered_since(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    removal = remove_row(actor=officer, inventory=inventory, row_key=row.row_key)
    save_row(actor=officer, inventory=inventory, values=NOT_ESTIMATED)
    batches = Batch.objects.count()
    with pytest.raises(UndoContradicts, match=r"The cell I\.1\.1 has an amount .* Undo the later changes"):
        undo(actor=officer, inventory=inventory, batch_id=removal.public_id)
    assert amounts(inventory) == ["NE"]
    assert Batch.objects.count() == batches


def test_an_undo_is_not_undone_and_not_repeated(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    undone = undo_newest(actor=officer, inventory=inventory)
    for batch_id in (undone.public_id, undone.undoes.public_id if undone.undoes else None):
        with pytest.raises(NothingToUndo):
            undo(actor=officer, inventory=inventory, batch_id=batch_id)
