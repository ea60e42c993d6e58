"""What was not given: from the declaration, or from a parameter table by what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from localaction.engine.methods import problems
from localaction.engine.methods.inputs import DTYPES, Array, Reading
from localaction.engine.packs.methods import Default, Input
from localaction.engine.references.parameters import NoParameter, Parameter, ParameterTable
from localaction.engine.references.quantity import scale


@dataclass(frozen=True)
class Filled:
    """An input from its default; ``used`` are the entries of the parameter table it came from."""

    array: Array
    used: tuple[Parameter, ...] = ()


def filled(entry: Input, reading: Reading, tables: Mapping[str, ParameterTable]) -> Filled | None:
    """Return the input that was not given; None if it may be left out and has no default.

    Raises
    ------
    InputProblem
        If it is needed, or its default cannot be found.
    """
    default = entry.default
    if default is None:
        if entry.required:
            raise problems.MissingInput(entry.name, form=_form(entry, reading))
        return None
    if default.parameter is None:
        return Filled(np.array(default.value, dtype=DTYPES[entry.kind]))
    return _from_table(entry, default, reading, tables[default.parameter])


def spread(entry: Input, array: Array, reading: Reading) -> Array:
    """Return one value as often as the input has entries; an array that has its shape as it is.

    Raises
    ------
    InputProblem
        `NoLength` if nothing says how many that is.
    """
    return np.array(np.broadcast_to(array, _shape(entry, reading))) if array.ndim == 0 else array


def _shape(entry: Input, reading: Reading) -> tuple[int, ...]:
    for name in entry.shape:
        if name not in reading.sizes:
            label = reading.method.dimensions[name].label.lower()
            raise problems.NoLength(entry.name, dimension=label)
    return tuple(reading.sizes[name] for name in entry.shape)


def _from_table(entry: Input, default: Default, reading: Reading, table: ParameterTable) -> Filled:
    shape = _shape(entry, reading)
    keys = {key: _aligned(source, entry, shape, reading) for key, source in default.by.items()}
    multiplier = scale(table.unit, entry.unit, reading.units)
    array = np.empty(shape, dtype=np.float64)
    used: dict[int, Parameter] = {}
    for index in product(*(range(size) for size in shape)):
        at = {**default.fixed, **{key: str(entries[index]) for key, entries in keys.items()}}
        try:
            found = table.at(**at)
        except NoParameter:
            problem = problems.NoDefault(entry.name, index, table=table.label, wanted=table.named(at))
            raise problem from None
        used[id(found)] = found
        array[index] = found.value * multiplier
    return Filled(array, tuple(used.values()))


def _aligned(source: str, entry: Input, shape: tuple[int, ...], reading: Reading) -> Array:
    """Return the entries of an input or a dimension, laid along the axes of the input to be filled."""
    if source in reading.method.dimensions:
        entries: Array = np.array(reading.ids(source), dtype=np.str_)
        axes: tuple[str, ...] = (source,)
    else:
        if source not in reading.arrays:
            raise problems.MissingInput(source, form=_form(reading.method.inputs[source], reading))
        entries = reading.arrays[source]
        axes = reading.method.inputs[source].shape if entries.ndim else ()
    sizes = tuple(shape[entry.shape.index(name)] if name in axes else 1 for name in entry.shape)
    return np.broadcast_to(entries.reshape(sizes), shape)


def _form(entry: Input, reading: Reading) -> str:
    what: Any = {"year": "a year", "choice": f"one of {', '.join(entry.choices)}", "text": "a text"}
    one = what.get(entry.kind) or f"a number in {entry.unit}"
    along = [reading.method.dimensions[name].label.lower() for name in entry.shape]
    return f"{one} for each {' and '.join(along)}" if along else one
