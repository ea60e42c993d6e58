"""Large files: checked and applied by the worker, with progress, and stopped when somebody asks."""

from __future__ import annotations

import logging

import pytest
from django.core.management import call_command

from localaction.platform.accounts.models import User
from localaction.platform.imports.errors import NotInState
from localaction.platform.imports.importers import rows
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import request_apply, stop
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import current_rows, is_stale
from localaction.platform.inventories.services import save_row
from tests.platform.inventories.make import GAS, NOT_ESTIMATED, csv_of, gas_file, hand_in

ROWS = 12_000  # well above the size that is checked at once


@pytest.fixture
def officer(transactional_db: None, officer: User) -> User:
    return officer


def work() -> None:
    """Run the worker until nothing is left to do, as `localaction start` runs it."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    logging.getLogger("django_tasks_db").handlers.clear()


@pytest.mark.django_db(transaction=True)
def test_a_large_file_goes_through_the_worker(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    assert (upload.status, upload.rows_done, upload.at_work) == ("received", 0, True)
    work()
    upload.refresh_from_db()
    assert (upload.status, upload.rows_done, upload.rows_total) == ("ready", ROWS, ROWS)
    upload = request_apply(actor=officer, record=upload)
    assert (upload.status, upload.at_work) == ("applying", True)
    assert not RowRevision.objects.exists()
    with pytest.raises(NotInState, match="it is being applied"):
        request_apply(actor=officer, record=upload)
    work()
    upload.refresh_from_db()
    assert upload.status == "applied"
    assert current_rows(inventory).count() == ROWS
    assert Batch.objects.get().actor == officer
    assert not is_stale(inventory), "the worker computes what it applied"


@pytest.mark.django_db(transaction=True)
def test_what_is_stopped_before_the_worker_comes_is_left(officer: User, inventory: Inventory) -> None:
    checked, applied = (hand_in(officer, inventory, gas_file(ROWS, first)) for first in (1, 2))
    stop(actor=officer, record=checked)
    work()
    applied.refresh_from_db()
    stop(actor=officer, record=request_apply(actor=officer, record=applied))
    work()
    assert set(Import.objects.values_list("status", flat=True)) == {"stopped"}
    assert not RowRevision.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_watched", "moved"])
def test_a_check_stops_while_it_is_under_way(
    officer: User, inventory: Inventory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Somebody asks to stop at the first rows, or after the last one when only the summary is missing."""
    doing = getattr(rows, step)

    def asked_to_stop(*given: object) -> object:
        stop(actor=officer, record=Import.objects.get())
        return doing(*given)

    monkeypatch.setattr(rows, step, asked_to_stop)
    upload = hand_in(officer, inventory, gas_file(10))
    assert upload.status == "stopped"
    assert upload.findings == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_in_the_background_is_kept_with_the_upload(officer: User, inventory: Inventory) -> None:
    rows = [{**GAS, "ref": "I.2.1", "amount": str(number)} for number in range(1, ROWS)]
    upload = hand_in(officer, inventory, csv_of(*rows, {**GAS, "amount": ""}, NOT_ESTIMATED), mode="add")
    work()
    upload.refresh_from_db()
    assert (upload.status, upload.findings[0]["row"]) == ("refused", ROWS + 1)

    upload = hand_in(officer, inventory, csv_of(*rows, NOT_ESTIMATED), mode="add")
    work()
    upload.refresh_from_db()
    save_row(actor=officer, inventory=inventory, values=GAS)
    request_apply(actor=officer, record=upload)
    work()
    upload.refresh_from_db()
    assert upload.status == "refused"
    assert "has an amount in row" in upload.findings[0]["message"]
    assert current_rows(inventory).count() == 1
