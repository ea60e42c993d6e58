"""Take a condition apart: what must hold, seen through the names of decisions, badges and indicators."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from localaction.engine.evaluation.conditions import Candidate, Needs, Part, PartKind
from localaction.engine.evaluation.known import PLAIN, UNNAMED, Known
from localaction.engine.formulas.scalar import Scalar
from localaction.engine.formulas.tree import (
    COMPARISONS,
    Binary,
    Call,
    Choice,
    Logic,
    Name,
    Node,
    Number,
    Unary,
)
from localaction.engine.formulas.written import written
from localaction.engine.packs.frameworks import Decision, Indicator, Total

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
ORDER: tuple[Needs, ...] = ("verification", "answer", "correction", "score")  # the least work first


def take_apart(node: Node, known: Known) -> Part:
    """Return the parts of a condition, each with what it has and what it needs."""
    return _Taker(known).part(node, wanted=True)


class _Taker:
    """``wanted`` is False under an odd number of ``not``: the part must then not hold."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def part(self, node: Node, *, wanted: bool) -> Part:
        match node:
            case Unary(op="not", part=inner):
                return self.part(inner, wanted=not wanted)
            case Logic(op=op, parts=parts):
                kind: PartKind = "all" if (op == "and") == wanted else "any"
                taken = tuple(self.part(part, wanted=wanted) for part in parts)
                return Part(kind, self._holds(node, wanted), _written(node, wanted), parts=taken)
            case Choice():
                return self._choice(node, wanted)
            case Binary(op=op) if op in COMPARISONS:
                return self._comparison(node, wanted)
            case Name(id=name):
                return self._name(node, name, wanted)
            case Call(function="present", parts=(Name(id=name) as inner,)) if wanted and self._asked(name):
                return self._leaf("answer", node, wanted, about=inner)
            case _:
                return self._leaf("rule", node, wanted)

    def _asked(self, name: str) -> bool:
        return name in self.known.framework.items

    def _holds(self, node: Node, wanted: bool) -> bool | None:
        truth = self.known.walk.value(node)
        return None if truth is None else bool(truth) == wanted

    def _leaf(self, kind: PartKind, node: Node, wanted: bool, about: Node | None = None, **more: Any) -> Part:
        name = about.id if isinstance(about, Name) else ""
        under = self.known.in_order(self.known.indicators_under(node))
        return Part(
            kind,
            self._holds(node, wanted),
            _written(node, wanted),
            name=name,
            label=self.known.label(name),
            missing=self.known.missing(node),
            unusable=tuple(indicator for indicator in under if self.known.unusable(indicator)),
            indicators=under,
            **more,
        )

    def _name(self, node: Node, name: str, wanted: bool) -> Part:
        """A decision, a badge or a reckoned indicator is seen through; an answer is a yes or a no."""
        known = self.known
        if name in known.conditions:
            return self._through(node, known.conditions[name], wanted, known.label(name))
        indicator = known.indicators.get(name)
        if indicator is not None and indicator.formula:
            return self._wrapped(
                node, name, indicator.label, self.part(indicator.tree, wanted=wanted), wanted
            )
        return self._leaf("truth", node, wanted, about=node, current=known.walk.value(node), needed=wanted)

    def _through(self, node: Node, condition: Decision, wanted: bool, label: str) -> Part:
        inner = self.part(condition.tree, wanted=wanted)
        badge = (
            self.known.evaluation.badges.get(condition.id)
            if condition in self.known.framework.badges
            else None
        )
        name = written(node)
        return self._wrapped(node, name, label, inner, wanted, due=badge.due if badge else None)

    def _wrapped(
        self, node: Node, name: str, label: str, inner: Part, wanted: bool, due: str | None = None
    ) -> Part:
        parts = inner.parts if inner.kind == "all" else (inner,)
        holds = self._holds(node, wanted)
        return Part("condition", holds, _written(node, wanted), name, label, parts=parts, due=due)

    def _choice(self, node: Choice, wanted: bool) -> Part:
        """The condition and what follows from it, or its opposite; only the one at hand, if it is known."""
        ways = []
        for truth, then in ((True, node.then), (False, node.otherwise)):
            if self.known.walk.value(node.condition) in {truth, None}:
                parts = (self.part(node.condition, wanted=truth), self.part(then, wanted=wanted))
                holds = _all(part.holds for part in parts)
                text = " and ".join(f"({part.formula})" for part in parts)
                ways.append(Part("all", holds, text, parts=parts))
        if len(ways) == 1:
            return ways[0]
        return Part("any", self._holds(node, wanted), _written(node, wanted), parts=tuple(ways))

    def _comparison(self, node: Binary, wanted: bool) -> Part:
        known, op = self.known, node.op if wanted else OPPOSITE[node.op]
        left, right = node.left, node.right
        if known.fixed(left) and not known.fixed(right):
            left, right, op = right, left, MIRRORED[op]
        unit, size = self._measure(left, right)
        current, needed = (_in_unit(known.walk.value(side), size) for side in (left, right))
        difference = _difference(current, needed)
        candidates = tuple(self._candidates(left)) if op in {">=", ">", "=="} else ()
        counts = self._counting(left)
        return self._leaf(
            "compare",
            node,
            wanted,
            about=left,
            op=op,
            current=current,
            needed=needed,
            unit=unit,
            difference=difference,
            more=_more(op, difference) if counts and difference is not None else None,
            candidates=candidates,
        )

    def _measure(self, left: Node, right: Node) -> tuple[str, float]:
        """A literal stands beside plain numbers alone, so what has no unit of its own is plain there."""
        found = self.known.measure(left) or self.known.measure(right)
        plain = any(isinstance(side, Number) and side.value for side in (left, right))
        return found or (PLAIN if plain else UNNAMED)

    def _totals(self, node: Node) -> Iterator[Total | None]:
        """Yield the totals that a part adds up; None for anything else in it."""
        match node:
            case Name(id=name):
                yield self.known.framework.totals.get(name)
            case Binary(op="+", left=left, right=right):
                yield from self._totals(left)
                yield from self._totals(right)
            case _:
                yield None

    def _counting(self, node: Node) -> bool:
        return all(total is not None and total.rule == "count" for total in self._totals(node))

    def _candidates(self, node: Node) -> list[Candidate]:
        """Return the indicators that can raise the totals of a part, those with the least to do first."""
        found: dict[str, Candidate] = {}
        for total in self._totals(node):
            if total is not None:
                for indicator in self.known.parts_of(total):
                    candidate = self._candidate(total, indicator)
                    if candidate is not None:
                        found.setdefault(indicator.id, candidate)
        return sorted(found.values(), key=lambda one: (ORDER.index(one.needs), len(one.missing)))

    def _candidate(self, total: Total, indicator: Indicator) -> Candidate | None:
        result = self.known.evaluation.results[indicator.id]
        missing = self.known.missing(indicator.tree)
        if result.status in {"missing", "notation", "outside"}:
            needs: Needs = "correction" if result.status == "outside" else "answer"
            gain = 1.0 if total.rule == "count" else result.most if total.rule == "sum" else None
            return Candidate(indicator.id, indicator.label, needs, gain, missing)
        if total.rule == "count":
            verified = total.of != "verified" or result.trace["verified"]
            return (
                None if verified else Candidate(indicator.id, indicator.label, "verification", 1.0, missing)
            )
        if result.score is None or result.most is None or result.score >= result.most:
            return None
        gain = result.most - result.score if total.rule == "sum" else None
        return Candidate(indicator.id, indicator.label, "score", gain, missing)


def _written(node: Node, wanted: bool) -> str:
    if wanted:
        return written(node)
    if isinstance(node, Binary) and node.op in COMPARISONS:
        return written(Binary(OPPOSITE[node.op], node.left, node.right, node.at))
    return written(Unary("not", node, node.at))


def _all(truths: Iterator[bool | None]) -> bool | None:
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


def _in_unit(value: Scalar, size: float) -> Scalar:
    return value / size if isinstance(value, float) else value


def _difference(current: Scalar, needed: Scalar) -> float | None:
    if isinstance(current, float) and isinstance(needed, float):
        return needed - current
    if isinstance(current, date) and isinstance(needed, date):
        return float((needed - current).days)
    return None


def _more(op: str, difference: float) -> int:
    """Return how many more a count needs: whole ones, one beyond the end where it must be passed."""
    return max(0, math.floor(difference) + 1 if op == ">" else math.ceil(difference))
