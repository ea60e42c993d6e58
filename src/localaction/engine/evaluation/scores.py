"""From a value to a score, by the rules a pack declares; the same rules on one value and on a column."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.formulas.columns import Column
from localaction.engine.formulas.scalar import Scalar
from localaction.engine.packs.frameworks import Scoring


def score(scoring: Scoring, value: Scalar) -> float | None:
    """Return the score of a value as shown: rounded, in the unit of its indicator; None without one.

    Bands take the first whose end is not passed. A line goes from ``from`` (score ``low``) to ``to`` (score
    ``high``) and stays level beyond both. A target gives ``score`` times the way from the worst value to it.
    """
    if value is None:
        return None
    if scoring.kind == "ladder":
        return scoring.ladder.get(str(value))
    number = float(value)  # type: ignore[arg-type]  # the loader allows the other rules on numbers alone
    numbers = scoring.numbers
    if scoring.kind == "bands":
        return next(
            band.score
            for band in scoring.bands
            if (band.below is None or number < band.below) and (band.to is None or number <= band.to)
        )
    if scoring.kind == "threshold":
        held = number >= numbers["at_least"] if "at_least" in numbers else number <= numbers["at_most"]
        return numbers["score"] if held else numbers["otherwise"]
    start, end, low, high = _line(scoring)
    way = min(max((number - start) / (end - start), 0.0), 1.0)
    return low + (high - low) * way


def column_scores(scoring: Scoring, column: Column) -> Column:
    """Return the scores of a column of values as shown."""
    if scoring.kind == "ladder":
        return _ladder(scoring, column)
    values: NDArray[np.float64] = column.values.astype(np.float64)
    numbers = scoring.numbers
    if scoring.kind == "bands":
        return Column(_bands(scoring, values), column.known)
    if scoring.kind == "threshold":
        held = values >= numbers["at_least"] if "at_least" in numbers else values <= numbers["at_most"]
        return Column(np.where(held, numbers["score"], numbers["otherwise"]), column.known)
    start, end, low, high = _line(scoring)
    way = np.clip((values - start) / (end - start), 0.0, 1.0)
    return Column(low + (high - low) * way, column.known)


def _line(scoring: Scoring) -> tuple[float, float, float, float]:
    numbers = scoring.numbers
    if scoring.kind == "target":
        return numbers["worst"], numbers["value"], 0.0, numbers["score"]
    return numbers["from"], numbers["to"], numbers["low"], numbers["high"]


def _bands(scoring: Scoring, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the score of each value: the number of ends it has passed says in which band it is."""
    passed = np.zeros(values.shape, dtype=np.intp)
    for band in scoring.bands[:-1]:
        passed += values >= band.below if band.below is not None else values > (band.to or 0.0)
    return np.array([band.score for band in scoring.bands], dtype=np.float64)[passed]


def _ladder(scoring: Scoring, column: Column) -> Column:
    answers: NDArray[Any] = column.values.astype(np.str_)
    step = np.zeros(answers.shape, dtype=np.intp)
    for number, answer in enumerate(scoring.ladder, start=1):
        np.copyto(step, number, where=answers == answer)
    scores = np.array([0.0, *scoring.ladder.values()])
    return Column(scores[step], column.known & (step > 0))
