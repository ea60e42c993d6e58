"""Writing and reading events."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.audit.queries import events_in, events_of
from localaction.platform.audit.services import record, record_each
from tests.platform.accounts.make import person, place

pytestmark = pytest.mark.django_db


def test_an_event_says_who_what_when_before_after_and_why() -> None:
    london, user = place(), person()
    made = record(
        "places.place.renamed",
        actor=user,
        target=london,
        before={"name": "London", "since": date(2020, 1, 1)},
        after={"name": "Londinium"},
        reason="nostalgia",
    )
    event = Event.objects.get(pk=made.pk)
    assert (event.actor, event.target_type, event.target_id) == (user, "places.place", "GB-LON")
    assert event.before == {"name": "London", "since": "2020-01-01"}
    assert (event.after, event.reason, event.scope_id) == (
        {"name": "Londinium"},
        "nostalgia",
        london.scope_id,
    )


def test_what_an_operator_does_is_recorded_as_nobody_in_particular() -> None:
    assert record("places.place.renamed", actor=OPERATOR, target=place()).actor is None


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), "ada"])
def test_an_event_needs_somebody_who_did_it(nobody: object) -> None:
    with pytest.raises(ValueError, match=r"places\.place\.renamed needs somebody who did it"):
        record("places.place.renamed", actor=nobody, target=place())


@pytest.mark.parametrize("verb", ["", "renamed", "Places.place.renamed", "places place renamed"])
def test_a_verb_has_a_form(verb: str) -> None:
    with pytest.raises(ValueError, match=r"is not a verb of the form app\.thing\.verb"):
        record(verb, actor=OPERATOR, target=place())


def test_the_database_refuses_an_event_about_nothing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(verb="places.place.renamed", target_type="places.place", target_id="")


def test_events_of_a_thing_are_newest_first_bounded_and_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    for number in range(5):
        record("places.place.visited", actor=person(), target=london, after={"number": number})
    record("places.place.visited", actor=OPERATOR, target=lima)
    with django_assert_num_queries(1):
        events = events_of(london, limit=3)
        assert [event.actor.name for event in events if event.actor] == ["Ada"] * 3
    assert [event.after["number"] for event in events] == [4, 3, 2]
    assert {event.target_id for event in events_in(lima.scope)} == {"PE-LIM"}


def test_one_event_for_each_of_several_things() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    record_each(
        "places.place.counted", actor=OPERATOR, after={london: {"n": 1}, lima: {"n": 2}}, reason="census"
    )
    assert [events_of(place)[0].after for place in (london, lima)] == [{"n": 1}, {"n": 2}]
    assert [events_of(place)[0].scope_id for place in (london, lima)] == [london.scope_id, lima.scope_id]
