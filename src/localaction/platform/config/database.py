"""The database: an embedded SQLite by default, PostgreSQL by DATABASE_URL; one code path for both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from localaction.platform.config import env

SQLITE_WAIT_SECONDS = 20
KEEP_SECONDS = 60
# Write-ahead log: readers never wait for the writer. FULL: a committed save survives a power cut.
# Recursive triggers: without them INSERT OR REPLACE would delete rows of append-only tables unseen.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": SQLITE_WAIT_SECONDS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}


def databases(data: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES from DATABASE_URL, or for the SQLite file in the data folder."""
    url = env.text("DATABASE_URL") or f"sqlite:///{data / 'localaction.sqlite3'}"
    try:
        config: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=KEEP_SECONDS, conn_health_checks=True)
        )
    except ValueError as error:
        raise ImproperlyConfigured(_advice()) from error
    kind = str(config["ENGINE"]).rpartition(".")[2]
    if kind == "sqlite3":
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
        config["TEST"] = {"NAME": str(data / "test_localaction.sqlite3")}  # a file: threads see the same data
    elif kind != "postgresql":
        raise ImproperlyConfigured(_advice())
    return {"default": config}


def _advice() -> str:
    return (
        "DATABASE_URL names no database this program works with. Leave it empty for the embedded one, "
        "or write postgres://user:password@host:5432/name."
    )
