"""Rules of a framework in words: scores, ranges, totals, kinds of answers, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.packs.frameworks import Band, Framework, Indicator, Scoring, SourceAt, Total
from localaction.engine.packs.methods import Citation
from localaction.platform.web import numbers
from localaction.platform.web.calculator.pages import Cited, cited

FIGURES = 8


def amount(value: float) -> str:
    """Write a number of a rule with the digits it was declared with."""
    return numbers.readable(value, FIGURES)


def unit_shown(unit: str) -> str:
    """Return a unit, or nothing for a plain number."""
    return "" if unit == "1" else unit


def cited_at(source: SourceAt) -> Cited:
    """Return a source of a framework with the title and the address of its document."""
    return cited(Citation(source.ref, source.locator))


def sure(confidence: str) -> str:
    """Return what a mark of confidence means for an indicator."""
    words: Mapping[str, str] = {
        "verified": _("It was compared with the publisher's own document."),
        "secondary": _("It was read where another document quotes it; the original was not at hand."),
        "unverified": _("It was not compared with its source yet. Compare it before you rely on it."),
    }
    return words.get(confidence, "")


def required(indicator: Indicator) -> str:
    """Say how firmly an indicator is asked; nothing where it is left to the place."""
    return {"shall": _("must be reported"), "should": _("should be reported")}.get(indicator.required, "")


def direction(indicator: Indicator) -> str:
    """Say which way is better."""
    return {"up": _("more is better"), "down": _("less is better")}.get(indicator.direction, "")


def span(indicator: Indicator) -> str:
    """Return the range of an indicator."""
    low, high = indicator.low, indicator.high
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": amount(low), "high": amount(high)}
    if low is not None:
        return _("%(low)s or more") % {"low": amount(low)}
    return _("%(high)s or less") % {"high": amount(high)} if high is not None else ""


@dataclass(frozen=True)
class Step:
    """A line of a table of scores: which values, and what they score."""

    values: str
    score: str


def steps(scoring: Scoring, choices: Mapping[str, str]) -> list[Step]:
    """Return a rule of scoring as lines of a table.

    ``choices`` are the labels of the answers, for a ladder.
    """
    return list(_RULES[scoring.kind](scoring, choices))


def _bands(scoring: Scoring, _choices: Mapping[str, str]) -> Iterator[Step]:
    before: Band | None = None
    for band in scoring.bands:
        yield Step(_between(before, band), amount(band.score))
        before = band


def _between(before: Band | None, band: Band) -> str:
    start = _start(before)
    if band.below is not None:
        end = _("below %(value)s") % {"value": amount(band.below)}
    elif band.to is not None:
        end = _("up to %(value)s") % {"value": amount(band.to)}
    else:
        return start or _("any value")
    return f"{start}, {end}" if start else end


def _start(before: Band | None) -> str:
    if before is None:
        return ""
    if before.below is not None:
        return _("from %(value)s") % {"value": amount(before.below)}
    return _("above %(value)s") % {"value": amount(before.to or 0.0)}


def _ladder(scoring: Scoring, choices: Mapping[str, str]) -> Iterator[Step]:
    for answer, score in scoring.ladder.items():
        yield Step(choices.get(answer, answer), amount(score))


def _linear(scoring: Scoring, _choices: Mapping[str, str]) -> Iterator[Step]:
    at = scoring.numbers
    yield from _line(at["from"], at["low"], at["to"], at["high"])


def _target(scoring: Scoring, _choices: Mapping[str, str]) -> Iterator[Step]:
    at = scoring.numbers
    yield from _line(at["worst"], 0.0, at["value"], at["score"])


def _line(start: float, low: float, end: float, high: float) -> Iterator[Step]:
    first, last = (_("%(value)s or less"), _("%(value)s or more"))
    if start > end:
        first, last = last, first
    yield Step(first % {"value": amount(start)}, amount(low))
    yield Step(_("between"), _("in proportion"))
    yield Step(last % {"value": amount(end)}, amount(high))


def _threshold(scoring: Scoring, _choices: Mapping[str, str]) -> Iterator[Step]:
    at = scoring.numbers
    if "at_least" in at:
        yield Step(_("%(value)s or more") % {"value": amount(at["at_least"])}, amount(at["score"]))
    else:
        yield Step(_("%(value)s or less") % {"value": amount(at["at_most"])}, amount(at["score"]))
    yield Step(_("otherwise"), amount(at["otherwise"]))


_RULES = {
    "bands": _bands,
    "ladder": _ladder,
    "linear": _linear,
    "target": _target,
    "threshold": _threshold,
}


def choices_of(item: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the labels of the answers to a data item, or of a column, by id."""
    found: dict[str, str] = {}
    for choice in (item or {}).get("choices", ()):
        if isinstance(choice, str):
            found[choice] = choice
        else:
            found[choice["id"]] = choice["label"]
    return found


def kind(item: Mapping[str, Any]) -> str:
    """Return what is answered, in words."""
    words: Mapping[str, str] = {
        "number": _("a number"),
        "choice": _("one of a list"),
        "yes_no": _("yes or no"),
        "day": _("a day"),
        "text": _("a text"),
        "table": _("a table of rows"),
    }
    return words.get(item["kind"], item["kind"])


def total_rule(total: Total) -> str:
    """Return how a total is made, in words."""
    rules: Mapping[str, str] = {
        "sum": _("Sum of %(what)s"),
        "mean": _("Mean of %(what)s"),
        "weighted": _("Weighted mean of %(what)s"),
        "geometric": _("Geometric mean of %(what)s"),
        "product": _("Product of %(what)s"),
        "count": _("Count of %(what)s"),
    }
    what: Mapping[str, str] = {
        "score": _("scores"),
        "value": _("values"),
        "total": _("totals"),
        "answered": _("indicators answered"),
        "verified": _("indicators that a third party verified"),
    }
    return rules[total.rule] % {"what": what[total.of]}


def missing_rule(total: Total) -> str:
    """Return what a total does about parts that are missing."""
    if total.rule == "product" or total.missing == "null":
        return _("Every part is needed.")
    if total.min_coverage:
        share = numbers.percent(total.min_coverage)
        return _("At least %(share)s of the parts must be known.") % {"share": share}
    return _("Of the parts that are known.") if total.rule != "count" else ""


def most(framework: Framework, total: Total) -> str:
    """Return the highest value a sum of scores can have; nothing for other totals, or where one is unseen."""
    rules = [framework.indicators[part].scoring for part in total.parts] if total.of == "score" else []
    seen = [rule.most for rule in rules if rule and rule.confidence != "unverified"]
    return amount(sum(seen)) if total.rule == "sum" and seen and len(seen) == len(rules) else ""


def joined(parts: Sequence[str]) -> str:
    """Join what is said of an indicator, the empty left out."""
    return " · ".join(part for part in parts if part)
