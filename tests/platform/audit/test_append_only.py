"""The database itself refuses to change what is on record."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from pytest_django import Settings

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.appendonly import AppendOnly, guarded_tables, lifted
from localaction.platform.audit.models import Event
from localaction.platform.audit.services import record
from tests.platform.accounts.make import person

REFUSED = "audit_event is append-only: its rows are neither changed nor deleted"


def an_event() -> Event:
    return record("audit.test.done", actor=OPERATOR, target=person())


@pytest.mark.django_db
def test_an_event_is_neither_changed_nor_deleted() -> None:
    event = an_event()
    for statement in (
        "UPDATE audit_event SET verb = 'audit.test.undone'",
        f"UPDATE audit_event SET reason = 'because' WHERE id = {event.pk}",
        "DELETE FROM audit_event",
    ):
        with (
            pytest.raises(IntegrityError, match=REFUSED),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    event.verb = "audit.test.undone"
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        event.delete()
    assert Event.objects.get(pk=event.pk).verb == "audit.test.done"


@pytest.mark.django_db
def test_an_event_is_not_replaced_in_passing_either() -> None:
    event = an_event()
    if connection.vendor == "sqlite":
        statement = "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE id = %s"
    else:
        statement = (
            "INSERT INTO audit_event SELECT * FROM audit_event WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET verb = 'audit.test.undone'"
        )
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [event.pk])


@pytest.mark.django_db
def test_postgresql_does_not_truncate_the_record() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event CASCADE")


@pytest.mark.django_db
def test_every_append_only_table_has_its_triggers() -> None:
    """SQLite loses them when a later migration rebuilds the table; such a migration repeats AppendOnly."""
    loader = MigrationLoader(connection)
    declared = {
        f"{app}_{step.model_name.lower()}"
        for app, name in loader.graph.nodes
        for step in loader.get_migration(app, name).operations
        if isinstance(step, AppendOnly)
    }
    assert {"audit_event", "values_value", "values_valuerevision"} <= declared
    assert guarded_tables(connection) == declared


@pytest.fixture
def ledger() -> Iterator[tuple[AppendOnly, ProjectState]]:
    """A table with one pointing column, made for the test."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("said", models.TextField()),
        ("current", models.BooleanField()),
    ]
    state.add_model(ModelState("audit", "Ledger", fields))
    model = state.apps.get_model("audit", "Ledger")
    with connection.schema_editor() as editor:
        editor.create_model(model)
    yield AppendOnly("Ledger", mutable=["current"]), state
    with connection.schema_editor() as editor:
        editor.delete_model(model)


@pytest.mark.django_db(transaction=True)
def test_a_pointing_column_may_change_the_rest_may_not(ledger: tuple[AppendOnly, ProjectState]) -> None:
    step, state = ledger
    model = state.apps.get_model("audit", "Ledger")
    row = model.objects.create(said="so", current=True)
    with connection.schema_editor() as editor:
        step.database_forwards("audit", editor, state, state)
        step.database_forwards("audit", editor, state, state)  # again, as after a rebuilt table
    assert model.objects.filter(pk=row.pk).update(current=False) == 1
    with pytest.raises(IntegrityError, match="audit_ledger is append-only"):
        model.objects.filter(pk=row.pk).update(said="otherwise")
    with pytest.raises(IntegrityError, match="audit_ledger is append-only"):
        model.objects.filter(pk=row.pk).update(said="otherwise", current=True)
    with connection.schema_editor() as editor:
        step.database_backwards("audit", editor, state, state)
    assert model.objects.filter(pk=row.pk).update(said="otherwise") == 1


def test_a_column_that_does_not_exist_is_not_declared_mutable() -> None:
    state = ProjectState()
    state.add_model(ModelState("audit", "Ledger", [("id", models.BigAutoField(primary_key=True))]))
    with pytest.raises(ValueError, match="Ledger has no column current; name columns, not fields"):
        AppendOnly("Ledger", mutable=["current"])._table("audit", state)


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_be_emptied_and_is_guarded_again_afterwards() -> None:
    an_event()
    guarded = guarded_tables(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    assert guarded_tables(connection) == guarded
    an_event()
    with pytest.raises(IntegrityError, match=REFUSED):
        Event.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_record_of_a_network_is_not_emptied(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    an_event()
    settings.LOCALACTION_DEMO = False
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/localaction/localaction.sqlite3")
    with pytest.raises(CommandError, match="holds a network's record, which is never deleted"):
        call_command("flush", interactive=False, verbosity=0, stdout=StringIO())
    monkeypatch.undo()
    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_triggers_are_set_again_even_if_something_fails_in_between() -> None:
    guarded = guarded_tables(connection)
    with contextlib.suppress(ZeroDivisionError), lifted(connection):
        assert not guarded_tables(connection)
        raise ZeroDivisionError
    assert guarded_tables(connection) == guarded
