"""A place, its officer, and a figure to work with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from localaction.engine.periods import Period
from localaction.platform.accounts.models import User
from localaction.platform.places.models import Place
from localaction.platform.values.models import ValueRevision
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import place, with_role

Save = Callable[..., ValueRevision]
YEAR = Period.year(2019)


@pytest.fixture
def london(db: None) -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


@pytest.fixture
def save(london: Place, officer: User) -> Save:
    """Record the population of London in 2019, unless told otherwise."""
    return partial(
        record_value,
        actor=officer,
        place=london,
        item="population.total",
        period=YEAR,
        unit="person",
        source="census",
    )
