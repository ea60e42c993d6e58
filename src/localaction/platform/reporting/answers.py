"""One framework asked of one place for one year: what is answered, what is open, what comes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.evaluation.nextsteps import NextSteps, next_steps
from localaction.engine.evaluation.results import Evaluation
from localaction.engine.packs.feed import Fit
from localaction.engine.packs.frameworks import Framework
from localaction.platform.accounts.rights import Actor
from localaction.platform.frameworks.queries import ranges_for
from localaction.platform.places.models import Place
from localaction.platform.reporting.known import Holdings, Known, Offer, holdings_of
from localaction.platform.reporting.oddities import Odd, Remarks, oddities
from localaction.platform.reporting.years import check_year
from localaction.platform.values.remarks import FITS, remarks_on

DAYS = 365


@dataclass(frozen=True)
class Filled:
    """A framework with what is known of a place for a year.

    Parameters
    ----------
    framework : Framework
        The edition.
    known : mapping of str to Known
        Every data item it asks, with how it stands for this framework.
    as_of : date
        The day for which is decided what is due or late.
    """

    framework: Framework
    place: Place
    year: int
    known: Mapping[str, Known]
    as_of: date

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What counts, as an evaluation takes it."""
        return {item: known.answer for item, known in self.known.items() if known.counts}

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the framework says of it."""
        return evaluate(self.framework, self.answers, as_of=self.as_of, period_days=days_of(self.year))

    @cached_property
    def steps(self) -> NextSteps:
        """What it takes to the next level, badge or decision."""
        return next_steps(
            self.framework,
            self.evaluation,
            self.answers,
            as_of=self.as_of,
            period_days=days_of(self.year),
        )

    def items_in(self, state: str) -> list[str]:
        """Return the data items that stand like this, in the order of the framework."""
        return [item for item in asked(self.framework) if self.known[item].state == state]

    @property
    def counts(self) -> dict[str, int]:
        """How many data items are answered, a key, to confirm, stale and missing."""
        found = dict.fromkeys(("answered", "key", "confirm", "stale", "missing"), 0)
        for known in self.known.values():
            found[known.state] += 1
        return found

    @property
    def share(self) -> float:
        """Share of the data items that are answered or hold a key, 0 to 1."""
        return sum(known.counts for known in self.known.values()) / len(self.known) if self.known else 0.0


def asked(framework: Framework) -> list[str]:
    """Return the data items of a framework in the order in which its indicators ask them, each once."""
    ordered = dict.fromkeys(item for each in framework.indicators.values() for item in each.items)
    return [*ordered, *(item for item in framework.items if item not in ordered)]


def days_of(year: int) -> int:
    """Return the days of a calendar year."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def fits_of(framework: Framework) -> dict[str, Fit]:
    """Return how the data items fit what a framework asks, where its definition is another one.

    If several of its indicators take an item, the one that is hardest to please counts.
    """
    found: dict[str, Fit] = {}
    for indicator in framework.indicators.values():
        for item, fit in indicator.fits.items():
            if item not in found or fit.kind == "confirm":
                found[item] = fit
    return found


@dataclass(frozen=True)
class Standing:
    """What the actor may see of a place for a year, for one framework or many.

    Parameters
    ----------
    holdings : Holdings
        All that could answer.
    known : mapping of str to Known
        Every data item asked for, as it stands.
    remarks : mapping
        What was said of the figures, by revision.
    as_of : date
        The day for which is decided what is due or late.
    """

    place: Place
    holdings: Holdings
    known: Mapping[str, Known]
    remarks: Remarks
    as_of: date

    def filled(self, framework: Framework) -> Filled:
        """Return a framework with what is known; its items are among those that were read."""
        known = _for(framework, self.known, self.remarks)
        return Filled(framework, self.place, self.holdings.year, known, self.as_of)

    @cached_property
    def odd(self) -> tuple[Odd, ...]:
        """What checks find odd, explained or not; one query."""
        ranges = ranges_for(self.place, self.holdings.year)
        return oddities(self.holdings, self.known, self.remarks, ranges)

    def odd_of(self, framework: Framework) -> list[Odd]:
        """Return what is odd about figures that a framework asks."""
        return [odd for odd in self.odd if any(item in framework.items for item in odd.items)]


def standing_of(
    *, actor: Actor, place: Place, year: int, frameworks: Sequence[Framework], as_of: date
) -> Standing:
    """Return what is known of a place for frameworks, in a number of queries that doesn't grow.

    Parameters
    ----------
    actor, place, year
        Who looks at whose figures for which label year.
    frameworks : sequence of Framework
        The editions.
    as_of : date
        The day for which is decided.

    Raises
    ------
    YearNotReportable
        If the year lies after that day, or before reporting begins.
    """
    check_year(year, as_of)
    items = {item for framework in frameworks for item in framework.items}
    holdings = holdings_of(actor=actor, place=place, year=year, items=items)
    known = {item: holdings.known(item) for item in sorted(items)}
    return Standing(place, holdings, known, remarks_of(known.values()), as_of)


def fill(
    *, actor: Actor, place: Place, year: int, frameworks: Sequence[Framework], as_of: date
) -> list[Filled]:
    """Return frameworks with what the actor may see of a place; takes what `standing_of` takes."""
    standing = standing_of(actor=actor, place=place, year=year, frameworks=frameworks, as_of=as_of)
    return [standing.filled(framework) for framework in frameworks]


def remarks_of(known: Collection[Known]) -> Remarks:
    """Return the remarks on the figures among what is known; one query."""
    revisions = [each.value.current_id for each in known if each.value and each.value.current_id]
    return remarks_on(revisions) if revisions else {}


def _for(framework: Framework, known: Mapping[str, Known], remarks: Remarks) -> dict[str, Known]:
    """Return what is known as it stands for one framework, whose definitions may be others."""
    fits = fits_of(framework)
    return {item: _fitting(framework, known[item], fits.get(item), remarks) for item in framework.items}


def _fitting(framework: Framework, known: Known, fit: Fit | None, remarks: Remarks) -> Known:
    if fit is None or not known.counts or known.state == "key":
        return known
    if fit.kind != "confirm":
        return replace(known, fit=fit.kind, note=fit.note)
    revision = known.value.current_id if known.value else None
    if revision is not None and (FITS, framework.key) in remarks.get(revision, {}):
        return replace(known, note=fit.note)
    offer = Offer(known.answer, "fits", fit.note, known.year, known.source, known.value)
    return replace(known, state="confirm", answer=None, note=fit.note, offers=(offer, *known.offers))


__all__ = ["Filled", "Standing", "asked", "days_of", "fill", "fits_of", "remarks_of", "standing_of"]
