"""Every framework gives what its second version gives, on ten thousand cities made up for their edges."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from localaction.engine.evaluation.columns import evaluate_columns
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.formulas.columns import Column
from localaction.engine.packs.editions import frameworks
from tests.parity.cities import TODAY, as_columns, cities, report
from tests.parity.versions import VERSIONS

FRAMEWORKS = frameworks()
SAMPLE = 60  # cities that are evaluated one by one
NEAR = {"rtol": 1e-9, "atol": 1e-9}  # the two reckon in another order


@cache
def made_up(key):
    return cities(FRAMEWORKS[key])


@cache
def second(key):
    with np.errstate(all="ignore"):
        return VERSIONS[key](made_up(key))


@cache
def ours(key):
    framework, found = FRAMEWORKS[key], made_up(key)
    columns, tables = as_columns(found, framework)
    return evaluate_columns(
        framework, columns, found.count, as_of=TODAY, tables=tables, verified=found.verified
    )


def same(ours, theirs, name):
    """Compare a column with one in which NaN, NaT and the empty text are missing."""
    missing = theirs == "" if theirs.dtype.kind == "U" else np.isnan(theirs)
    assert np.array_equal(ours.known, ~missing), name
    found, expected = ours.values[ours.known], theirs[~missing]
    equal = found == expected if theirs.dtype.kind == "U" else np.isclose(found, expected, **NEAR)
    assert equal.all(), (name, found[~equal][:3], expected[~equal][:3])


def test_every_edition_has_a_second_version():
    assert sorted(VERSIONS) == sorted(FRAMEWORKS)


@pytest.mark.parametrize("key", VERSIONS)
def test_indicators(key):
    assert sorted(ours(key).values) == sorted(second(key).values)
    for name, values in second(key).values.items():
        same(ours(key).values[name], values, name)


@pytest.mark.parametrize("key", VERSIONS)
def test_scores_and_no_score_where_nobody_has_seen_the_bands(key):
    assert sorted(ours(key).scores) == sorted(second(key).scores)
    for name, scores in second(key).scores.items():
        same(ours(key).scores[name], scores, name)
        assert len(np.unique(scores[~np.isnan(scores)])) == 5, "cities reach every score"


@pytest.mark.parametrize("key", VERSIONS)
def test_totals_coverage_and_decisions(key):
    found, expected = ours(key), second(key)
    assert sorted(found.totals) == sorted(expected.totals)
    for name, totals in expected.totals.items():
        same(found.totals[name], totals, name)
    for name, coverage in expected.coverage.items():
        assert np.allclose(found.coverage[name], coverage), name
    assert sorted(found.decisions) == sorted(expected.decisions)
    for name, truth in expected.decisions.items():
        same(found.decisions[name], truth, name)


def test_levels_of_certification_and_cities_reach_every_one():
    found, expected = ours("iso_37120/2014").level, second("iso_37120/2014").level
    assert found.known.all()
    assert np.array_equal(found.values, expected)
    assert set(expected) == {"", "aspirational", "bronze", "silver", "gold", "platinum"}


@pytest.mark.parametrize("key", VERSIONS)
def test_shares_of_what_could_be_had(key):
    assert sorted(ours(key).shares) == sorted(second(key).shares)
    for name, shares in second(key).shares.items():
        same(ours(key).shares[name], shares, name)


@pytest.mark.parametrize("key", [key for key in VERSIONS if FRAMEWORKS[key].badges])
def test_badges_and_cities_reach_every_state(key):
    found, expected = ours(key).badges, second(key).badges
    assert sorted(found) == sorted(expected)
    for name, states in expected.items():
        assert np.array_equal(found[name].state, states), name
    assert {"earned in time", "earned late", "overdue", "due soon", "not earned"} <= set(
        np.concatenate(list(expected.values()))
    )


@pytest.mark.parametrize("key", VERSIONS)
def test_one_city_gives_what_columns_give(key):
    framework, found, many = FRAMEWORKS[key], made_up(key), ours(key)
    for city in range(SAMPLE):
        verified = [name for name, confirmed in found.verified.items() if confirmed[city]]
        one = evaluate(framework, report(found, framework, city), as_of=TODAY, verified=verified)
        columns = {
            "values": (many.values, {name: result.value for name, result in one.results.items()}),
            "scores": (many.scores, {name: one.results[name].score for name in many.scores}),
            "totals": (many.totals, {name: total.value for name, total in one.totals.items()}),
            "shares": (many.shares, {name: one.totals[name].share for name in many.shares}),
            "decisions": (many.decisions, one.decisions),
            "in time": (
                {name: badge.in_time for name, badge in many.badges.items()},
                {name: badge.in_time for name, badge in one.badges.items()},
            ),
            "level": ({"": many.level}, {"": (one.level or "") if one.level_known else None}),
        }
        for part, (held, expected) in columns.items():
            for name, value in expected.items():
                assert bool(held[name].known[city]) == (value is not None), (part, name, city)
                if value is not None:
                    near = pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value
                    assert held[name].values[city] == near, (part, name, city)
        states = {name: str(badge.state[city]) for name, badge in many.badges.items()}
        assert states == {name: badge.state for name, badge in one.badges.items()}, city


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("key", VERSIONS)
def test_a_column_that_is_left_out_is_one_without_an_answer(key, every):
    framework, found = FRAMEWORKS[key], made_up(key)
    columns, _ = as_columns(found, framework)
    gone = list(columns)[::every]
    empty = {name: Column(columns[name].values, columns[name].known & False) for name in gone}
    left = {name: column for name, column in columns.items() if name not in gone}
    without, unknown = (
        evaluate_columns(framework, answers, found.count, as_of=TODAY)
        for answers in (left, {**columns, **empty})
    )
    for part in ("values", "scores", "totals", "decisions"):
        for name, column in getattr(without, part).items():
            other = getattr(unknown, part)[name]
            assert np.array_equal(column.known, other.known), (part, name)
            assert np.array_equal(column.values[column.known], other.values[other.known]), (part, name)
    for name, badge in without.badges.items():
        assert np.array_equal(badge.state, unknown.badges[name].state), name
