"""What a place has answered and what is open, framework by framework, and what to answer next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.evaluation.nextsteps import Goal
from localaction.engine.packs.frameworks import Framework
from localaction.platform.reporting.answers import Filled, Standing
from localaction.platform.reporting.gaps import Open, open_items
from localaction.platform.reporting.years import FIRST_YEAR
from localaction.platform.web.desk.filling.addresses import Filling
from localaction.platform.web.desk.filling.fields import shown_answer
from localaction.platform.web.desk.filling.form import sections_of
from localaction.platform.web.desk.filling.steps import step_text

SHOWN = 12
YEARS = 6
STEPS = 4


@dataclass(frozen=True)
class GoalView:
    """A level, badge or decision that is not reached, and what it takes."""

    label: str
    state: str
    due: str
    steps: Sequence[str]
    more: int


@dataclass(frozen=True)
class Card:
    """A framework: how far it is, what it says so far, what comes next."""

    framework: Framework
    filled: Filled
    address: str
    choose: str
    files: Sequence[tuple[str, str]]
    taken_up: bool
    level: str
    goals: Sequence[GoalView]

    @property
    def percent(self) -> float:
        """How far it is, 0 to 100."""
        return 100 * self.filled.share

    @property
    def counts(self) -> Mapping[str, int]:
        """How many items stand how."""
        return self.filled.counts


@dataclass(frozen=True)
class OpenView:
    """A data item that is open, with who asks for it and where to answer."""

    open: Open
    address: str
    offer: str


@dataclass(frozen=True)
class Gaps:
    """The page of a place and year."""

    place: Any
    year: int
    years: Sequence[tuple[int, str]]
    own: Sequence[Card]
    others: Sequence[Card]
    open: Sequence[OpenView]
    more_open: int
    odd: int
    may_edit: bool

    @property
    def crumbs(self) -> Sequence[tuple[str, str]]:
        """The way to this page."""
        return [*Filling(self.place.code, self.year).crumbs(self.place.name), (_("Frameworks"), "")]


def gaps_page(
    standing: Standing,
    own: Sequence[Framework],
    others: Sequence[Framework],
    today: date,
    *,
    may_edit: bool,
) -> Gaps:
    """Return the page.

    Parameters
    ----------
    standing : Standing
        What is known of the place, for the frameworks of both lists.
    own, others : sequence of Framework
        Those the place reports on, and those it could.
    today : date
        Years up to this one can be answered.
    may_edit : bool
        Whether the reader may answer.
    """
    year = standing.holdings.year
    urls = Filling(standing.place.code, year)
    asked = list(own) or list(others)
    filled = {each.key: standing.filled(each) for each in [*own, *others]}
    found = open_items([filled[each.key] for each in asked])
    return Gaps(
        place=standing.place,
        year=year,
        years=[(each, Filling(standing.place.code, each).gaps) for each in _years(year, today)],
        own=[_card(filled[each.key], urls, taken_up=True) for each in own],
        others=[_card(filled[each.key], urls, taken_up=False) for each in others],
        open=[_open(each, urls) for each in found[:SHOWN]],
        more_open=max(0, len(found) - SHOWN),
        odd=sum(odd.explained is None for odd in standing.odd),
        may_edit=may_edit,
    )


def _years(year: int, today: date) -> list[int]:
    """Return the years that are offered: the last ones, the one that is shown, and the one before it."""
    shown = {*range(today.year - YEARS + 1, today.year + 1), year, max(year - 1, FIRST_YEAR)}
    return sorted(shown, reverse=True)


def _card(filled: Filled, urls: Filling, *, taken_up: bool) -> Card:
    framework = filled.framework
    level = next((each.label for each in framework.levels if each.id == filled.evaluation.level), "")
    wanted = [
        goal for goal in filled.steps.goals if goal.kind == "badge" or (goal.kind == "level" and goal.next)
    ]
    return Card(
        framework=framework,
        filled=filled,
        address=urls.form(framework),
        choose=urls.choose(framework),
        files=[(suffix.upper(), urls.file(framework, suffix)) for suffix in ("xlsx", "csv", "json")],
        taken_up=taken_up,
        level=level,
        goals=[_goal(goal, framework) for goal in wanted],
    )


def _goal(goal: Goal, framework: Framework) -> GoalView:
    steps = [step_text(each, framework.items) for each in goal.steps]
    return GoalView(goal.label, goal.state, goal.due or "", steps[:STEPS], max(0, len(steps) - STEPS))


def _open(found: Open, urls: Filling) -> OpenView:
    framework = found.asked_by[0]
    section = next(name for name, items in sections_of(framework).items() if found.item in items)
    offer = found.known.offers[0] if found.known.offers else None
    text = shown_answer(framework.items[found.item], offer.answer) if offer else ""
    return OpenView(found, urls.form(framework, section, found.item), text)
