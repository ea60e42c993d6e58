"""Formulas as one program: what they share is reckoned once, and a changed setting makes a new program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from localaction.engine.evaluation.columns import evaluate_columns
from localaction.engine.evaluation.compiled import compiled
from localaction.engine.formulas.columns import Column, ColumnWalk
from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.program import Program
from localaction.engine.packs.editions import framework_of

KNOWN = np.array([True, True])


def test_what_two_formulas_share_stands_once():
    program = Program()
    first, second = program.add(parse("(a - b) / a")), program.add(parse("(a - b) / a >= 0.1"))
    assert [step.op for step in program.steps] == ["name", "name", "-", "/", "constant", ">="]
    assert program.steps[second].parts[0] == first


def test_settings_of_one_value_are_one_deadline():
    program = Program({"setting.one": 2.0, "setting.other": 2.0})
    deadlines = {program.add(parse(f"years_after(joined, setting.{name})")) for name in ("one", "other")}
    assert len(deadlines) == 1


def test_a_constant_is_the_same_for_every_report():
    found = ColumnWalk({}, 3).value(parse("2 + 3"))
    assert found.values.tolist() == [5, 5, 5]
    assert found.known.tolist() == [True] * 3


def test_a_column_that_is_not_finite_is_not_known():
    walk = ColumnWalk({"a": Column(np.array([1.0, 0.0]), KNOWN)}, 2)
    assert walk.value(parse("1 / a")).known.tolist() == [True, False]
    assert walk.notes["formulas.division_by_zero"] == 1


@pytest.mark.parametrize(("years", "moved"), [(1, "2021-02-28"), (4, "2024-02-29")])
def test_a_leap_day_has_its_anniversary(years, moved):
    days = np.array(["2020-02-29", "NaT"], dtype="datetime64[D]")
    found = ColumnWalk({"day": Column(days, ~np.isnat(days))}, 2).value(parse(f"years_after(day, {years})"))
    assert found.known.tolist() == [True, False]
    assert str(found.values[0]) == moved


def test_a_program_is_made_once_and_anew_for_other_settings():
    framework = framework_of("efficiency_gain/2015")
    assert compiled(framework) is compiled(framework)
    other = replace(framework, settings={**framework.settings, "setting.gain": 0.2})
    answers = {
        "efficiency.declared": Column(np.array(["raw", "raw"]), KNOWN),
        "efficiency.energy_base": Column(np.array([100.0, 100.0]), KNOWN),
        "efficiency.energy_final": Column(np.array([90.0, 80.0]), KNOWN),
    }
    met = [
        evaluate_columns(held, answers, 2, as_of=date(2026, 1, 1)).decisions["energy_met"].values.tolist()
        for held in (framework, other)
    ]
    assert met == [[True, True], [False, True]]


def test_answers_are_taken_whatever_stands_where_none_is():
    framework = framework_of("singapore_index/2014")
    projects = Column(np.array([np.nan, np.inf, 12.0]), np.array([False, True, True]))
    found = evaluate_columns(framework, {"biodiversity.projects": projects}, 3, as_of=date(2026, 1, 1))
    assert found.scores["16"].known.tolist() == [False, False, True]
    assert found.totals["total"].values[2] == 1
    assert not found.shares["total"].known.any()
