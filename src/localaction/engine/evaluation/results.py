"""What an evaluation gives, as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from localaction.engine.errors import Finding
from localaction.engine.formulas.scalar import Scalar

Status = Literal["scored", "unscored", "unverified", "answered", "notation", "missing", "outside"]


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator of one report.

    Parameters
    ----------
    value : number, truth, text, day or None
        In the unit of the indicator, unrounded; None if it is missing.
    shown : number, truth, text, day or None
        Rounded half up as the indicator says; what bands and readers see.
    score, most : float or None
        The score, and the highest there is; None where there is none.
    status : str
        ``scored``; ``unscored`` (no scoring is declared); ``unverified`` (a scoring that nobody has seen in
        the document gives no score); ``notation`` (a key instead of an amount); ``missing``; ``outside`` its
        range.
    trace : mapping
        The formula and the answers that went into it.
    """

    id: str
    value: Scalar
    shown: Scalar
    unit: str
    score: float | None
    most: float | None
    status: Status
    trace: Mapping[str, object]

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data for JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {key: str(value) if hasattr(value, "isoformat") else value for key, value in plain.items()}


@dataclass(frozen=True, slots=True)
class TotalResult:
    """One total: ``value`` of what is known, beside what could be had and how much of it is known.

    Parameters
    ----------
    available : float or None
        Highest value of the parts that are known; of scores only.
    maximum : float or None
        Highest value of all parts.
    known, parts : int
        How many parts are known, and how many there are.
    share : float or None
        ``value / available``; None if coverage is below the floor of the framework: it would mislead.
    """

    id: str
    value: float | None
    available: float | None
    maximum: float | None
    known: int
    parts: int
    share: float | None

    @property
    def coverage(self) -> float:
        """Share of the parts that are known, 0 to 1."""
        return self.known / self.parts if self.parts else 0.0

    def to_dict(self) -> dict[str, object]:
        """Return the total as plain data for JSON."""
        return {**{name: getattr(self, name) for name in self.__slots__}, "coverage": self.coverage}


@dataclass(frozen=True, slots=True)
class BadgeResult:
    """Whether a badge is earned, and whether in time; ``state`` says both in one word.

    ``earned in time``, ``earned late``, ``earned``, ``not earned``, ``due soon``, ``overdue``, ``unknown``.
    """

    id: str
    earned: bool | None
    in_time: bool | None
    due: str | None
    state: str

    def to_dict(self) -> dict[str, object]:
        """Return the badge as plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True)
class Evaluation:
    """All that a framework says of one report; no ``level`` with ``level_known`` false is an unknown one."""

    framework: str
    digest: str
    results: Mapping[str, Result]
    totals: Mapping[str, TotalResult]
    decisions: Mapping[str, bool | None]
    badges: Mapping[str, BadgeResult]
    level: str | None
    level_known: bool
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the evaluation as plain data for JSON."""
        return {
            "framework": self.framework,
            "digest": self.digest,
            "indicators": [result.to_dict() for result in self.results.values()],
            "totals": [total.to_dict() for total in self.totals.values()],
            "decisions": dict(self.decisions),
            "badges": [badge.to_dict() for badge in self.badges.values()],
            "level": self.level,
            "level_known": self.level_known,
            "findings": [finding.to_dict() for finding in self.findings],
        }
