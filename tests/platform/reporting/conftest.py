"""A place, its officer, and frameworks that share data items."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from localaction.engine.packs.editions import frameworks
from localaction.platform.accounts.models import User
from localaction.platform.places.models import Place
from localaction.platform.reporting.answers import Filled, fill
from localaction.platform.reporting.saving import Entry, save_answer
from tests.platform.accounts.make import place, with_role

YEAR = 2025
TODAY = date(2026, 11, 25)
FRAMEWORKS = frameworks()
NATURE = FRAMEWORKS["singapore_index/2021"]
CITY = FRAMEWORKS["iso_37120/2014"]
COMPACT = FRAMEWORKS["compact_of_mayors/2014"]


@pytest.fixture
def london(db: None) -> Place:
    return place()


@pytest.fixture
def officer(london: Place) -> User:
    return with_role("officer", london, name="Grace")


@pytest.fixture
def look(london: Place, officer: User):
    """Return a framework filled with what the officer sees of London."""

    def looked(framework=NATURE, year: int = YEAR, actor=officer) -> Filled:
        [found] = fill(actor=actor, place=london, year=year, frameworks=[framework], as_of=TODAY)
        return found

    return looked


@pytest.fixture
def answer(london: Place, officer: User):
    """Answer a question of London in the form of a framework."""

    def answered(item: str, raw="", *, framework=NATURE, year: int = YEAR, seen=None, actor=officer, **more):
        return save_answer(
            actor=actor,
            place=london,
            framework=framework,
            item=item,
            year=year,
            entry=Entry(raw=raw, **more),
            seen=seen,
        )

    return partial(answered)
