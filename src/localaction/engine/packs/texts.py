"""The texts of a framework and of a data item: where each stands, and the same with other words.

A place is a path of names, as a file of translations nests them: ``("indicators", "R1", "label")``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Setting, Total
from localaction.engine.packs.plausible import Plausible

Key = tuple[str, ...]
Reword = Callable[[Key, str], str]
Part = TypeVar("Part", Indicator, Decision, Total, Setting)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "settings": ("label", "note"),
    "indicators": ("label", "help", "note"),
    "totals": ("label", "note"),
    "decisions": ("label", "note"),
    "levels": ("label",),
    "badges": ("label", "note"),
    "checks": ("label", "fix"),
}


def fingerprint(text: str) -> str:
    """Return by what a text is known again: twelve digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def framework_texts(framework: Framework) -> dict[Key, str]:
    """Return every text of a framework by its place; its data items have theirs in files of their own."""
    found: dict[Key, str] = {}

    def keep(key: Key, text: str) -> str:
        found[key] = text
        return text

    reworded(framework, keep)
    return found


def reworded(framework: Framework, reword: Reword) -> Framework:
    """Return a framework with the texts that ``reword`` gives for each that is not empty."""

    def said(*key: str, text: str) -> str:
        return reword(key, text) if text else text

    return replace(
        framework,
        title=said("framework", "title", text=framework.title),
        summary=said("framework", "summary", text=framework.summary),
        explanation=tuple(
            said("framework", f"explanation_{number}", text=text)
            for number, text in enumerate(framework.explanation, 1)
        ),
        declared=tuple(
            _part("settings", setting.id.removeprefix("setting."), setting, reword)
            for setting in framework.declared
        ),
        sections={
            key: said("sections", key, "label", text=label) for key, label in framework.sections.items()
        },
        indicators={key: _indicator(held, reword) for key, held in framework.indicators.items()},
        totals={key: _part("totals", key, held, reword) for key, held in framework.totals.items()},
        decisions=_parts("decisions", framework.decisions, reword),
        levels=_parts("levels", framework.levels, reword),
        badges=_parts("badges", framework.badges, reword),
        checks=_parts("checks", framework.checks, reword),
    )


def _parts(part: str, decisions: tuple[Decision, ...], reword: Reword) -> tuple[Decision, ...]:
    return tuple(_part(part, decision.id, decision, reword) for decision in decisions)


def _part(part: str, name: str, held: Part, reword: Reword) -> Part:
    texts = {field: getattr(held, field) for field in FIELDS[part]}
    words: dict[str, Any] = {
        field: reword((part, name, field), text) for field, text in texts.items() if text
    }
    return replace(held, **words)


def _indicator(indicator: Indicator, reword: Reword) -> Indicator:
    found = _part("indicators", indicator.id, indicator, reword)
    key = ("indicators", indicator.id)
    if found.scoring and found.scoring.note:
        note = reword((*key, "scoring_note"), found.scoring.note)
        found = replace(found, scoring=replace(found.scoring, note=note))
    fits = {
        item: replace(fit, note=reword((*key, f"fit.{item}"), fit.note)) for item, fit in found.fits.items()
    }
    return replace(found, fits=fits)


def item_texts(item: Mapping[str, Any]) -> dict[Key, str]:
    """Return every text of a data item by its place, which begins with the id of the item."""
    found: dict[Key, str] = {}

    def keep(key: Key, text: str) -> str:
        found[key] = text
        return text

    reworded_item(item, keep)
    return found


def reworded_item(item: Mapping[str, Any], reword: Reword) -> dict[str, Any]:
    """Return a data item with the texts that ``reword`` gives; each choice gets a label."""
    return _asked(item, (item["id"],), reword)


def plausible_texts(plausible: Plausible) -> dict[Key, str]:
    """Return every text of ratios and rules between items by its place, which begins with their id."""
    ratios = (held for held in plausible.subjects.values() if held.id not in plausible.labels)
    found: dict[Key, str] = {(held.id, "label"): held.label for held in ratios}
    for rule in plausible.rules.values():
        found[rule.id, "label"], found[rule.id, "fix"] = rule.label, rule.fix
    return found


def reworded_plausible(plausible: Plausible, reword: Reword) -> Plausible:
    """Return what is plausible with the texts that ``reword`` gives; data items have those of their own."""
    return replace(
        plausible,
        labels={name: reword((name, "label"), label) for name, label in plausible.labels.items()},
        subjects={
            name: replace(held, label=reword((name, "label"), held.label))
            for name, held in plausible.subjects.items()
        },
        rules={
            name: replace(
                held, label=reword((name, "label"), held.label), fix=reword((name, "fix"), held.fix)
            )
            for name, held in plausible.rules.items()
        },
    )


def _asked(held: Mapping[str, Any], key: Key, reword: Reword) -> dict[str, Any]:
    found = dict(held)
    for field in ("label", "help", "note"):
        if held.get(field):
            found[field] = reword((*key, field), held[field])
    if "choices" in held:
        found["choices"] = [
            {"id": name, "label": reword((*key, "choices", name), label)} for name, label in _choices(held)
        ]
    if "columns" in held:
        found["columns"] = [
            _asked(column, (*key, "columns", column["id"]), reword) for column in held["columns"]
        ]
    return found


def _choices(held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for choice in held["choices"]:
        yield (choice, choice) if isinstance(choice, str) else (choice["id"], choice["label"])
