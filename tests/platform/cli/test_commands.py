"""Commands in processes of their own: what they do, and what they say when something is wrong."""

from __future__ import annotations

import pytest

DEAD = "postgres://somebody:secret-word@127.0.0.1:1/nothing"  # nobody listens on port 1
ADMINISTRATOR = ["--email", "ada@example.org", "--role", "administrator"]


def test_migrate_says_what_it_did_and_does_nothing_the_second_time(elsewhere):
    too_early = elsewhere("user", "create", *ADMINISTRATOR)
    assert too_early.returncode == 2
    assert "Run `localaction migrate` first." in too_early.stderr
    first = elsewhere("migrate")
    assert first.returncode == 0, first.stderr
    assert "SQLite in data/localaction.sqlite3" in first.stdout
    assert "changes of its tables" in first.stdout
    assert "Added 34,256 countries and cities from GeoNames (CC BY 4.0)." in first.stdout
    assert elsewhere("migrate").stdout.splitlines()[-1] == "Up to date: nothing to do."


@pytest.mark.parametrize("words", [["migrate"], ["user", "create", *ADMINISTRATOR]])
def test_a_database_that_is_away_is_named_without_its_password(elsewhere, words):
    ended = elsewhere(*words, DATABASE_URL=DEAD)
    assert ended.returncode == 2
    assert "PostgreSQL nothing on 127.0.0.1:1" in ended.stderr
    assert "does not answer" in ended.stderr
    assert "DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret-word" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"LOCALACTION_DEMO": "perhaps"}, "LOCALACTION_DEMO is 'perhaps'"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL names no database"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(elsewhere, environment, message):
    ended = elsewhere("check", **environment)
    assert ended.returncode == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_none_is_refused(elsewhere):
    ended = elsewhere("start", LOCALACTION_PORT="http")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert 'LOCALACTION_PORT is "http"' in ended.stderr


def test_manage_hands_its_words_to_django(elsewhere):
    unknown = elsewhere("manage", "no_such_command")
    assert unknown.returncode == 1
    assert "Unknown command: 'no_such_command'" in unknown.stderr


def test_manage_runs_a_command_of_django(command):
    assert command("manage", "check", "--tag", "models") == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )
