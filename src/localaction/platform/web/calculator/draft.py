"""What somebody has typed into the form of a method, and the inputs that it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from localaction.engine.errors import Finding, InputError
from localaction.engine.inventory.parsing import amount
from localaction.engine.methods.inputs import multiplier_of
from localaction.engine.packs.methods import NUMERIC, Input, Method
from localaction.platform.web.rulebook import library

ROWS_AT_FIRST, ROWS_ADDED = 5, 5
MOST_CELLS = 4000  # of one table; beyond it the page is no place to enter them
UNIT = "__unit"
Index = tuple[int, ...]


@dataclass
class Draft:
    """The texts of the form by the name of the control, and how many rows its tables show."""

    method: Method
    texts: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def size(self, dimension: str) -> int:
        """Return how many entries of a dimension the form shows."""
        declared = self.method.dimensions[dimension]
        return len(declared.labels) or self.sizes.get(dimension, min(ROWS_AT_FIRST, declared.max))

    def text(self, name: str, index: Index = ()) -> str:
        """Return what was typed."""
        return self.texts.get(control(name, index), "")

    def places(self, entry: Input) -> Iterator[Index]:
        """Yield every place of a shaped input that the form shows."""
        return product(*(range(self.size(name)) for name in entry.shape))

    def is_filled(self, entry: Input) -> bool:
        """Say whether any place of a shaped input, or its one value for all, holds something."""
        if self.text(entry.name):
            return True
        return bool(entry.shape) and any(self.text(entry.name, place) for place in self.places(entry))

    def add_rows(self, dimension: str, count: int = ROWS_ADDED) -> None:
        """Show more entries, up to the most there may be."""
        most = self.method.dimensions[dimension].max
        self.sizes[dimension] = min(most, self.size(dimension) + count)


@dataclass
class Meant:
    """The inputs that a form means; ``rows`` has, by dimension, the rows of the form that were not empty."""

    inputs: dict[str, Any]
    findings: list[Finding]
    rows: Mapping[str, Sequence[int]]

    def shown_at(self, finding: Finding, method: Method) -> str:
        """Return the control that a finding of the engine is about; empty if none."""
        entry = method.inputs.get(finding.column or "")
        if entry is None:
            return ""
        index = finding.params.get("index")
        if not isinstance(index, list | tuple):
            return entry.name
        place = [
            self.rows[name][position] if position < len(self.rows[name]) else position
            for name, position in zip(entry.shape, index, strict=False)
        ]
        return control(entry.name, tuple(place)) if len(place) == len(entry.shape) else entry.name


def control(name: str, index: Index = ()) -> str:
    """Return the name of a control: ``waste.3.0``."""
    return ".".join([name, *map(str, index)])


def from_form(method: Method, data: Mapping[str, str]) -> Draft:
    """Return what a form brought; what belongs to no input is left out."""
    draft = Draft(method)
    for dimension in method.dimensions.values():
        word = data.get(f"size.{dimension.id}", "")
        if not dimension.labels and word.isascii() and word.isdecimal() and len(word) < len("100000"):
            draft.sizes[dimension.id] = max(1, min(dimension.max, int(word)))
    for name, value in data.items():
        entry = method.inputs.get(name.removesuffix(UNIT).partition(".")[0])
        if entry is not None and (clean := str(value).strip()):
            draft.texts[name] = clean
    return draft


def meant(draft: Draft) -> Meant:
    """Return the inputs that a form means, with a finding for each text that is no number."""
    rows = {name: _used(draft, name) for name in draft.method.dimensions}
    found = Meant({}, [], rows)
    for entry in draft.method.inputs.values():
        value = _value(entry, draft, found)
        if value is None:
            continue
        unit = draft.texts.get(entry.name + UNIT, entry.unit)
        found.inputs[entry.name] = {"value": value, "unit": unit} if unit != entry.unit else value
    return found


def _used(draft: Draft, dimension: str) -> list[int]:
    """Return the rows of a dimension in which anything stands; all, if its entries are fixed."""
    everything = range(draft.size(dimension))
    if draft.method.dimensions[dimension].labels:
        return list(everything)
    used: set[int] = set()
    for entry in draft.method.inputs.values():
        if dimension in entry.shape:
            axis = entry.shape.index(dimension)
            used.update(place[axis] for place in draft.places(entry) if draft.text(entry.name, place))
    return sorted(used)


def _value(entry: Input, draft: Draft, found: Meant) -> Any:
    if not entry.shape:
        return _leaf(entry, (), draft, found)
    places = [place for place in draft.places(entry) if draft.text(entry.name, place)]
    if places:
        return _nested(entry, (), draft, found)
    return _leaf(entry, (), draft, found) if entry.repeat else None


def _nested(entry: Input, index: Index, draft: Draft, found: Meant) -> Any:
    if len(index) == len(entry.shape):
        return _leaf(entry, index, draft, found)
    return [_nested(entry, (*index, row), draft, found) for row in found.rows[entry.shape[len(index)]]]


def _leaf(entry: Input, index: Index, draft: Draft, found: Meant) -> Any:
    text = draft.text(entry.name, index)
    if not text or entry.kind not in {*NUMERIC, "year"}:
        return text or None
    try:
        number = amount(text)
    except InputError as error:
        rows = [found.rows[name].index(row) for name, row in zip(entry.shape, index, strict=False)]
        params = {**error.params, "index": rows}
        finding = Finding("error", error.code, error.message, error.remedy, params, None, entry.name, text)
        found.findings.append(finding)
        return 0
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def from_inputs(method: Method, inputs: Mapping[str, Any]) -> Draft:
    """Return the form filled with inputs as JSON has them; what does not fit the form is left out."""
    draft = Draft(method)
    naming = {dimension.labelled_by for dimension in method.dimensions.values()}
    for name in sorted(method.inputs, key=lambda name: name not in naming):
        value = inputs.get(name)
        if isinstance(value, Mapping) and set(value) == {"value", "unit"}:
            value = _in_unit(method.inputs[name], value["value"], str(value["unit"]), draft)
        if value is not None:
            _write(method.inputs[name], (), value, draft)
    return draft


def has_units(entry: Input) -> bool:
    """Say whether the form lets people choose the unit: of one amount that is no ratio."""
    return not entry.shape and entry.kind in NUMERIC and entry.unit in library().units.all


def _in_unit(entry: Input, value: Any, unit: str, draft: Draft) -> Any:
    """Return a value as the form holds it: in its unit beside a choice of units, else in that of the input.

    Without a choice the form has no place for the unit, and sent again it would be lost.
    """
    if has_units(entry):
        draft.texts[entry.name + UNIT] = unit
        return value
    try:
        return _times(value, multiplier_of(entry, unit, library().units))
    except InputError:  # left as it is: the engine says what is wrong with the unit
        draft.texts[entry.name + UNIT] = unit
        return value


def _times(value: Any, multiplier: float) -> Any:
    if isinstance(value, Mapping):
        return {name: _times(item, multiplier) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_times(item, multiplier) for item in value]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value * multiplier if number and multiplier != 1.0 else value


def _write(entry: Input, index: Index, value: Any, draft: Draft) -> None:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        whole = len(index) == len(entry.shape) or not index
        if whole and (index or not entry.shape or entry.repeat):
            draft.texts[control(entry.name, index)] = _written(value)
    elif isinstance(value, Mapping | Sequence) and len(index) < len(entry.shape):
        dimension = draft.method.dimensions[entry.shape[len(index)]]
        items = _by_entry(value, draft, dimension.id) if isinstance(value, Mapping) else enumerate(value)
        for position, item in items:
            if position >= dimension.max:
                break
            if not dimension.labels:
                draft.sizes[dimension.id] = max(draft.sizes.get(dimension.id, 1), position + 1)
            _write(entry, (*index, position), item, draft)


def _by_entry(value: Mapping[str, Any], draft: Draft, dimension: str) -> Iterator[tuple[int, Any]]:
    declared = draft.method.dimensions[dimension]
    ids = list(declared.labels)
    if not ids and declared.labelled_by:
        ids = [draft.text(declared.labelled_by, (row,)) for row in range(draft.size(dimension))]
    return ((ids.index(name), item) for name, item in value.items() if name in ids)


def _written(value: str | int | float) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
