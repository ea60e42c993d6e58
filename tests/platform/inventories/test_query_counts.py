"""The number of statements is the same for few rows and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.platform.accounts.models import User
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import batches_of, inventory_for, latest_run, rows_of
from localaction.platform.inventories.services import compute, undo_newest
from tests.platform.inventories.make import gas_file, hand_in, save

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 1000


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_file_costs_the_same_whatever_its_rows(officer: User, inventory: Inventory) -> None:
    counts = {}
    compute(actor=officer, inventory=inventory)
    for rows in (FEW, MANY):
        received = statements(lambda rows=rows: hand_in(officer, inventory, gas_file(rows)))
        upload = inventory.imports.latest("id")
        applied = statements(lambda upload=upload: request_apply(actor=officer, record=upload))
        undone = statements(lambda: undo_newest(actor=officer, inventory=inventory))
        counts[rows] = (received, applied, undone)
    assert counts[FEW] == counts[MANY]
    assert max(counts[MANY]) <= 48  # applying computes too


def test_reading_costs_the_same_whatever_there_is(officer: User, inventory: Inventory) -> None:
    def read(batches: int) -> None:
        found = inventory_for(officer, "GB-LON", 2019)
        run = latest_run(found)
        named = [(batch.actor, batch.file_name) for batch in batches_of(found)]
        rows = [row.values() for row in rows_of(found)]
        assert (len(named), len(rows) > 0, run is not None) == (batches, True, True)

    counts = []
    for batches, rows in ((2, FEW), (3, MANY)):
        save(officer, inventory, amount=str(rows))
        if not counts:
            request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(rows), mode="add"))
        compute(actor=officer, inventory=inventory)
        counts.append(statements(lambda batches=batches: read(batches)))
    assert counts[0] == counts[1] <= 6


def test_saving_a_row_costs_the_same_in_a_large_inventory(officer: User, inventory: Inventory) -> None:
    few = statements(lambda: save(officer, inventory))
    request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(MANY), mode="add"))
    many = statements(lambda: save(officer, inventory, ref="I.2.1"))
    assert few == many <= 16
