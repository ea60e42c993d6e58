"""The parts of a condition as plain records: which hold, which do not, what each has and what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

from localaction.engine.formulas.scalar import Scalar

PartKind = Literal["all", "any", "condition", "compare", "answer", "truth", "rule"]
Needs = Literal["answer", "correction", "verification", "score"]
PARTS_OF = ("all", "condition")  # kinds that hold when all of their parts do


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that would bring a total nearer to what is needed.

    Parameters
    ----------
    needs : str
        ``answer``; ``correction`` (it is outside its range); ``verification``; ``score`` (a higher one).
    gain : float or None
        What the total can gain by it at most; None where that depends on the others.
    missing : tuple of str
        Data items that it rests on and that have no value.
    """

    indicator: str
    label: str
    needs: Needs
    gain: float | None
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the candidate as plain data for JSON."""
        return _plain(self)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition.

    Parameters
    ----------
    kind : str
        ``all`` or ``any`` of ``parts``; ``condition``, a decision or badge that holds when all ``parts`` do;
        ``compare`` two values; ``answer``, that a data item has a value; ``truth``, a yes or a no;
        ``rule``, anything else, given by its formula.
    holds : bool or None
        None if it cannot be told, because something is missing.
    formula : str
        As it would stand in a pack.
    name, label : str
        What it is about: a data item, indicator, total, decision, badge; empty where it is a formula.
    op, current, needed, unit
        Of a comparison ``current op needed``, in ``unit``; of a truth, the one there is and the one needed.
    difference : float or None
        ``needed`` less ``current``: in ``unit``, or in days.
    more : int or None
        How many more of ``candidates`` are needed where a total counts.
    due : str or None
        Last day in time, of a badge.
    missing : tuple of str
        Data items without a value that stand in its way.
    unusable : tuple of str
        Indicators under it without a value though nothing is missing: outside their range, divided by zero.
    indicators : tuple of str
        Indicators that it rests on, or that ask for its data items.
    """

    kind: PartKind
    holds: bool | None
    formula: str
    name: str = ""
    label: str = ""
    parts: tuple[Part, ...] = ()
    op: str = ""
    current: Scalar = None
    needed: Scalar = None
    unit: str = ""
    difference: float | None = None
    more: int | None = None
    due: str | None = None
    missing: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def steps(self, due: str | None = None) -> Iterator[Part]:
        """Yield what is left to do: parts that do not hold, one of several ways (``any``) as one step.

        Each has the last day of the badge that it belongs to, ``due`` if it has none of its own.
        """
        if self.holds:
            return
        due = self.due or due
        if self.kind in PARTS_OF:
            for part in self.parts:
                yield from part.steps(due)
        else:
            yield replace(self, due=due)

    def to_dict(self) -> dict[str, object]:
        """Return the part, and those inside it, as plain data for JSON."""
        return _plain(self)


def _plain(record: Part | Candidate) -> dict[str, object]:
    return {entry.name: _value(getattr(record, entry.name)) for entry in fields(record)}


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [entry.to_dict() if isinstance(entry, Part | Candidate) else entry for entry in value]
    return value
