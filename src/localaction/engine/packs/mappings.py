"""What became of each indicator from one edition of a framework to a later one, and what may be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from localaction.engine.packs.frameworks import Framework, SourceAt
from localaction.engine.references.cited import Confidence

Fate = Literal["same", "renamed", "changed", "merged", "split", "dropped", "new"]
FATES: tuple[Fate, ...] = ("same", "renamed", "changed", "merged", "split", "dropped", "new")


@dataclass(frozen=True, slots=True)
class EditionChange:
    """What became of an indicator, or of several at once.

    Parameters
    ----------
    fate : str
        ``same``; ``renamed``: asked alike under another number or label; ``changed``: asked otherwise;
        ``merged``, ``split``, ``dropped``, ``new``.
    old, new : tuple of str
        Ids in the older and in the newer edition.
    value, score : bool
        Whether values, and scores, of the two editions may stand in one series, if the mapping is right.
    confidence : str
        Unverified: what is said here was not seen in both documents.
    """

    fate: Fate
    old: tuple[str, ...]
    new: tuple[str, ...]
    value: bool
    score: bool
    confidence: Confidence
    source: SourceAt
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether it was seen: what was not compares with nothing, and is not said to differ either."""
        return self.confidence != "unverified"


@dataclass(frozen=True)
class EditionMapping:
    """Every indicator of an older edition and of the one that holds this, each in exactly one change."""

    older: Framework
    changes: Sequence[EditionChange]
    confidence: Confidence
    source: SourceAt
    last_checked: str
    summary: str = ""

    @property
    def old(self) -> str:
        """The older edition."""
        return self.older.edition

    @cached_property
    def by_old(self) -> Mapping[str, EditionChange]:
        """The change of each indicator of the older edition."""
        return {indicator: change for change in self.changes for indicator in change.old}

    @cached_property
    def by_new(self) -> Mapping[str, EditionChange]:
        """The change of each indicator of the newer edition."""
        return {indicator: change for change in self.changes for indicator in change.new}

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many changes there are of each kind, in a fixed order."""
        found = Counter(change.fate for change in self.changes)
        return {fate: found[fate] for fate in FATES if found[fate]}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether an indicator of one edition may stand in one series with that of another.

    Parameters
    ----------
    other : tuple of str
        What it is called in the other edition; empty where it is not asked there.
    value, score : bool or None
        Whether values, and scores, compare; None where that is not known: no mapping, or not seen.
    note : str
        Why, as the mapping says it.
    """

    other: tuple[str, ...]
    value: bool | None
    score: bool | None
    note: str = ""


def comparable(one: Framework, other: Framework, indicator: str) -> Comparison:
    """Return whether an indicator of edition ``one`` compares with what edition ``other`` asks.

    Parameters
    ----------
    one, other : Framework
        Two editions, in any order; of different frameworks nothing is said to compare.
    indicator : str
        An indicator of ``one``.

    Raises
    ------
    KeyError
        If ``one`` has no such indicator.
    """
    held = one.indicators[indicator]
    if one.key == other.key:
        return Comparison((indicator,), True, held.scoring is not None)
    if mapping := mapping_between(one, other):
        change, there = mapping.by_old[indicator], "new"
    elif mapping := mapping_between(other, one):
        change, there = mapping.by_new[indicator], "old"
    else:
        return Comparison((), None, None)
    names = change.new if there == "new" else change.old
    if not change.known:
        return Comparison(names, None, None, change.note)
    return Comparison(names, change.value, change.score, change.note)


def mapping_between(old: Framework, new: Framework) -> EditionMapping | None:
    """Return the mapping from an older edition to a newer one; None where none is on file."""
    return new.mappings.get(old.edition) if old.id == new.id else None
