"""Totals: a named rule over scores, values or other totals, with what could be had and how much is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from localaction.engine.evaluation.results import TotalResult
from localaction.engine.packs.frameworks import Total

Part = tuple[float | None, float | None]  # value, and the highest it could be


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
