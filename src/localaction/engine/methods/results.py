"""What a run of a method gives: inputs as used, outputs, remarks, and a digest of what decided them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from localaction.engine.errors import Finding
from localaction.engine.methods.inputs import Array
from localaction.engine.packs.methods import Input, Output
from localaction.engine.references.parameters import Parameter

Origin = Literal["given", "default", "absent"]


@dataclass(frozen=True)
class UsedInput:
    """An input as it was used; ``table`` and ``parameters`` say where a default came from."""

    entry: Input
    value: Array | None
    origin: Origin
    table: str | None = None
    parameters: tuple[Parameter, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the input as plain data for JSON."""
        found: dict[str, object] = {
            "name": self.entry.name,
            "label": self.entry.label,
            "unit": self.entry.unit or None,
            "shape": list(self.entry.shape),
            "value": None if self.value is None else self.value.tolist(),
            "origin": self.origin,
        }
        if self.origin == "default":
            found["default"] = self._default()
        return found

    def _default(self) -> dict[str, object]:
        default = self.entry.default
        if self.table is not None:
            return {"parameter": self.table, "entries": [row.to_dict() for row in self.parameters]}
        source = default.source if default else None
        return {
            "source": source.to_dict() if source else None,
            "confidence": default.confidence if default else None,
            "note": default.note if default else "",
        }


@dataclass(frozen=True)
class MethodOutput:
    """One output with its unit."""

    entry: Output
    value: Array

    def to_dict(self) -> dict[str, object]:
        """Return the output as plain data for JSON."""
        return {
            "name": self.entry.name,
            "label": self.entry.label,
            "unit": self.entry.unit,
            "species": self.entry.species,
            "inventory": self.entry.inventory,
            "shape": list(self.entry.shape),
            "value": self.value.tolist(),
        }


@dataclass(frozen=True)
class Co2e:
    """The gases that go into an inventory, weighed with one set of warming potentials, t CO2e.

    ``values`` has an array for each output; ``lacking`` names gases without a potential in the set, which the
    total leaves out; biogenic CO2 counts in no total.
    """

    gwp_set: str
    values: Mapping[str, Array]
    lacking: tuple[str, ...]

    @property
    def total_t(self) -> float:
        """Sum over all outputs and all their entries, t CO2e."""
        return float(sum(np.sum(value) for value in self.values.values()))

    def to_dict(self) -> dict[str, object]:
        """Return the total and its parts as plain data for JSON."""
        return {
            "gwp_set": self.gwp_set,
            "unit": "t CO2e",
            "total": self.total_t,
            "by_output": {name: value.tolist() for name, value in self.values.items()},
            "without_potential": list(self.lacking),
        }


@dataclass(frozen=True)
class MethodRun:
    """One run; ``digest`` is the SHA-256 of the declaration and the parameter tables it used.

    ``dimensions`` has the names of the entries of each dimension.
    """

    method: str
    title: str
    dimensions: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, UsedInput]
    outputs: Mapping[str, MethodOutput]
    co2e: Co2e | None
    warnings: tuple[Finding, ...]
    digest: str

    def value(self, output: str) -> Any:
        """Return one output: a number, or lists of numbers in the order of its dimensions."""
        return self.outputs[output].value.tolist()

    def to_dict(self) -> dict[str, object]:
        """Return the whole run as plain data for JSON."""
        return {
            "method": self.method,
            "title": self.title,
            "dimensions": [{"id": key, "entries": list(names)} for key, names in self.dimensions.items()],
            "inputs": [used.to_dict() for used in self.inputs.values()],
            "outputs": [output.to_dict() for output in self.outputs.values()],
            "co2e": self.co2e.to_dict() if self.co2e else None,
            "warnings": [finding.to_dict() for finding in self.warnings],
            "digest": self.digest,
        }
