"""Whatever was done to an inventory: each undo brings back what stood before, and the record is whole."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from localaction.engine.errors import InputError
from localaction.engine.inventory.compile import check_rows
from localaction.platform.accounts.models import User
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories.errors import NothingToUndo, UndoBlocked, UndoContradicts
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import options_of, raw_rows, rows_of
from localaction.platform.inventories.services import (
    create_inventory,
    mark_open_cells,
    remove_row,
    save_row,
    undo,
    undo_newest,
)
from localaction.platform.places.models import Place
from tests.platform.inventories.make import GAS, NOT_ESTIMATED, csv_of, hand_in

State = list[tuple[object, ...]]
Act = tuple[str, int]
YEARS = count(1900)
ACTS = st.tuples(
    st.sampled_from(["save", "change", "remove", "key", "mark", "replace", "add", "undo", "undo one"]),
    st.integers(min_value=0, max_value=5),
)


def state(inventory: Inventory) -> State:
    return [(row.row_key, *row.values().values()) for row in rows_of(inventory)]


def do(officer: User, inventory: Inventory, act: Act) -> None:
    """Do one thing to the inventory; raise as its service does."""
    kind, pick = act
    who = {"actor": officer, "inventory": inventory}
    rows = rows_of(inventory)
    values = {**GAS, "amount": str(pick + 1)}
    if kind == "save":
        save_row(**who, values=values)
    elif kind == "key":
        save_row(**who, values=NOT_ESTIMATED)
    elif kind == "mark":
        mark_open_cells(**who, key="NE", reason="Not collected yet.")
    elif kind in {"replace", "add"}:
        content = csv_of(*({**GAS, "amount": str(number)} for number in range(1, pick + 2)))
        request_apply(actor=officer, record=hand_in(officer, inventory, content, mode=kind))
    elif rows and kind == "change":
        row = rows[pick % len(rows)]
        save_row(**who, values={**row.values(), "note": f"{pick}"}, row_key=row.row_key, seen=row.number)
    elif rows and kind == "remove":
        row = rows[pick % len(rows)]
        remove_row(**who, row_key=row.row_key, seen=row.number)


def check_record(inventory: Inventory) -> None:
    """Every row has one current revision, the newest, and its revisions are numbered without a gap."""
    revisions: dict[object, list[RowRevision]] = {}
    for revision in RowRevision.objects.filter(inventory=inventory).order_by("number"):
        revisions.setdefault(revision.row_key, []).append(revision)
    for of_row in revisions.values():
        assert [each.number for each in of_row] == list(range(1, len(of_row) + 1))
        assert [each.is_current for each in of_row] == [False] * (len(of_row) - 1) + [True]
        assert [each.replaces_id for each in of_row] == [None, *(each.pk for each in of_row[:-1])]
    errors = [f for f in check_rows(raw_rows(inventory), options_of(inventory)) if f.severity == "error"]
    assert not errors


def undo_one(officer: User, inventory: Inventory, pick: int) -> bool:
    """Try to undo some change; return whether it was undone."""
    batches = list(Batch.objects.filter(inventory=inventory).order_by("id"))
    before = state(inventory)
    try:
        undo(
            actor=officer,
            inventory=inventory,
            batch_id=batches[pick % len(batches)].public_id if batches else None,
        )
    except (NothingToUndo, UndoBlocked, UndoContradicts):
        assert state(inventory) == before
        return False
    return True


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=9))
def test_undoing_everything_leads_back_through_every_state(
    officer: User, london: Place, acts: list[Act]
) -> None:
    inventory = create_inventory(actor=officer, place=london, label_year=next(YEARS))
    states: list[State] = [state(inventory)]
    in_order = True
    for act in acts:
        if act[0] == "undo one":
            in_order = not undo_one(officer, inventory, act[1]) and in_order
        elif act[0] == "undo":
            if not in_order:
                continue
            if len(states) == 1:
                with pytest.raises(NothingToUndo):
                    undo_newest(actor=officer, inventory=inventory)
            else:
                undo_newest(actor=officer, inventory=inventory)
                states.pop()
                assert state(inventory) == states[-1]
        else:
            batches = Batch.objects.filter(inventory=inventory).count()
            try:
                do(officer, inventory, act)
            except InputError:
                assert not in_order or state(inventory) == states[-1]
            if Batch.objects.filter(inventory=inventory).count() > batches:
                states.append(state(inventory))
        check_record(inventory)
    while in_order and len(states) > 1:
        undo_newest(actor=officer, inventory=inventory)
        states.pop()
        assert state(inventory) == states[-1]
