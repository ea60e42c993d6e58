"""What it takes to get further, in words: a line for each part that does not hold, and for each score."""

from __future__ import annotations

from collections.abc import Iterator

from localaction.engine.evaluation.amounts import shown_amount
from localaction.engine.evaluation.conditions import Candidate, Part
from localaction.engine.evaluation.nextscores import ScoreStep
from localaction.engine.evaluation.nextsteps import Goal, NextSteps
from localaction.engine.formulas.scalar import Scalar

NAMED = 5  # candidates and missing items that a line names
DOES = {
    "<": "must be below",
    "<=": "must be at most",
    ">": "must be above",
    ">=": "needs",
    "==": "must be",
    "!=": "must not be",
}
VALUES = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
NEEDS = {
    "answer": "not answered",
    "correction": "outside its range",
    "verification": "not verified",
    "score": "a higher score",
}


def next_text(steps: NextSteps) -> Iterator[str]:
    """Yield what it takes to the next level, to badges and decisions that do not hold, to higher scores."""
    for goal in steps.goals:
        if goal.next:
            yield ""
            yield f"  To reach {_goal(goal)}:"
            for part in goal.condition.parts if _nested(goal.condition) else (goal.condition,):
                yield from _lines(part, "    ")
    if steps.scores:
        yield ""
        yield "  To a higher score:"
        yield from (f"    - {step.indicator} {step.label}: {_score(step)}" for step in steps.scores)


def _score(step: ScoreStep) -> str:
    if step.score is None:
        why = "outside its range" if step.status == "outside" else "no data"
        missing = f". Missing: {_some(step.missing)}" if step.missing else ""
        return f"{why}, up to {step.most:g}{missing}"
    now = f"{_shown(step.current, step.unit)} gives {step.score:g}"
    if step.choices:
        return f"{now}, {' or '.join(step.choices)} gives {step.next_score:g}"
    return f"{now}, {VALUES[step.op]} {_shown(step.needed, step.unit)} gives {step.next_score:g}"


def _goal(goal: Goal) -> str:
    kind = "" if goal.kind == "decision" else f"{goal.kind} "
    late = " (overdue)" if goal.state == "overdue" else ""
    return f'{kind}"{goal.label}"' + (f", due {goal.due}{late}" if goal.due else "")


def _nested(part: Part) -> bool:
    return part.kind in {"all", "condition"}


def _lines(part: Part, space: str) -> Iterator[str]:
    """Yield a part that does not hold; a badge or decision inside is named, for it has lines of its own."""
    if part.holds:
        return
    if part.kind == "all":
        for inner in part.parts:
            yield from _lines(inner, space)
    elif part.kind == "any":
        yield f"{space}- one of:"
        for number, way in enumerate(part.parts):
            if number:
                yield f"{space}  or"
            yield from _lines(way, space + "  ")
    else:
        yield f"{space}- {_part(part)}"


def _part(part: Part) -> str:
    if part.kind == "condition":
        return f"{part.label}{f', due {part.due}' if part.due else ''}"
    if part.kind == "answer":
        return f"{part.label}: not answered"
    if part.kind == "truth":
        return f"{part.label}: {_shown(part.current, '')}, must be {_shown(part.needed, '')}"
    missing = f". Missing: {_some(part.missing)}" if part.missing and not part.candidates else ""
    if part.unusable and not part.candidates:
        missing += f". Without a usable value: {_some(part.unusable)}"
    if part.kind == "rule":
        return f"{part.formula}{missing}"
    if part.needed is None:
        return f"{part.formula}: unknown{missing}"
    subject = part.label or part.formula
    compared = (
        f"{subject}: {_shown(part.current, part.unit)}, {DOES[part.op]} {_shown(part.needed, part.unit)}"
    )
    more = f": {part.more} more" if part.more is not None else ""
    among = f" among {_some([_candidate(one) for one in part.candidates])}" if part.candidates else ""
    return f"{compared}{more}{among}{missing}"


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.indicator} ({NEEDS[candidate.needs]})"


def _some(names: tuple[str, ...] | list[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} others" if rest > 0 else "")


def _shown(value: Scalar, unit: str) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return shown_amount(value, unit)
    return str(value)
