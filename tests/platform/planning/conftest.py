"""A place, its officer, and parts of a plan to work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.places.models import Place
from localaction.platform.planning.services import add_part
from tests.platform.accounts.make import place, with_role

Add = Callable[..., Any]
#: Case C6 of the agendas: base year 2017 with 1000 kt, target year 2030, cut 28 %.
TARGET = {
    "title": "28 % less by 2030",
    "kind": "base_year",
    "base_year": "2017",
    "base_emissions_t": "1000000",
    "target_year": "2030",
    "cut_percent": "28",
    "total": "BASIC",
    "source": "Climate plan 2018, page 4",
}
ACTION = {"title": "Insulate schools", "status": "in_progress"}
SAID = {
    "commitment": {"title": "Climate neutral by 2050"},
    "target": TARGET,
    "action": ACTION,
    "achievement": {"title": "Ten schools done", "day": "2022-06-30"},
}


@pytest.fixture
def london(db: None) -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


@pytest.fixture
def add(london: Place, officer: User) -> Add:
    """Add a part to the plan of London; fields beyond the usual ones are given by name."""

    def added(part: str, /, *, visibility: str = "place", **said: Any) -> Any:
        return add_part(
            actor=officer, place=london, kind=part, said={**SAID[part], **said}, visibility=visibility
        )

    return added
