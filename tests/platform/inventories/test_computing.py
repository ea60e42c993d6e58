"""Computing: one run kept as it is, its cells and totals figures of the place, its age known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.engine.errors import Refused
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.packs import Library
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories import computing
from localaction.platform.inventories.errors import BadInventoryPeriod, ReasonNeeded, UnknownGwpSet, YearTaken
from localaction.platform.inventories.models import Inventory, RowRevision, Run
from localaction.platform.inventories.queries import is_stale, latest_run, options_of, raw_rows, rows_of
from localaction.platform.inventories.services import (
    change_warming_potentials,
    compute,
    create_inventory,
    preview_warming_potentials,
    save_row,
    undo_newest,
)
from localaction.platform.places.models import Place
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.queries import value_of, values_of_place
from tests.platform.inventories.make import GAS, fill, gas_file, hand_in, save

pytestmark = pytest.mark.django_db


def test_a_run_keeps_what_the_engine_says(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    run = compute(actor=officer, inventory=inventory)
    said = compile_inventory(raw_rows(inventory), options_of(inventory)).to_dict()
    run.refresh_from_db()
    assert {key: run.result[key] for key in said} == said
    assert run.result["lines"][0]["row_key"] == str(row.row_key)
    assert run.result["lines_complete"] is True
    assert (run.number, run.created_by, run.gwp_set) == (1, officer, "ar5")
    assert run.library_digest == Library.load().digest
    event = events_of(inventory)[0]
    assert (event.verb, event.after["run"]) == ("inventories.inventory.computed", 1)


def test_cells_and_totals_become_figures_that_name_their_run(officer: User, inventory: Inventory) -> None:
    fill(officer, inventory)
    run = compute(actor=officer, inventory=inventory)
    figures = values_of_place(actor=officer, place=inventory.place, period=inventory.period)
    assert {
        item: len([figure for figure in figures if figure.item == item])
        for item in {figure.item for figure in figures}
    } == {"ghg.inventory.cell": 54, "ghg.inventory.total": 3}
    held = {figure.dimensions: figure.current for figure in figures}
    total, cell = held["total=BASIC"], held["gpc_ref=I.1.1"]
    assert total is not None
    assert cell is not None
    assert total.amount == cell.amount == run.result["totals"]["BASIC"]["co2e_t"]
    assert total.low is not None
    assert total.high is not None
    assert total.low < total.amount < total.high
    assert total.lineage == {"run": str(run.public_id), "gwp_set": "ar5", "protocol": run.result["protocol"]}
    key, still_open = held["gpc_ref=I.1.2"], held["gpc_ref=IV.1"]
    assert key is not None
    assert (key.amount, key.notation_key, key.explanation) == (None, "NE", "Not collected yet.")
    assert still_open is not None
    assert (still_open.amount, still_open.choice) == (None, "open")  # missing is missing, never zero


def test_figures_of_a_draft_are_not_public(officer: User, inventory: Inventory) -> None:
    fill(officer, inventory)
    compute(actor=officer, inventory=inventory)
    assert ValueRevision.objects.exclude(visibility="place").count() == 0
    assert values_of_place(actor=None, place=inventory.place) == []


def test_computing_again_writes_nothing_unless_something_changed(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    first = compute(actor=officer, inventory=inventory)
    revisions = ValueRevision.objects.count()
    assert compute(actor=officer, inventory=inventory) == first
    assert ValueRevision.objects.count() == revisions
    save_row(actor=officer, inventory=inventory, values={**GAS, "amount": "6"}, row_key=row.row_key)
    assert compute(actor=officer, inventory=inventory).number == 2
    assert Run.objects.count() == 2
    assert latest_run(inventory) != first


def test_a_run_is_stale_after_every_kind_of_change(
    officer: User, inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_stale(inventory)
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    assert not is_stale(inventory)
    save(officer, inventory, amount="7")
    assert is_stale(inventory)
    compute(actor=officer, inventory=inventory)
    undo_newest(actor=officer, inventory=inventory)
    assert is_stale(inventory)
    run = compute(actor=officer, inventory=inventory)
    inventory.gwp_set = "ar6"
    assert is_stale(inventory)
    inventory.gwp_set = "ar5"
    assert not is_stale(inventory)
    run.library_digest = run.factors_digest = "of other factors"
    assert is_stale(inventory, run)


def test_a_refused_computation_leaves_nothing(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    row = rows_of(inventory)[0]
    row.pk, row.row_key, row.ref = (
        None,
        Run.objects.get().public_id,
        "I.9.9",
    )  # as if the cell were gone since
    row.save(force_insert=True)
    save(officer, inventory, amount="3")
    counts = [model.objects.count() for model in (Run, Value, ValueRevision)]
    with pytest.raises(Refused) as refusal:
        compute(actor=officer, inventory=inventory)
    assert 'no cell "I.9.9"' in refusal.value.findings[0].message or "I.9.9" in str(
        refusal.value.findings[0].value
    )
    assert [model.objects.count() for model in (Run, Value, ValueRevision)] == counts


def test_an_inventory_without_rows_has_all_cells_open(officer: User, inventory: Inventory) -> None:
    run = compute(actor=officer, inventory=inventory)
    assert {cell["state"] for cell in run.result["cells"]} == {"open"}
    total = value_of(
        actor=officer,
        place=inventory.place,
        item="ghg.inventory.total",
        period=inventory.period,
        dimensions={"total": "BASIC"},
    )
    assert total is not None
    assert total.current is not None
    assert (total.current.amount, total.current.choice) == (None, "open")


def test_statements_do_not_grow_with_the_rows(officer: User, inventory: Inventory) -> None:
    counts = []
    for rows in (20, 2000):
        request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(rows, first=rows * 10)))
        with CaptureQueriesContext(connection) as captured:
            compute(actor=officer, inventory=inventory)
        counts.append(len(captured))
    assert counts[1] <= counts[0] <= 30


def test_above_the_limit_the_lines_are_left_out_and_it_is_said(
    officer: User, inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computing, "LINES_KEPT", 2)
    request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(3)))
    result = compute(actor=officer, inventory=inventory).result
    assert (result["lines"], result["lines_complete"]) == ([], False)
    assert result["cells"][0]["rows"] == 3


def test_other_warming_potentials_are_looked_at_before_they_are_chosen(
    officer: User, inventory: Inventory
) -> None:
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    moved = preview_warming_potentials(actor=officer, inventory=inventory, gwp_set="sar")
    assert [change.total for change in moved] == ["BASIC", "BASIC+", "territorial"]
    methane, laughing_gas = 0.025, 0.0005  # t, of 5 TJ of natural gas at 5 and 0.1 kg/TJ
    assert moved[0].after_t - moved[0].before_t == pytest.approx(
        methane * (21 - 28) + laughing_gas * (310 - 265)
    )
    assert not is_stale(inventory)

    with pytest.raises(ReasonNeeded, match="changes every total"):
        change_warming_potentials(actor=officer, inventory=inventory, gwp_set="sar", reason=" ")
    with pytest.raises(UnknownGwpSet, match='no set of warming potentials "ar9"'):
        change_warming_potentials(actor=officer, inventory=inventory, gwp_set="ar9", reason="Newer.")
    run = change_warming_potentials(
        actor=officer, inventory=inventory, gwp_set="sar", reason="As in the inventory of 2009."
    )
    assert run.result["totals"]["BASIC"]["co2e_t"] == moved[0].after_t
    assert (run.gwp_set, Inventory.objects.get().gwp_set) == ("sar", "sar")
    changed = next(e for e in events_of(inventory) if e.verb == "inventories.inventory.gwp_changed")
    assert (changed.before, changed.after) == ({"gwp_set": "ar5"}, {"gwp_set": "sar"})
    assert changed.reason == "As in the inventory of 2009."
    assert RowRevision.objects.count() == 1  # the rows are what they were


def test_an_inventory_covers_twelve_months_of_its_own_year(officer: User, london: Place) -> None:
    fiscal = create_inventory(
        actor=officer,
        place=london,
        label_year=2019,
        period_start=date(2019, 4, 1),
        period_end=date(2020, 3, 31),
    )
    assert str(fiscal.period) == "2019-04-01/2020-03-31"
    with pytest.raises(YearTaken, match="London has an inventory of 2019 already"):
        create_inventory(actor=officer, place=london, label_year=2019)
    for start, end, why in (
        (date(2021, 1, 1), None, "one of the two days is missing"),
        (date(2021, 12, 31), date(2021, 1, 1), "it ends before it starts"),
        (date(2021, 1, 1), date(2021, 6, 30), "it has 181 days"),
        (date(2018, 1, 1), date(2018, 12, 31), "it does not touch the year 2021"),
    ):
        with pytest.raises(BadInventoryPeriod, match=why):
            create_inventory(actor=officer, place=london, label_year=2021, period_start=start, period_end=end)
    with pytest.raises(BadInventoryPeriod, match="the year is not from 1900 on"):
        create_inventory(actor=officer, place=london, label_year=21)
    with pytest.raises(UnknownGwpSet, match=r"Choose one of sar, .*ar6"):
        create_inventory(actor=officer, place=london, label_year=2021, gwp_set="gwp20")
    assert Inventory.objects.count() == 1
