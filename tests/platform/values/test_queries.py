"""Reading figures: who sees which, in how many queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from localaction.engine.periods import Period
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.models import Place
from localaction.platform.values.queries import (
    candidates_for,
    history_of,
    value_of,
    values_of_item,
    values_of_place,
)
from localaction.platform.values.services import record_many
from tests.platform.accounts.make import person, place, with_role
from tests.platform.values.conftest import YEAR, Save
from tests.platform.values.test_many import cells

pytestmark = pytest.mark.django_db


def test_a_figure_is_seen_by_whom_it_is_meant_for(save: Save, london: Place, officer: User) -> None:
    lima = place("PE-LIM", "Lima")
    stranger, colleague, viewer = person(), with_role("viewer", lima), with_role("viewer")
    revision = None
    for visibility, readers in (
        ("place", {officer, viewer, OPERATOR}),
        ("registry", {officer, viewer, OPERATOR, colleague}),
        ("public", {officer, viewer, OPERATOR, colleague, stranger, None}),
    ):
        revision = save(amount=1.0, visibility=visibility, seen=revision.pk if revision else None)
        for actor in (officer, viewer, OPERATOR, colleague, stranger, None):
            what = {"actor": actor, "place": london}
            sees = actor in readers
            assert bool(value_of(**what, item="population.total", period=YEAR)) is sees
            assert bool(values_of_place(**what)) is sees
            assert bool(candidates_for(**what, item="population.total", period=YEAR)) is sees
            assert (revision in history_of(actor=actor, value=revision.value)) is sees
        assert bool(values_of_item(item="population.total", start=YEAR.start, end=YEAR.end)) is (
            visibility == "public"
        )


def test_who_is_named_for_one_place_is_shown_what_that_place_shares(save: Save, london: Place) -> None:
    save(amount=1.0, visibility="registry")
    lima = place("PE-LIM", "Lima")
    for role in ("funder", "verifier"):
        for where, seen in ((london, True), (lima, False), (None, True)):
            assert bool(values_of_place(actor=with_role(role, where), place=london)) is seen, (role, where)


def test_earlier_revisions_stay_hidden_from_those_they_were_hidden_from(save: Save) -> None:
    first = save(amount=1.0, visibility="place", explanation="secret draft")
    second = save(amount=2.0, visibility="public", seen=first.pk)
    assert history_of(actor=None, value=first.value) == [second]


def test_the_adopted_figure_answers_unless_a_basis_is_named(save: Save, london: Place, officer: User) -> None:
    reported, derived = save(amount=1.0).value, save(amount=2.0, basis="derived").value
    what = {"actor": officer, "place": london, "item": "population.total"}
    assert value_of(**what, period=YEAR) == reported
    assert value_of(**what, period=YEAR, basis="derived") == derived
    assert value_of(**what, period=Period.year(2020)) is None
    assert candidates_for(**what, period=YEAR) == [reported, derived]


def test_a_place_is_read_in_the_same_few_queries_however_much_there_is(
    london: Place, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (5, 300):
        record_many(actor=officer, figures=cells(london, count))
        with django_assert_num_queries(2):
            figures = values_of_place(actor=officer, place=london, items=["ghg.inventory.cell"], period=YEAR)
            assert sum(figure.current.amount or 0 for figure in figures if figure.current) > 0
            assert [f.current.author.name for f in figures if f.current and f.current.author] == [
                "Grace"
            ] * count
        assert len(figures) == count
        with django_assert_num_queries(2):
            assert len(values_of_place(actor=officer, place=london, limit=3)) == 3


def test_history_is_newest_first_bounded_and_two_queries(
    save: Save, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    revision = save(amount=0.0)
    for amount in range(1, 6):
        revision = save(amount=float(amount), seen=revision.pk)
    value = revision.value
    assert value.place
    with django_assert_num_queries(2):
        history = history_of(actor=officer, value=value, limit=4)
        assert [(each.amount, each.author.name) for each in history if each.author] == [
            (5.0, "Grace"), (4.0, "Grace"), (3.0, "Grace"), (2.0, "Grace"),
        ]  # fmt: skip


def test_one_item_over_all_places_comes_in_one_query(
    save: Save, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save(amount=1.0, visibility="public")
    for code in ("PE-LIM", "KE-NBO"):
        save(actor=OPERATOR, place=place(code, code), amount=2.0, visibility="public")
    save(actor=OPERATOR, place=place("BR-SAO", "São Paulo"), amount=3.0)
    with django_assert_num_queries(1):
        found = values_of_item(item="population.total", start=date(2019, 1, 1), end=date(2019, 12, 31))
        assert [figure.place.code for figure in found] == ["GB-LON", "PE-LIM", "KE-NBO"]
