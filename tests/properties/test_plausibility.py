"""Laws of plausibility: any answers are taken, order does not matter, a check speaks once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localaction.engine.evaluation.plausibility import PeerRange, plausibility
from localaction.engine.packs import Library

DECLARED = Library.load().plausible
ITEMS = sorted(DECLARED.kinds)
AMOUNTS = st.floats(width=64) | st.integers() | st.sampled_from([0, 1, 1e308, -1e308, 5e-324, 10**400])
ANYTHING = (
    AMOUNTS | st.none() | st.booleans() | st.text(max_size=3) | st.dates() | st.just({"notation_key": "NE"})
)
ANSWERS = st.dictionaries(st.sampled_from(ITEMS) | st.just("no.such_item"), ANYTHING, max_size=8)
SUBJECTS = [subject for subject in DECLARED.subjects.values() if subject.change and len(subject.items) == 1]


def codes(findings):
    return [(finding.params["check"], finding.line()) for finding in findings]


ENDS = st.lists(st.floats(allow_nan=False), min_size=3, max_size=3).map(sorted)


@settings(max_examples=200, deadline=None)
@given(answers=ANSWERS, earlier=st.dictionaries(st.integers(-5000, 5000), ANSWERS, max_size=3), ends=ENDS)
def test_any_answers_are_taken_and_each_check_speaks_once(answers, earlier, ends):
    peers = {subject: PeerRange(*ends, 9, "cities") for subject in DECLARED.subjects}
    found = codes(plausibility(DECLARED, answers, year=2024, earlier=earlier, peers=peers))
    assert len({check for check, _ in found}) == len(found)
    turned = dict(reversed(answers.items())), dict(reversed(earlier.items()))
    assert codes(plausibility(DECLARED, turned[0], year=2024, earlier=turned[1], peers=peers)) == found


@settings(max_examples=100, deadline=None)
@given(answers=ANSWERS)
def test_a_year_like_the_last_one_shows_no_change(answers):
    found = plausibility(DECLARED, answers, year=2024, earlier={2023: answers})
    assert not [finding for finding in found if finding.params["check"].endswith(":change")]


@settings(max_examples=60, deadline=None)
@given(answers=ANSWERS)
def test_what_is_taken_out_is_not_spoken_of(answers):
    for item in answers:
        fewer = {name: value for name, value in answers.items() if name != item}
        for finding in plausibility(DECLARED, fewer, year=2024):
            assert item not in finding.params["items"]


@pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.id for subject in SUBJECTS])
def test_a_figure_may_move_just_as_far_as_is_declared_in_each_year(subject):
    """Up by the limit for three years running is as plausible as in one, a little more is not."""
    change, before = subject.change, 50.0
    up, down = {
        "percent": (lambda x: x * (1 + change.value / 100), lambda x: x * (1 - change.value / 100)),
        "factor": (lambda x: x * change.value, lambda x: x / change.value),
        "amount": (lambda x: x + change.value, lambda x: x - change.value),
    }[change.by]
    for step, slightly in ((up, 1e-6), (down, -1e-6)):
        now = step(step(step(before)))
        for value, odd in ((now, False), (now + slightly * abs(now), True)):
            found = plausibility(
                DECLARED, {subject.id: value}, year=2024, earlier={2021: {subject.id: before}}
            )
            checks = {finding.params["check"] for finding in found}
            assert (f"{subject.id}:change" in checks) == odd


def test_days_and_keys_of_any_item_are_taken():
    for value in (date(2024, 1, 1), {"notation_key": "NO"}, [{}]):
        assert plausibility(DECLARED, dict.fromkeys(ITEMS, value), year=2024) == ()
