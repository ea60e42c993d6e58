"""Places, what is known about them over time, what they are part of."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import Scope
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.queries import events_of
from localaction.platform.places.errors import BadPlace, CircularParts, PlaceExists, PlaceNotFound
from localaction.platform.places.models import Fact, Identifier, Name, PartOf, Place
from localaction.platform.places.queries import (
    ancestors,
    facts_on,
    place_by_code,
    place_chain,
    places_by_codes,
)
from localaction.platform.places.services import add_fact, add_identifier, add_name, add_part_of, create_place
from tests.platform.accounts.make import person, place, with_role

pytestmark = pytest.mark.django_db


def test_a_place_is_found_by_its_code_however_its_case() -> None:
    london = place()
    assert place_by_code(" gb-lon ") == london
    assert (london.scope.kind, london.scope.label) == ("place", "London")
    assert events_of(london)[0].verb == "places.place.created"
    with pytest.raises(PlaceNotFound, match='no place with the code "GB-XXX"'):
        place_by_code("GB-XXX")
    assert places_by_codes(["GB-LON", "GB-XXX"]) == {"GB-LON": london}


def test_a_label_shows_both_names_where_they_differ() -> None:
    assert place(name_en="London").label == "London"
    assert place("EG-CAI", "القاهرة", name_en="Cairo").label == "القاهرة (Cairo)"


def test_a_code_is_never_reused() -> None:
    place()
    with pytest.raises(PlaceExists, match='"GB-LON" belongs to London already'):
        place("gb-lon", "Another London", country_code="GB")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": "GB LON"}, "capital letters and digits"),
        ({"code": "-"}, "capital letters and digits"),
        ({"code": "GB-LON\n\nX"}, "capital letters and digits"),
        ({"code": "A" * 33}, "at most 32 characters"),
        ({"kind": "planet"}, "not a valid choice"),
        ({"country_code": "G1"}, "two capital letters"),
        ({"country_code": "GBR"}, "at most 2 characters"),
        ({"name": "  "}, "cannot be blank"),
    ],
)
def test_a_place_that_does_not_fit_is_refused_and_nothing_is_written(
    changes: dict[str, str], problem: str
) -> None:
    data = {"code": "GB-LON", "kind": "city", "name": "London", "country_code": "GB"} | changes
    with pytest.raises(BadPlace, match=problem):
        create_place(actor=OPERATOR, **data)
    assert not Place.objects.exists()
    assert not Scope.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"code": "gb-lon"}, {"code": "GB-LON\n"}, {"country_code": "gb"}, {"name": ""}]
)
def test_the_database_refuses_it_too(changes: dict[str, str]) -> None:
    london = place()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=london.pk).update(**changes)


def test_only_administrators_write_places() -> None:
    london, lima = place(), place("PE-LIM", "Lima")
    for actor in (None, person(), with_role("officer", london), with_role("viewer")):
        with pytest.raises(NotAllowed):
            create_place(actor=actor, code="GB-LEE", kind="city", name="Leeds", country_code="GB")
        with pytest.raises(NotAllowed):
            add_fact(actor=actor, place=london, key="website", text="https://example.org", source="the city")
        with pytest.raises(NotAllowed):
            add_name(actor=actor, place=london, text="Londres")
        with pytest.raises(NotAllowed):
            add_identifier(actor=actor, place=london, scheme="wikidata", text="Q84")
        with pytest.raises(NotAllowed):
            add_part_of(actor=actor, child=london, parent=lima)
    assert Place.objects.count() == 2
    assert not Fact.objects.exists()
    assert not Identifier.objects.exists()
    assert not PartOf.objects.exists()
    assert add_fact(actor=with_role("administrator"), place=london, key="a", text="b", source="c").pk


def test_facts_hold_from_their_first_day_to_their_last() -> None:
    london = place()
    for text, first, last in [
        ("Ken", None, date(2008, 5, 3)),
        ("Boris", date(2008, 5, 4), date(2016, 5, 8)),
        ("Sadiq", date(2016, 5, 9), None),
    ]:
        add_fact(
            actor=OPERATOR,
            place=london,
            key="mayor",
            text=text,
            source="the city",
            valid_from=first,
            valid_to=last,
        )
    add_fact(actor=OPERATOR, place=london, key="website", text="https://example.org", source="the city")
    assert facts_on(london, date(2000, 1, 1))["mayor"].text == "Ken"
    assert facts_on(london, date(2008, 5, 3))["mayor"].text == "Ken"
    assert facts_on(london, date(2008, 5, 4))["mayor"].text == "Boris"
    assert {key: fact.text for key, fact in facts_on(london).items()} == {
        "mayor": "Sadiq",
        "website": "https://example.org",
    }


def test_a_later_fact_takes_over_from_one_without_an_end() -> None:
    london = place()
    add_fact(actor=OPERATOR, place=london, key="area", text="old", source="x", valid_from=date(2000, 1, 1))
    add_fact(actor=OPERATOR, place=london, key="area", text="new", source="x", valid_from=date(2010, 1, 1))
    assert facts_on(london, date(2009, 12, 31))["area"].text == "old"
    assert facts_on(london, date(2010, 1, 1))["area"].text == "new"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)},
            "The last day is not before the first day",
        ),
        ({"source": " "}, "cannot be blank"),
        ({"text": ""}, "cannot be blank"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused(changes: dict[str, object], problem: str) -> None:
    data = {"key": "website", "text": "https://example.org", "source": "the city"} | changes
    with pytest.raises(BadPlace, match=problem):
        add_fact(actor=OPERATOR, place=place(), **data)


def test_the_database_refuses_bad_dates_and_doubles() -> None:
    london, england = place(), place("GB-ENG", "England")
    backwards = {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)}
    since = {"valid_from": date(2020, 1, 1)}
    fact = {"place": london, "key": "a", "text": "b", "source": "c"}
    link = {"child": london, "parent": england}
    alias = {"place": london, "scheme": "wikidata", "text": "Q84"}
    for model, data in (
        (Fact, fact | backwards),
        (Fact, fact | {"source": ""}),
        (PartOf, link | backwards),
        (PartOf, {"child": london, "parent": london}),
        (Identifier, alias | backwards),
        (Identifier, alias | {"text": ""}),
        (Name, {"place": london, "text": "London", "folded": "london"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**data)
    for model, data in (
        (Fact, fact),
        (Fact, fact | since),
        (PartOf, link),
        (PartOf, link | since),
        (Identifier, alias),
    ):
        model.objects.create(**data)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**data)


def test_the_chain_leads_from_the_place_to_the_world(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    camden, london, england = place("GB-CMD", "Camden"), place(), place("GB-ENG", "England")
    assert place_chain(camden) == ("GB-CMD", "GB", "world")
    add_part_of(actor=OPERATOR, child=camden, parent=london)
    add_part_of(
        actor=OPERATOR, child=london, parent=england, valid_from=date(2000, 4, 1), valid_to=date(2020, 12, 31)
    )
    assert place_chain(camden, date(2010, 1, 1)) == ("GB-CMD", "GB-LON", "GB-ENG", "GB", "world")
    assert place_chain(camden, date(2021, 1, 1)) == ("GB-CMD", "GB-LON", "GB", "world")
    with django_assert_num_queries(3):
        assert ancestors(camden, date(2010, 1, 1)) == [london, england]


def test_a_country_among_the_parents_is_named_once() -> None:
    london, country = place(), place("GB", "United Kingdom", country_code="GB")
    add_part_of(actor=OPERATOR, child=london, parent=country)
    assert place_chain(london) == ("GB-LON", "GB", "world")


def test_no_place_contains_itself() -> None:
    camden, london, england = place("GB-CMD", "Camden"), place(), place("GB-ENG", "England")
    add_part_of(actor=OPERATOR, child=camden, parent=london)
    add_part_of(actor=OPERATOR, child=london, parent=england)
    with pytest.raises(
        CircularParts, match="England cannot be a part of Camden, because Camden is a part of England"
    ):
        add_part_of(actor=OPERATOR, child=england, parent=camden)
    with pytest.raises(CircularParts):
        add_part_of(actor=OPERATOR, child=london, parent=london)
    assert PartOf.objects.count() == 2


def test_a_circle_made_past_the_services_does_not_hang() -> None:
    london, england = place(), place("GB-ENG", "England")
    PartOf.objects.create(child=london, parent=england)
    PartOf.objects.create(child=england, parent=london)
    assert ancestors(london) == [england]
