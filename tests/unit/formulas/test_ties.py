"""What is equal in decimals is equal in formulas, though binary fractions differ in the last digit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from localaction.engine.evaluation.columns import evaluate_columns
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.formulas.columns import Column, ColumnWalk
from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.scalar import Walk
from localaction.engine.packs.editions import frameworks

CUTS = [(tenths / 10, round(tenths * 0.09, 2)) for tenths in range(1, 400)]  # written to the digit


@pytest.mark.parametrize(
    ("comparison", "holds"),
    [(">=", True), ("<=", True), ("==", True), (">", False), ("<", False), ("!=", False)],
)
def test_a_cut_of_ten_per_cent_is_ten_per_cent_whatever_the_digits(comparison, holds):
    tree = parse(f"(base - final) / base {comparison} 0.1")
    bases, finals = map(np.array, zip(*CUTS, strict=True))
    known = np.ones(len(CUTS), dtype=np.bool_)
    column = ColumnWalk({"base": Column(bases, known), "final": Column(finals, known)}, len(CUTS))
    assert [Walk({"base": base, "final": final}).value(tree) for base, final in CUTS] == [holds] * len(CUTS)
    assert column.value(tree).values.tolist() == [holds] * len(CUTS)


def test_a_pledge_of_ten_per_cent_is_met_by_it_and_by_nothing_less():
    framework = frameworks()["efficiency_gain/2015"]
    answers = {"efficiency.declared": "raw", "efficiency.energy_base": 2.4}
    met = [
        evaluate(framework, {**answers, "efficiency.energy_final": final}, as_of=date(2026, 1, 1)).decisions
        for final in (2.16, 2.160001, 2.159999)
    ]
    assert [decisions["energy_met"] for decisions in met] == [True, False, True]


def test_a_city_that_is_natural_all_over_is_so_in_hectares_and_square_kilometres():
    framework, day = frameworks()["singapore_index/2014"], date(2026, 1, 1)
    sizes = [tenths / 10 for tenths in range(1, 400)]
    alone = [
        evaluate(framework, {"area.natural": size * 100, "area.total": size}, as_of=day).results["1"]
        for size in sizes
    ]
    known = np.ones(len(sizes), dtype=np.bool_)
    columns = {
        "area.natural": Column(np.array(sizes) * 100, known),
        "area.total": Column(np.array(sizes), known),
    }
    many = evaluate_columns(framework, columns, len(sizes), as_of=day)
    assert {(found.status, found.score) for found in alone} == {("scored", 4)}
    assert many.scores["1"].known.all()
    over = evaluate(framework, {"area.natural": 3231, "area.total": 32.3}, as_of=day).results["1"]
    assert over.status == "outside"
