"""One report and a column of reports give the same, on ties, zeros, nulls and empty tables."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from localaction.engine.formulas.columns import Column, ColumnWalk, Table
from localaction.engine.formulas.columns import round_half_up as round_columns
from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.scalar import Walk, round_half_up

NUMBERS = st.none() | st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.5, 1e300, -1e300, 1e308]) | st.floats(-1e6, 1e6)
TRUTHS = st.none() | st.booleans()
WORDS = st.none() | st.sampled_from(["up", "down"])
DAYS = (
    st.none()
    | st.sampled_from([date.min, date.max])
    | st.dates(date(1990, 1, 1), date(2040, 12, 31))
    | st.just(date(2020, 2, 29))
)
REPORTS = st.fixed_dictionaries({"a": NUMBERS, "b": NUMBERS, "t": TRUTHS, "w": WORDS, "d": DAYS, "e": DAYS})
ROWS = st.none() | st.lists(st.fixed_dictionaries({"x": NUMBERS, "k": WORDS}), max_size=4)
FORMULAS = [
    "a + b * a - b",
    "a / b",
    "-a / (b - b)",
    "a * b * a",
    "(a - b) / a >= 0.1 or a == b",
    "a < b and not t or w == 'up'",
    "a if t else b",
    "a if w == 'up' else (b if present(a) else 0)",
    "min(a, b, 1) + max(a, b) - abs(a)",
    "d <= years_after(e, 2)",
    "years_after(d, 1) > e or t",
    "sum(rows, x + a)",
    "mean(rows, x)",
    "count(rows) + count(rows, x > 0)",
    "any(rows, k == 'down')",
    "share(rows, x >= b)",
    "sum(rows, x if k == 'up' else -x) / count(rows)",
]


def columns_of(reports):
    return {
        name: Column(values, known)
        for name, fill in (("a", 0.0), ("b", 0.0), ("t", False), ("w", ""), ("d", None), ("e", None))
        for known in [np.array([report[name] is not None for report in reports])]
        for values in [_filled([report[name] for report in reports], fill)]
    }


def _filled(values, fill):
    if fill is None:
        return np.array([value or date(2000, 1, 1) for value in values], dtype="datetime64[D]")
    return np.array([fill if value is None else value for value in values])


def table_of(tables):
    rows = [(index, row) for index, found in enumerate(tables) for row in found or ()]
    return Table(
        report=np.array([index for index, _ in rows], dtype=np.intp),
        given=np.array([found is not None for found in tables]),
        columns={
            "x": Column(
                _filled([row["x"] for _, row in rows], 0.0).astype(float),
                np.array([row["x"] is not None for _, row in rows], dtype=bool),
            ),
            "k": Column(
                _filled([row["k"] for _, row in rows], "").astype(str),
                np.array([row["k"] is not None for _, row in rows], dtype=bool),
            ),
        },
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(REPORTS, ROWS), min_size=1, max_size=6), st.sampled_from(FORMULAS))
def test_one_report_and_columns_agree(cases, text):
    reports, tables = [report for report, _ in cases], [rows for _, rows in cases]
    formula = parse(text)
    column = ColumnWalk(columns_of(reports), len(cases), {"rows": table_of(tables)})
    found = column.value(formula)
    notes = 0
    for index, report in enumerate(reports):
        walk = Walk(report, {"rows": tables[index]})
        expected = walk.value(formula)
        notes += len(walk.notes)
        assert bool(found.known[index]) == (expected is not None), (text, report)
        if isinstance(expected, float):
            assert np.isclose(found.values[index], expected, rtol=1e-9, atol=1e-9), (text, report)
        elif isinstance(expected, bool):
            assert bool(found.values[index]) == expected
    assert sum(column.notes.values()) >= (notes > 0)


@given(st.integers(-10_000, 10_000), st.integers(0, 3))
def test_halves_are_rounded_away_from_zero_on_both(tenths, digits):
    value = (tenths + 0.5) / 10**digits
    expected = (abs(tenths + 0.5) + 0.5) // 1 / 10**digits * (1 if value > 0 else -1)
    assert round_half_up(value, digits) == expected
    assert round_columns(np.array([value]), digits)[0] == expected
