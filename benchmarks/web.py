"""Pages beside their reference views, and one city's computation inside a request.

A reference view runs the page's own SQL and renders the page's own template with the page's own context,
behind the same middleware; what the page costs beyond that is ours. Both are measured in turn, on the demo
network.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks import results

ROUNDS, CALLS = 7, 6


def prepare() -> None:
    """Make a database of its own with the demo network."""
    folder = tempfile.mkdtemp(prefix="localaction-bench-")
    os.environ.update(
        LOCALACTION_DATA_DIR=folder,
        LOCALACTION_DEMO="1",
        LOCALACTION_HOSTS="testserver,localhost",
        DATABASE_URL="",
        DJANGO_SETTINGS_MODULE="localaction.platform.config.settings",
    )
    from localaction.__main__ import main

    for words in (["migrate"], ["demo", "load"]):
        if main(words) != 0:
            sys.exit(f"localaction {' '.join(words)} failed")


def per_call_ms(call: Callable[[], object]) -> float:
    """Return milliseconds for each call."""
    start = time.perf_counter()
    for _ in range(CALLS):
        call()
    return 1000 * (time.perf_counter() - start) / CALLS


def record(path: str) -> None:
    """Make the reference view that of this page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.reference import Recorded

    with CaptureQueriesContext(connection) as captured:
        response: Any = Client().get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answered {response.status_code}")
    Recorded.statements = [query["sql"] for query in captured.captured_queries]
    Recorded.template, Recorded.context = response.templates[0], response.context[0].flatten()


def compare(path: str) -> tuple[float, float, float]:
    """Return median milliseconds of the page, of its reference view, and the median ratio of the rounds."""
    from django.test import Client

    from benchmarks.reference import ADDRESS

    client = Client()
    record(path)
    client.get(path)
    rounds = [
        (per_call_ms(lambda: client.get(path)), per_call_ms(lambda: client.get(ADDRESS)))
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(page / beside for page, beside in rounds)
    return statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds), ratio


def computing() -> tuple[float, float, int]:
    """Return median milliseconds of one city's recomputation, of the engine alone, and its rows."""
    from localaction.engine.inventory.compile import compile_inventory
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.inventories import queries, services

    inventory = queries.inventory_for(OPERATOR, "US-MES", 2018)
    rows = queries.rows_of(inventory)
    row = next(row for row in rows if row.amount)

    def recompute() -> None:
        fresh = queries.row_of(inventory, row.row_key)
        assert fresh is not None
        values = fresh.values() | {"amount": str(float(fresh.amount) + 1)}
        services.save_row(
            actor=OPERATOR, inventory=inventory, values=values, row_key=row.row_key, seen=fresh.number
        )
        services.compute(actor=OPERATOR, inventory=inventory)

    def engine_alone() -> None:
        compile_inventory(queries.raw_rows(inventory), queries.options_of(inventory))

    recompute()
    rounds = [(per_call_ms(recompute), per_call_ms(engine_alone)) for _ in range(ROUNDS)]
    return statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds), len(rows)


def report() -> list[str]:
    """Return the figures as lines of a table."""
    lines = [
        "## Pages and one city inside a request",
        "",
        "| page | page, ms | reference view, ms | page / reference |",
        "|---|---|---|---|",
    ]
    for path in ("/", "/places/AR-BUE/", "/places/US-MES/", "/figures/US-MES/2018/I.1.1/"):
        page, beside, ratio = compare(path)
        lines.append(f"| `{path}` | {page:.1f} | {beside:.1f} | {ratio:.2f} |")
    whole, engine, rows = computing()
    lines += [
        "",
        "| one city, warm | ms |",
        "|---|---|",
        f"| save a row, check it, recompute {rows} rows, write 57 figures | {whole:.1f} |",
        f"| reading the rows and the engine alone | {engine:.1f} |",
    ]
    return lines


def main() -> None:
    """Measure and print."""
    prepare()
    import django
    from django.conf import settings
    from django.test.utils import setup_test_environment

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.reference"
    setup_test_environment()  # a response then says which template and context made it
    lines = report()
    print("\n".join(lines))
    results.record("web", lines)


if __name__ == "__main__":
    main()
