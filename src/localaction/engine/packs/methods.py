"""What a pack declares of a method: its inputs, outputs, formulas, sources and worked examples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

from localaction.engine.references.cited import Confidence
from localaction.engine.references.parameters import labels

Kind = Literal["number", "integer", "year", "choice", "text"]
NUMERIC = ("number", "integer")  # the kinds that have a unit
SAID = ("label", "help", "warn", "advanced")  # what is said of an input and decides no result
MEASURED = ("number", "integer", "year")  # the kinds that have a range


@dataclass(frozen=True, slots=True)
class Citation:
    """A document on file, and where in it."""

    ref: str
    locator: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Citation:
        """Return the citation of a pack."""
        return cls(data["ref"], data["locator"])

    def to_dict(self) -> dict[str, object]:
        """Return the citation as plain data for JSON."""
        return {"ref": self.ref, "locator": self.locator}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis of inputs and outputs.

    Its entries are named by ``labels`` (fixed in the declaration), by the input ``labelled_by`` (such as the
    years of a series), or by number.
    """

    id: str
    label: str
    max: int
    labels: Mapping[str, str]
    labelled_by: str | None


@dataclass(frozen=True, slots=True)
class Default:
    """What an input is if it is not given: a value, or one from a parameter table by the entries of its keys.

    ``by`` names, for each key, the input or dimension whose entry counts; ``fixed`` holds entries that are
    always the same.
    """

    value: float | str | None
    parameter: str | None
    by: Mapping[str, str]
    fixed: Mapping[str, str]
    source: Citation | None
    confidence: Confidence | None
    note: str


@dataclass(frozen=True, slots=True)
class Warn:
    """A text to show where a value lies above or below a bound."""

    text: str
    above: float | None
    below: float | None


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what it is, its unit, its axes and its range (``above`` and ``below`` exclude the bound).

    ``repeat``: one value may stand for all entries. ``advanced``: seldom given, so pages fold it away.
    """

    name: str
    label: str
    help: str
    unit: str
    kind: Kind
    shape: tuple[str, ...]
    min: float | None
    max: float | None
    above: float | None
    below: float | None
    choices: Mapping[str, str]
    required: bool
    repeat: bool
    advanced: bool
    default: Default | None
    warn: tuple[Warn, ...]
    source: Citation | None

    def range_text(self) -> str:
        """Return the range in words, as in ``above 0, at most 1``; empty if there is none."""
        parts = [
            f"{words} {bound:g}"
            for words, bound in (
                ("above", self.above),
                ("at least", self.min),
                ("below", self.below),
                ("at most", self.max),
            )
            if bound is not None
        ]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Output:
    """One output; ``inventory`` marks a mass of ``species`` that may be entered as a row of an inventory."""

    name: str
    label: str
    help: str
    unit: str
    shape: tuple[str, ...]
    species: str | None
    inventory: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as text, with its number in the document that defines it."""

    text: str
    number: str
    explain: str
    source: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: all inputs, the expected outputs and how near they must come."""

    id: str
    title: str
    note: str
    source: Citation
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    gwp_set: str | None
    co2e_t: float | None
    relative_tolerance: float
    tolerance_reason: str


@dataclass(frozen=True, slots=True)
class Chart:
    """How the outputs are drawn: ``series`` over the dimension ``x``, split by ``stacked`` if given."""

    kind: str
    x: str
    series: tuple[str, ...]
    stacked: str | None
    title: str


@dataclass(frozen=True)
class Method:
    """One method as a pack declares it; ``id`` is ``theme.name/version``."""

    id: str
    title: str
    summary: str
    explanation: tuple[str, ...]
    limits: tuple[str, ...]
    cells: tuple[str, ...]
    dimensions: Mapping[str, Dimension]
    inputs: Mapping[str, Input]
    outputs: Mapping[str, Output]
    formulas: tuple[Formula, ...]
    source: Citation
    confidence: Confidence
    last_checked: str
    replaces: str | None
    chart: Chart | None
    examples: Mapping[str, Example]
    digest: str

    @property
    def theme(self) -> str:
        """The part of the id before the point: ``ghg``."""
        return self.id.partition(".")[0]

    @property
    def version(self) -> int:
        """The part of the id behind the stroke."""
        return int(self.id.rpartition("/")[2])

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameter tables that the defaults use, each once."""
        used = (entry.default.parameter for entry in self.inputs.values() if entry.default)
        return tuple(dict.fromkeys(table for table in used if table))


