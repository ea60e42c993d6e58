"""The demo network, loaded once for the tests of a file and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from localaction.platform.cli.demo_load import load
from tests.platform.conftest import settle


@pytest.fixture(scope="module")
def loaded(module_database: None) -> Iterator[list[str]]:
    """Load the demo network; return what was said. A test that changes something asks for ``db`` too."""
    said: list[str] = []
    with override_settings(LOCALACTION_DEMO=True):
        load(said.append)
        settle()
        yield said
