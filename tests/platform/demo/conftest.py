"""The demo network, loaded once for the tests of a file and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from localaction.platform.cli.demo_load import load


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Load the demo network; return what was said. A test that changes something asks for ``db`` too."""
    said: list[str] = []
    with django_db_blocker.unblock(), override_settings(LOCALACTION_DEMO=True), transaction.atomic():
        load(said.append)
        yield said
        transaction.set_rollback(True)
