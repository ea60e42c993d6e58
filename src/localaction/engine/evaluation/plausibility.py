"""Figures that are possible and odd: outside a range, a leap from an earlier year, unlike peers, at odds.

Nothing here refuses a figure. Each finding is a warning with a check id that stays the same from year
to year, so that an explanation can be kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from localaction.engine.errors import Finding, InputError
from localaction.engine.evaluation import leaps
from localaction.engine.evaluation import oddities as odd
from localaction.engine.evaluation.amounts import GIVEN, RECKONED, plain_number, shown_amount
from localaction.engine.evaluation.answers import as_number
from localaction.engine.formulas.scalar import Scalar, Walk, compared
from localaction.engine.packs.plausible import Basis, Change, CrossRule, Plausible, Subject

Answers = Mapping[str, Any]
FEWEST_PEERS = 5  # places; the ends of a range of fewer say little, and could show a single one
OURS = "Local Action"  # who set a limit that is a convention of this rule book


@dataclass(frozen=True, slots=True)
class PeerRange:
    """What comparable places report of a data item or ratio, in its unit.

    Parameters
    ----------
    low, median, high : float
        The ends within which most of them lie, and the middle.
    count : int
        How many places.
    who : str
        What they are, in words that follow the number: ``cities of 100 000 to 500 000 inhabitants``.
    """

    low: float
    median: float
    high: float
    count: int
    who: str


def plausibility(
    declared: Plausible,
    answers: Answers,
    *,
    year: int,
    earlier: Mapping[int, Answers] | None = None,
    peers: Mapping[str, PeerRange] | None = None,
) -> tuple[Finding, ...]:
    """Return what is odd about the answers of one period.

    Parameters
    ----------
    declared : Plausible
        What packs hold plausible: ``Library.plausible``.
    answers : mapping
        By data item, numbers in the unit of the item; what is missing, a key or no number is not judged.
    year : int
        Label year of the period.
    earlier : mapping of int to mapping
        Answers of other periods by label year; those not before ``year`` are passed over.
    peers : mapping of str to PeerRange
        By data item or ratio; one of fewer than `FEWEST_PEERS` places is passed over.

    Returns
    -------
    tuple of Finding
        Warnings, by subject in declared order, then by rule. ``params["check"]`` is the id of the check,
        ``params["items"]`` the data items that it is about.
    """
    others = sorted((earlier or {}).items(), key=lambda other: other[0], reverse=True)
    past = {when: found for when, found in others if when < year}
    period = _Period(declared, answers, year, past, peers or {})
    return (*period.subjects(), *period.rules())


class _Period:
    """The figures of one period beside those they are compared with."""

    def __init__(
        self,
        declared: Plausible,
        answers: Answers,
        year: int,
        past: Mapping[int, Answers],
        peers: Mapping[str, PeerRange],
    ) -> None:
        self.declared, self.year, self.peers = declared, year, peers
        self.now, self.past = walk_of(declared, answers), past
        self.walks: dict[int, Walk] = {}

    def _of(self, year: int) -> Walk:
        """Return an earlier year; most figures need the last one alone."""
        if year not in self.walks:
            self.walks[year] = walk_of(self.declared, self.past[year])
        return self.walks[year]

    def subjects(self) -> Iterator[Finding]:
        for subject in self.declared.subjects.values():
            value = amount_of(subject, self.now)
            if value is not None:
                yield from self._range(subject, value)
                yield from self._change(subject, value)
                yield from self._peers(subject, value)

    def rules(self) -> Iterator[Finding]:
        for rule in self.declared.rules.values():
            if self.now.value(rule.tree) is False:
                problem = odd.AtOdds(
                    check=f"{rule.id}:cross",
                    items=rule.items,
                    label=rule.label,
                    amounts=self._amounts(rule),
                    rule=rule.rule,
                    basis=_said(rule.basis),
                    fix=rule.fix,
                )
                yield Finding.of(problem, column=rule.items[0], severity="warning")

    def _amounts(self, rule: CrossRule) -> str:
        """Return the figures that a rule compares, with their names and units."""
        parts = []
        for item in rule.items:
            value = self.now.values.get(item)
            text = str(value)
            if isinstance(value, float):
                text = shown_amount(value / self.declared.sizes[item], self.declared.units[item], GIVEN)
            parts.append(f"{self.declared.labels[item]}: {text}")
        return "; ".join(parts)

    def _range(self, subject: Subject, value: float) -> Iterator[Finding]:
        low, high = subject.low, subject.high
        if low is not None and compared("<", value, low):
            yield _finding(odd.TooLow, subject, "range", value, limit=shown_amount(low, subject.unit, GIVEN))
        if high is not None and compared(">", value, high):
            yield _finding(
                odd.TooHigh, subject, "range", value, limit=shown_amount(high, subject.unit, GIVEN)
            )

    def _change(self, subject: Subject, value: float) -> Iterator[Finding]:
        if subject.change is None:
            return
        for when in self.past:
            before = amount_of(subject, self._of(when))
            # Nothing grows from nought at any rate: the figure before that is what it can be compared with.
            if before is None or (before == 0 and subject.change.by != "amount"):
                continue
            yield from self._changed(subject, subject.change, value, before, when)
            return

    def _changed(
        self, subject: Subject, change: Change, value: float, before: float, when: int
    ) -> Iterator[Finding]:
        years = self.year - when
        if not leaps.leapt(change, value, before, years):
            return
        told = {"before": _figure(subject, before), "before_year": str(when)}
        if change.by != "amount" and value == 0:
            yield _finding(odd.FellToZero, subject, "change", value, **told)
        elif change.by != "amount" and (value < 0) != (before < 0):
            yield _finding(odd.SignTurned, subject, "change", value, **told)
        else:
            told |= {
                "year": str(self.year),
                "limit": leaps.limit(change, subject.unit),
                "moved": leaps.moved(change, value, before, subject.unit),
            }
            if times := leaps.like_units(value, before):
                yield _finding(odd.LeaptByUnit, subject, "change", value, **told, times=str(times))
            else:
                yield _finding(odd.Leapt, subject, "change", value, **told)

    def _peers(self, subject: Subject, value: float) -> Iterator[Finding]:
        peers = self.peers.get(subject.id)
        if subject.peers is None or peers is None or peers.count < FEWEST_PEERS:
            return
        below, above = subject.peers.below, subject.peers.above
        # Outwards, on either side of nought.
        least = peers.low * below if peers.low >= 0 else peers.low / below
        most = peers.high * above if peers.high >= 0 else peers.high / above
        told = {
            "low": shown_amount(peers.low, subject.unit),
            "high": shown_amount(peers.high, subject.unit),
            "median": shown_amount(peers.median, subject.unit),
            "count": str(peers.count),
            "who": peers.who,
        }
        if compared("<", value, least):
            yield _finding(odd.BelowPeers, subject, "peers", value, **told, times=plain_number(below))
        elif compared(">", value, most):
            yield _finding(odd.AbovePeers, subject, "peers", value, **told, times=plain_number(above))


def _finding(
    kind: Callable[..., InputError], subject: Subject, check: str, value: float, **told: str
) -> Finding:
    problem = kind(
        check=f"{subject.id}:{check}",
        items=subject.items,
        label=subject.label,
        value=_figure(subject, value),
        basis=_said(subject.basis),
        **told,
    )
    return Finding.of(problem, column=subject.id, severity="warning")


def _figure(subject: Subject, value: float) -> str:
    """Return a figure of a subject: a data item as it was given, a ratio to a few digits."""
    return shown_amount(value, subject.unit, GIVEN if subject.items == (subject.id,) else RECKONED)


def _based(value: Any, kind: str, size: float) -> Scalar:
    """Return an answer as formulas take it; what its item cannot hold (a key, rows, NaN) is null."""
    if kind == "number":
        return as_number(value, size)
    if kind == "day" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    if kind == "yes_no":
        return value if isinstance(value, bool) else None
    if kind == "day":
        return value if isinstance(value, date) else None
    return value if isinstance(value, str) else None


def walk_of(declared: Plausible, answers: Answers) -> Walk:
    """Return a walk over the answers of a place; those to items that nobody declares are passed over."""
    kinds, sizes = declared.kinds, declared.sizes
    return Walk(
        {
            item: _based(value, kinds[item], sizes.get(item, 1.0))
            for item, value in answers.items()
            if item in kinds
        }
    )


def amount_of(subject: Subject, walk: Walk) -> float | None:
    """Return a data item or ratio in its unit; None where it is not known."""
    value = walk.value(subject.tree)
    return value / subject.size if isinstance(value, float) else None


def _said(basis: Basis) -> str:
    """Return who set a limit: a cited document with its marks of doubt, or this rule book."""
    if basis.source is None:
        return OURS
    doubt = "" if basis.confidence == "verified" else f" ({basis.confidence})"
    return f"{basis.source.ref}, {basis.source.locator}{doubt}"
