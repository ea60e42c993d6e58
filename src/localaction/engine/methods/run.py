"""Run a method on named inputs: read, fill in, compute, weigh; refuse with everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from localaction.engine.errors import Finding, InputError, LocalActionError, Refused
from localaction.engine.methods.defaults import Filled, filled, spread
from localaction.engine.methods.inputs import Array, Reading
from localaction.engine.methods.leaves import described
from localaction.engine.methods.problems import (
    InputProblem,
    NoLength,
    NotAnObject,
    TooLarge,
    UnknownExample,
    UnknownPotentials,
)
from localaction.engine.methods.registry import implementation_of, method_of
from localaction.engine.methods.results import Co2e, MethodOutput, MethodRun, UsedInput
from localaction.engine.packs import Library
from localaction.engine.packs.methods import Example, Input, Method
from localaction.engine.units import Units

MEMO, ALREADY = "CO2_biogenic", "CO2E_UNSPLIT"  # counts in no total; is CO2e as it stands


class Remark(LocalActionError):
    """Something to know about an input that can be used."""

    code = "methods.remark"
    text = "{where}: {remark}"


def run_method(
    method: str, inputs: Mapping[str, Any], library: Library, *, gwp_set: str | None = None
) -> MethodRun:
    """Return what a method gives for these inputs.

    Parameters
    ----------
    method : str
        Such as ``ghg.composting/1``.
    inputs : mapping of str to value
        Numbers, texts, or lists along the dimensions; ``{"value": 3, "unit": "kt"}`` is converted; a list
        may be an object by entry. What is left out is filled from the defaults.
    library : Library
        The declarations, parameter tables and units.
    gwp_set : str, optional
        Warming potentials with which to weigh the gases too.

    Raises
    ------
    Refused
        With one finding for each fault; ``column`` is the input, ``params["index"]`` the place in it.
    UnknownMethod, UnknownPotentials
        With the nearest names.
    """
    declared = method_of(method, library)
    if gwp_set is not None and gwp_set not in library.gwp_sets:
        raise UnknownPotentials(gwp_set, list(library.gwp_sets))
    if not isinstance(inputs, Mapping):
        raise Refused([Finding.of(NotAnObject(found=described(inputs)))])
    reading = Reading(declared, library.units)
    reading.read(inputs)
    used = dict(_used(declared, reading, library))
    if reading.problems:
        raise Refused([finding_of(problem) for problem in reading.problems])
    outputs = _computed(declared, used, reading)
    return MethodRun(
        method=declared.id,
        title=declared.title,
        dimensions={name: tuple(reading.labels(name)) for name in declared.dimensions},
        inputs=used,
        outputs=outputs,
        co2e=_weighed(outputs, gwp_set, library) if gwp_set else None,
        warnings=tuple(_remarks(used.values(), reading)),
        digest=_digest(declared, library),
    )


def run_example(method: str, example: str, library: Library, *, gwp_set: str | None = None) -> MethodRun:
    """Return what a method gives for a worked example, weighed as the example says unless ``gwp_set`` does.

    Raises
    ------
    UnknownExample
        If the method has none of that name.
    """
    found = example_of(method_of(method, library), example)
    return run_method(method, found.inputs, library, gwp_set=gwp_set or found.gwp_set)


def example_of(method: Method, example: str) -> Example:
    """Return a worked example of a method by its id, such as ``D11``."""
    if example not in method.examples:
        raise UnknownExample(method.id, example, list(method.examples))
    return method.examples[example]


def finding_of(problem: InputError) -> Finding:
    """Return the finding that shows a problem at its input."""
    finding = Finding.of(problem)
    if not isinstance(problem, InputProblem):
        return finding
    params = {**problem.params, "index": list(problem.index)}
    return Finding.of(problem, column=problem.name) if not problem.index else _at(problem, params)


def _at(problem: InputProblem, params: Mapping[str, object]) -> Finding:
    return Finding("error", problem.code, problem.message, problem.remedy, params, column=problem.name)


def _used(method: Method, reading: Reading, library: Library) -> Iterator[tuple[str, UsedInput]]:
    """Yield the inputs as used, in the order in which they depend on each other."""
    given = frozenset(reading.arrays)
    failed = {problem.name for problem in reading.problems if isinstance(problem, InputProblem)}
    found: dict[str, UsedInput] = {}
    for entry in sorted(method.inputs.values(), key=_rank):
        if entry.name in failed:
            continue
        try:
            found[entry.name] = _one(entry, reading, library, is_given=entry.name in given)
        except InputProblem as problem:
            if problem.name not in failed and not (isinstance(problem, NoLength) and reading.problems):
                reading.problems.append(reading.located(problem))
    for name in method.inputs:
        if name in found:
            yield name, found[name]


def _rank(entry: Input) -> int:
    """Inputs that others look up by come before those that look up."""
    return 1 if entry.default is not None and entry.default.parameter else 0


def _one(entry: Input, reading: Reading, library: Library, *, is_given: bool) -> UsedInput:
    if is_given:
        array = spread(entry, reading.arrays[entry.name], reading)
        reading.arrays[entry.name] = array
        return UsedInput(entry, array, "given")
    default: Filled | None = filled(entry, reading, library.parameters)
    if default is None:
        return UsedInput(entry, None, "absent")
    array = spread(entry, default.array, reading)
    reading.arrays[entry.name] = array
    table = entry.default.parameter if entry.default else None
    return UsedInput(entry, array, "default", table, default.used)


def _computed(method: Method, used: Mapping[str, UsedInput], reading: Reading) -> dict[str, MethodOutput]:
    function = implementation_of(method).function
    arguments = {name: _argument(item.value) for name, item in used.items() if item.value is not None}
    try:
        with np.errstate(all="ignore"):
            values = function(**arguments)
    except InputProblem as problem:
        raise Refused([finding_of(reading.located(problem))]) from problem
    return {
        name: MethodOutput(entry, _output(entry.label, getattr(values, name)))
        for name, entry in method.outputs.items()
    }


def _argument(value: Array) -> Any:
    """One value goes in as a Python number or text, several as an array."""
    return value.item() if value.ndim == 0 else value


def _output(label: str, value: Any) -> Array:
    array = np.asarray(value, dtype=np.float64)
    if not np.all(np.isfinite(array)):
        raise Refused([Finding.of(TooLarge(output=label))])
    return array


def _weighed(outputs: Mapping[str, MethodOutput], gwp_set: str, library: Library) -> Co2e:
    potentials, units = library.gwp_sets[gwp_set], library.units
    values: dict[str, Array] = {}
    lacking: list[str] = []
    for name, output in outputs.items():
        gas = output.entry.species
        if gas is None or gas == MEMO or not output.entry.inventory:
            continue
        potential = 1.0 if gas == ALREADY else potentials.potential(gas)
        if potential is None:
            lacking.append(gas)
        else:
            values[name] = output.value * (_tonnes(output.entry.unit, units) * potential)
    return Co2e(gwp_set, values, tuple(lacking))


def _tonnes(unit: str, units: Units) -> float:
    return units.scale(unit, "t")


def _remarks(used: Iterable[UsedInput], reading: Reading) -> Iterator[Finding]:
    """Yield a warning at the first value of an input that lies beyond a bound of caution."""
    for item in used:
        if item.value is None:
            continue
        for warn in item.entry.warn:
            wrong = np.zeros(item.value.shape, dtype=bool)
            if warn.above is not None:
                wrong |= item.value > warn.above
            if warn.below is not None:
                wrong |= item.value < warn.below
            if wrong.any():
                index = tuple(int(part[0]) for part in np.nonzero(wrong)) if wrong.ndim else ()
                place = reading.located(InputProblem(item.entry.name, index)).params["where"]
                yield Finding.of(
                    Remark(where=place, remark=warn.text), column=item.entry.name, severity="warning"
                )


def _digest(method: Method, library: Library) -> str:
    parts = [method.digest, *(library.parameters[table].digest for table in method.parameters)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
