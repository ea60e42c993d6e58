"""The public part of a plan: what everybody may see of a place's commitments, targets and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.places.queries import place_by_code
from localaction.platform.planning.errors import PartNotFound
from localaction.platform.planning.kinds import fields_of, kind_of
from localaction.platform.planning.queries import part_for, plan_of
from localaction.platform.publication.queries import results_of
from localaction.platform.web import numbers, plan_words
from localaction.platform.web.files import written
from localaction.platform.web.parts import File
from localaction.platform.web.plan_actions import (
    ActionLine,
    Filters,
    action_line,
    by_action,
    filters,
    narrowed,
)
from localaction.platform.web.plan_targets import TargetView, target_view


@dataclass(frozen=True)
class Item:
    """One commitment, or one thing that was reached."""

    title: str
    text: str
    when: Any
    address: str = ""
    visibility: str = ""
    note: str = ""


@dataclass(frozen=True)
class PublicPlan:
    """What everybody sees of a plan."""

    targets: Sequence[TargetView]
    actions: Sequence[ActionLine]
    all_actions: int
    filters: Filters
    commitments: Sequence[Item]
    reached: Sequence[Item]
    files: Sequence[File]

    @property
    def empty(self) -> bool:
        """Whether nothing of it is public."""
        return not (self.targets or self.all_actions or self.commitments)


def public_plan(code: str, status: str = "", sector: str = "") -> PublicPlan:
    """Return the public part of the plan of a place; no right is asked for, whoever reads it."""
    place = place_by_code(code)
    held = plan_of(None, place)
    targets, actions, achievements = held["target"], held["action"], held["achievement"]
    results = results_of(place.code) if targets else {}
    reached = by_action(achievements)
    return PublicPlan(
        targets=[
            target_view(each, results, key=f"target-{number}", files=True)
            for number, each in enumerate(targets, start=1)
        ],
        actions=[
            action_line(each, reached.get(each.pk, ()), action_address(each))
            for each in narrowed(actions, status, sector)
        ],
        all_actions=len(actions),
        filters=filters(actions, status, sector),
        commitments=[_commitment(each) for each in held["commitment"]],
        reached=[reached_item(each) for each in achievements if each.target_id is not None],
        files=[File(_("Actions"), "CSV", reverse("web:actions-file", args=[place.code]))] if actions else [],
    )


def action_address(action: Any) -> str:
    """Return the address of the public page of an action."""
    return reverse("web:action", args=[action.place.code, action.public_id])


def public_part(code: str, kind: str, public_id: Any) -> Any:
    """Return a public part of the plan of this place. Raises ``PartNotFound``."""
    part = part_for(None, kind, public_id)
    if part.place.code != code:
        raise PartNotFound(kind=kind)
    return part


def path_csv(view: TargetView) -> str:
    """Return path and inventories of a target, every year of the path."""
    years = sorted({year for year, _value in view.line.points()} | set(view.emissions))
    held = {each.year: each for each in view.standings}
    rows = []
    for year in years:
        path, measured, standing = view.line.at(year), view.emissions.get(year), held.get(year)
        figures = (
            path,
            measured,
            standing.gap_t if standing else None,
            standing.progress if standing else None,
        )
        rows.append([str(year), *("" if each is None else numbers.exact(each) for each in figures)])
    return written(["year", "path_t_co2e", "inventory_t_co2e", "gap_t_co2e", "progress"], rows)


def _commitment(part: Any) -> Item:
    text = ", ".join(each for each in (part.decided_by, part.campaign) if each)
    return Item(part.title, text, part.decided_on, address=part.link, note=part.text)


def reached_item(part: Any) -> Item:
    """Return one thing that was reached, with its figures."""
    figures = []
    if part.amount is not None:
        figures.append(f"{numbers.readable(part.amount)} {part.unit}")
    if part.effect_t is not None:
        figures.append(_("%(value)s t CO2e a year less") % {"value": numbers.tonnes(part.effect_t)})
    return Item(part.title, ", ".join(figures), part.day, note=part.text)


def facts_of(action: Any) -> list[tuple[str, str]]:
    """Return what an action says, by name, for its public page."""
    more = action.more
    pairs = [
        (_("Purpose"), "; ".join(plan_words.labels("purpose", action.purposes))),
        (_("Carried out by"), action.owner),
        (_("When"), plan_words.span(action.starts_on, action.ends_on)),
        (_("Cost"), plan_words.money(action.cost_minor, action.currency)),
        (_("Sources of finance"), "; ".join(plan_words.labels("finance_source", action.finance_sources))),
        (_("Other expected effect"), action.effect_text),
        (_("Goals it also serves"), "; ".join(plan_words.labels("co_benefit", action.co_benefits))),
        (_("Source"), action.source),
    ]
    return [*pairs, *declared(action, more)]


def declared(part: Any, more: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields that packs declare, by name."""
    return [
        (_(str(field.label)), plan_words.shown(field, more.get(field.name)))
        for field in fields_of(kind_of(part).id)
        if field.declared
    ]
