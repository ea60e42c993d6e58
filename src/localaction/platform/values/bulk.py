"""Inserting many rows at once: one ``executemany`` on SQLite, one ``COPY`` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

#: Fields whose values of these very types the database takes as they are.
AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
)
PLAIN = frozenset({str, int, float, bool, type(None)})


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of a model; fields that are not named take their default.

    Parameters
    ----------
    model : type
        Whose table. Signals are not sent and ``save`` is not called.
    names : sequence of str
        The fields that are given, a relation by its name with the id as its value.
    rows : iterable of tuple
        One value for each of ``names``.
    """
    concrete = {field.name: field for field in model._meta.local_concrete_fields}
    fields = [concrete[name] for name in names]
    extra = [field for field in concrete.values() if field not in fields and field.has_default()]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(str(field.column)) for field in (*fields, *extra)]
    plain = [isinstance(field, AS_THEY_ARE) or field.is_relation for field in fields]
    prepared = (
        [
            *(
                value if simple and type(value) in PLAIN else field.get_db_prep_save(value, connection)
                for simple, field, value in zip(plain, fields, row, strict=True)
            ),
            *(field.get_db_prep_save(field.get_default(), connection) for field in extra),
        ]
        for row in rows
    )
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(statement, list(prepared))
