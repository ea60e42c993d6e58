"""A published city for the pages, and clients with and without rights."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.platform.accounts.make import with_role
from tests.platform.web import make


@pytest.fixture(autouse=True)
def _own_data_folder(settings: object, tmp_path: Path) -> None:
    settings.LOCALACTION_DATA_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def city(db: None) -> make.City:
    return make.city(language="fr", country_code="FR")


@pytest.fixture
def officer(city: make.City) -> Client:
    client = Client()
    client.force_login(with_role("officer", city.place))
    return client
