"""Every registered method is whole: function, unit, range, source and a worked example that comes out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scripts.method_pages import FOLDER, pages

from localaction.engine.methods.problems import InputProblem
from localaction.engine.methods.registry import disagreements, implementation_of, implementations
from localaction.engine.methods.run import run_example, run_method
from localaction.engine.packs import Library
from localaction.engine.packs.methods import MEASURED, NUMERIC

LIBRARY = Library.load()
METHODS = list(LIBRARY.methods.values())
EXAMPLES = [
    pytest.param(method, example, id=f"{method.id} {example.id}")
    for method in METHODS
    for example in method.examples.values()
]
every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)


def test_every_declaration_has_its_function_and_every_function_its_declaration() -> None:
    assert list(disagreements(LIBRARY)) == []
    assert set(implementations()) == set(LIBRARY.methods)


@every_method
def test_a_method_has_a_worked_example(method) -> None:
    assert method.examples, f"{method.id} has no worked example"


@pytest.mark.parametrize(("method", "example"), EXAMPLES)
def test_a_worked_example_comes_out(method, example) -> None:
    """The tolerance and its reason stand beside the expected values in the declaration."""
    run = run_example(method.id, example.id, LIBRARY)
    for name, expected in example.expected.items():
        found, wanted = np.array(run.value(name)), np.array(expected, dtype=np.float64)
        assert found == pytest.approx(wanted, rel=example.relative_tolerance, abs=1e-12), name
    if example.gwp_set:
        assert run.co2e is not None
        assert run.co2e.total_t == pytest.approx(example.co2e_t, rel=example.relative_tolerance)


@every_method
def test_inputs_and_outputs_have_units_and_inputs_a_range(method) -> None:
    for entry in method.inputs.values():
        assert bool(entry.unit) == (entry.kind in NUMERIC), entry.name
        assert bool(entry.range_text()) == (entry.kind in MEASURED), entry.name
    assert [output.name for output in method.outputs.values() if not output.unit] == []


@every_method
def test_every_formula_and_default_has_a_source(method) -> None:
    assert method.source.ref in LIBRARY.sources
    assert [f.text for f in method.formulas if f.source.ref not in LIBRARY.sources] == []
    for entry in method.inputs.values():
        if entry.default and entry.default.parameter is None:
            assert entry.default.source, entry.name
            assert entry.default.source.ref in LIBRARY.sources, entry.name


def just_outside(entry) -> list[float]:
    """Return values just outside the declared range; a most that is no law of shares is for forms alone."""
    if entry.unit not in {"fraction", "%"} and entry.max is not None:
        return just_outside(replace(entry, max=None))
    found = [entry.min - 0.005 * max(1.0, abs(entry.min))] if entry.min is not None else []
    found += [entry.max + 0.005 * max(1.0, abs(entry.max))] if entry.max is not None else []
    return [*found, *(bound for bound in (entry.above, entry.below) if bound is not None)]


def with_input(method, entry):
    """Return the inputs of the first worked example that has this one; None if none has."""
    for example in method.examples:
        run = run_example(method.id, example, LIBRARY)
        given = {name: used.value for name, used in run.inputs.items() if used.value is not None}
        if entry.name in given:
            return given
    return None


@every_method
def test_the_function_itself_refuses_what_lies_outside_the_declared_range(method) -> None:
    """A call from Python is as safe as one through the form."""
    function = implementation_of(method).function
    for entry in method.inputs.values():
        good = with_input(method, entry)
        if good is None or entry.kind == "year":
            continue
        for value in just_outside(entry):
            bad = np.array(good[entry.name], dtype=np.float64)
            bad[(0,) * bad.ndim] = value
            with pytest.raises(InputProblem) as refused:
                function(**{**{key: item[()] for key, item in good.items()}, entry.name: bad})
            assert refused.value.name == entry.name, (entry.name, value)


@every_method
def test_a_given_default_changes_nothing(method) -> None:
    """Handing back what was filled in gives the same result, so a saved input can be run again."""
    run = run_example(method.id, next(iter(method.examples)), LIBRARY)
    again = {name: used.value.tolist() for name, used in run.inputs.items() if used.value is not None}
    repeated = run_method(method.id, again, LIBRARY)
    for name in method.outputs:
        assert np.array(repeated.value(name)) == pytest.approx(np.array(run.value(name)), rel=1e-12)


def test_every_method_has_its_page_in_the_documentation_as_it_is_declared() -> None:
    expected = pages(LIBRARY)
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == expected, "run: python scripts/method_pages.py"
