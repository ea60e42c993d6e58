"""Bringing reference geography into a database that people already work in."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import Scope
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.places.geography import Entry, Loaded, load
from localaction.platform.places.models import GeoNamesRecord, Place
from localaction.platform.places.queries import place_by_code
from localaction.platform.places.search import search_places
from tests.platform.accounts.make import place, with_role

pytestmark = pytest.mark.django_db
NETHERLANDS = Entry(
    2750405, "NL", "country", "Nederland", "Netherlands", "nl", "NL", "", None, None, 17, ("nl",)
)


def city(number: int, name: str, code: str = "", population: int = 20_000) -> Entry:
    code = code or f"NL-G{number}"
    return Entry(number, code, "city", name, "", "", "NL", "07", 52.4, 4.9, population, (name.lower(),))


def test_places_that_are_there_are_matched_by_code_or_by_a_name_only_one_city_bears() -> None:
    amsterdam, utrecht = place("NL-AMS", "Amsterdam"), place("NL-UTC", "Utrecht")
    bergen, elsewhere = place("NL-BER", "Bergen"), place("BE-UTR", "Utrecht")
    wanted = [
        NETHERLANDS,
        city(1, "Mokum", code="NL-AMS"),
        city(2, "Utrecht"),
        city(3, "Bergen"),
        city(4, "Bergen"),
    ]
    assert load(actor=OPERATOR, places=wanted, edition="a" * 64) == Loaded(added=3, matched=2)
    assert dict(GeoNamesRecord.objects.exclude(number=2750405).values_list("number", "place__code")) == {
        1: "NL-AMS",
        2: "NL-UTC",
        3: "NL-G3",
        4: "NL-G4",
    }
    amsterdam.refresh_from_db()
    assert amsterdam.name == "Amsterdam"
    assert [each.part_of.count() for each in (amsterdam, utrecht, bergen, elsewhere)] == [1, 1, 0, 0]


def test_each_place_has_a_scope_of_its_own_and_the_load_is_one_event() -> None:
    load(actor=OPERATOR, places=[NETHERLANDS, city(1, "Almere"), city(2, "Zwolle")], edition="a" * 64)
    assert Scope.objects.filter(kind="place").count() == 3
    events = Event.objects.filter(verb="places.geography.loaded")
    assert [event.after for event in events] == [{"added": 3, "matched": 0, "edition": "a" * 64}]


def test_a_new_edition_corrects_what_geonames_says_and_takes_no_place_away() -> None:
    load(actor=OPERATOR, places=[NETHERLANDS, city(1, "Almere"), city(2, "Zwolle")], edition="a" * 64)
    newer = [NETHERLANDS, city(1, "Almere", population=220_000), city(3, "Edam")]
    assert load(actor=OPERATOR, places=newer, edition="b" * 64) == Loaded(added=1, matched=2)
    assert load(actor=OPERATOR, places=newer, edition="b" * 64) is None
    assert place_by_code("NL-G1").geonames.population == 220_000
    assert [found.code for found in search_places("zwolle")] == ["NL-G2"]  # from now on by its own name
    assert Place.objects.count() == 4


def test_a_record_stays_with_the_place_that_had_it_first() -> None:
    load(actor=OPERATOR, places=[NETHERLANDS, city(1, "Almere")], edition="a" * 64)
    place("NL-ALM", "Almere")
    load(actor=OPERATOR, places=[NETHERLANDS, city(1, "Almere", code="NL-ALM")], edition="b" * 64)
    assert list(GeoNamesRecord.objects.filter(number=1).values_list("place__code", flat=True)) == ["NL-G1"]


def test_only_administrators_load() -> None:
    for actor in (None, with_role("officer", place())):
        with pytest.raises(NotAllowed):
            load(actor=actor, places=[NETHERLANDS], edition="a" * 64)
