"""Laws of next steps: whoever does all that is listed gets there; a formula written is the one read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.test_formulas import FORMULAS
from tests.properties.test_frameworks import answer

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.known import Known
from localaction.engine.evaluation.nextsteps import next_steps
from localaction.engine.evaluation.taking_apart import OPPOSITE
from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.tree import COMPARISONS, Binary, Choice, Logic, Name, Unary
from localaction.engine.formulas.written import written
from localaction.engine.packs.editions import frameworks

DAY = date(2026, 1, 1)
FRAMEWORKS = frameworks()
DECIDING = {
    key: found for key, found in FRAMEWORKS.items() if found.levels or found.badges or found.decisions
}
STANDARD = FRAMEWORKS["iso_37120/2014"]
FULL = dict.fromkeys(STANDARD.items, 1.0)  # every share is then 100 %: inside its range
COVENANTS = [FRAMEWORKS[key] for key in ("gcom_crf/6.1", "compact_of_mayors/2014")]


class Done:
    """Says whether a condition holds once some of its parts are done, by its own reading of the formula."""

    def __init__(self, known, done):
        self.known, self.done = known, done

    def holds(self, node):
        if written(node) in self.done:
            return True
        match node:
            case Logic(op=op, parts=parts):
                found = [self.holds(part) for part in parts]
                return all(found) if op == "and" else any(found)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                either = [
                    (self.holds(condition) and self.holds(then)),
                    (self.fails(condition) and self.holds(otherwise)),
                ]
                return any(either)
            case Unary(op="not", part=part):
                return self.fails(part)
            case Name(id=name) if name in self.known.conditions:
                return self.holds(self.known.conditions[name].tree)
            case Name(id=name) if name in self.known.indicators and self.known.indicators[name].formula:
                return self.holds(self.known.indicators[name].tree)
        return self.known.walk.value(node) is True

    def fails(self, node):
        if written(Unary("not", node, 0)) in self.done:
            return True
        match node:
            case Binary(op=op, left=left, right=right) if op in COMPARISONS:
                return self.holds(Binary(OPPOSITE[op], left, right, 0))
            case Logic(op=op, parts=parts):
                return (any if op == "and" else all)([self.fails(part) for part in parts])
            case Unary(op="not", part=part):
                return self.holds(part)
            case Name(id=name) if name in self.known.conditions:
                return self.fails(self.known.conditions[name].tree)
        return self.known.walk.value(node) is False


def chosen(steps, pick):
    """Yield the formulas of the steps, of several ways those of one."""
    for step in steps:
        assert step.holds is not True
        if step.kind == "any":
            yield from chosen(step.parts[pick(len(step.parts))].steps(), pick)
        else:
            yield step.formula


@pytest.mark.parametrize("framework", DECIDING.values(), ids=list(DECIDING))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_condition_holds_once_every_step_is_done(framework, data):
    options = {name: st.none() | answer(item) for name, item in framework.items.items()}
    report = data.draw(st.fixed_dictionaries({}, optional=options))
    found = evaluate(framework, report, as_of=DAY)
    known = Known(framework, found, report, as_of=DAY, period_days=365)
    for goal in next_steps(framework, found, report, as_of=DAY).goals:
        assert goal.holds is not True
        assert goal.steps
        done = set(chosen(goal.steps, lambda count: data.draw(st.integers(0, count - 1))))
        assert Done(known, done).holds(parse(_formula(framework, goal))), goal.id


def _formula(framework, goal):
    of = {"level": framework.levels, "badge": framework.badges, "decision": framework.decisions}[goal.kind]
    return next(entry.formula for entry in of if entry.id == goal.id)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_certificate_is_reached_by_verifying_as_many_as_are_listed(data):
    """The steps are done for real: candidates are answered and verified, and the report evaluated again."""
    indicators = list(STANDARD.indicators)
    answered = data.draw(st.sets(st.sampled_from(indicators)))
    verified = data.draw(st.sets(st.sampled_from(indicators)))
    report = {item: FULL[item] for name in answered for item in STANDARD.indicators[name].items}
    steps = next_steps(STANDARD, evaluate(STANDARD, report, as_of=DAY, verified=verified), report, as_of=DAY)
    for goal in (goal for goal in steps.goals if goal.kind == "level"):
        confirmed, filled = set(verified), dict(report)
        for step in goal.steps:
            assert step.more == step.difference <= len(step.candidates)
            for candidate in step.candidates[: step.more]:
                assert candidate.indicator not in verified or candidate.needs == "answer"
                confirmed.add(candidate.indicator)
                filled |= {item: FULL[item] for item in candidate.missing}
        again = evaluate(STANDARD, filled, as_of=DAY, verified=confirmed)
        ranks = [level.id for level in STANDARD.levels]
        assert again.level is not None
        assert ranks.index(again.level) <= ranks.index(goal.id)


@pytest.mark.parametrize("framework", COVENANTS, ids=[found.key for found in COVENANTS])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_badge_is_earned_by_answering_what_is_listed(framework, data):
    options = {
        name: st.none() | answer(item)
        for name, item in framework.items.items()
        if item["kind"] in {"day", "yes_no"}
    }
    report = data.draw(st.fixed_dictionaries({}, optional=options))
    found = evaluate(framework, report, as_of=DAY)
    for goal in next_steps(framework, found, report, as_of=DAY).goals:
        if any(step.kind not in {"answer", "truth"} for step in goal.steps):
            continue
        filled = dict(report)
        for step in goal.steps:
            filled[step.name] = step.needed if step.kind == "truth" else DAY
        again = evaluate(framework, filled, as_of=DAY)
        if goal.kind == "badge":
            assert again.badges[goal.id].earned
            assert all(step.due == again.badges[goal.id].due for step in goal.steps)
        else:
            assert again.decisions[goal.id]


@pytest.mark.parametrize(
    "formula",
    [
        *FORMULAS,
        *(
            decision.formula
            for found in FRAMEWORKS.values()
            for decision in (*found.levels, *found.decisions)
        ),
        *(one.formula for found in FRAMEWORKS.values() for one in found.indicators.values() if one.formula),
        "not (a == b) and not not t",
        "(a < b) == (b < a)",
        "a < b < 3",
        "-(a + b) * -a - (b - a) / (a / b)",
        "a - (b - 1e300) - 0.02",
        "(t or a > 1) and (t and t)",
        "(a if t else b) + 1 if t else (b if t else a)",
        "a if (t if t else t) else b",
    ],
)
def test_a_formula_written_and_read_again_is_the_same(formula):
    tree = parse(formula)
    assert written(parse(written(tree))) == written(tree)
    assert _bare(parse(written(tree))) == _bare(tree)


def _bare(node):
    """Return a tree without the columns of its parts."""
    if isinstance(node, tuple):
        return tuple(_bare(part) for part in node)
    if not hasattr(node, "__slots__"):
        return node
    return (type(node).__name__, *(_bare(getattr(node, name)) for name in node.__slots__ if name != "at"))
