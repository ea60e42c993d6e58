"""What comparable places report: the ends and the middle of the figures of many places, by group."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from localaction.engine.evaluation.plausibility import FEWEST_PEERS, amount_of, walk_of
from localaction.engine.packs.plausible import Plausible, Subject

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What one place reports for a year.

    Parameters
    ----------
    groups : sequence of str
        The groups of places it is one of.
    answers : mapping
        By data item, numbers in the unit of the item.
    """

    groups: Sequence[str]
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spread:
    """Ends and middle of what places report of a data item or ratio, in its unit, and how many they are."""

    low: float
    median: float
    high: float
    count: int


def compared_with_peers(declared: Plausible) -> tuple[Subject, ...]:
    """Return the data items and ratios that packs compare with what other places report."""
    return tuple(subject for subject in declared.subjects.values() if subject.peers is not None)


def peer_spreads(declared: Plausible, places: Iterable[PeerFigures]) -> dict[tuple[str, str], Spread]:
    """Return what many places report of a year, by data item or ratio, and by group.

    A range runs from the 5th to the 95th percentile, with the 50th as its middle: nine places in ten lie
    within, and one false figure among many does not set an end, as it would set the least or the greatest.
    Between two places it is drawn in a straight line (the p-th percentile of n figures in order is figure
    number 1 + p (n - 1)), as spreadsheets and statistical programs do unless told otherwise.

    Parameters
    ----------
    declared : Plausible
        What packs hold plausible: ``Library.plausible``.
    places : iterable of PeerFigures
        Each place once. They are read one by one, and of each only its numbers are kept.

    Returns
    -------
    dict
        By id of the data item or ratio and group; a group of fewer than ``FEWEST_PEERS`` places with a
        figure is not there: the ends of so few say little, and could show a single one.
    """
    subjects = compared_with_peers(declared)
    found: dict[tuple[str, str], array[float]] = {}
    for place in places:
        for subject, value in _figures(declared, subjects, place.answers):
            for group in dict.fromkeys(place.groups):
                found.setdefault((subject, group), array("d")).append(value)
    return {key: _spread(values) for key, values in found.items() if len(values) >= FEWEST_PEERS}


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the figure below which a share of figures lies; they are in order, and at least one."""
    at: Final = share * (len(ordered) - 1)
    before, after = ordered[math.floor(at)], ordered[math.ceil(at)]
    part = at - math.floor(at)
    # Never beyond the two figures it lies between, whatever binary fractions lose.
    return min(after, max(before, before * (1 - part) + after * part))


def _figures(
    declared: Plausible, subjects: Sequence[Subject], answers: Mapping[str, Any]
) -> Iterator[tuple[str, float]]:
    walk = walk_of(declared, answers)
    for subject in subjects:
        value = amount_of(subject, walk)
        if value is not None and math.isfinite(value):
            yield subject.id, value


def _spread(values: Sequence[float]) -> Spread:
    ordered = sorted(values)
    low, median, high = (percentile(ordered, share) for share in (LOW, MIDDLE, HIGH))
    return Spread(low, median, high, len(ordered))
