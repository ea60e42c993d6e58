"""Bringing the C40 workbook in, beside a bare load of its rows: ``python -m benchmarks.imports WORKBOOK``.

The bare load writes the same rows into a table of text columns, without keys, indexes or checks, by
``executemany`` (SQLite) or ``COPY`` (PostgreSQL) in the same run. The database is that of the
settings, brought up to date before (`localaction migrate`).
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from benchmarks.compute import machine
from benchmarks.results import record

ROUNDS = 1
Figures = dict[str, list[tuple[float, float]]]


def main(workbook: Path) -> None:
    """Measure and record."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localaction.platform.config.settings")
    django.setup()
    from django.db import connection  # needs the settings

    began, figures, rows = machine(), Figures(), 0
    for _round in range(ROUNDS):
        rows = one_round(figures, workbook)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"## The C40 workbook on {connection.vendor}",
        "",
        f"{began}. {rows:,} rows of 329 inventories, median of {ROUNDS} round(s), peak {peak_mb:.0f} MB.",
        "*check* reads, compares, computes; *apply* does so again, writes rows, runs, figures, publishes.",
        "",
        "| step | seconds | processor seconds | rows per second |",
        "|---|---|---|---|",
        *(f"| {step} | {described(measured, rows)} |" for step, measured in figures.items()),
    ]
    record(f"imports-{connection.vendor}", lines)
    print("\n".join(lines))


def one_round(figures: Figures, workbook: Path) -> int:
    """Import, load the same rows bare, and undo; return how many rows there are."""
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.imports.services import receive, request_apply, request_undo
    from localaction.platform.inventories.models import COLUMNS, RowRevision

    with workbook.open("rb") as stream:
        given: dict[str, Any] = {
            "actor": OPERATOR,
            "importer_id": "c40",
            "name": workbook.name,
            "stream": stream,
        }
        done = timed(figures, "check", lambda: receive(**given, inline=True, options={"publish": True}))
    done = timed(figures, "apply", lambda: request_apply(actor=OPERATOR, record=done, inline=True))
    made = RowRevision.objects.filter(inventory__in=done.made["inventories"], is_current=True)
    rows = list(made.values_list("inventory", *COLUMNS))
    timed(figures, "bare load", lambda: bare_load(rows, ["inventory", *COLUMNS]))
    timed(figures, "undo", lambda: request_undo(actor=OPERATOR, record=done, inline=True))
    return len(rows)


def timed(figures: Figures, step: str, act: Callable[[], Any]) -> Any:
    """Do something and note how long it took, by the wall and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    done = act()
    figures.setdefault(step, []).append((time.perf_counter() - wall, time.process_time() - processor))
    return done


def described(measured: list[tuple[float, float]], rows: int) -> str:
    """Return the medians as the cells of a table row."""
    wall = statistics.median(each[0] for each in measured)
    processor = statistics.median(each[1] for each in measured)
    return f"{wall:.2f} | {processor:.2f} | {rows / wall:,.0f}"


def bare_load(rows: list[tuple[Any, ...]], names: list[str]) -> None:
    """Write the rows into a bare table and drop it."""
    from django.db import connection, transaction

    quoted = [f'"{name}"' for name in names]
    columns, marks = ", ".join(quoted), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"CREATE TABLE bare_load ({', '.join(f'{name} text' for name in quoted)})")
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY bare_load ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([str(value) for value in row])
        else:
            cursor.executemany(f"INSERT INTO bare_load ({columns}) VALUES ({marks})", rows)
        cursor.execute("DROP TABLE bare_load")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
