"""A file of rows: kept as evidence, checked with every finding, applied all or nothing."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from pytest_django import Settings

from localaction.engine.errors import Refused
from localaction.engine.inventory.template import template_csv
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.imports.errors import FileTooLarge, ImportNotFound, NotInState
from localaction.platform.imports.models import Import
from localaction.platform.imports.queries import import_for, imports_of
from localaction.platform.imports.services import receive, request_apply, stop
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import compute, create_inventory, save_row, undo_newest
from localaction.platform.places.models import Place
from tests.platform.accounts.make import person
from tests.platform.inventories.make import (
    DIESEL,
    GAS,
    NOT_ESTIMATED,
    amounts,
    csv_of,
    gas_file,
    hand_in,
    save,
)

pytestmark = pytest.mark.django_db

MISTAKES = csv_of(
    GAS,
    {**GAS, "ref": "I.9.9"},
    {**GAS, "unit": "km"},
    {**DIESEL, "amount": "1 234"},
)


def test_a_file_with_three_mistakes_is_refused_with_each_of_them(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    upload = hand_in(officer, inventory, MISTAKES)
    assert upload.status == "refused"
    assert [(f["row"], f["column"], f["value"]) for f in upload.findings] == [
        (3, "ref", "I.9.9"),
        (4, "unit", "km"),
        (5, "amount", "1 234"),
    ]
    assert all(finding["message"] and finding["remedy"] for finding in upload.findings)
    with pytest.raises(NotInState, match=r"it is refused\. Correct the file and hand it in again"):
        request_apply(actor=officer, record=upload)
    assert amounts(inventory) == ["5"]
    assert RowRevision.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "holds no header", id="empty"),
        pytest.param("ref,é\n".encode("latin-1"), "cannot be read as UTF-8", id="Latin-1"),
        pytest.param("ref,amount\n".encode("utf-32"), "UTF-32", id="UTF-16"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 64, "is damaged and cannot be read", id="workbook"),
        pytest.param(b"%PDF-1.7\n", "is a PDF document, which is not read here", id="PDF"),
        pytest.param(b"ref,activity,amount,unit\nI.1.1,natural_gas,5\n", "fields", id="ragged row"),
    ],
)
def test_what_is_not_a_file_of_rows_is_refused(
    officer: User, inventory: Inventory, content: bytes, said: str
) -> None:
    upload = hand_in(officer, inventory, content)
    assert upload.status == "refused"
    assert said in f"{upload.findings[0]['message']} {upload.findings[0]['remedy']}"
    assert not RowRevision.objects.exists()


def test_a_file_above_the_limit_leaves_nothing_behind(
    officer: User, inventory: Inventory, settings: Settings, evidence_folder: Path
) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 1
    with pytest.raises(FileTooLarge, match=r"larger than 1 MB, the most .*nothing was kept\. Split it"):
        receive(
            importer_id="rows",
            actor=officer,
            inventory=inventory,
            name="big.csv",
            stream=io.BytesIO(b"x" * (2**20 + 1)),
        )
    assert not Import.objects.exists()
    assert not evidence_folder.exists()


def test_the_file_is_kept_under_its_digest_once(
    officer: User, inventory: Inventory, evidence_folder: Path
) -> None:
    content = gas_file(2)
    digest = hashlib.sha256(content).hexdigest()
    uploads = [hand_in(officer, inventory, content), hand_in(officer, inventory, content)]
    assert {(upload.sha256, upload.size_bytes) for upload in uploads} == {(digest, len(content))}
    kept = [path for path in evidence_folder.rglob("*") if path.is_file()]
    assert [(path.name, path.read_bytes()) for path in kept] == [(digest, content)]


def test_a_file_that_pretends_to_be_elsewhere_keeps_only_its_name(
    officer: User, inventory: Inventory
) -> None:
    upload = receive(
        importer_id="rows",
        actor=officer,
        inventory=inventory,
        name="../../etc/rows.csv",
        stream=io.BytesIO(gas_file(1)),
    )
    assert upload.name == "rows.csv"


def test_checking_says_what_would_change_and_changes_nothing(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    upload = hand_in(officer, inventory, csv_of(GAS, DIESEL))
    assert upload.status == "ready"
    assert (upload.rows_done, upload.rows_total) == (2, 2)
    summary = upload.summary
    assert summary["counts"]["rows"] == {"created": 1, "changed": 0, "removed": 0, "unchanged": 1}
    assert summary["cells"] == ["II.1.1"]
    basic = summary["totals"][0]
    assert basic["total"] == "BASIC"
    assert basic["before_t"] < basic["after_t"]
    assert amounts(inventory) == ["5"]


def test_applying_replaces_all_rows_as_one_change(officer: User, inventory: Inventory) -> None:
    save(officer, inventory, note="typed by hand")
    upload = request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(3, first=7)))
    assert upload.status == "applied"
    assert amounts(inventory) == ["7", "8", "9"]
    batch = Batch.objects.latest("id")
    assert (batch.kind, batch.rows, batch.actor) == ("import", 4, officer)
    assert (batch.import_id, batch.file_name) == (upload.public_id, "rows.csv")
    applied = next(event for event in events_of(inventory) if event.verb == "imports.import.applied")
    assert applied.after == {
        "name": "rows.csv",
        "sha256": upload.sha256,
        "import": str(upload.public_id),
        "rows": {"created": 3, "removed": 1},
    }


def test_adding_keeps_the_rows_that_stand(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    request_apply(actor=officer, record=hand_in(officer, inventory, csv_of(DIESEL), mode="add"))
    assert amounts(inventory) == ["5", "2"]


def test_rows_to_be_added_are_checked_beside_those_that_stand(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    upload = hand_in(officer, inventory, csv_of(NOT_ESTIMATED), mode="add")
    assert upload.status == "refused"
    assert "has an amount in row" in upload.findings[0]["message"]


def test_the_same_file_twice_changes_nothing(officer: User, inventory: Inventory) -> None:
    content = csv_of(GAS, GAS, DIESEL)
    request_apply(actor=officer, record=hand_in(officer, inventory, content))
    revisions = RowRevision.objects.count()
    again = hand_in(officer, inventory, content)
    assert again.summary["counts"]["rows"] == {"created": 0, "changed": 0, "removed": 0, "unchanged": 3}
    assert request_apply(actor=officer, record=again).made == {}
    assert RowRevision.objects.count() == revisions
    with pytest.raises(NotInState, match="it is applied"):
        request_apply(actor=officer, record=again, inline=True)


def test_apply_then_undo_leaves_no_trace_but_record_and_history(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    before = compute(actor=officer, inventory=inventory).result
    request_apply(actor=officer, record=hand_in(officer, inventory, gas_file(4)))
    compute(actor=officer, inventory=inventory)
    undo_newest(actor=officer, inventory=inventory)
    after = compute(actor=officer, inventory=inventory).result
    assert {**after, "lines": []} == {**before, "lines": []}
    assert len(after["lines"]) == len(before["lines"]) == 1
    assert [event.verb for event in events_of(inventory)].count("imports.import.applied") == 1


def test_what_was_entered_since_the_check_is_checked_again(
    officer: User, colleague: User, inventory: Inventory
) -> None:
    upload = hand_in(officer, inventory, csv_of(NOT_ESTIMATED), mode="add")
    assert upload.status == "ready"
    save_row(actor=colleague, inventory=inventory, values=GAS)
    with pytest.raises(Refused) as refusal:
        request_apply(actor=officer, record=upload, inline=True)
    assert "has an amount in row" in refusal.value.findings[0].message
    assert amounts(inventory) == ["5"]
    assert Batch.objects.count() == 1
    upload.refresh_from_db()
    assert upload.status == "ready"


def test_a_checked_file_can_be_left(officer: User, inventory: Inventory) -> None:
    upload = stop(actor=officer, record=hand_in(officer, inventory, gas_file(1)))
    assert upload.status == "stopped"
    for act in (request_apply, stop):
        with pytest.raises(NotInState, match="it is stopped"):
            act(actor=officer, record=upload)
    assert rows_of(inventory) == []


def test_the_template_can_be_handed_in_as_it_is(officer: User, london: Place) -> None:
    inventory = create_inventory(actor=officer, place=london, label_year=2023)
    upload = hand_in(officer, inventory, template_csv().encode())
    assert [f["message"] for f in upload.findings if f["severity"] == "error"] == []
    assert upload.status == "ready"


def test_an_upload_is_found_by_those_who_may_see_it(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(1))
    assert import_for(officer, upload.public_id) == upload
    assert imports_of(inventory) == [upload]
    with pytest.raises(ImportNotFound):
        import_for(person(), upload.public_id)
