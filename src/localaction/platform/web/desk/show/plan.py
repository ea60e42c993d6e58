"""What the pages of a plan show: targets with their paths, actions, achievements, commitments, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.accounts.rights import Actor, allowed
from localaction.platform.inventories.overview import overviews
from localaction.platform.inventories.queries import inventories_for
from localaction.platform.planning.content import content_of, differences
from localaction.platform.planning.kinds import fields_of, kind_of
from localaction.platform.planning.queries import EDIT, plan_of, withdrawn_of
from localaction.platform.web import numbers, plan_words
from localaction.platform.web.desk.show.changes import moment
from localaction.platform.web.plan_actions import (
    ActionLine,
    Filters,
    action_line,
    by_action,
    filters,
    narrowed,
)
from localaction.platform.web.plan_targets import Results, TargetView, target_view

LATEST = 8  # achievements that the overview shows


@dataclass(frozen=True)
class Item:
    """One commitment or achievement in a list."""

    title: str
    text: str
    when: Any
    address: str
    visibility: str


@dataclass(frozen=True)
class Plan:
    """The plan of a place for people who work on it."""

    targets: Sequence[TargetView]
    actions: Sequence[ActionLine]
    all_actions: int
    filters: Filters
    achievements: Sequence[Item]
    commitments: Sequence[Item]
    withdrawn: Sequence[Item]
    may_edit: bool


@dataclass(frozen=True)
class Line:
    """One field: what it is called and what stands in it."""

    label: str
    text: str
    before: str = ""
    link: str = ""


@dataclass(frozen=True)
class Version:
    """One revision of a part: who, when, why, and what differs from the one before."""

    number: int
    what: str
    who: str
    when: str
    reason: str
    changed: Sequence[Line]
    address: str


def plan(actor: Actor, place: Any, status: str = "", sector: str = "") -> Plan:
    """Return the plan of a place; ``status`` and ``sector`` narrow its actions."""
    held = plan_of(actor, place)
    actions, targets = held["action"], held["target"]
    reached = by_action(held["achievement"])
    results = results_of(actor, place) if targets else {}
    return Plan(
        targets=[
            target_view(each, results, key=f"target-{number}") for number, each in enumerate(targets, start=1)
        ],
        actions=[
            action_line(each, reached.get(each.pk, ()), address(each))
            for each in narrowed(actions, status, sector)
        ],
        all_actions=len(actions),
        filters=filters(actions, status, sector),
        achievements=[achievement_item(each) for each in held["achievement"][:LATEST]],
        commitments=[_commitment(each) for each in held["commitment"]],
        withdrawn=[_item(each) for each in withdrawn_of(actor, place)],
        may_edit=allowed(actor, EDIT, place.scope_id),
    )


def results_of(actor: Actor, place: Any) -> Results:
    """Return the newest computation of each inventory of a place that the actor may see, by year."""
    inventories = list(inventories_for(actor).filter(place=place))
    return {each.inventory.label_year: each.result for each in overviews(inventories) if each.result}


def address(part: Any, name: str = "part") -> str:
    """Return the address of a page of a part."""
    return reverse(f"desk:{name}", args=[kind_of(part).id, part.public_id])


def _item(part: Any, text: str = "", when: Any = None) -> Item:
    seen = part.get_visibility_display() if part.visibility != "public" else ""
    return Item(part.title, text or str(_(str(kind_of(part).label))), when, address(part), seen)


def achievement_item(part: Any, *, alone: bool = False) -> Item:
    """Return one achievement with its figure and, unless it stands with it, what it is of."""
    above = None if alone else part.action or part.target
    figure = f"{numbers.readable(part.amount)} {part.unit}" if part.amount is not None else ""
    return _item(part, " · ".join(each for each in (figure, above.title if above else "") if each), part.day)


def _commitment(part: Any) -> Item:
    text = ", ".join(each for each in (part.decided_by, part.campaign) if each)
    return _item(part, text, part.decided_on)


def lines(part: Any) -> list[Line]:
    """Return the fields of a part in which something stands."""
    said = content_of(part)
    found = []
    for field in fields_of(kind_of(part).id):
        if field.name == "title":
            continue
        text = plan_words.shown(field, said[field.name])
        if field.form == "part" and (other := getattr(part, field.name)) is not None:
            found.append(Line(_(str(field.label)), other.title, link=address(other)))
        elif field.form == "money" and text:
            found.append(Line(_(str(field.label)), plan_words.money(part.cost_minor, part.currency)))
        elif text and field.form != "currency":
            found.append(Line(_(str(field.label)), text, link=text if field.form == "link" else ""))
    return found


def versions(part: Any, revisions: Sequence[Any]) -> list[Version]:
    """Return the revisions of a part, newest first, each with what differs from the one before."""
    contents = {revision.number: revision.content for revision in revisions}
    return [
        Version(
            number=revision.number,
            what=_what(revision),
            who=revision.author.display_name if revision.author else _("the operator"),
            when=moment(revision.recorded_at),
            reason=revision.reason,
            changed=changed(kind_of(part).id, contents.get(revision.number - 1), revision.content),
            address=reverse("desk:part-restore", args=[kind_of(part).id, part.public_id, revision.number]),
        )
        for revision in revisions
    ]


def _what(revision: Any) -> str:
    return {
        "created": _("Added"),
        "changed": _("Changed"),
        "withdrawn": _("Withdrawn"),
        "restored": _("Brought back as it was"),
        "undone": _("Undone"),
    }[revision.deed]


def changed(kind_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Line]:
    """Return the fields in which two versions differ, in words; none where there was nothing before."""
    if before is None:
        return []
    fields = {field.name: field for field in fields_of(kind_id)}
    found = []
    for name in differences(before, after):
        if name == "visibility":
            words = {"place": _("the place"), "registry": _("the network"), "public": _("everybody")}
            found.append(Line(_("Seen by"), words.get(after[name], ""), words.get(before[name], "")))
        elif name in fields:
            new, old = (plan_words.shown(fields[name], each.get(name)) for each in (after, before))
            found.append(Line(_(str(fields[name].label)), new, old))
    return found
