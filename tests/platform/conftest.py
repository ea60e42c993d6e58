"""What keeps the tests with a database quick: a world made once for a file, given to each test untouched."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from whitenoise.middleware import WhiteNoiseMiddleware

WORLD = "module_database"
DATABASE = {"db", "transactional_db", "django_db_setup", WORLD}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse tests that would depend on their order; on PostgreSQL leave out what asks for no database.

    The latter ran on SQLite already and would only run a second time.
    """
    from django.conf import settings

    here = [item for item in items if "tests/platform/" in item.nodeid]
    if mixed := _mixed([item for item in here if _asks_for(item)]):
        raise pytest.UsageError(
            "These tests see an empty database or the world of their file, depending on who ran before: "
            f"{', '.join(mixed)}. Let them ask for the world too, or move them to a file of their own."
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        twice = [item for item in here if not _asks_for(item)]
        items[:] = [item for item in items if item not in twice]
        config.hook.pytest_deselected(items=twice)


def _asks_for(item: pytest.Item) -> set[str]:
    names = DATABASE & set(getattr(item, "fixturenames", ()))
    return names | ({"db"} if item.get_closest_marker("django_db") else set())


def _mixed(items: list[pytest.Item]) -> list[str]:
    """Return tests without the world in files in which others have it."""
    files = {item.path for item in items if WORLD in _asks_for(item)}
    return sorted(
        {item.nodeid.split("[")[0] for item in items if item.path in files and WORLD not in _asks_for(item)}
    )


@pytest.fixture(scope="session", autouse=True)
def no_second_factor_asked() -> None:
    """People of the tests sign in without one; the tests of it turn the setting on.

    The environment is not enough: without workers the settings are read before any conftest.
    """
    from django.conf import settings

    settings.LOCALACTION_SECOND_FACTOR = False


@pytest.fixture(scope="session", autouse=True)
def few_collections() -> None:
    """The rule book is millions of objects that stay: do not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Every test client starts the middleware anew; where the static files lie is found out once."""
    known: dict[tuple[str, str], dict[str, Any]] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def found(self: Any) -> None:
        from django.conf import settings

        key = (str(settings.STATIC_ROOT), str(settings.STATICFILES_DIRS))
        if key not in known:
            find(self)
            known[key] = dict(self.files)
        self.files.update(known[key])

    WhiteNoiseMiddleware.add_files_from_finders = found
    yield
    WhiteNoiseMiddleware.add_files_from_finders = find


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what fixtures of a module write until its last test; each test with ``db`` goes back to it.

    Not for modules with transactional tests, which empty the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def settle() -> None:
    """Check what was written against its foreign keys now: PostgreSQL would do so after every test."""
    connection.check_constraints()
