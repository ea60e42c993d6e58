"""Three inventories of the GPC workbook of C40, and people who work on them after they came in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.cli import imports
from localaction.platform.imports.errors import RowsChanged
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import receive, request_apply, request_undo
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import inventory_for, rows_of
from localaction.platform.inventories.services import (
    create_inventory,
    remove_row,
    save_row,
    undo_newest,
)
from localaction.platform.publication.queries import newest_of_each_place
from tests.platform.accounts.make import place, with_role
from tests.platform.conftest import settle
from tests.platform.inventories.make import GAS
from tests.support.workbooks import xlsx

SHEET, FEW = "GHG Dashboard Data - Inventory", {("Houston", 2020), ("Accra", 2015), ("London", 2019)}
KEY = "US-HOUSTON 2020"


@pytest.fixture(scope="module")
def workbook(real_data: Path) -> bytes:
    """The workbook with a few of its cities."""
    whole = CalamineWorkbook.from_path(str(real_data / "c40-gpc" / "C40_GPC_Database.xlsx"))
    sheets = {name: whole.get_sheet_by_name(name).to_python() for name in whole.sheet_names}
    head, *rows = sheets[SHEET]
    sheets[SHEET] = [head, *(row for row in rows if row[2] and (row[2], row[6]) in FEW)]
    short = {
        name[:31]: [[cell if cell != "" else None for cell in row] for row in sheets[name]] for name in sheets
    }
    return xlsx(short, strings_to_formulas=False, strings_to_urls=False).getvalue()


@pytest.fixture(scope="module")
def brought(module_database: None, workbook: bytes, tmp_path_factory: pytest.TempPathFactory) -> Import:
    record = request_apply(actor=OPERATOR, record=bring(workbook), inline=True)
    settle()
    return record


@pytest.fixture
def houston(brought: Import, db: None) -> Inventory:
    return inventory_for(OPERATOR, "US-HOUSTON", 2020)


@pytest.fixture
def grace(houston: Inventory) -> User:
    return with_role("officer", houston.place, name="Grace")


def bring(workbook: bytes, **options: object) -> Import:
    return receive(
        actor=OPERATOR, importer_id="c40", name="c40.xlsx", stream=io.BytesIO(workbook), options=options,
        inline=True,
    )  # fmt: skip


def edit(grace: User, houston: Inventory) -> None:
    """Change a row, remove one, add one."""
    first, second, *_rest = [row for row in rows_of(houston) if row.amount]
    save_row(actor=grace, inventory=houston, values=first.values() | {"amount": "1"}, row_key=first.row_key)
    remove_row(actor=grace, inventory=houston, row_key=second.row_key)
    save_row(actor=grace, inventory=houston, values=GAS | {"ref": "I.2.1"})


def stands(houston: Inventory) -> list[tuple[str, str]]:
    return [(row.ref, row.amount) for row in rows_of(houston)]


def test_what_somebody_changed_is_named_in_the_check_and_left_alone(
    houston: Inventory, grace: User, workbook: bytes
) -> None:
    edit(grace, houston)
    before = stands(houston)
    record = bring(workbook)
    assert record.findings[0]["message"] == (
        "3 rows of Houston 2020 were changed by hand since they were imported; it is left as it is."
    )
    assert record.summary["edited"] == [
        {"key": KEY, "name": "Houston 2020", "rows": 3, "by": [[grace.pk, 3]], "replaced": False}
    ]
    assert record.summary["counts"]["inventories"] == {
        "created": 0, "changed": 0, "removed": 0, "unchanged": 3,
    }  # fmt: skip
    assert "Grace" not in str(record.summary) + str(record.findings), "names stay where they can be erased"
    assert request_apply(actor=OPERATOR, record=record, inline=True).made == {}
    assert stands(houston) == before


def test_it_is_replaced_where_the_officer_says_so(houston: Inventory, grace: User, workbook: bytes) -> None:
    imported = stands(houston)
    edit(grace, houston)
    edited = stands(houston)
    record = bring(workbook)
    done = request_apply(actor=OPERATOR, record=record, inline=True, replace_edited=[KEY, "XX-NIX 1900"])
    assert sorted(stands(houston)) == sorted(imported)
    assert done.options["replace_edited"] == [KEY]
    assert done.summary["counts"]["inventories"]["changed"] == 1
    assert bring(workbook).summary["edited"] == [], "as the file says, so nothing would be replaced"
    request_undo(actor=OPERATOR, record=done, inline=True)
    assert sorted(stands(houston)) == sorted(edited)
    assert bring(workbook).summary["edited"][0]["by"] == [[grace.pk, 3]], "what an undo brought back is hers"


def test_a_change_that_was_taken_back_is_none(houston: Inventory, grace: User, workbook: bytes) -> None:
    save_row(actor=grace, inventory=houston, values=GAS | {"ref": "I.2.1"})
    undo_newest(actor=grace, inventory=houston)
    assert bring(workbook).summary["edited"] == []


def test_a_change_made_after_the_check_is_not_replaced_unseen(
    houston: Inventory, grace: User, workbook: bytes
) -> None:
    record = bring(workbook)
    edit(grace, houston)
    with pytest.raises(RowsChanged, match="inventories that it touches were changed since it was checked"):
        request_apply(actor=OPERATOR, record=record, inline=True, replace_edited=[KEY])


@override_settings(LOCALACTION_SECOND_FACTOR=False)
def test_the_report_offers_a_tick_for_each_and_names_who_it_was(
    houston: Inventory, grace: User, workbook: bytes
) -> None:
    imported = stands(houston)
    edit(grace, houston)
    record = bring(workbook)
    client = Client()
    client.force_login(with_role("administrator"))
    answer = client.get(f"/desk/imports/{record.public_id}/")
    assert answer.status_code == 200, answer.headers
    page = answer.content.decode()
    assert "Grace 3" in page
    assert f'<input type="checkbox" name="replace_edited" value="{KEY}" form="apply-form">' in page
    client.post(f"/desk/imports/{record.public_id}/apply/", {"replace_edited": KEY})
    assert sorted(stands(houston)) == sorted(imported)
    after = client.get(f"/desk/imports/{record.public_id}/").content.decode()
    assert "replaced" in after
    assert "<bdi>Houston 2020</bdi>" in after


def test_the_command_leaves_them_too_unless_told(
    houston: Inventory, grace: User, workbook: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported = stands(houston)
    edit(grace, houston)
    path = tmp_path / "c40.xlsx"
    path.write_bytes(workbook)
    assert imports.main(["c40", str(path)]) == 0
    assert "Houston 2020: 3 rows changed by hand, left as they are (Grace 3)" in capsys.readouterr().out
    assert imports.main(["c40", str(path), "--replace-edited"]) == 0
    assert "Houston 2020: 3 rows changed by hand, replaced (Grace 3)" in capsys.readouterr().out
    assert sorted(stands(houston)) == sorted(imported)


def test_an_import_on_which_somebody_built_is_not_undone_and_says_of_what(
    houston: Inventory, brought: Import, workbook: bytes
) -> None:
    record = Import.objects.get(pk=brought.pk)
    save_row(actor=OPERATOR, inventory=houston, values=GAS)
    with pytest.raises(
        Exception, match=r"changed by hand since the import in 1 inventories \(Houston 2020\)"
    ):
        request_undo(actor=OPERATOR, record=record, inline=True)
    assert Inventory.objects.count() == 3
    assert not newest_of_each_place()


def test_what_changed_since_the_check_is_checked_again_before_anything_is_written(
    houston: Inventory, brought: Import, workbook: bytes
) -> None:
    request_undo(actor=OPERATOR, record=Import.objects.get(pk=brought.pk), inline=True)
    record = bring(workbook)
    inventory = create_inventory(actor=OPERATOR, place=place("GB-LON", "London"), label_year=2019)
    with pytest.raises(RowsChanged, match="inventories that it touches were changed since it was checked"):
        request_apply(actor=OPERATOR, record=record, inline=True)
    assert Import.objects.get(pk=record.pk).status == "ready"
    assert list(Inventory.objects.all()) == [inventory]