def read_method(data: Mapping[str, Any], choices: Mapping[str, Mapping[str, str]]) -> Method:
    """Return the method of a pack; ``choices`` holds, by input, those that come from a parameter table."""
    return Method(
        id=data["id"],
        title=data["title"],
        summary=data["summary"],
        explanation=tuple(data["explanation"]),
        limits=tuple(data.get("limits", ())),
        cells=tuple(data["cells"]),
        dimensions={entry["id"]: _dimension(entry) for entry in data.get("dimensions", ())},
        inputs={entry["name"]: _input(entry, choices) for entry in data["inputs"]},
        outputs={entry["name"]: _output(entry) for entry in data["outputs"]},
        formulas=tuple(_formula(entry) for entry in data["formulas"]),
        source=Citation.read(data["source"]),
        confidence=cast("Confidence", data["confidence"]),
        last_checked=data["last_checked"],
        replaces=data.get("replaces"),
        chart=_chart(data.get("chart")),
        examples={entry["id"]: _example(entry) for entry in data["examples"]},
        digest=_digest(data),
    )


def _digest(data: Mapping[str, Any]) -> str:
    """SHA-256 over what decides a result; texts do not count."""
    decisive = {
        kind: [{key: entry[key] for key in entry if key not in SAID} for entry in data.get(kind, ())]
        for kind in ("dimensions", "inputs", "outputs")
    }
    decisive["id"] = data["id"]
    content = json.dumps(decisive, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _dimension(data: Mapping[str, Any]) -> Dimension:
    fixed = labels(data.get("labels", ()))
    return Dimension(data["id"], data["label"], data["max"], fixed, data.get("labelled_by"))


def _input(data: Mapping[str, Any], choices: Mapping[str, Mapping[str, str]]) -> Input:
    default = _default(data.get("default"))
    return Input(
        name=data["name"],
        label=data["label"],
        help=data.get("help", ""),
        unit=data.get("unit", ""),
        kind=cast("Kind", data["kind"]),
        shape=tuple(data.get("shape", ())),
        **{bound: data.get(bound) for bound in ("min", "max", "above", "below")},
        choices=choices.get(data["name"]) or labels(data.get("choices", ())),
        required=data.get("required", default is None),
        repeat=data.get("repeat", False),
        advanced=data.get("advanced", default is not None and data["kind"] != "choice"),
        default=default,
        warn=tuple(Warn(w["text"], w.get("above"), w.get("below")) for w in data.get("warn", ())),
        source=Citation.read(data["source"]) if "source" in data else None,
    )


def _default(data: Mapping[str, Any] | None) -> Default | None:
    if data is None:
        return None
    by = data.get("by", {})
    return Default(
        value=data.get("value"),
        parameter=data.get("parameter"),
        by={key: entry for key, entry in by.items() if isinstance(entry, str)},
        fixed={key: entry["is"] for key, entry in by.items() if not isinstance(entry, str)},
        source=Citation.read(data["source"]) if "source" in data else None,
        confidence=data.get("confidence"),
        note=data.get("note", ""),
    )


def _output(data: Mapping[str, Any]) -> Output:
    return Output(
        name=data["name"],
        label=data["label"],
        help=data.get("help", ""),
        unit=data["unit"],
        shape=tuple(data.get("shape", ())),
        species=data.get("species"),
        inventory=data.get("inventory", False),
        cells=tuple(data.get("cells", ())),
    )


def _formula(data: Mapping[str, Any]) -> Formula:
    return Formula(
        text=data["text"],
        number=data.get("number", ""),
        explain=data.get("explain", ""),
        source=Citation.read(data["source"]),
        confidence=data["confidence"],
    )


def _chart(data: Mapping[str, Any] | None) -> Chart | None:
    if data is None:
        return None
    return Chart(data["kind"], data["x"], tuple(data["series"]), data.get("stacked"), data.get("title", ""))


def _example(data: Mapping[str, Any]) -> Example:
    total = data.get("co2e", {})
    return Example(
        id=data["id"],
        title=data["title"],
        note=data.get("note", ""),
        source=Citation.read(data["source"]),
        inputs=data["inputs"],
        expected=data["expected"],
        gwp_set=total.get("gwp_set"),
        co2e_t=total.get("value"),
        relative_tolerance=data["tolerance"]["relative"],
        tolerance_reason=data["tolerance"]["why"],
    )
