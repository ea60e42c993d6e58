"""Any condition: doing for real what one way through its steps lists makes it hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.frameworks import framework_with

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.nextsteps import next_steps
from localaction.engine.formulas.parse import parse
from localaction.engine.packs.frameworks import Decision

DAY = date(2026, 1, 1)
COUNTS = [f"biodiversity.{name}" for name in ("projects", "functions", "agencies", "partners")]
TRUTHS = ["inventory.valid", "target.record.valid", "plan.mitigation.valid", "risk.assessment.valid"]
DAYS = ["inventory.submitted", "plan.action.submitted", "commitment.joined"]
LEAVES = [
    *(
        f"{item} {op} {end}"
        for item, op, end in zip(COUNTS, (">=", "<", "==", ">"), (3, 4, 5, 6), strict=True)
    ),
    *TRUTHS,
    *(f"present({item})" for item in DAYS[:2]),
    f"{DAYS[2]} <= as_of",
]


def joined(parts):
    """Return formulas of a list of leaves, each of which stands in them once."""
    if len(parts) == 1:
        return (
            st.sampled_from([parts[0], f"not ({parts[0]})"])
            if "present" not in parts[0]
            else st.just(parts[0])
        )
    return st.integers(1, len(parts) - 1).flatmap(lambda cut: _of(parts, cut))


def _of(parts, cut):
    left, right = joined(parts[:cut]), joined(parts[cut:])
    shapes = [
        st.tuples(left, right).map(lambda two, op=op: f"({two[0]}) {op} ({two[1]})") for op in ("and", "or")
    ]
    if "present" not in " ".join(parts):
        shapes.append(st.tuples(left, right).map(lambda two: f"not (({two[0]}) and ({two[1]}))"))
    if cut > 1:
        condition, then = joined(parts[: cut - 1]), joined(parts[cut - 1 : cut])
        shapes.append(
            st.tuples(condition, then, right).map(
                lambda three: f"({three[1]}) if ({three[0]}) else ({three[2]})"
            )
        )
    return st.one_of(shapes)


FORMULAS = st.permutations(LEAVES).flatmap(
    lambda leaves: st.integers(1, 7).flatmap(lambda n: joined(leaves[:n]))
)
REPORTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(COUNTS, st.integers(0, 9)),
        **dict.fromkeys(TRUTHS, st.booleans()),
        **dict.fromkeys(DAYS, st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    },
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    lines = [
        f'  - {{id: "{number}", section: all, label: "L", answer: {item}}}'
        for number, item in enumerate([*TRUTHS, *DAYS])
    ]
    lines += [
        f'  - {{id: "c{number}", section: all, label: "L", unit: "1", answer: {item}}}'
        for number, item in enumerate(COUNTS)
    ]
    return framework_with(tmp_path_factory.mktemp("made_up"), "indicators:\n" + "\n".join(lines) + "\n")


@settings(max_examples=150, deadline=None)
@given(formula=FORMULAS, report=REPORTS, data=st.data())
def test_doing_what_is_listed_makes_any_condition_hold(base, formula, report, data):
    framework = replace(base, decisions=(Decision("d", "D", formula, parse(formula)),))
    found = evaluate(framework, report, as_of=DAY)
    goals = next_steps(framework, found, report, as_of=DAY).goals
    assert bool(goals) == (found.decisions["d"] is not True)
    for goal in goals:
        done = dict(report)
        for step in chosen(goal.steps, data):
            done[step.name] = value_for(step)
        assert evaluate(framework, done, as_of=DAY).decisions["d"] is True


def chosen(steps, data):
    for step in steps:
        if step.kind == "any":
            way = data.draw(st.sampled_from(step.parts))
            yield from chosen(tuple(way.steps()), data)
        else:
            yield step


def value_for(step):
    if step.kind == "answer":
        return DAY
    if step.kind == "truth":
        return step.needed
    if isinstance(step.needed, date):
        return step.needed if "=" in step.op else date(2031, 1, 1)
    beyond = {">": step.needed + 1, "<": step.needed - 1, "!=": step.needed + 1}
    return beyond.get(step.op, step.needed)
