"""How many inventories stand, and why totals are old."""

from __future__ import annotations

from localaction.engine.packs import Library
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.overview import overviews, why_stale
from localaction.platform.inventories.services import compute, create_inventory, save_row
from tests.platform.accounts.make import place

ROW = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}


def test_inventories_are_told_apart_and_come_in_order(db: None) -> None:
    where = place("FR-PAR", "Paris")
    made = [create_inventory(actor=OPERATOR, place=where, label_year=year) for year in (2018, 2019, 2020)]
    save_row(actor=OPERATOR, inventory=made[0], values=ROW)
    run = compute(actor=OPERATOR, inventory=made[0])
    save_row(actor=OPERATOR, inventory=made[2], values=ROW)
    first, second, third = overviews(made)
    assert [each.inventory.label_year for each in (first, second, third)] == [2018, 2019, 2020]
    assert [each.rows for each in (first, second, third)] == [1, 0, 1]
    assert [each.stale for each in (first, second, third)] == ["", "", "never"]
    assert first.result["totals"] == run.result["totals"]
    assert first.result["cells"] == run.result["cells"]
    assert second.result == {}
    assert "lines" not in first.result


def test_why_totals_are_old_is_named(db: None) -> None:
    inventory = create_inventory(actor=OPERATOR, place=place("FR-PAR", "Paris"), label_year=2019)
    save_row(actor=OPERATOR, inventory=inventory, values=ROW)
    run = compute(actor=OPERATOR, inventory=inventory)
    book = Library.load()
    assert why_stale(inventory, None, run.last_batch_id, book) == "never"
    assert why_stale(inventory, run, run.last_batch_id, book) == ""
    save_row(actor=OPERATOR, inventory=inventory, values=ROW)
    (now,) = overviews([inventory])
    assert now.stale == "rows"
    run.library_digest = run.factors_digest = "0" * 64
    assert why_stale(inventory, run, run.last_batch_id, book) == "factors"
    inventory.gwp_set = "ar4"
    assert why_stale(inventory, run, run.last_batch_id, book) == "potentials"
