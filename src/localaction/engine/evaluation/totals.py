"""Totals: a named rule over scores, values or other totals, with what could be had and how much is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from localaction.engine.evaluation.results import TotalResult
from localaction.engine.formulas.columns import Column, round_half_up
from localaction.engine.packs.frameworks import Total

Part = tuple[float | None, float | None]  # value, and the highest it could be
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class TotalColumns:
    """One total of many reports: its value, the share of parts that is known, and of what could be had."""

    value: Column
    coverage: Numbers
    share: Column | None = None


def total_of(total: Total, parts: Sequence[Part], floor: float) -> TotalResult:
    """Return a total over its parts, in the order of ``total.parts``.

    Sum, mean, weighted mean and geometric mean take the parts that are known, weights shared out among them;
    a product and ``missing: null`` need every part. Below ``min_coverage`` there is no value.

    Parameters
    ----------
    total : Total
        The rule.
    parts : sequence of (value, most)
        What is known of each part; None where it is not.
    floor : float
        Coverage below which the share of what is available is withheld, 0 to 1.
    """
    known = [(value, most) for value, most in parts if value is not None]
    coverage = len(known) / len(parts) if parts else 0.0
    complete = len(known) == len(parts)
    value = None
    if known and coverage >= total.min_coverage and (complete or total.missing == "skip"):
        value = _value(total, parts, complete=complete)
    tops = [most for _, most in parts]
    maximum = _summed(tops) if total.of == "score" and total.rule == "sum" else None
    available = _summed([most for _, most in known]) if maximum is not None else None
    share = value / available if value is not None and available and coverage >= floor else None
    return TotalResult(total.id, value, available, maximum, len(known), len(parts), share)


def counted(total: Total, flags: Mapping[str, bool]) -> TotalResult:
    """Return how many of the parts are answered, or verified."""
    number = sum(flags[part] for part in total.parts)
    count = len(total.parts)
    return TotalResult(total.id, float(number), float(count), float(count), count, count, None)


def column_counts(flags: Sequence[NDArray[np.bool_]], size: int) -> TotalColumns:
    """Return how many of the parts of each report are answered, or verified."""
    counted = np.zeros(size, dtype=np.min_scalar_type(len(flags)))
    for flag in flags:
        np.add(counted, flag.view(np.uint8), out=counted)
    everywhere = np.ones(size, dtype=np.bool_)
    return TotalColumns(Column(counted.astype(np.float64), everywhere), np.ones(size))


def column_total(
    total: Total, parts: Sequence[Column], tops: Sequence[float | None] = (), floor: float = 0.0
) -> TotalColumns:
    """Return a total of many reports; the rules of `total_of`, whose ``most`` are ``tops`` here."""
    known = [part.known for part in parts]
    weights = [total.weights.get(part, 1.0) for part in total.parts]
    count = _added([1.0] * len(parts), known)
    coverage = count / len(parts)
    some = (count > 0) & (coverage >= total.min_coverage)
    if total.missing == "null" or total.rule == "product":
        some &= count == len(parts)
    result, good = _reduced(total.rule, parts, weights)
    if total.round is not None:
        result = round_half_up(result, total.round)
    value = Column(result, some & good)
    if total.rule != "sum" or not tops or any(top is None for top in tops):
        return TotalColumns(value, coverage)
    available = _added([top or 0.0 for top in tops], known)
    withheld = (available == 0) | (coverage < floor)
    return TotalColumns(value, coverage, Column(result / available, value.known & ~withheld))


def _added(values: Sequence[float | Numbers], where: Sequence[NDArray[np.bool_]]) -> Numbers:
    """Return the sum of values or columns of them, each where it is known."""
    found: Numbers = np.zeros(where[0].shape)
    for value, known in zip(values, where, strict=True):
        found += np.where(known, value, 0.0) if isinstance(value, np.ndarray) else value * known
    return found


def _reduced(
    rule: str, parts: Sequence[Column], weights: Sequence[float]
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the totals, and where they can be reckoned."""
    known, values = [part.known for part in parts], [part.values for part in parts]
    good = np.ones(known[0].shape, dtype=np.bool_)
    if rule == "sum":
        return _added(values, known), good
    if rule == "product":
        return np.prod(values, axis=0), good
    if rule == "geometric":
        for value, here in zip(values, known, strict=True):
            good &= ~here | (value > 0)
        values = [np.log(value) for value in values]
    weighted = [value * weight for value, weight in zip(values, weights, strict=True)]
    mean = _added(weighted, known) / _added(weights, known)
    return np.exp(mean) if rule == "geometric" else mean, good


def _summed(tops: Sequence[float | None]) -> float | None:
    return None if any(top is None for top in tops) else math.fsum(top for top in tops if top is not None)


def _value(total: Total, parts: Sequence[Part], *, complete: bool) -> float | None:
    weights = [total.weights.get(part, 1.0) for part in total.parts]
    known = [(value, weight) for (value, _), weight in zip(parts, weights, strict=True) if value is not None]
    values = [value for value, _ in known]
    if total.rule == "sum":
        return math.fsum(values)
    if total.rule == "product":
        return math.prod(values) if complete else None
    weight = math.fsum(weight for _, weight in known)
    if total.rule == "geometric":
        if any(value <= 0 for value in values):
            return None
        return math.exp(math.fsum(math.log(value) * part for value, part in known) / weight)
    return math.fsum(value * part for value, part in known) / weight
