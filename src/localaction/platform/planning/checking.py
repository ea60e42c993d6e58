"""What the fields of a part must say together; each refusal stands at the field to be changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.packs.planning import PlanWords
from localaction.engine.pathways.problems import BadTarget
from localaction.engine.pathways.target import Terms, aim_t, level_of
from localaction.platform.accounts.rights import Actor
from localaction.platform.places.models import Place
from localaction.platform.planning.errors import (
    BaseNotGiven,
    EndsTooEarly,
    Missing,
    NotOfThisKind,
    NotSourced,
    OfOneThing,
)
from localaction.platform.planning.kinds import KINDS, Kind, fields_of
from localaction.platform.planning.linked import inventory_total, part_named
from localaction.platform.planning.models import Visibility
from localaction.platform.planning.reading import Said, Values, read

FIGURES = (
    "cut_percent", "base_population", "target_population", "scenario_emissions_t", "fixed_emissions_t",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """Who says something about which place, whether everybody sees it, and whether it is said again."""

    actor: Actor
    place: Place
    public: bool
    again: bool


def checked(
    kind_id: str, said: Said, *, actor: Actor, place: Place, visibility: str, again: bool = False
) -> Values:
    """Return the columns of a part as they are to be kept.

    ``again`` says of an earlier version: a figure that was taken from an inventory stays what it was then.

    Raises
    ------
    Refused
        With a finding for each field that is wrong.
    """
    values, findings = read(kind_id, said)
    wrong = {finding.column for finding in findings}
    for name, error in _named(kind_id, values, place):
        findings.append(Finding.of(error, column=name))
    rule = _RULES.get(kind_id)
    if rule is not None:
        setting = Setting(actor, place, visibility == Visibility.PUBLIC, again)
        for name, error in rule(values, setting):
            if name not in wrong:
                findings.append(Finding.of(error, column=name))
    if findings:
        raise Refused(findings)
    return _columns(KINDS[kind_id], values)


def _columns(kind: Kind, values: Values) -> Values:
    """Return the values by column: what packs declare goes into one of its own, what is empty stays out."""
    declared = {field.name: field for field in fields_of(kind.id) if field.declared}
    more = {
        name: value.isoformat() if declared[name].form == "day" and value else value
        for name, value in values.items()
        if name in declared and value not in (None, "", [], False)
    }
    return {name: value for name, value in values.items() if name not in declared} | {"more": more}


def _named(kind_id: str, values: Values, place: Place) -> Iterator[tuple[str, InputError]]:
    """Put the parts that are named in the place of their ids."""
    for field in KINDS[kind_id].fields:
        wanted = values.get(field.name)
        if field.form == "part" and isinstance(wanted, uuid.UUID):
            values[field.name] = None
            try:
                values[field.name] = part_named(place, field, wanted)
            except InputError as error:
                yield field.name, error


def _target(values: Values, setting: Setting) -> Iterator[tuple[str, InputError]]:
    choice = PlanWords.load().choice("target_kind", values["kind"])
    if choice is None or values["base_year"] is None or values["target_year"] is None or not values["total"]:
        return  # each is named already
    needs = {"base_emissions_t", *choice.needs}
    yield from _base(values, setting)
    labels = {field.name: str(field.label) for field in fields_of("target")}
    for name in FIGURES:
        if name not in needs and name != "base_population" and values[name] is not None:
            yield name, NotOfThisKind(field=labels[name], kind=choice.label)
        elif name in needs and values[name] is None:
            yield (
                name,
                Missing(field=labels[name], why=f", and a target of this kind needs it: {choice.label}"),
            )
    if any(values[name] is None for name in needs):
        return
    try:
        values["aim_t"] = aim_t(_terms(values, choice.level))
    except BadTarget as error:
        yield error.field, error


def _base(values: Values, setting: Setting) -> Iterator[tuple[str, InputError]]:
    if not values["base_linked"]:
        if values["base_emissions_t"] is None:
            yield "base_emissions_t", BaseNotGiven()
        elif setting.public and not values["source"]:
            yield "source", NotSourced()
        return
    if setting.again and values["base_emissions_t"] is not None:
        return
    try:
        values["base_emissions_t"] = inventory_total(
            setting.actor, setting.place, values["base_year"], values["total"], values["sectors"],
            public=setting.public,
        )  # fmt: skip
    except InputError as error:
        values["base_emissions_t"] = None
        yield "base_linked", error


def _terms(values: Mapping[str, Any], level: str) -> Terms:
    return Terms(
        level=level_of(level),
        base_year=values["base_year"],
        target_year=values["target_year"],
        base_emissions_t=values["base_emissions_t"],
        **{name: values[name] for name in FIGURES},
    )


def _action(values: Values, _setting: Setting) -> Iterator[tuple[str, InputError]]:
    first, last = values["starts_on"], values["ends_on"]
    if first and last and last < first:
        yield "ends_on", EndsTooEarly(first=first.isoformat(), last=last.isoformat())


def _achievement(values: Values, _setting: Setting) -> Iterator[tuple[str, InputError]]:
    count = sum(values[name] is not None for name in ("action", "target"))
    if count != 1:
        yield "action", OfOneThing(count="none" if count == 0 else "both")
    if values["amount"] is not None and not values["unit"]:
        yield "unit", Missing(field="Unit of the amount", why="; an amount needs its unit")
    if values["unit"] and values["amount"] is None:
        yield "amount", Missing(field="Amount", why="; there is a unit without one")


Rule = Callable[[Values, Setting], Iterator[tuple[str, InputError]]]
_RULES: Mapping[str, Rule] = {"target": _target, "action": _action, "achievement": _achievement}
