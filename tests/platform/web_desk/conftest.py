"""A city with an empty inventory, and clients of people with different rights."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import create_inventory
from localaction.platform.places.models import Place
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.make import Desk

YEAR = 2019


@pytest.fixture(autouse=True)
def _own_data_folder(settings: object, tmp_path: Path) -> None:
    settings.LOCALACTION_DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]


@pytest.fixture
def city(db: None) -> Place:
    return place("FR-PAR", "Paris", country_code="FR")


@pytest.fixture
def officer(city: Place) -> User:
    return with_role("officer", city, name="Grace")


@pytest.fixture
def inventory(city: Place) -> Inventory:
    return create_inventory(actor=OPERATOR, place=city, label_year=YEAR)


@pytest.fixture
def desk(inventory: Inventory, officer: User) -> Desk:
    """The officer at the desk of an empty inventory."""
    client = Client()
    client.force_login(officer)
    return Desk(client, inventory, officer)


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
