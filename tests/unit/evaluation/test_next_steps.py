"""What it takes to get further: each part of a condition says what it has, needs and lacks."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.support.frameworks import framework_with

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.nextsteps import next_steps

DAY = date(2026, 1, 1)
INDICATORS = """\
indicators:
  - {id: "1", name: share, section: all, label: "Natural share", unit: "%",
     formula: area.natural / area.total, range: {min: 0, max: 100}, groups: [core],
     scoring: {bands: [{below: 10, score: 1}, {score: 4}],
     confidence: verified, source: {ref: singapore-index-2014, locator: "x"}}}
  - {id: "2", name: agencies, section: all, label: "Agencies", unit: "1", answer: biodiversity.agencies,
     groups: [core], scoring: {linear: {from: 0, to: 10, high: 5}, confidence: verified,
     source: {ref: singapore-index-2014, locator: "x"}}}
  - {id: "3", name: balanced, section: all, label: "Fewer invasive",
     formula: "species.invasive < species.birds_native"}
  - {id: "4", name: valid, section: all, label: "Valid", answer: inventory.valid, groups: [core]}
settings:
  - {id: least, label: "Least area", value: 2, unit: km2, confidence: verified,
     source: {ref: singapore-index-2014, locator: "x"}}
totals:
  - {id: points, label: "Points", rule: sum, of: score, over: [all]}
  - {id: mean, label: "Mean", rule: mean, of: score, over: [all]}
  - {id: answered, label: "Answered", rule: count, of: answered, over: [core]}
  - {id: verified, label: "Verified", rule: count, of: verified, over: [core]}
