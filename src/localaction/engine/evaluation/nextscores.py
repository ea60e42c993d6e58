"""What it takes to a higher score: the end of the next band, the target, the next answer of a ladder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from localaction.engine.evaluation.known import Known
from localaction.engine.evaluation.results import Result, Status
from localaction.engine.formulas.scalar import Scalar
from localaction.engine.packs.frameworks import Band, Indicator, Scoring


@dataclass(frozen=True, slots=True)
class Higher:
    """A higher score, and what gives it: ``value op needed``, or one of ``choices``."""

    score: float
    op: str = ""
    needed: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """An indicator that has not its highest score.

    Parameters
    ----------
    current : number, text or None
        As shown: rounded, in ``unit``; what the score hangs on.
    score, most : float or None
        The score there is, and the highest; no score where there is no value inside its range.
    next_score : float or None
        The next higher one; of a rule without steps the highest. None where there is no score yet.
    op, needed : str, float or None
        What the value as shown must be for it, in ``unit``.
    choices : tuple of str
        Of a ladder: the answers that give it.
    missing : tuple of str
        Data items under it that have no value.
    """

    indicator: str
    label: str
    unit: str
    status: Status
    current: Scalar
    score: float | None
    most: float
    next_score: float | None
    op: str
    needed: float | None
    choices: tuple[str, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the step as plain data for JSON."""
        plain = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def next_scores(known: Known) -> Iterator[ScoreStep]:
    """Yield the indicators that have not their highest score, in the order of the framework."""
    for indicator in known.framework.indicators.values():
        result = known.evaluation.results[indicator.id]
        if indicator.scoring and result.most is not None and result.score != result.most:
            yield _step(known, indicator, indicator.scoring, result)


def _step(known: Known, indicator: Indicator, scoring: Scoring, result: Result) -> ScoreStep:
    found = higher(scoring, result.shown, result.score) if result.score is not None else None
    return ScoreStep(
        indicator=indicator.id,
        label=indicator.label,
        unit=indicator.unit,
        status=result.status,
        current=result.shown,
        score=result.score,
        most=scoring.most,
        next_score=found.score if found else None,
        op=found.op if found else "",
        needed=found.needed if found else None,
        choices=found.choices if found else (),
        missing=known.missing(indicator.tree),
    )


def higher(scoring: Scoring, value: Scalar, score: float) -> Higher | None:
    """Return the next score above ``score`` and what gives it; None at the highest.

    Of a line or a target, which have no steps, it is the highest score. Where bands rise on both sides of a
    value, the nearer one is taken.
    """
    if score >= scoring.most:
        return None
    numbers = scoring.numbers
    if scoring.kind == "ladder":
        best = min(found for found in scoring.ladder.values() if found > score)
        return Higher(best, choices=tuple(key for key, found in scoring.ladder.items() if found == best))
    if scoring.kind == "bands":
        return _band(scoring, float(value))  # type: ignore[arg-type]  # the loader has bands on numbers alone
    if scoring.kind == "threshold":
        return _beyond(numbers, held=numbers["score"] > numbers["otherwise"], most=scoring.most)
    start, end = (
        (numbers["worst"], numbers["value"]) if scoring.kind == "target" else (numbers["from"], numbers["to"])
    )
    if scoring.kind == "linear" and numbers["low"] > numbers["high"]:
        start, end = end, start
    return Higher(scoring.most, ">=" if end > start else "<=", end)


def _beyond(numbers: Mapping[str, float], *, held: bool, most: float) -> Higher:
    """Return what it takes to hold a threshold, or not to hold one that costs points."""
    if "at_least" in numbers:
        return Higher(most, ">=" if held else "<", numbers["at_least"])
    return Higher(most, "<=" if held else ">", numbers["at_most"])


def _band(scoring: Scoring, value: float) -> Higher | None:
    bands = scoring.bands
    here = next(place for place, band in enumerate(bands) if _inside(band, value))
    score = bands[here].score
    ways = []
    for place in range(here + 1, len(bands)):
        if bands[place].score > score:
            below, to = bands[place - 1].below, bands[place - 1].to
            ways.append(Higher(bands[place].score, ">=" if to is None else ">", below if to is None else to))
            break
    for place in range(here - 1, -1, -1):
        if bands[place].score > score:
            below, to = bands[place].below, bands[place].to
            ways.append(Higher(bands[place].score, "<" if to is None else "<=", below if to is None else to))
            break
    return min(ways, key=lambda way: abs((way.needed or 0.0) - value), default=None)


def _inside(band: Band, value: float) -> bool:
    return (band.below is None or value < band.below) and (band.to is None or value <= band.to)
