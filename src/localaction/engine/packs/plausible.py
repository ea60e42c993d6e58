"""What packs hold plausible for data items: ranges, yearly change, ratios, rules between items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.tree import Name, Node, names_in
from localaction.engine.packs.frameworks import SourceAt, source_at

By = Literal["percent", "factor", "amount"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a limit rests on: a cited document, or a convention of this rule book."""

    source: SourceAt | None
    confidence: str
    note: str = ""

    @property
    def convention(self) -> bool:
        """Whether nobody but this rule book says so."""
        return self.source is None


@dataclass(frozen=True, slots=True)
class Change:
    """How much a figure may rise or fall in a year: ``percent``, ``factor``, or ``amount`` in its unit."""

    by: By
    value: float


@dataclass(frozen=True, slots=True)
class PeerLimits:
    """How far from its peers: ``below`` times their low end, ``above`` times their high end."""

    below: float
    above: float


@dataclass(frozen=True, slots=True)
class Subject:
    """A data item, or a ratio of several, and what is plausible for it.

    Parameters
    ----------
    formula, tree : str, Node
        What it is reckoned by; for a data item its id.
    size : float
        Size of ``unit`` in base units.
    items : tuple of str
        The data items it rests on.
    low, high : float or None
        Ends of the range, in ``unit``.
    """

    id: str
    label: str
    unit: str
    formula: str
    tree: Node
    size: float
    items: tuple[str, ...]
    low: float | None
    high: float | None
    change: Change | None
    peers: PeerLimits | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class CrossRule:
    """A rule between data items; ``label`` says what is odd where it does not hold."""

    id: str
    label: str
    rule: str
    tree: Node
    items: tuple[str, ...]
    fix: str
    basis: Basis


@dataclass(frozen=True)
class Plausible:
    """All that packs declare plausible, by the id of the item, ratio or rule.

    ``labels`` and ``kinds`` are those of all data items, ``units`` and ``sizes`` of those that hold a number.
    """

    subjects: Mapping[str, Subject] = field(default_factory=dict)
    rules: Mapping[str, CrossRule] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)


def subject_of(data: Mapping[str, Any], size: float) -> Subject:
    """Return the subject that a data item or a ratio declares; the loader has checked it."""
    block = data["plausible"]
    tree = parse(data["formula"]) if "formula" in data else Name(data["id"], 0)
    change = next(iter(block.get("change", {}).items()), None)
    peers = block.get("peers")
    return Subject(
        id=data["id"],
        label=data["label"],
        unit=data["unit"],
        formula=data.get("formula", data["id"]),
        tree=tree,
        size=size,
        items=tuple(sorted(names_in(tree))),
        low=_number(block.get("min")),
        high=_number(block.get("max")),
        change=Change(cast("By", change[0]), float(change[1])) if change else None,
        peers=PeerLimits(float(peers["below"]), float(peers["above"])) if peers else None,
        basis=_basis(block),
    )


def rule_of(data: Mapping[str, Any]) -> CrossRule:
    """Return a rule between data items; the loader has checked it."""
    tree = parse(data["rule"])
    return CrossRule(
        id=data["id"],
        label=data["label"],
        rule=data["rule"],
        tree=tree,
        items=tuple(sorted(names_in(tree))),
        fix=data["fix"],
        basis=_basis(data),
    )


def _basis(data: Mapping[str, Any]) -> Basis:
    source = source_at(data["source"]) if "source" in data else None
    return Basis(source, data.get("confidence", "convention"), data.get("note", ""))


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
