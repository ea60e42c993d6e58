"""A framework: what is asked, how it is reckoned, scored and added up; read from a pack, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from localaction.engine.formulas.kinds import Kind
from localaction.engine.formulas.parse import parse
from localaction.engine.formulas.tree import Node
from localaction.engine.packs.feed import Fit
from localaction.engine.references.cited import Confidence

if TYPE_CHECKING:
    from localaction.engine.packs.mappings import EditionMapping
    from localaction.engine.packs.translations import Translation

ItemKind = Literal["number", "choice", "yes_no", "day", "text", "table"]


@dataclass(frozen=True, slots=True)
class SourceAt:
    """A cited document and the place in it."""

    ref: str
    locator: str


@dataclass(frozen=True, slots=True)
class Band:
    """A range of values with its score: ``below`` excludes its end, ``to`` includes it; neither: the rest."""

    score: float
    below: float | None = None
    to: float | None = None


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a value becomes a score; exactly one rule is set.

    Parameters
    ----------
    kind : str
        ``bands``, ``ladder``, ``linear``, ``threshold`` or ``target``.
    bands, ladder, numbers
        What the rule needs: bands from low to high; scores by answer; the named numbers of the others.
    confidence : str
        Unverified rules give no score: the raw value is shown and said to be unscored.
    """

    kind: str
    bands: tuple[Band, ...]
    ladder: Mapping[str, float]
    numbers: Mapping[str, float]
    confidence: Confidence
    source: SourceAt
    note: str

    @property
    def rule(self) -> tuple[object, ...]:
        """What decides a score, wherever it was read."""
        return self.kind, self.bands, self.ladder, self.numbers

    @property
    def scores(self) -> bool:
        """Whether it gives scores at all: an unverified one shows the raw value alone."""
        return self.confidence != "unverified"

    @property
    def most(self) -> float:
        """The highest score there is."""
        if self.kind == "bands":
            return max(band.score for band in self.bands)
        if self.kind == "ladder":
            return max(self.ladder.values())
        if self.kind == "linear":
            return max(self.numbers["low"], self.numbers["high"])
        return max(self.numbers["score"], self.numbers.get("otherwise", 0.0))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is asked or reckoned, with the id the publisher prints.

    Parameters
    ----------
    tree : Node
        Its formula; for a plain answer the name of the data item.
    kind, size
        What it gives, and the size of its unit in base units.
    items : tuple of str
        The data items it rests on, through other indicators too.
    fits : mapping of str to Fit
        Where this framework defines a data item otherwise than others do; an item not named fits exactly.
    """

    id: str
    name: str
    section: str
    label: str
    help: str
    unit: str
    formula: str
    answer: str
    tree: Node
    kind: Kind
    size: float
    items: tuple[str, ...]
    round: int | None
    low: float | None
    high: float | None
    direction: str
    required: str
    groups: tuple[str, ...]
    scoring: Scoring | None
    confidence: Confidence
    source: SourceAt
    note: str
    fits: Mapping[str, Fit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """Indicators, or other totals, added up by a named rule."""

    id: str
    label: str
    rule: str
    of: str
    parts: tuple[str, ...]
    weights: Mapping[str, float]
    min_coverage: float
    missing: str
    round: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A yes, a no, or unknown, by a formula; levels, badges and checks are decisions too.

    ``submitted`` is the data item with the day something was handed in, ``due`` the last day in time.
    """

    id: str
    label: str
    formula: str
    tree: Node
    note: str = ""
    severity: str = "error"
    fix: str = ""
    indicators: tuple[str, ...] = ()
    submitted: str = ""
    due: str = ""
    due_tree: Node | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A number of the framework that its formulas use, as the document gives it, in ``unit``."""

    id: str
    label: str
    value: float
    unit: str
    confidence: Confidence
    source: SourceAt
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: answers in, what must come out."""

    id: str
    title: str
    source: SourceAt
    answers: Mapping[str, Any]
    verified: tuple[str, ...]
    as_of: str
    expected: Mapping[str, Any]
    tolerance: float
    note: str


@dataclass(frozen=True)
class Framework:
    """One edition of a framework.

    ``settings`` holds the numbers of its formulas in base units, ``declared`` the same as they are printed;
    ``mappings`` says by older edition what became of each indicator. ``language`` is that of its texts,
    ``translations`` holds them in others by language, ``item_translations`` those of data items.
    Mappings and translations are no part of the digest.
    """

    id: str
    edition: str
    title: str
    publisher: str
    licence: str
    summary: str
    explanation: tuple[str, ...]
    source: SourceAt
    confidence: Confidence
    last_checked: str
    ranking: bool
    floor: float
    sections: Mapping[str, str]
    settings: Mapping[str, float]
    indicators: Mapping[str, Indicator]
    totals: Mapping[str, Total]
    decisions: tuple[Decision, ...]
    levels: tuple[Decision, ...]
    badges: tuple[Decision, ...]
    checks: tuple[Decision, ...]
    items: Mapping[str, Mapping[str, Any]] = field(repr=False)
    sizes: Mapping[str, float] = field(repr=False)
    cases: Mapping[str, Case] = field(repr=False)
    declared: tuple[Setting, ...] = ()
    digest: str = ""
    mappings: Mapping[str, EditionMapping] = field(default_factory=dict, repr=False)
    language: str = "en"
    translations: Mapping[str, Translation] = field(default_factory=dict, repr=False)
    item_translations: Mapping[str, Translation] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """``id/edition``, by which it is named."""
        return f"{self.id}/{self.edition}"


def source_at(data: Mapping[str, Any]) -> SourceAt:
    """Return the source of a part of a pack."""
    return SourceAt(data["ref"], data["locator"])


def read_scoring(data: Mapping[str, Any]) -> Scoring:
    """Return the scoring of an indicator; the loader has checked that it has one rule."""
    kind = next(rule for rule in ("bands", "ladder", "linear", "threshold", "target") if rule in data)
    numbers = dict(data[kind]) if kind in {"linear", "threshold", "target"} else {}
    if kind == "linear":
        numbers = {"low": 0.0, "high": 1.0, **numbers}
    if kind == "threshold":
        numbers = {"otherwise": 0.0, **numbers}
    if kind == "target":
        numbers = {"score": 1.0, **numbers}
    return Scoring(
        kind=kind,
        bands=tuple(Band(band["score"], band.get("below"), band.get("to")) for band in data.get("bands", ())),
        ladder={key: float(score) for key, score in data.get("ladder", {}).items()},
        numbers={key: float(value) for key, value in numbers.items()},
        confidence=data["confidence"],
        source=source_at(data["source"]),
        note=data.get("note", ""),
    )


def read_setting(data: Mapping[str, Any]) -> Setting:
    """Return a setting of a pack."""
    return Setting(
        id=f"setting.{data['id']}",
        label=data["label"],
        value=float(data["value"]),
        unit=data["unit"],
        confidence=data["confidence"],
        source=source_at(data["source"]),
        note=data.get("note", ""),
    )


def read_decision(data: Mapping[str, Any], formula: str) -> Decision:
    """Return a decision, a level, a badge or a check."""
    due = data.get("due", "")
    return Decision(
        id=data["id"],
        label=data["label"],
        formula=formula,
        tree=parse(formula),
        note=data.get("note", ""),
        severity=data.get("severity", "error"),
        fix=data.get("fix", ""),
        indicators=tuple(data.get("indicators", ())),
        submitted=data.get("submitted", ""),
        due=due,
        due_tree=parse(due) if due else None,
    )
