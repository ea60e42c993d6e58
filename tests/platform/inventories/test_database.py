"""What the database itself refuses, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from localaction.platform.accounts.models import User
from localaction.platform.audit.appendonly import guarded_tables
from localaction.platform.imports.models import Import
from localaction.platform.inventories.models import COLUMNS, Batch, Inventory, RowRevision, Run
from localaction.platform.inventories.services import compute
from tests.platform.inventories.make import DIESEL, GAS, NOT_ESTIMATED, save

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object], said: str) -> None:
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        act()


def insert(row: RowRevision, **values: object) -> Callable[[], object]:
    """Return an act that inserts a row like ``row`` with these columns changed."""
    empty = dict.fromkeys(COLUMNS, "")
    given = {"row_key": uuid.uuid4(), "number": 1, "is_current": True, **values}
    return lambda: RowRevision.objects.create(
        inventory=row.inventory, batch=row.batch, position=9, **empty | given
    )


def test_a_row_is_an_activity_an_emission_or_a_key(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    given = {"ref": "I.1.1", "gas": "CO2", "amount": "5", "unit": "t"}
    for good in (GAS, DIESEL, NOT_ESTIMATED, given):
        insert(row, **good)()
    for bad in (
        {**GAS, "notation_key": "NE"},
        {**GAS, "amount": ""},
        {**GAS, "unit": ""},
        {**GAS, "activity": ""},
        {**given, "factor": "ipcc@2006:stationary.residential.natural_gas"},
        {**NOT_ESTIMATED, "notation_key": ""},
        {**NOT_ESTIMATED, "gas": "CO2"},
    ):
        refused(insert(row, **bad), "inventories_row_of_one_kind")
    refused(insert(row, **{**GAS, "ref": ""}), "inventories_row_has_cell")


def test_a_row_has_one_current_revision_and_each_number_once(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    refused(insert(row, **GAS, row_key=row.row_key, number=2), r"row_one_current|row_key")
    refused(insert(row, **GAS, row_key=row.row_key, number=1, is_current=False), r"row_numbered_once|row_key")


def test_revisions_and_runs_are_never_changed(officer: User, inventory: Inventory) -> None:
    row = save(officer, inventory)
    run = compute(actor=officer, inventory=inventory)
    assert {"inventories_rowrevision", "inventories_run"} <= guarded_tables(connection)
    every: list[tuple[models.QuerySet[RowRevision] | models.QuerySet[Run], str, object]] = [
        (RowRevision.objects.filter(pk=row.pk), "amount", "7"),
        (RowRevision.objects.filter(pk=row.pk), "removed", True),
        (Run.objects.filter(pk=run.pk), "result", {}),
        (Run.objects.filter(pk=run.pk), "reason", "because"),
    ]
    for found, column, value in every:
        refused(
            lambda found=found, column=column, value=value: found.update(**{column: value}), "append-only"
        )
        refused(found.delete, "append-only")
    assert RowRevision.objects.filter(pk=row.pk).update(is_current=False) == 1


def test_a_place_has_one_inventory_a_year_with_words_that_are_known(
    officer: User, inventory: Inventory
) -> None:
    def another(**values: object) -> Callable[[], object]:
        given = {
            "place": inventory.place,
            "label_year": 2020,
            "period_start": "2020-01-01",
            "period_end": "2020-12-31",
            "gwp_set": "ar5",
        }
        return lambda: Inventory.objects.create(**given | values)

    refused(another(label_year=2019), r"one_a_year|label_year")
    refused(another(period_end="2019-12-31"), "ends_after_start")
    refused(another(status="final"), "known_words")
    refused(another(origin="hearsay"), "known_words")
    refused(another(origin="published_source"), "source_is_cited")


def test_an_undo_names_what_it_undoes_and_an_import_its_state(officer: User, inventory: Inventory) -> None:
    refused(lambda: Batch.objects.create(inventory=inventory, kind="undo"), "undo_names_its_batch")
    scope = inventory.place.scope
    file = {"importer": "rows", "scope": scope, "name": "a", "path": "p", "sha256": "0" * 64, "size_bytes": 1}
    refused(lambda: Import.objects.create(**file, status="lost"), "import_known_words")
    refused(lambda: Import.objects.create(**file | {"sha256": ""}), "import_is_of_a_file")
