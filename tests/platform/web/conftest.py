"""A published city for the pages, and clients with and without rights."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client

from tests.platform.accounts.make import with_role
from tests.platform.conftest import settle
from tests.platform.web import make


@pytest.fixture(autouse=True)
def _own_data_folder(settings: object, tmp_path: Path) -> None:
    settings.LOCALACTION_DATA_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def published_city(module_database: None) -> make.City:
    """A city made once for a file."""
    made = make.city(language="fr", country_code="FR")
    settle()
    return made


@pytest.fixture
def city(published_city: make.City, db: None) -> make.City:
    """The city as it was made: no test sees what another did to it."""
    return deepcopy(published_city)


@pytest.fixture
def officer(city: make.City) -> Client:
    client = Client()
    client.force_login(with_role("officer", city.place))
    return client
