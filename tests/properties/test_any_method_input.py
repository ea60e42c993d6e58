"""Whatever JSON a method is given, it answers with a result or a refusal in words, never by breaking."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from localaction.engine.errors import InputError
from localaction.engine.methods.run import run_method
from localaction.engine.packs import Library

LIBRARY = Library.load()
Example = tuple[str, dict[str, Any]]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 1, -1, 0.5, 2004, 10**400, 1e300, 1e-300, 1e29]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)
JSON = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, max_size=4),
        st.dictionaries(st.sampled_from(["value", "unit", "food", "wet", "1", ""]), parts, max_size=3),
    ),
    max_leaves=8,
)
EXAMPLES = [
    (name, dict(example.inputs))
    for name, method in LIBRARY.methods.items()
    for example in method.examples.values()
]


def answered(name: str, inputs: Any) -> None:
    """Run a method; its answer must be JSON, or a refusal in words."""
    try:
        data = run_method(name, inputs, LIBRARY, gwp_set="ar5").to_dict()
    except InputError as error:
        texts = [error.message, *(finding.message for finding in getattr(error, "findings", ()))]
    else:
        texts = [json.dumps(data, allow_nan=False)]
    assert all(texts)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(LIBRARY.methods)), st.data())
def test_inputs_of_any_shape(name: str, data: st.DataObject) -> None:
    names = [*LIBRARY.methods[name].inputs, "other"]
    answered(name, data.draw(st.one_of(JSON, st.dictionaries(st.sampled_from(names), JSON, max_size=6))))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(EXAMPLES), st.data())
def test_a_worked_example_with_one_input_replaced(example: Example, data: st.DataObject) -> None:
    name, inputs = example
    changed = data.draw(st.sampled_from(sorted(LIBRARY.methods[name].inputs)))
    answered(name, {**inputs, changed: data.draw(JSON)})


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(EXAMPLES), st.data())
def test_a_worked_example_with_one_number_replaced(example: Example, data: st.DataObject) -> None:
    name, inputs = example
    lists = [key for key, value in inputs.items() if isinstance(value, list) and value]
    if not lists:
        return
    changed = data.draw(st.sampled_from(lists))
    values = list(inputs[changed])
    values[data.draw(st.integers(0, len(values) - 1))] = data.draw(LEAVES)
    answered(name, {**inputs, changed: values})


@pytest.mark.parametrize("name", sorted(LIBRARY.methods))
def test_nothing_at_all(name: str) -> None:
    answered(name, {})
