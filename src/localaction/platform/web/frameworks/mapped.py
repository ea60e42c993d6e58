"""What became of each indicator from one edition to the next, as the page of an edition shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.mappings import EditionChange, EditionMapping
from localaction.platform.web.calculator.pages import Cited
from localaction.platform.web.frameworks.catalogue import framework_address
from localaction.platform.web.frameworks.speech import published
from localaction.platform.web.frameworks.words import cited_at

Named = tuple[str, str, str]  # number, label, address


@dataclass(frozen=True)
class ChangeView:
    """A line: what an indicator was and is, what became of it, and what may be compared.

    ``tone`` is ``on`` where something compares, ``ask`` where that is not known, empty where nothing does.
    """

    old: Sequence[Named]
    new: Sequence[Named]
    fate: str
    compares: str
    tone: str
    note: str
    cited: Cited
    confidence: str


@dataclass(frozen=True)
class MappingView:
    """A mapping: what it says as a whole, how much of what stayed compares, and its lines."""

    summary: str
    counts: Sequence[tuple[str, int]]
    lines: Sequence[ChangeView]


def mapping_view(older: Framework, newer: Framework, mapping: EditionMapping) -> MappingView:
    """Return a mapping as the pages of its two editions show it."""
    lines = [_line(older, newer, change) for change in mapping.changes]
    found = Counter(line.compares for line in lines if line.old and line.new)
    counts = [(words, found[words]) for words in _all_comparisons() if found[words]]
    return MappingView(published(mapping.summary, newer), counts, lines)


def _line(older: Framework, newer: Framework, change: EditionChange) -> ChangeView:
    compares, tone = _compares(change)
    return ChangeView(
        old=_named(older, change.old),
        new=_named(newer, change.new),
        fate=_fate(change.fate),
        compares=compares,
        tone=tone,
        note=published(change.note, newer),
        cited=cited_at(change.source),
        confidence=change.confidence,
    )


def _named(framework: Framework, indicators: Iterable[str]) -> list[Named]:
    address = framework_address(framework)
    return [(name, framework.indicators[name].label, f"{address}#i-{name}") for name in indicators]


def _fate(fate: str) -> str:
    words: Mapping[str, str] = {
        "same": _("as before"),
        "renamed": _("other number or name"),
        "changed": _("asked otherwise"),
        "merged": _("merged"),
        "split": _("split"),
        "dropped": _("dropped"),
        "new": _("new"),
    }
    return words[fate]


def _all_comparisons() -> tuple[str, ...]:
    return _("value and score"), _("value alone"), _("nothing"), _("not known")


def _compares(change: EditionChange) -> tuple[str, str]:
    """Return what may be compared, in words, and how it is marked; nothing where only one edition asks."""
    if not change.old or not change.new:
        return "", ""
    both, value, nothing, unknown = _all_comparisons()
    if not change.known:
        return unknown, "ask"
    if change.score:
        return both, "on"
    return (value, "on") if change.value else (nothing, "")
