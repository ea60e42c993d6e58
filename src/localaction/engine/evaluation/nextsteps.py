"""What it takes: to the next level, to each badge and decision that does not hold yet, to a higher score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from localaction.engine.evaluation.conditions import Part
from localaction.engine.evaluation.known import Known
from localaction.engine.evaluation.nextscores import ScoreStep, next_scores
from localaction.engine.evaluation.results import Evaluation
from localaction.engine.evaluation.taking_apart import take_apart
from localaction.engine.packs.frameworks import Decision, Framework


@dataclass(frozen=True, slots=True)
class Goal:
    """A level, a badge or a decision that does not hold, with its condition taken apart.

    Parameters
    ----------
    kind : str
        ``level``, ``badge`` or ``decision``.
    holds : bool or None
        False, or None if it cannot be told because something is missing.
    next : bool
        Whether it is the lowest level above the one reached; of badges and decisions always.
    due : str or None
        Last day in time.
    state : str
        Of a badge, as `results.BadgeResult` has it.
    note : str
        What the pack says of it, doubt too.
    condition : Part
        What must hold.
    """

    kind: Literal["level", "badge", "decision"]
    id: str
    label: str
    holds: bool | None
    next: bool
    due: str | None
    state: str
    note: str
    condition: Part

    @property
    def steps(self) -> tuple[Part, ...]:
        """What is left to do: once each of these holds, and what holds now still does, the goal is met."""
        return tuple(self.condition.steps(self.due))

    def to_dict(self) -> dict[str, object]:
        """Return the goal as plain data for JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {
            **plain,
            "condition": self.condition.to_dict(),
            "steps": [step.to_dict() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What does not hold yet of one report.

    Parameters
    ----------
    level, level_known
        The one reached, as in the evaluation.
    goals : tuple of Goal
        Levels first, the nearest before the others; then badges, then decisions.
    scores : tuple of ScoreStep
        Indicators that have not their highest score.
    """

    framework: str
    level: str | None
    level_known: bool
    goals: tuple[Goal, ...]
    scores: tuple[ScoreStep, ...] = ()

    @property
    def next_level(self) -> Goal | None:
        """The lowest level above the one reached; None at the top, or without levels."""
        return next((goal for goal in self.goals if goal.kind == "level" and goal.next), None)

    def to_dict(self) -> dict[str, object]:
        """Return the steps as plain data for JSON."""
        return {
            "framework": self.framework,
            "level": self.level,
            "level_known": self.level_known,
            "next_level": self.next_level.id if self.next_level else None,
            "goals": [goal.to_dict() for goal in self.goals],
            "scores": [step.to_dict() for step in self.scores],
        }


def next_steps(
    framework: Framework,
    evaluation: Evaluation,
    answers: Mapping[str, Any],
    *,
    as_of: date,
    period_days: int = 365,
) -> NextSteps:
    """Return what it takes to each level above the one reached, to badges, decisions and higher scores.

    Parameters
    ----------
    framework : Framework
        The edition.
    evaluation : Evaluation
        What `evaluate.evaluate` gave for the same answers, day and period.
    answers : mapping
        By data item, as `answers.read_answers` takes them.
    as_of, period_days
        As they were evaluated.

    Raises
    ------
    Refused
        If an answer cannot be read.
    """
    known = Known(framework, evaluation, answers, as_of=as_of, period_days=period_days)
    goals = (*_levels(known), *_badges(known), *_decisions(known))
    return NextSteps(
        framework.key, evaluation.level, evaluation.level_known, goals, tuple(next_scores(known))
    )


def _levels(known: Known) -> Iterator[Goal]:
    """Yield the levels above the highest that holds, the nearest first."""
    above: list[Decision] = []
    for level in known.framework.levels:
        if known.walk.value(level.tree) is True:
            break
        above.append(level)
    for place, level in enumerate(reversed(above)):
        yield _goal("level", level, known, following=place == 0)


def _badges(known: Known) -> Iterator[Goal]:
    for badge in known.framework.badges:
        found = known.evaluation.badges[badge.id]
        if not found.earned:
            yield _goal("badge", badge, known, due=found.due, state=found.state)


def _decisions(known: Known) -> Iterator[Goal]:
    for decision in known.framework.decisions:
        if not known.evaluation.decisions[decision.id]:
            yield _goal("decision", decision, known)


def _goal(
    kind: Literal["level", "badge", "decision"],
    decision: Decision,
    known: Known,
    *,
    following: bool = True,
    due: str | None = None,
    state: str = "",
) -> Goal:
    condition = take_apart(decision.tree, known)
    return Goal(
        kind=kind,
        id=decision.id,
        label=decision.label,
        holds=condition.holds,
        next=following,
        due=due,
        state=state,
        note=decision.note,
        condition=condition,
    )
