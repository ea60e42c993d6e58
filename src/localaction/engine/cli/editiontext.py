"""What changed between two editions, in words: as lines of a command and as a table of the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from localaction.engine.cli.scoringtext import scoring_text
from localaction.engine.packs.frameworks import Framework, Indicator
from localaction.engine.packs.mappings import EditionChange, EditionMapping, mapping_between

PAIRED = {"same", "renamed", "changed"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise in a newer edition: an indicator ``came`` or ``went``, or its label, formula, ...

    ``what`` is ``came``, ``went``, ``label``, ``formula``, ``unit`` or ``scoring``.
    """

    what: str
    id: str
    label: str
    was: str = ""
    now: str = ""


def changes(old: Framework, new: Framework) -> Iterator[Change]:
    """Yield what decides a result and changed: what came, then by the older edition what went or differs.

    Indicators are paired as the mapping says; without one, by their number.
    """
    came, went, pairs = _paired(old, new)
    for name in came:
        yield Change("came", name, new.indicators[name].label)
    for name in old.indicators:
        if name in went:
            yield Change("went", name, old.indicators[name].label)
        elif name in pairs:
            yield from _changes(old.indicators[name], new.indicators[pairs[name]])


def _paired(old: Framework, new: Framework) -> tuple[list[str], set[str], dict[str, str]]:
    """Return what came, what went, and which indicator of the older edition is which of the newer."""
    mapping = mapping_between(old, new)
    if mapping is None:
        both = {name: name for name in old.indicators if name in new.indicators}
        return [name for name in new.indicators if name not in both], set(old.indicators) - set(both), both
    return (
        [name for change in mapping.changes if change.fate == "new" for name in change.new],
        {name for change in mapping.changes if change.fate == "dropped" for name in change.old},
        {change.old[0]: change.new[0] for change in mapping.changes if change.fate in PAIRED},
    )


def _changes(before: Indicator, after: Indicator) -> Iterator[Change]:
    def rule(indicator: Indicator) -> str:
        scoring = indicator.scoring
        return f"{scoring_text(scoring)} ({scoring.confidence})" if scoring else "none"

    name = before.id if before.id == after.id else f"{before.id} -> {after.id}"
    for what, was, now in (
        ("label", before.label, after.label),
        ("formula", before.formula or before.answer, after.formula or after.answer),
        ("unit", before.unit or "none", after.unit or "none"),
        ("scoring", rule(before), rule(after)),
    ):
        if was != now:
            yield Change(what, name, after.label, was, now)


def difference(old: Framework, new: Framework) -> str:
    """Return what changed between two editions: what became of each indicator, what is worded otherwise."""
    lines = [f"{old.key} -> {new.key}"]
    mapping = mapping_between(old, new)
    if mapping:
        lines += list(_mapped(old, new, mapping))
    found = list(changes(old, new))
    if mapping and found:
        lines += ["", "In detail"]
    signs = {"came": "+", "went": "-"}
    for change in found:
        if sign := signs.get(change.what):
            lines.append(f"{sign} {change.id} {change.label}")
        else:
            lines.append(f"~ {change.id} {change.what}: {change.was} -> {change.now}")
    return "\n".join(lines) if len(lines) > 1 else f"{lines[0]}: nothing that decides a result changed"


def _mapped(old: Framework, new: Framework, mapping: EditionMapping) -> Iterator[str]:
    if mapping.summary:
        yield mapping.summary
    yield ""
    for change in mapping.changes:
        sides = " -> ".join(text for text in sides_of(old, new, change) if text)
        yield f"{change.fate:<8} {sides}: {compares(change)}{_because(change)}"


def sides_of(old: Framework, new: Framework, change: EditionChange) -> tuple[str, str]:
    """Return the indicators of a change with number and label, of the older and of the newer edition."""
    return (
        "; ".join(f"{name} {old.indicators[name].label}" for name in change.old),
        "; ".join(f"{name} {new.indicators[name].label}" for name in change.new),
    )


def compares(change: EditionChange) -> str:
    """Return what may be compared across the editions, in words."""
    if not change.old or not change.new:
        return "nothing to compare"
    if not change.known:
        return "not seen, so nothing is compared"
    if change.score:
        return "values and scores compare"
    return "values compare, scores do not" if change.value else "does not compare"


def _because(change: EditionChange) -> str:
    doubt = " (unverified)" if not change.known and not (change.old and change.new) else ""
    return f"{doubt}. {change.note}" if change.note else doubt


def fates(mapping: EditionMapping) -> str:
    """Return how many changes of each kind a mapping holds, in a line."""
    unseen = sum(not change.known for change in mapping.changes)
    counts = ", ".join(f"{count} {fate}" for fate, count in mapping.counts.items())
    return f"{counts}; {unseen} unverified" if unseen else counts


def mapping_table(old: Framework, new: Framework, mapping: EditionMapping) -> list[str]:
    """Return a mapping as lines of Markdown: a heading, what it says as a whole, a line for each change."""
    lines = [f"## What changed since {old.edition}", ""]
    lines += [mapping.summary, ""] if mapping.summary else []
    lines += [f"| {old.edition} | {new.edition} | what | compares | |", "|---|---|---|---|---|"]
    for change in mapping.changes:
        before, after = sides_of(old, new, change)
        source = f"`{change.source.ref}`, {change.source.locator}, {change.confidence}"
        why = f"{change.note} {source}".strip()
        lines.append(f"| {before} | {after} | {change.fate} | {compares(change)} | {why} |")
    return [*lines, ""]
