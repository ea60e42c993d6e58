"""What is held plausible, as a page: every limit with who set it, every rule between items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from localaction.engine.evaluation import leaps
from localaction.engine.evaluation.amounts import GIVEN, plain_number
from localaction.engine.packs.plausible import Basis, Plausible, Subject

INTRO = (
    "What a figure is asked about, made from the packs by `scripts/framework_pages.py`. Nothing here refuses"
    " a figure: beyond a limit it is corrected or explained. Where the limit is a convention it is one of"
    " this rule book, set wide enough that what lies beyond is worth a question."
    " [How to declare one](../howto/add-a-framework.md), [how it is judged](../explanation/frameworks.md)."
)
HEAD = ("figure", "id", "unit", "least", "most", "a year", "beside peers", "limit set by")


def plausible_page(plausible: Plausible) -> str:
    """Return all limits and rules as Markdown."""
    subjects = plausible.subjects.values()
    items = [subject for subject in subjects if subject.id in plausible.labels]
    ratios = [subject for subject in subjects if subject.id not in plausible.labels]
    rules = (
        (rule.label, f"`{rule.id}`", f"`{rule.rule}`", _basis(rule.basis))
        for rule in plausible.rules.values()
    )
    return "\n".join(
        [
            "# What is plausible",
            "",
            INTRO,
            "",
            *_table("Data items", HEAD, map(_limits, items)),
            *_table("Ratios", (*HEAD, "from"), ((*_limits(one), f"`{one.formula}`") for one in ratios)),
            *_table(
                "Between items: odd where the rule does not hold", ("odd", "id", "rule", "set by"), rules
            ),
        ]
    )


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""


def _limits(subject: Subject) -> tuple[str, ...]:
    change, peers = subject.change, subject.peers
    return (
        subject.label,
        f"`{subject.id}`",
        subject.unit,
        _end(subject.low),
        _end(subject.high),
        leaps.limit(change, subject.unit) if change else "",
        f"{plain_number(peers.below)} to {plain_number(peers.above)} times" if peers else "",
        _basis(subject.basis),
    )


def _end(value: float | None) -> str:
    return "" if value is None else plain_number(value, GIVEN)


def _basis(basis: Basis) -> str:
    if basis.source is None:
        return "convention"
    return f"`{basis.source.ref}`, {basis.source.locator}; {basis.confidence}"
