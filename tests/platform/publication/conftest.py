"""The place, officer and inventory of the tests of inventories, with everything answered and computed."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import compute
from localaction.platform.publication.queries import _parsed
from tests.platform.inventories.conftest import (  # noqa: F401
    colleague,
    evidence_folder,
    inventory,
    london,
    officer,
)
from tests.platform.inventories.make import fill


@pytest.fixture(autouse=True)
def nothing_parsed_before() -> None:
    """Forget parsed documents, so that each test reads its own."""
    _parsed.cache_clear()


@pytest.fixture
def ready(officer: User, inventory: Inventory) -> Inventory:  # noqa: F811
    fill(officer, inventory)
    compute(actor=officer, inventory=inventory)
    return inventory
