"""Several people at the same moment, each with a connection of their own: one passes, the others are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from localaction.engine.errors import Refused
from localaction.platform.accounts.models import User
from localaction.platform.imports.errors import NotInState
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories import services
from localaction.platform.inventories.errors import (
    EditConflict,
    FactorSetEnded,
    FactorSetNameTaken,
    NothingOpen,
    NothingToUndo,
)
from localaction.platform.inventories.models import Batch, FactorSet, Inventory, RowRevision, Run
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import compute, mark_open_cells, save_row, undo_newest
from tests.platform.inventories.make import GAS, NOT_ESTIMATED, amounts, gas_file, hand_in, save
from tests.platform.inventories.test_factor_sets import table
from tests.platform.values.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4


@pytest.fixture
def officer(transactional_db: None, officer: User) -> User:
    return officer


def outcomes(*acts: Callable[[], object]) -> list[type[BaseException] | None]:
    """Return what became of each act, successes first."""
    errors = [future.exception() for future in at_once(*acts)]
    return sorted((type(error) if error else None for error in errors), key=lambda kind: kind is not None)


def test_of_editors_of_one_row_exactly_one_wins(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)

    def edit(amount: int) -> Callable[[], object]:
        values = {**GAS, "amount": str(amount)}
        return lambda: save_row(
            actor=officer, inventory=inventory, values=values, row_key=row.row_key, seen=1
        )

    assert outcomes(*map(edit, range(10, 10 + MANY))) == [None] + [EditConflict] * (MANY - 1)
    assert RowRevision.objects.count() == 2


def test_a_value_and_a_key_do_not_slip_into_one_cell_together(officer: User, inventory: Inventory) -> None:
    acts = [
        lambda values=values: save_row(actor=officer, inventory=inventory, values=values)
        for values in (GAS, NOT_ESTIMATED)
    ]
    assert outcomes(*acts) == [None, Refused]
    assert len(rows_of(inventory)) == 1


def test_of_those_who_add_an_edition_one_does_and_the_others_are_told(
    officer: User, inventory: Inventory
) -> None:
    london = inventory.place
    first = services.create_factor_set(
        actor=officer, place=london, name="Own", citation="Works", stream=table("0.4")
    )
    acts = [
        lambda value=value: services.new_factor_edition(
            actor=officer, factor_set=first, stream=table(value), reason="Corrected."
        )
        for value in ("0.5", "0.6", "0.7")
    ]
    assert outcomes(*acts) == [None] + [FactorSetEnded] * 2
    assert FactorSet.objects.filter(status="current").count() == 1


def test_of_those_who_make_a_set_of_one_name_one_does(officer: User, inventory: Inventory) -> None:
    def make() -> object:
        return services.create_factor_set(
            actor=officer, place=inventory.place, name="Own", citation="Works", stream=table("0.4")
        )

    assert outcomes(make, make) == [None, FactorSetNameTaken]
    assert FactorSet.objects.count() == 1


def test_a_file_is_applied_once(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(5), mode="add")
    found = outcomes(*[lambda: request_apply(actor=officer, record=upload, inline=True)] * MANY)
    assert found == [None] + [NotInState] * (MANY - 1)
    assert amounts(inventory) == ["1", "2", "3", "4", "5"]


def test_a_change_is_undone_once(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    found = outcomes(*[lambda: undo_newest(actor=officer, inventory=inventory)] * MANY)
    assert found == [None] + [NothingToUndo] * (MANY - 1)
    assert Batch.objects.count() == 2


def test_open_cells_are_marked_once(officer: User, inventory: Inventory) -> None:
    found = outcomes(
        *[lambda: mark_open_cells(actor=officer, inventory=inventory, key="NE", reason="Not yet.")] * MANY
    )
    assert found == [None] + [NothingOpen] * (MANY - 1)
    refs = [row.ref for row in rows_of(inventory)]
    assert len(refs) == len(set(refs))


def test_computing_together_gives_one_run(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    assert outcomes(*[lambda: compute(actor=officer, inventory=inventory)] * MANY) == [None] * MANY
    assert Run.objects.count() == 1
