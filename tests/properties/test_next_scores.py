"""Laws of higher scores: what is said to give the next score gives it, and nothing nearer does."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localaction.engine.evaluation.nextscores import higher
from localaction.engine.evaluation.scores import score
from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.frameworks import Band, Scoring, SourceAt

SCORINGS = {
    f"{framework.key} {indicator.id}": indicator.scoring
    for framework in frameworks().values()
    for indicator in framework.indicators.values()
    if indicator.scoring
}


def rule(kind, bands=(), ladder=None, **numbers):
    return Scoring(kind, tuple(bands), ladder or {}, numbers, "verified", SourceAt("none", "none"), "")


MADE_UP = {
    "both sides": rule("bands", [Band(5, below=0), Band(1, to=10), Band(3)]),
    "a hollow": rule("bands", [Band(2, to=1), Band(2, below=4), Band(0, to=6), Band(1, to=8), Band(4)]),
    "a line": rule("linear", **{"from": 0, "to": 10, "low": 0, "high": 5}),
    "a line down": rule("linear", **{"from": 0, "to": 10, "low": 5, "high": 0}),
    "a line backwards": rule("linear", **{"from": 10, "to": 0, "low": 0, "high": 1}),
    "a floor": rule("threshold", at_least=3, score=2, otherwise=0),
    "a ceiling": rule("threshold", at_most=3, score=2, otherwise=0),
    "a costly floor": rule("threshold", at_least=3, score=0, otherwise=2),
    "a costly ceiling": rule("threshold", at_most=3, score=0, otherwise=2),
    "a target": rule("target", value=40, worst=100, score=10),
    "a target above": rule("target", value=100, worst=40, score=10),
    "a ladder": rule("ladder", ladder={"none": 0.0, "some": 1.0, "many": 3.0, "all": 3.0}),
}
ALL = {**SCORINGS, **MADE_UP}


@pytest.mark.parametrize("scoring", ALL.values(), ids=list(ALL))
@given(data=st.data())
def test_what_is_needed_gives_the_next_score(scoring, data):
    if scoring.kind == "ladder":
        value = data.draw(st.sampled_from(sorted(scoring.ladder)))
    else:
        edges = [end for band in scoring.bands for end in (band.below, band.to) if end is not None]
        value = data.draw(st.sampled_from([*edges, *scoring.numbers.values(), 0.0]) | st.floats(-200, 2000))
    now = score(scoring, value)
    found = higher(scoring, value, now)
    if now == scoring.most:
        assert found is None
        return
    assert found.score > now
    for reached in found.choices or (_reached(found),):
        assert score(scoring, reached) == pytest.approx(found.score)
    if scoring.kind == "bands":
        assert score(scoring, _short(found)) <= now


def _reached(found):
    """Return the nearest value that is as needed."""
    nearest = {">": math.inf, "<": -math.inf}
    return math.nextafter(found.needed, nearest[found.op]) if found.op in nearest else found.needed


def _short(found):
    """Return the value that just misses what is needed."""
    nearest = {">=": -math.inf, "<=": math.inf}
    return math.nextafter(found.needed, nearest[found.op]) if found.op in nearest else found.needed


def test_of_two_sides_the_nearer_is_taken_and_the_next_step_not_the_top():
    assert higher(MADE_UP["both sides"], 2.0, 1.0).needed == 0
    assert higher(MADE_UP["both sides"], 8.0, 1.0).needed == 10
    assert [higher(MADE_UP["a hollow"], value, 0.0).score for value in (4.5, 5.5)] == [2, 1]
    assert higher(MADE_UP["a hollow"], 7.0, 1.0).score == 4
    assert higher(MADE_UP["a ladder"], "none", 0.0).choices == ("some",)
    assert higher(MADE_UP["a ladder"], "some", 1.0).choices == ("many", "all")
