"""Every edition on file, the search over indicators, and who asks for a data item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from localaction.engine.formulas.tree import names_in
from localaction.engine.packs import editions
from localaction.engine.packs.frameworks import Decision, Framework, Indicator
from localaction.engine.packs.translations import spoken, translated_item
from localaction.engine.references.words import fold
from localaction.platform.web.rulebook import library
from localaction.platform.web.said import page_language

SHOWN = 100  # of what a search finds


@dataclass(frozen=True)
class Edition:
    """An edition as the list shows it.

    ``seen`` counts the indicators whose rule of scoring was seen, ``unseen`` those that give no score; both
    are None where the framework gives no scores at all.
    """

    framework: Framework
    address: str
    seen: int | None
    unseen: int | None


@dataclass(frozen=True)
class Hit:
    """An indicator that a search found."""

    indicator: Indicator
    framework: Framework
    address: str


@dataclass(frozen=True)
class Asking:
    """An edition that asks for a data item, with the indicators and decisions it is for."""

    framework: Framework
    address: str
    indicators: Sequence[Indicator]
    decisions: Sequence[Decision]


@dataclass(frozen=True)
class Shared:
    """A data item that more than one framework asks for."""

    id: str
    label: str
    unit: str
    asking: Sequence[Asking]


class _Same:
    """An edition as it was read, alike to itself alone: what is made from it is kept beside it."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def __hash__(self) -> int:
        return id(self.framework)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.framework is self.framework


@lru_cache(maxsize=256)
def _spoken(held: _Same, language: str) -> Framework:
    return spoken(held.framework, language)


def originals() -> Mapping[str, Framework]:
    """Return every edition by ``id/edition`` in the words of its publisher."""
    return editions.frameworks()


def on_file() -> Mapping[str, Framework]:
    """Return every edition by ``id/edition``, in the language of the page as far as it is translated."""
    return {key: in_page_language(framework) for key, framework in originals().items()}


def in_page_language(framework: Framework) -> Framework:
    """Return an edition in the language of the page as far as it is translated; for showing alone."""
    return _spoken(_Same(framework), page_language())


def item_on_file(item_id: str) -> Mapping[str, Any] | None:
    """Return a data item in the language of the page as far as it is translated."""
    found = library().items.get(item_id)
    return found and translated_item(found, page_language(), editions.item_translations())


def framework_address(framework: Framework, page: str = "web:framework") -> str:
    """Return the address of an edition."""
    return reverse(page, args=[framework.id, framework.edition])


def gives_no_score(indicator: Indicator) -> bool:
    """Say whether the rule of its score is not on file, or was not seen."""
    return indicator.scoring is None or indicator.scoring.confidence == "unverified"


def scores(framework: Framework) -> bool:
    """Say whether a framework gives scores at all."""
    return any(indicator.scoring for indicator in framework.indicators.values())


def listed() -> list[Edition]:
    """Return every edition as the list shows it."""
    return [_edition(framework) for framework in on_file().values()]


def _edition(framework: Framework) -> Edition:
    seen = unseen = None
    if scores(framework):
        unseen = sum(map(gives_no_score, framework.indicators.values()))
        seen = len(framework.indicators) - unseen
    return Edition(framework, framework_address(framework), seen, unseen)


def found_indicators(text: str) -> list[Hit]:
    """Return the indicators in which every word of a text occurs, one of just this number first."""
    words = [_wanted(word) for word in text.split() if fold(word)]
    if not words:
        return []
    found = [
        Hit(indicator, framework, f"{framework_address(framework)}#i-{indicator.id}")
        for framework, original in zip(on_file().values(), originals().values(), strict=True)
        for indicator in framework.indicators.values()
        if _met(words, _searched(framework, indicator), original, indicator.id)
    ]
    return sorted(found, key=lambda hit: hit.indicator.id.casefold() != text.casefold())


def _met(words: Sequence[str], text: str, original: Framework, name: str) -> bool:
    """Say whether every word occurs in what is shown, or every one in the words of the publisher."""
    if all(word in text for word in words):
        return True
    published = _searched(original, original.indicators[name])
    return all(word in published for word in words)


def _wanted(word: str) -> str:
    """Return what is looked for: a number stands alone, so that 5.1 is not found in 15.1."""
    folded = fold(word)
    return f" {folded}" if folded[0].isdigit() else folded


def _searched(framework: Framework, indicator: Indicator) -> str:
    items = (framework.items[item]["label"] for item in indicator.items)
    parts = [
        indicator.id,
        indicator.label,
        indicator.help,
        framework.sections[indicator.section],
        framework.title,
        framework.key,
        *indicator.items,
        *items,
    ]
    return f" {fold(' '.join(parts))}"


def citing(source: str) -> list[tuple[Framework, str, int]]:
    """Return the editions that rest on a document, with their address and how many indicators cite it."""
    found = []
    for framework in on_file().values():
        count = sum(source in _sources(one) for one in framework.indicators.values())
        if count or framework.source.ref == source:
            found.append((framework, framework_address(framework), count))
    return found


def _sources(indicator: Indicator) -> set[str]:
    return {indicator.source.ref, indicator.scoring.source.ref if indicator.scoring else ""}


def asking(item: str) -> list[Asking]:
    """Return the editions that ask for a data item."""
    return [
        Asking(
            framework,
            framework_address(framework),
            [indicator for indicator in framework.indicators.values() if item in indicator.items],
            [decision for decision in _decisions(framework) if item in _mentioned(decision)],
        )
        for framework in on_file().values()
        if item in framework.items
    ]


def _decisions(framework: Framework) -> Iterator[Decision]:
    yield from framework.decisions
    yield from framework.badges
    yield from framework.levels
    yield from framework.checks


def _mentioned(decision: Decision) -> frozenset[str]:
    due = names_in(decision.due_tree) if decision.due_tree else frozenset()
    return names_in(decision.tree) | due | {decision.submitted}


def askers() -> dict[str, list[Framework]]:
    """Return the frameworks that ask for each data item: of each its newest edition that does."""
    found: dict[str, dict[str, Framework]] = {}
    for framework in on_file().values():
        for item in framework.items:
            found.setdefault(item, {})[framework.id] = framework
    return {item: list(held.values()) for item, held in found.items()}


def shared_items() -> list[Shared]:
    """Return the data items that more than one framework asks for, those of most frameworks first."""
    found = [
        Shared(item, held[0].items[item]["label"], held[0].items[item].get("unit", ""), asking(item))
        for item, held in askers().items()
        if len(held) > 1
    ]
    return sorted(found, key=lambda one: (-len(one.asking), one.label.casefold()))
