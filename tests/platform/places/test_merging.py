"""Two records of one place become one; the other code still leads there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.rights import OPERATOR, allowed
from localaction.platform.audit.queries import events_of
from localaction.platform.places.errors import CannotMerge
from localaction.platform.places.merging import merge_places
from localaction.platform.places.models import Place
from localaction.platform.places.queries import place_by_code, places_by_identifier, places_for
from localaction.platform.places.search import search_places
from localaction.platform.places.services import add_identifier
from localaction.platform.values.models import Value
from tests.platform.accounts.make import place, with_role

pytestmark = pytest.mark.django_db
YEAR = {"period_start": "2019-01-01", "period_end": "2019-12-31", "label_year": 2019}


def test_codes_names_and_identifiers_lead_to_the_place_that_stays() -> None:
    first, second, third = (
        place("DE-CGN", "Köln"),
        place("DE-KOE", "Cologne"),
        place("DE-COL", "Colonia Agrippina"),
    )
    add_identifier(actor=OPERATOR, place=third, scheme="un/locode", text="DECGN")
    merge_places(actor=OPERATOR, source=third, target=second, reason="same city")
    merge_places(actor=OPERATOR, source=second, target=first, reason="same city")
    assert [place_by_code(code) for code in ("DE-CGN", "DE-KOE", "DE-COL")] == [first] * 3
    assert [search_places(text) for text in ("cologne", "agrippina", "de-col")] == [[first]] * 3
    assert places_by_identifier("un/locode", "DECGN") == [first]
    assert events_of(second)[0].verb == "places.place.merged"
    assert (events_of(first)[0].after, events_of(first)[0].reason) == ({"from": "DE-KOE"}, "same city")


def test_a_merge_gives_nobody_a_right() -> None:
    first, second = place("DE-CGN", "Köln"), place("DE-KOE", "Cologne")
    officer = with_role("officer", second)
    merge_places(actor=OPERATOR, source=second, target=first, reason="same city")
    assert not allowed(officer, "inventory.edit", first.scope_id)
    assert list(places_for(officer, "inventory.edit")) == []


def test_only_administrators_merge() -> None:
    first, second = place("DE-CGN", "Köln"), place("DE-KOE", "Cologne")
    for actor in (None, with_role("officer", first), with_role("viewer")):
        with pytest.raises(NotAllowed):
            merge_places(actor=actor, source=second, target=first, reason="same city")
    merge_places(actor=with_role("administrator"), source=second, target=first, reason="same city")


def test_what_cannot_be_merged_says_why() -> None:
    first, second, third = place("DE-CGN", "Köln"), place("DE-KOE", "Cologne"), place("DE-COL", "Colonia")
    with pytest.raises(CannotMerge, match="they are the same record"):
        merge_places(actor=OPERATOR, source=first, target=first, reason="same city")
    with pytest.raises(CannotMerge, match="no reason is given"):
        merge_places(actor=OPERATOR, source=second, target=first, reason=" ")
    merge_places(actor=OPERATOR, source=second, target=first, reason="same city")
    for source, target in ((second, third), (third, second)):
        with pytest.raises(CannotMerge, match="DE-KOE has been merged away already"):
            merge_places(actor=OPERATOR, source=source, target=target, reason="same city")


def test_a_place_that_holds_figures_is_not_merged_away() -> None:
    first, second = place("DE-CGN", "Köln"), place("DE-KOE", "Cologne")
    Value.objects.create(place=second, item="population.total", basis="reported", **YEAR)
    with pytest.raises(
        CannotMerge, match=r"DE-KOE holds 1 figure, which a merge would hide\. Merge DE-CGN into DE-KOE"
    ):
        merge_places(actor=OPERATOR, source=second, target=first, reason="same city")
    assert place_by_code("DE-KOE") == second
    assert merge_places(actor=OPERATOR, source=first, target=second, reason="same city") == second


def test_the_database_refuses_a_place_merged_into_itself() -> None:
    london = place()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=london.pk).update(merged_into=london)
