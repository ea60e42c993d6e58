"""Actions as lists show them: status, sector, who, when, cost, expected effect, and what was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.packs.planning import PlanWords
from localaction.platform.planning.content import content_of
from localaction.platform.planning.kinds import fields_of
from localaction.platform.web import numbers, plan_words
from localaction.platform.web.files import written


@dataclass(frozen=True)
class ActionLine:
    """One action in a list."""

    id: str
    title: str
    status: str
    tone: str
    sector: str
    theme: str
    owner: str
    when: str
    cost: str
    effect: str
    reached: str
    address: str
    visibility: str


@dataclass(frozen=True)
class Option:
    """One way to narrow a list."""

    id: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filters:
    """How a list of actions can be narrowed; only by what occurs in it."""

    statuses: Sequence[Option]
    sectors: Sequence[Option]

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(option.chosen for option in (*self.statuses, *self.sectors))


def action_line(action: Any, achievements: Iterable[Any], address: str) -> ActionLine:
    """Return one action for a list; ``achievements`` are those of it."""
    return ActionLine(
        id=str(action.public_id),
        title=action.title,
        status=plan_words.label("action_status", action.status),
        tone=plan_words.status_tone(action.status),
        sector=plan_words.label("sector", action.sector),
        theme=plan_words.theme_of(action.sector),
        owner=action.owner,
        when=plan_words.span(action.starts_on, action.ends_on),
        cost=plan_words.money(action.cost_minor, action.currency),
        effect=effect_text(action),
        reached=reached_text(list(achievements)),
        address=address,
        visibility=action.get_visibility_display() if action.visibility != "public" else "",
    )


def effect_text(action: Any) -> str:
    """Return the expected effect: tonnes and energy a year."""
    parts = []
    if action.effect_t is not None:
        parts.append(_("%(value)s t CO2e a year") % {"value": numbers.tonnes(action.effect_t)})
    if action.effect_mwh is not None:
        parts.append(_("%(value)s MWh a year") % {"value": numbers.readable(action.effect_mwh)})
    return ", ".join(parts)


def reached_text(achievements: Sequence[Any]) -> str:
    """Return what the newest achievement says; they come newest first."""
    if not achievements:
        return ""
    newest = achievements[0]
    if newest.amount is not None:
        return f"{numbers.readable(newest.amount)} {newest.unit}"
    return str(newest.title)


def by_action(achievements: Iterable[Any]) -> dict[int, list[Any]]:
    """Return achievements by the row number of their action."""
    found: dict[int, list[Any]] = {}
    for each in achievements:
        if each.action_id is not None:
            found.setdefault(each.action_id, []).append(each)
    return found


def filters(actions: Sequence[Any], status: str, sector: str) -> Filters:
    """Return the ways to narrow a list of all actions, in the order of the packs."""
    words = PlanWords.load().lists
    statuses, sectors = Counter(each.status for each in actions), Counter(each.sector for each in actions)
    return Filters(
        [
            Option(each, plan_words.label("action_status", each), statuses[each], each == status)
            for each in words["action_status"]
            if statuses[each]
        ],
        [
            Option(each, plan_words.label("sector", each), sectors[each], each == sector)
            for each in words["sector"]
            if sectors[each]
        ],
    )


def narrowed(actions: Sequence[Any], status: str, sector: str) -> list[Any]:
    """Return the actions of a status and a sector; empty words do not narrow."""
    return [
        each
        for each in actions
        if (not status or each.status == status) and (not sector or each.sector == sector)
    ]


def actions_csv(actions: Sequence[Any]) -> str:
    """Return actions as a file with the names of fields as its head; what it holds can be read back in."""
    names = [field.name for field in fields_of("action")]
    rows = []
    for action in actions:
        said = content_of(action)
        rows.append([str(action.public_id), *(_flat(said[name]) for name in names), action.visibility])
    return written(["id", *names, "visibility"], rows)


def _flat(value: str | list[str] | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ";".join(value) if isinstance(value, list) else value
