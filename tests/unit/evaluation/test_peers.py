"""Of many places: the ends within which nine in ten lie, their middle, how many; of few, nothing."""

from __future__ import annotations

import pytest

from localaction.engine.evaluation.peers import PeerFigures, Spread, compared_with_peers, peer_spreads
from localaction.engine.packs import Library

DECLARED = Library.load().plausible
RATIO = next(
    each for each in compared_with_peers(DECLARED) if "/" in each.formula and "population.total" in each.items
)
PART = next(item for item in RATIO.items if item != "population.total")


def places(amounts, people=100.0, groups=("*",)):
    """Return a place for each amount of what the ratio divides by inhabitants."""
    return [PeerFigures(groups, {PART: each, "population.total": people}) for each in amounts]


def spread(amounts, **more):
    return peer_spreads(DECLARED, places(amounts, **more)).get((RATIO.id, "*"))


def unit(amount: float) -> float:
    """Return an amount for each inhabitant in the unit of the ratio."""
    return amount * DECLARED.sizes[PART] / DECLARED.sizes["population.total"] / RATIO.size


def test_nine_places_in_ten_lie_within_and_the_middle_is_between() -> None:
    found = spread([100.0 * each for each in range(21)])
    assert found == Spread(*(pytest.approx(unit(each)) for each in (1, 10, 19)), 21)


def test_between_two_places_the_end_is_drawn_straight() -> None:
    found = spread([500, 100, 400, 200, 300])
    assert found == Spread(*(pytest.approx(unit(each)) for each in (1.2, 3, 4.8)), 5)


def test_one_mistake_among_many_does_not_set_an_end() -> None:
    usual = [100.0] * 40
    assert spread([*usual, 1e9]) == Spread(*[pytest.approx(unit(1))] * 3, 41)


def test_fewer_than_five_places_give_no_range() -> None:
    assert spread([1, 2, 3, 4]) is None
    assert spread([1, 2, 3, 4, None]) is None
    assert spread([1, 2, 3, 4, {"notation_key": "NE"}]) is None


def test_what_cannot_be_reckoned_is_no_place() -> None:
    assert spread([1, 2, 3, 4, 5], people=0.0) is None


def test_each_group_has_its_own_and_a_place_counts_once() -> None:
    here = places([1, 2, 3, 4, 5], groups=("*", "NO", "NO"))
    there = places([6, 7, 8, 9], groups=("*", "SE"))
    found = {
        group: each.count
        for (subject, group), each in peer_spreads(DECLARED, here + there).items()
        if subject == RATIO.id
    }
    assert found == {"*": 9, "NO": 5}


@pytest.mark.parametrize("amounts", [[0.1] * 7, [0.1, 0.1, 0.1, 0.3, 0.3, 0.3], [-1e300, 1e300] * 3])
def test_ends_and_middle_are_in_order_whatever_binary_fractions_lose(amounts) -> None:
    found = spread(amounts, people=1.0)
    assert found.low <= found.median <= found.high


def test_only_what_packs_compare_with_peers_has_a_range() -> None:
    subjects = {subject for subject, _group in peer_spreads(DECLARED, places([1, 2, 3, 4, 5]))}
    assert subjects <= {each.id for each in compared_with_peers(DECLARED)}
    assert RATIO.id in subjects
