"""A place says which frameworks it reports on."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.packs.editions import frameworks
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.audit.queries import events_of
from localaction.platform.frameworks.models import Pledge
from localaction.platform.frameworks.queries import newest_editions, taken_up
from localaction.platform.frameworks.services import give_up, take_up
from tests.platform.accounts.make import place, with_role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
FRAMEWORKS = list(frameworks().values())


def test_a_framework_is_taken_up_once_given_up_and_taken_up_again() -> None:
    london = place()
    said = {"actor": with_role("officer", london), "place": london, "framework": FRAMEWORKS[-1]}
    first = take_up(**said, since=DAY)
    assert take_up(**said, since=DAY) == first
    assert taken_up(london) == [FRAMEWORKS[-1]]
    give_up(**said, day=DAY)
    assert taken_up(london) == []
    assert take_up(**said, since=DAY) != first
    assert Pledge.objects.count() == 2
    verbs = [event.verb for event in events_of(first)]
    assert sorted(verbs) == ["frameworks.pledge.given_up", "frameworks.pledge.taken_up"]


def test_only_who_answers_for_the_place_takes_up_a_framework() -> None:
    london = place()
    for actor in (None, with_role("viewer", london), with_role("officer", place("PE-LIM", "Lima"))):
        said = {"actor": actor, "place": london, "framework": FRAMEWORKS[0]}
        with pytest.raises(NotAllowed):
            take_up(**said, since=DAY)
        with pytest.raises(NotAllowed):
            give_up(**said, day=DAY)


def test_others_are_the_newest_editions_of_what_is_not_taken_up() -> None:
    others = newest_editions([FRAMEWORKS[-1]])
    ids = [framework.id for framework in others]
    assert len(set(ids)) == len(ids)
    assert FRAMEWORKS[-1].id not in ids
    assert {framework.id for framework in FRAMEWORKS} == {*ids, FRAMEWORKS[-1].id}
