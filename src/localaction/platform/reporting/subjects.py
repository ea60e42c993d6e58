"""What a report can be of: each kind says what is frozen, what stands in the way and what can be sampled.

An app that brings a further kind registers it (``register``); submission, verification and publication then
work for it as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from localaction.engine.errors import Finding
from localaction.platform.reporting.errors import NoSubject
from localaction.platform.reporting.models import Report

Data = dict[str, Any]
INVENTORY, FRAMEWORK = "inventory", "framework"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a document that a verifier may look at.

    Parameters
    ----------
    key : str
        By what it is found in the document again; one line has one key.
    label : str
        What it is, for people.
    size : float
        How much it weighs against the others, zero or more; larger lines are sampled more often.
    value : float or None
        The figure as stated; None where it is no number.
    unit : str
        Its unit.
    facts : mapping
        What stands beside it by label: source, note, factor.
    """

    key: str
    label: str
    size: float
    value: float | None
    unit: str
    facts: Mapping[str, str]


class Subject(Protocol):
    """One kind of report."""

    def title(self, report: Report) -> str:
        """Return what the report is called."""

    def in_the_way(self, report: Report) -> Sequence[Finding]:
        """Return what has to be settled before it can be submitted; raise if it was not computed."""

    def content(self, report: Report) -> Data:
        """Return what is frozen: plain data with ``place``, ``label_year`` and what figures rest on."""

    def lines(self, document: Mapping[str, Any]) -> Sequence[Line]:
        """Return the figures of a frozen document in its order."""

    def remarks(self, document: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
        """Return what the checks found in a frozen document: ``severity``, ``where``, ``text``."""

    def editors(self, report: Report) -> set[int]:
        """Return the row numbers of the people who edited what the report states."""


_SUBJECTS: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Make a kind of report known; called when the app is ready."""
    _SUBJECTS[kind] = subject


def subject_of(report: Report) -> Subject:
    """Return what knows this kind of report. Raises ``NoSubject``."""
    kind = INVENTORY if report.inventory_id is not None else FRAMEWORK
    if kind not in _SUBJECTS:
        raise NoSubject(framework=report.framework or kind)
    return _SUBJECTS[kind]
