"""Laws of evaluation: one report and columns agree for every framework; nothing missing counts as zero."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localaction.engine.evaluation.columns import evaluate_columns
from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.stacking import columns_of
from localaction.engine.packs.editions import frameworks

DAY = date(2026, 1, 1)
FRAMEWORKS = frameworks()
MANY = 60  # data items: four reports of so many run past the room of one example, which then counts as flaky
AMOUNTS = st.sampled_from([0.0, 1.0, 0.5, 2.5, 7.0, 14.0, 100.0, -1.0]) | st.floats(0, 1e4)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31)) | st.just(date(2020, 2, 29))


def answer(item):
    kind = item["kind"]
    if kind == "number":
        return AMOUNTS
    if kind == "yes_no":
        return st.booleans()
    if kind == "day":
        return DAYS
    if kind == "choice":
        choices = item["choices"]
        return st.sampled_from([entry["id"] if isinstance(entry, dict) else entry for entry in choices])
    if kind == "table":
        row = st.fixed_dictionaries({}, optional={c["id"]: answer(c) for c in item["columns"]})
        return st.lists(row, max_size=3)
    return st.sampled_from(["", "a", "b"])


def reports_of(framework):
    options = {name: st.none() | answer(item) for name, item in framework.items.items()}
    report = st.fixed_dictionaries({}, optional=options)
    most = 2 if len(options) > MANY else 4
    return st.lists(report, min_size=1, max_size=most)


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_one_report_and_columns_agree(framework, data):
    reports = data.draw(reports_of(framework))
    columns, tables = columns_of(framework, reports)
    many = evaluate_columns(framework, columns, len(reports), as_of=DAY, tables=tables)
    for index, report in enumerate(reports):
        one = evaluate(framework, report, as_of=DAY)
        for name, result in one.results.items():
            _agree(many.values[name], index, result.value, name)
            if name in many.scores:
                _agree(many.scores[name], index, result.score, name)
            else:
                assert result.score is None
        for name, total in one.totals.items():
            _agree(many.totals[name], index, total.value, name)
            assert many.coverage[name][index] == pytest.approx(total.coverage)
        for name, truth in one.decisions.items():
            _agree(many.decisions[name], index, truth, name)
        assert bool(many.level.known[index]) == one.level_known
        if one.level_known:
            assert str(many.level.values[index]) == (one.level or "")


def _agree(column, index, expected, name):
    assert bool(column.known[index]) == (expected is not None), name
    if expected is None:
        return
    found = column.values[index]
    if isinstance(expected, float):
        assert np.isclose(found, expected, rtol=1e-9, atol=1e-9), name
    elif isinstance(expected, date):
        assert str(found) == expected.isoformat()
    else:
        assert found == expected, name
