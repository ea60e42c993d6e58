"""`localaction import`: the same services as the browser, said on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.cli import imports
from localaction.platform.imports.models import Import, SavedMapping
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import create_inventory
from tests.platform.accounts.make import place

pytestmark = pytest.mark.django_db
AT = ["--place", "GB-LON", "--year", "2019"]


@pytest.fixture(autouse=True)
def evidence_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def inventory() -> Inventory:
    return create_inventory(actor=OPERATOR, place=place("GB-LON", "London"), label_year=2019)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("ref,activity,amount,unit\nI.1.1,natural_gas,5,TJ\nI.2.1,natural_gas,6,TJ\n")
    return path


def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    inventory: Inventory, rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imports.main(["rows", str(rows), *AT, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "rows.csv for GB-LON 2019: checked, nothing was changed" in said
    assert "rows         2 created, 0 changed, 0 removed, 0 unchanged" in said
    assert rows_of(inventory) == []


def test_rows_come_in_are_listed_reported_and_undone(
    inventory: Inventory, rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imports.main(["rows", str(rows), *AT, "--format", "json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["status"], done["counts"]["rows"]["created"]) == ("applied", 2)
    assert [row.amount for row in rows_of(inventory)] == ["5", "6"]
    assert imports.main(["list"]) == 0
    assert "applied   rows.csv for GB-LON 2019" in capsys.readouterr().out
    assert imports.main(["undo", done["id"][:8]]) == 0
    assert "Everything is as it was before" in capsys.readouterr().out
    assert rows_of(inventory) == []
    assert imports.main(["undo", done["id"]]) == 2
    assert "This import cannot be undone: it is undone." in capsys.readouterr().err


def test_what_is_refused_is_listed_row_by_row(
    inventory: Inventory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("ref,activity,amount,unit\nI.9.9,natural_gas,5,TJ\n")
    assert imports.main(["rows", str(path), *AT]) == 2
    assert 'row 2: There is no cell "I.9.9"' in capsys.readouterr().err


def test_columns_nobody_mapped_are_shown_with_the_way_to_map_them(
    inventory: Inventory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ventas.csv"
    path.write_text("Código;Energético;Cantidad;Unidad\nI.1.1;natural_gas;5;TJ\n", encoding="utf-8")
    assert imports.main(["rows", str(path), *AT]) == 2
    said = capsys.readouterr()
    record = Import.objects.get()
    assert f"/desk/imports/{record.public_id}/mapping/" in said.err
    assert "Energético" in said.out
    SavedMapping.objects.create(
        scope=inventory.place.scope, name="ventas", headers_key="-", mapping=record.mapping
    )
    assert imports.main(["rows", str(path), *AT, "--mapping", "ventas"]) == 0
    assert [row.amount for row in rows_of(inventory)] == ["5"]
    assert imports.main(["rows", str(path), *AT, "--mapping", "vents"]) == 2
    assert 'There is no saved mapping "vents" here. Did you mean "ventas"?' in capsys.readouterr().err


def test_a_file_or_an_import_that_is_not_there_is_said(
    inventory: Inventory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imports.main(["rows", str(tmp_path / "none.csv"), *AT]) == 2
    assert "cannot be read: No such file or directory." in capsys.readouterr().err
    assert imports.main(["report", "123"]) == 2
    assert "There is no such import that you can see." in capsys.readouterr().err
