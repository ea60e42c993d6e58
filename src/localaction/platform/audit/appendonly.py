"""Tables that only grow: triggers by which the database itself refuses UPDATE and DELETE.

Use :class:`AppendOnly` in a migration. SQLite drops a table's triggers when a later migration rebuilds the
table, so such a migration ends with ``AppendOnly`` again; a test finds the table that lacks its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PREFIX = "append_only_"


class AppendOnly(Operation):
    """Migration step: from here on the rows of a model are neither deleted nor changed.

    Parameters
    ----------
    model_name : str
        Model of the same app.
    mutable : sequence of str, optional
        Columns (``is_current``, ``current_id``) that may still change, because they point and hold no record.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, mutable: Sequence[str] = ()) -> None:
        self.model_name = model_name
        self.mutable = tuple(mutable)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the model looks the same to Django."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers, replacing those of an earlier step."""
        table, columns = self._table(app_label, to_state)
        for statement in drop_sql(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)
        frozen = [column for column in columns if column not in self.mutable]
        for statement in create_sql(schema_editor.connection.vendor, table, frozen):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove the triggers."""
        table, _columns = self._table(app_label, from_state)
        for statement in drop_sql(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say what this step does."""
        return f"Refuse changes to rows of {self.model_name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return how this step is written in a migration."""
        return type(self).__name__, [self.model_name], {"mutable": self.mutable} if self.mutable else {}

    def _table(self, app_label: str, state: ProjectState) -> tuple[str, list[str]]:
        options = state.apps.get_model(app_label, self.model_name)._meta
        unknown = set(self.mutable) - {field.column for field in options.local_concrete_fields}
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"{self.model_name} has no column {names}; name columns, not fields")
        return options.db_table, [field.column for field in options.local_concrete_fields]


def create_sql(vendor: str, table: str, frozen: Sequence[str]) -> list[str]:
    """Return the statements that make the triggers on ``table``."""
    columns = ", ".join(f'"{column}"' for column in frozen)
    message = f"{table} is append-only: its rows are neither changed nor deleted; write a new row instead"
    if vendor == "sqlite":
        return [
            f'CREATE TRIGGER "{PREFIX}{table}_{word}" BEFORE {event} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for word, event in (("update", f"UPDATE OF {columns}"), ("delete", "DELETE"))
        ]
    if vendor == "postgresql":
        function = f'"{PREFIX}{table}"()'
        refuse = f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{message}'"
        body = f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$"
        events = {
            "update": (f"UPDATE OF {columns}", "ROW"),
            "delete": ("DELETE", "ROW"),
            "truncate": ("TRUNCATE", "STATEMENT"),
        }
        return [f"CREATE FUNCTION {function} {body}"] + [
            f'CREATE TRIGGER "{PREFIX}{table}_{word}" BEFORE {event} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION {function}"
            for word, (event, each) in events.items()
        ]
    raise NotImplementedError(f"append-only tables are written for SQLite and PostgreSQL, not for {vendor}")


def drop_sql(vendor: str, table: str) -> list[str]:
    """Return the statements that remove the triggers on ``table`` if they are there."""
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{PREFIX}{table}_{word}"' for word in ("update", "delete")]
    return [f'DROP FUNCTION IF EXISTS "{PREFIX}{table}"() CASCADE']


def guarded_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the tables that have their append-only triggers in this database."""
    if connection.vendor == "sqlite":
        query = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        query = (
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgname LIKE %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX + "%"])
        return {str(row[0]) for row in cursor.fetchall()}


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift the triggers for the time of the block: for emptying a test or demo database, nothing else."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [PREFIX + "%"]
            )
            off, on = [], []
            for name, statement in cursor.fetchall():
                off.append(f'DROP TRIGGER "{name}"')
                on.append(statement)
        else:
            tables = sorted(guarded_tables(connection))
            off = [f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables]
            on = [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables]
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)
