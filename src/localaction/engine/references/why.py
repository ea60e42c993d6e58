"""The rule of choice explained: every candidate, whether it was taken, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from localaction.engine.errors import InputError
from localaction.engine.references.conversion import NoConversion, plan
from localaction.engine.references.factors import WORLD, Choice, Factor, FactorTable, Question
from localaction.engine.units import WrongDimension

RULE = (
    "The nearest place first: the place itself, what it lies in, then the world.",
    "Within it the latest data year not after the inventory's; a constant default counts as the oldest.",
    "Then the highest tier.",
    "Of equals the place's own, then the one nearest to the unit of the row, then the first by its id.",
    "A factor that waits for a pin, or is made for another use, is never taken by rule.",
)
VERDICTS = {
    "taken": "{why}",
    "not_preferred": "Equal in place, year and tier; {rule} was taken.",
    "lower_tier": "Tier {tier}; one of tier {best} was taken.",
    "older": "Data year {year}; one of {best} was taken.",
    "older_default": "A constant default; one with a data year was taken.",
    "farther": "For {place}; one for {best} is nearer.",
    "unit": "{problem}",
    "later": "Data year {year}, after the inventory of {inventory_year}; it can be pinned with a reason.",
    "pin_only": "Used only when a row names it.",
    "elsewhere": "For {place}, which is not {chain}.",
    "other_use": "Made for {uses}, not for cell {ref}.",
}


@dataclass(frozen=True)
class Candidate:
    """One factor of the activity and what the rule says of it.

    Parameters
    ----------
    verdict : str
        A key of `VERDICTS`; ``taken`` for the one that was chosen.
    why : str
        The verdict in words.
    """

    factor: Factor
    verdict: str
    why: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Explanation:
    """What the rule chose, or why nothing, and every candidate: the chosen one first, the likely next."""

    question: Question
    choice: Choice | None
    problem: InputError | None
    candidates: tuple[Candidate, ...]


def explain(table: FactorTable, question: Question) -> Explanation:
    """Return what `FactorTable.choose` does with a question, and why each candidate was taken or not.

    As in an inventory, the world stands at the end of the places. Nothing is raised: a refusal becomes the
    ``problem``.
    """
    question = replace(question, place_chain=tuple(dict.fromkeys((*question.place_chain, WORLD))))
    choice: Choice | None = None
    problem: InputError | None = None
    try:
        choice = table.choose(question)
    except InputError as error:
        problem = error
    found = [_judged(factor, table, question, choice) for factor in table.of_activity(question.activity.id)]
    order = list(VERDICTS)
    found.sort(key=lambda held: (order.index(held.verdict), -(held.factor.year or 0), held.factor.id))
    return Explanation(question, choice, problem, tuple(found))


def _judged(factor: Factor, table: FactorTable, question: Question, choice: Choice | None) -> Candidate:
    verdict, params = _verdict(factor, table, question, choice)
    return Candidate(factor, verdict, VERDICTS[verdict].format_map(params), params)


def _verdict(
    factor: Factor, table: FactorTable, question: Question, choice: Choice | None
) -> tuple[str, dict[str, object]]:
    chain = question.place_chain
    if choice is not None and factor.id == choice.factor.id:
        return "taken", {"why": choice.why}
    if not any(use in question.uses for use in factor.uses):
        uses = ", ".join(use.replace("_", " ") for use in factor.uses)
        return "other_use", {"uses": uses, "ref": question.ref}
    if factor.place not in chain:
        return "elsewhere", {"place": factor.place, "chain": " or ".join(chain)}
    if not factor.automatic:
        return "pin_only", {}
    if factor.year is not None and factor.year > question.year:
        return "later", {"year": factor.year, "inventory_year": question.year}
    try:
        plan(question.activity, question.unit, factor.activity_unit, table.units)
    except (NoConversion, WrongDimension) as error:
        return "unit", {"problem": error.message}
    if choice is None:  # pragma: no cover - a candidate without any of these faults is always chosen
        raise AssertionError(factor.id)
    return _beaten(factor, choice, chain)


def _beaten(factor: Factor, choice: Choice, chain: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """Return by what a candidate without fault was beaten."""
    best = choice.factor
    if chain.index(factor.place) > (chain.index(best.place) if best.place in chain else -1):
        return "farther", {"place": factor.place, "best": best.place}
    if factor.year is None and best.year is not None:
        return "older_default", {}
    if (factor.year or 0) < (best.year or 0):
        return "older", {"year": factor.year, "best": best.year}
    if factor.tier < best.tier:
        return "lower_tier", {"tier": factor.tier, "best": best.tier}
    return "not_preferred", {"rule": choice.why_params.get("rule", "the pinned one")}
