"""Every framework gives what its second version gives, on ten thousand cities made up for their edges."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from localaction.engine.evaluation.columns import evaluate_columns
from localaction.engine.evaluation.evaluate import evaluate
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


@pytest.mark.parametrize("key", [key for key in VERSIONS if FRAMEWORKS[key].badges])
def test_badges_of_one_city_after_another(key):
    for city in range(SAMPLE):
        found = evaluate(FRAMEWORKS[key], report(made_up(key), FRAMEWORKS[key], city), as_of=TODAY)
        expected = {name: states[city] for name, states in second(key).badges.items()}
        assert {name: badge.state for name, badge in found.badges.items()} == expected, city