"""


@pytest.fixture
def taken(tmp_path):
    """Return the condition of one decision, taken apart for some answers."""

    def of(formula, answers, more="", **words):
        framework = framework_with(
            tmp_path,
            f"{INDICATORS}{more}decisions:\n  - {{id: d, label: D, formula: {json.dumps(formula)}}}\n",
        )
        found = evaluate(framework, answers, as_of=DAY, **words)
        steps = next_steps(framework, found, answers, as_of=DAY)
        json.dumps(steps.to_dict())
        return next((goal for goal in steps.goals if goal.id == "d"), None)

    return of


def steps_of(goal):
    return [(step.kind, step.formula, step.holds) for step in goal.steps]


def test_what_holds_is_no_step(taken):
    assert taken("valid", {"inventory.valid": True}) is None
    goal = taken("valid and share >= 0.2", {"inventory.valid": True, "area.natural": 1000, "area.total": 100})
    assert [part.holds for part in goal.condition.parts] == [True, False]
    assert steps_of(goal) == [("compare", "share >= 0.2", False)]


def test_a_comparison_says_both_sides_in_the_unit_of_the_indicator(taken):
    (step,) = taken("share >= 0.2", {"area.natural": 1000, "area.total": 100}).steps
    assert (step.name, step.label, step.unit, step.op) == ("share", "Natural share", "%", ">=")
    assert (step.current, step.needed) == (pytest.approx(10), pytest.approx(20))
    assert step.difference == pytest.approx(10)
    assert (step.missing, step.indicators) == ((), ("1",))


def test_what_is_missing_under_it_is_named(taken):
    (step,) = taken("share >= 0.2", {"area.total": 100}).steps
    assert (step.holds, step.current, step.missing) == (None, None, ("area.natural",))
    (step,) = taken("share >= 0.2", {"area.natural": {"notation_key": "NE"}, "area.total": 100}).steps
    assert step.missing == ("area.natural",)


def test_only_what_stands_in_the_way_is_missing(taken):
    formula = "(area.natural if valid else area.terrestrial) >= setting.least and agencies >= 1"
    answers = {"biodiversity.agencies": 2}
    (step,) = taken(formula, answers).steps
    assert step.missing == ("inventory.valid",)
    (step,) = taken(formula, {**answers, "inventory.valid": True}).steps
    assert step.missing == ("area.natural",)
    (step,) = taken("(valid or present(inventory.submitted)) == balanced", {"inventory.valid": True}).steps
    assert step.missing == ("species.birds_native", "species.invasive")
    (step,) = taken("mean >= 9", {**answers, "area.natural": 1, "area.total": 0}).steps
    assert (step.holds, step.missing) == (False, ())


def test_what_gives_no_value_though_all_is_there_is_named(taken):
    for answers in ({"area.natural": 9e9, "area.total": 1}, {"area.natural": 1, "area.total": 0}):
        (step,) = taken("share >= 0.2", answers).steps
        assert (step.holds, step.missing, step.unusable) == (None, (), ("1",))
    (step,) = taken("share >= 0.2", {"area.natural": 1, "area.total": 100}).steps
    assert step.unusable == ()


def test_the_threshold_may_stand_on_either_side_and_be_a_setting(taken):
    (step,) = taken("setting.least < area.natural", {"area.natural": 150}).steps
    assert (step.formula, step.name) == ("setting.least < area.natural", "area.natural")
    assert (step.current, step.op, step.needed, step.unit) == (150, ">", pytest.approx(200), "ha")


def test_days_are_compared_in_days(taken):
    (step,) = taken("inventory.submitted <= as_of", {"inventory.submitted": date(2026, 1, 11)}).steps
    assert (step.current, step.needed, step.difference) == (date(2026, 1, 11), DAY, -10)


def test_a_not_turns_what_it_stands_before(taken):
    goal = taken("not (share < 0.2 or valid)", {"inventory.valid": True, "area.natural": 1, "area.total": 1})
    assert steps_of(goal) == [("compare", "share >= 0.2", False), ("truth", "not valid", False)]
    assert (goal.steps[1].current, goal.steps[1].needed) == (True, False)


def test_of_several_ways_each_is_shown(taken):
    (step,) = taken(
        "valid or present(inventory.submitted) and agencies > 3", {"biodiversity.agencies": 4}
    ).steps
    assert (step.kind, [part.kind for part in step.parts]) == ("any", ["truth", "all"])
    assert [part.formula for part in step.parts[1].steps()] == ["present(inventory.submitted)"]


def test_an_if_shows_the_way_at_hand_or_both(taken):
    formula = "agencies >= 3 if valid else agencies >= 9"
    (step,) = taken(formula, {"inventory.valid": True, "biodiversity.agencies": 1}).steps
    assert (step.current, step.needed) == (1, 3)
    (both,) = taken(formula, {"biodiversity.agencies": 1}).steps
    assert [[part.formula for part in way.steps()] for way in both.parts] == [
        ["valid", "agencies >= 3"],
        ["not valid", "agencies >= 9"],
    ]


def test_conditions_are_seen_through_and_badges_bring_their_day(taken):
    due = 'due: "years_after(commitment.joined, 1)"'
    more = f'badges:\n  - {{id: b, label: "B", when: "inventory.valid", {due}}}\n'
    goal = taken("badge.b and balanced", {"commitment.joined": date(2025, 5, 1)}, more)
    badge, indicator = goal.condition.parts
    assert (badge.kind, badge.name, badge.label, badge.due) == ("condition", "badge.b", "B", "2026-05-01")
    assert (indicator.kind, indicator.name, indicator.label) == ("condition", "balanced", "Fewer invasive")
    assert [(step.formula, step.due) for step in goal.steps] == [
        ("inventory.valid", "2026-05-01"),
        ("species.invasive < species.birds_native", None),
    ]
    assert goal.steps[1].missing == ("species.birds_native", "species.invasive")


def test_a_count_says_how_many_more_and_who_comes_first(taken):
    answers = {"biodiversity.agencies": 3, "area.natural": 9e9, "area.total": 1}
    (step,) = taken("verified > 1", answers, verified={"1"}).steps
    assert (step.current, step.needed, step.more) == (0, 1, 2)
    assert [(one.indicator, one.needs, one.missing) for one in step.candidates] == [
        ("2", "verification", ()),
        ("4", "answer", ("inventory.valid",)),
        ("1", "correction", ()),
    ]
    (step,) = taken("verified + answered >= 4", answers).steps
    assert (step.more, len(step.candidates)) == (3, 3)


def test_points_say_what_each_indicator_can_add(taken):
    answers = {"biodiversity.agencies": 4, "area.natural": 1, "area.total": 1}
    (step,) = taken("points >= 8", answers).steps
    assert (step.current, step.difference, step.more) == (3, 5, None)
    assert [(one.indicator, one.needs, one.gain) for one in step.candidates] == [
        ("1", "score", 3),
        ("2", "score", 3),
    ]
    (step,) = taken("mean >= 5", {}).steps
    assert {(one.needs, one.gain) for one in step.candidates} == {("answer", None)}
    (step,) = taken("points <= 2", answers).steps
    assert step.candidates == ()


def test_what_cannot_be_taken_apart_is_a_rule(taken):
    (step,) = taken("any(risk.hazards, probability == 'high')", {}).steps
    assert (step.kind, step.formula, step.missing) == (
        "rule", "any(risk.hazards, probability == 'high')", ("risk.hazards",)
    )  # fmt: skip
    (step,) = taken("not present(inventory.valid)", {"inventory.valid": True}).steps
    assert (step.kind, step.formula) == ("rule", "not present(inventory.valid)")


def test_levels_stand_from_the_next_one_up(tmp_path):
    ends = {"gold": 9, "silver": 5, "bronze": 1}
    lines = [f"  - {{id: {name}, label: L, when: agencies >= {end}}}" for name, end in ends.items()]
    levels = "\n".join(["levels:", *lines])
    framework = framework_with(tmp_path, INDICATORS + levels)

    def reached(answers):
        found = next_steps(framework, evaluate(framework, answers, as_of=DAY), answers, as_of=DAY)
        return found.level, [goal.id for goal in found.goals], found.next_level and found.next_level.id

    assert reached({"biodiversity.agencies": 2}) == ("bronze", ["silver", "gold"], "silver")
    assert reached({"biodiversity.agencies": 9}) == ("gold", [], None)
    assert reached({}) == (None, ["bronze", "silver", "gold"], "bronze")
