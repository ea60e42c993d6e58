"""A computed inventory, its officer, and a verifier of the network."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from tests.platform.accounts.make import with_role
from tests.platform.publication.conftest import (  # noqa: F401
    colleague,
    evidence_folder,
    inventory,
    london,
    nothing_parsed_before,
    officer,
    ready,
)


@pytest.fixture
def verifier(db: None) -> User:
    return with_role("verifier", name="Vera")


@pytest.fixture
def second(db: None) -> User:
    return with_role("verifier", name="Viktor")
