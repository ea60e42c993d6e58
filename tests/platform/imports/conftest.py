"""A place, its officer, and its inventory of 2019."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from localaction.platform.accounts.models import User
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import create_inventory
from localaction.platform.places.models import Place
from tests.platform.accounts.make import place, with_role


@pytest.fixture(autouse=True)
def evidence_folder(settings: Settings, tmp_path: Path) -> Path:
    """Keep the files of each test apart."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files" / "evidence"


@pytest.fixture
def london(db: None) -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


@pytest.fixture
def colleague(london: Place) -> User:
    return with_role("officer", london, name="Mary")


@pytest.fixture
def inventory(london: Place, officer: User) -> Inventory:
    return create_inventory(actor=officer, place=london, label_year=2019)
