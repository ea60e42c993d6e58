"""From what was handed in (JSON, a form) to arrays: names, kinds, units, lengths; every fault is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.methods import problems
from localaction.engine.methods.leaves import described, leaf
from localaction.engine.methods.problems import InputProblem
from localaction.engine.packs.methods import NUMERIC, Dimension, Input, Method
from localaction.engine.references.quantity import PLAIN, parts_of, scale
from localaction.engine.units import Units

Array = NDArray[Any]
DTYPES: Mapping[str, Any] = {
    "number": np.float64,
    "integer": np.int64,
    "year": np.int64,
    "choice": np.str_,
    "text": np.str_,
}
FUEL_ENERGY = "TJ"  # in this unit the methods write the energy of fuels, net; heat and power are in MWh
AMOUNT_KEYS = ({"value"}, {"value", "unit"})


def multiplier_of(entry: Input, unit: Any, units: Units) -> float:
    """Return by what a value in this unit is multiplied to be in that of the input.

    Raises
    ------
    InputProblem
        If the unit measures something else, or is gross energy of fuel.
    """
    try:
        multiplier = scale(unit, entry.unit, units)
    except (InputError, AttributeError) as error:
        found = unit if isinstance(unit, str) else described(unit)
        raise problems.WrongUnit(entry.name, unit=shown(found), expected=entry.unit) from error
    gross = any(part not in PLAIN and units.basis(part) == "gross" for part in parts_of(unit))
    if gross and FUEL_ENERGY in parts_of(entry.unit):
        raise problems.GrossUnit(entry.name, unit=shown(unit), expected=entry.unit)
    return multiplier


class Reading:
    """Reads the inputs of one run; ``arrays`` holds those that can be used, ``problems`` what is wrong.

    Parameters
    ----------
    method : Method
        What the inputs are.
    units : Units
        Units in which a value may be given.
    """

    def __init__(self, method: Method, units: Units) -> None:
        self.method, self.units = method, units
        self.arrays: dict[str, Array] = {}
        self.problems: list[InputError] = []
        self.sizes: dict[str, int] = {d.id: len(d.labels) for d in method.dimensions.values() if d.labels}
        self._sized_by: dict[str, str] = dict.fromkeys(self.sizes, "the method")

    def read(self, given: Mapping[str, Any]) -> None:
        """Read every input that is given; those that name the entries of a dimension come first."""
        known = list(self.method.inputs)
        self.problems.extend(problems.UnknownInput(str(name), known) for name in given if name not in known)
        naming = {d.labelled_by for d in self.method.dimensions.values()}
        for name in sorted(known, key=lambda name: name not in naming):
            if name in given and given[name] is not None:
                self._read_one(self.method.inputs[name], given[name])

    def labels(self, dimension: str) -> list[str]:
        """Return the names of a dimension's entries: fixed, from the input that names them, or numbers."""
        declared = self.method.dimensions[dimension]
        if declared.labels:
            return list(declared.labels.values())
        ids = self._ids(declared)
        if declared.labelled_by and (choices := self.method.inputs[declared.labelled_by].choices):
            return [choices.get(entry, entry) for entry in ids]
        return ids

    def ids(self, dimension: str) -> list[str]:
        """Return the entries of a dimension as a table or an object of values names them."""
        return self._ids(self.method.dimensions[dimension])

    def _ids(self, declared: Dimension) -> list[str]:
        if declared.labels:
            return list(declared.labels)
        if declared.labelled_by in self.arrays:
            return [str(entry) for entry in self.arrays[declared.labelled_by].tolist()]
        return [str(position + 1) for position in range(self.sizes.get(declared.id, 0))]

    def _read_one(self, entry: Input, given: Any) -> None:
        try:
            value, multiplier = self._without_unit(entry, given)
            self.arrays[entry.name] = self._array(entry, value, multiplier)
        except InputProblem as problem:
            self.problems.append(self.located(problem))

    def _without_unit(self, entry: Input, given: Any) -> tuple[Any, float]:
        if not isinstance(given, Mapping) or set(given) not in AMOUNT_KEYS or entry.kind not in NUMERIC:
            return given, 1.0
        unit = given.get("unit", entry.unit)
        return given["value"], multiplier_of(entry, unit, self.units)

    def _array(self, entry: Input, value: Any, multiplier: float) -> Array:
        if entry.repeat and not isinstance(value, Sequence | Mapping):
            found: Any = leaf(entry, (), value, multiplier)
        elif entry.repeat and isinstance(value, str):
            found = leaf(entry, (), value, multiplier)
        else:
            found = self._nested(entry, (), value, multiplier)
        return np.array(found, dtype=DTYPES[entry.kind])

    def _nested(self, entry: Input, index: tuple[int, ...], value: Any, multiplier: float) -> Any:
        """Return lists in lists of checked leaves, as deep as the input has dimensions."""
        if len(index) == len(entry.shape):
            return leaf(entry, index, value, multiplier)
        dimension = self.method.dimensions[entry.shape[len(index)]]
        items = self._items(entry, index, value, dimension)
        self._measure(entry, index, len(items), dimension)
        return [
            self._nested(entry, (*index, position), item, multiplier) for position, item in enumerate(items)
        ]

    def _items(self, entry: Input, index: tuple[int, ...], value: Any, dimension: Dimension) -> Sequence[Any]:
        if isinstance(value, Mapping):
            return self._by_label(entry, index, value, dimension)
        if isinstance(value, str) or not isinstance(value, Sequence):
            name = dimension.label.lower()
            raise problems.NotAList(entry.name, index, found=described(value), dimension=name)
        return value

    def _by_label(
        self, entry: Input, index: tuple[int, ...], value: Mapping[str, Any], dimension: Dimension
    ) -> Sequence[Any]:
        ids = self._ids(dimension)
        for key in value:
            if key not in ids:
                raise problems.UnknownEntry(
                    entry.name,
                    index,
                    entry=shown(str(key)),
                    dimension=dimension.label.lower(),
                    hint=did_you_mean(str(key), ids),
                    known=", ".join(ids) or "none that has names yet",
                )
        for position, name in enumerate(ids):
            if name not in value:
                raise problems.MissingValue(entry.name, (*index, position))
        return [value[name] for name in ids]

    def _measure(self, entry: Input, index: tuple[int, ...], found: int, dimension: Dimension) -> None:
        name = dimension.label.lower()
        if not 1 <= found <= dimension.max:
            raise problems.BadSize(entry.name, index, found=found, dimension=name, limit=dimension.max)
        expected = self.sizes.setdefault(dimension.id, found)
        other = self._sized_by.setdefault(dimension.id, entry.label)
        if expected != found:
            params = {"found": found, "dimension": name, "other": other, "expected": expected}
            raise problems.WrongLength(entry.name, index, **params)

    def located(self, problem: InputProblem) -> InputProblem:
        """Return the problem with label and entries in place of name and positions."""
        entry = self.method.inputs.get(problem.name)
        if entry is None:
            return problem
        return problem.located(", ".join([entry.label, *self._entries(entry, problem.index)]))

    def _entries(self, entry: Input, index: Sequence[int]) -> Iterator[str]:
        for dimension, position in zip(entry.shape, index, strict=False):
            declared, labels = self.method.dimensions[dimension], self.labels(dimension)
            named = bool(declared.labels or declared.labelled_by) and position < len(labels)
            label = labels[position] if named else str(position + 1)
            short = named and entry.name != declared.labelled_by and not label.isdigit()
            yield label if short else f"{declared.label.lower()} {label}"
