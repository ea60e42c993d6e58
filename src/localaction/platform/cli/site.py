"""The Django side of a command: settings, database, what is not migrated yet."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from localaction.platform.cli.errors import BadSettings, DatabaseAway, MigrationFailed, NotMigrated

SETTINGS = "localaction.platform.config.settings"


def name_settings() -> None:
    """Name our settings to Django, unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


def prepare() -> None:
    """Load the settings and the apps. Raises ``BadSettings`` with what the environment has wrong."""
    name_settings()
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadSettings(problem=str(error)) from error


def data_folder() -> Path:
    """Return the folder that holds database, files, charts, logs and secret key."""
    return Path(settings.DATA_DIR)


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def database_name() -> str:
    """Return which database it is, without password."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite in {shown(Path(str(parts['NAME'])))}"
    return f"PostgreSQL {parts['NAME']} on {parts['HOST'] or 'this machine'}:{parts['PORT'] or 5432}"


def reach_database() -> None:
    """Raise ``DatabaseAway`` unless the database answers."""
    try:
        connection.ensure_connection()
    except Error as error:
        raise DatabaseAway(where=database_name(), why=first_line(error)) from error


def unapplied() -> list[str]:
    """Return the names of the migrations that the database lacks, in the order in which they apply."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate() -> None:
    """Apply what is missing. Raises ``MigrationFailed``."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Error as error:
        raise MigrationFailed(where=database_name(), why=first_line(error)) from error


def require_migrated() -> None:
    """Raise unless the database answers and has all tables as this version needs them."""
    reach_database()
    if missing := unapplied():
        raise NotMigrated(where=database_name(), count=len(missing))


def first_line(error: Exception) -> str:
    """Return what an error of the database says, on one line without its full stop."""
    lines = str(error).strip().splitlines()
    return lines[0].strip().rstrip(".") if lines else type(error).__name__
