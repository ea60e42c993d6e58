"""``flush``, which Django's tests use to empty a database: refused where the record of a network is kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections

from localaction.platform.audit.appendonly import lifted


class Command(DjangoFlush):
    """Empty a test database; append-only tables would refuse otherwise."""

    def handle(self, **options: Any) -> None:
        """Lift the append-only triggers, flush, set them again."""
        connection = connections[options["database"]]
        name = str(connection.settings_dict["NAME"])
        if not is_test_database(name):
            raise CommandError(
                f"The database {name} holds a network's record, which is never deleted. "
                "To start anew, set another LOCALACTION_DATA_DIR or DATABASE_URL."
            )
        with lifted(connection):
            super().handle(**options)


def is_test_database(name: str) -> bool:
    """Return whether Django made this database for tests."""
    return name.rpartition("/")[2].startswith("test_") or "memorydb" in name
