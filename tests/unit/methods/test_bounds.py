"""Functions bound their inputs where the declarations do, to half of one in a hundred."""

from __future__ import annotations

import numpy as np
import pytest

from localaction.engine.methods.problems import InputProblem, TooHigh, TooLow
from localaction.engine.methods.registry import implementation_of
from localaction.engine.methods.run import run_example
from localaction.engine.packs import Library

LIBRARY = Library.load()
NEAR = 0.005
BOUNDED = [
    pytest.param(method, entry, id=f"{method.id} {entry.name}")
    for method in LIBRARY.methods.values()
    for entry in method.inputs.values()
    if entry.kind in ("number", "integer")
    and any((entry.min, entry.max, entry.below, entry.above))
    and (entry.required or entry.default)
]


def refusal(method, name: str, value: float) -> InputProblem | None:
    """Return what the function says to one value of an input in the place of that of the worked example."""
    run = run_example(method.id, next(iter(method.examples)), LIBRARY)
    good = {key: used.value[()] for key, used in run.inputs.items() if used.value is not None}
    changed = np.array(good[name], dtype=np.float64)
    changed[(0,) * changed.ndim] = value
    try:
        implementation_of(method).function(**{**good, name: changed})
    except InputProblem as problem:
        return problem
    return None


def is_of(problem: InputProblem | None, kind: type[InputProblem], name: str) -> bool:
    return isinstance(problem, kind) and problem.name == name


@pytest.mark.parametrize(("method", "entry"), BOUNDED)
def test_what_lies_just_outside_is_refused_and_the_bound_itself_is_not(method, entry) -> None:
    if entry.min:
        assert is_of(refusal(method, entry.name, entry.min * (1 - NEAR)), TooLow, entry.name)
        assert not is_of(refusal(method, entry.name, entry.min), TooLow, entry.name)
    if entry.max:
        assert is_of(refusal(method, entry.name, entry.max * (1 + NEAR)), TooHigh, entry.name)
        assert not is_of(refusal(method, entry.name, entry.max), TooHigh, entry.name)
    if entry.above:
        assert is_of(refusal(method, entry.name, entry.above), TooLow, entry.name)
        assert not is_of(refusal(method, entry.name, entry.above * (1 + NEAR)), TooLow, entry.name)
    if entry.below:
        assert is_of(refusal(method, entry.name, entry.below), TooHigh, entry.name)
        assert not is_of(refusal(method, entry.name, entry.below * (1 - NEAR)), TooHigh, entry.name)
