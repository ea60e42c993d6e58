"""What ``localaction check`` finds in order, and what not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.services import create_user
from localaction.platform.cli.demo_load import load


def test_all_is_in_order(command, settings):
    settings.LOCALACTION_DEMO = False
    status, out, err = command("check")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("ok     ") for line in lines)
    assert "packs: 54 cells" in lines[0]
    assert lines[4] == "ok     settings: fit for a public site"


def test_tables_that_lack_a_change_are_wrong(command):
    newest = max(name for app, name in MigrationLoader(connection).disk_migrations if app == "values")
    MigrationRecorder(connection).record_unapplied("values", newest)
    status, out, _err = command("check")
    assert status == 1
    assert "WRONG  tables:" in out
    assert "missing changes: 1" in out
    assert "`localaction migrate`" in out


def test_a_setting_unfit_for_a_public_site_is_wrong_there_and_fine_in_a_demo(command, settings):
    settings.LOCALACTION_DEMO = False
    settings.SESSION_COOKIE_SECURE = False
    status, out, _err = command("check")
    assert status == 1
    assert "WRONG  settings:" in out
    assert "SESSION_COOKIE_SECURE" in out
    settings.LOCALACTION_DEMO = True
    assert command("check")[0] == 0


def test_a_data_folder_that_cannot_be_written_to_is_wrong(command, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "nowhere"
    status, out, _err = command("check")
    assert status == 1
    assert "WRONG  data folder:" in out
    assert "LOCALACTION_DATA_DIR" in out


@pytest.mark.parametrize(("demo", "status", "word"), [(True, 0, "ok   "), (False, 1, "WRONG")])
def test_open_demo_sign_ins_are_wrong_unless_the_site_is_a_demo(command, settings, demo, status, word):
    settings.LOCALACTION_DEMO = demo
    create_user(actor=OPERATOR, email="officer@demo.example")
    found, out, _err = command("check")
    assert found == status
    assert f"{word}  demo sign-ins: 1" in out


def test_the_demo_is_loaded_by_its_command(command, settings):
    settings.LOCALACTION_DEMO = True
    status, out, _err = command("demo", "load")
    assert status == 0
    assert "Accra 2015: 54 rows, published" in out
    assert "officer@demo.example        officer of Buenos Aires" in out
    said: list[str] = []
    load(said.append)
    assert said == ["12 places, unchanged"]
    settings.LOCALACTION_DEMO = False
    status, _out, err = command("demo", "load")
    assert status == 2
    assert "Set LOCALACTION_DEMO=1" in err
