"""Texts of a framework in another language, and how far each can be relied on.

A translation knows the text it was made from by its fingerprint. Where that text changed the translation is
stale: the publisher's own words are shown in its place, and it is said. None of it is part of a digest, a
case or a result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.plausible import Plausible
from localaction.engine.packs.texts import (
    Key,
    fingerprint,
    framework_texts,
    item_texts,
    reworded,
    reworded_item,
    reworded_plausible,
)

State = Literal["original", "translated", "stale", "missing"]
Standing = Literal["ours", "reviewed", "publisher"]
ITEM_LANGUAGE = "en"  # in which data items are written


class Said(str):
    """A text with the language it is in, and why it is in that one.

    Parameters
    ----------
    language : str
        The language of this text: where there is no translation, that of the publisher.
    state : str
        ``original``, ``translated``, ``stale`` or ``missing``.
    """

    __slots__ = ("language", "state")
    language: str
    state: State

    def __new__(cls, text: str, language: str, state: State) -> Said:
        said = super().__new__(cls, text)
        said.language, said.state = language, state
        return said


@dataclass(frozen=True, slots=True)
class Entry:
    """A translated text, and the fingerprint of the text it was made from."""

    of: str
    text: str


@dataclass(frozen=True)
class Translation:
    """A file of translations: of a framework, or of data items.

    Parameters
    ----------
    by : str
        Who translated.
    standing : str
        ``ours``: not seen by the publisher; ``reviewed`` by the publisher; ``publisher``: its own.
    """

    language: str
    by: str
    standing: Standing
    last_checked: str
    entries: Mapping[Key, Entry]


NOTHING = Translation("", "", "ours", "", {})


@dataclass(frozen=True)
class Progress:
    """How far the translation of a framework is, its data items with it."""

    language: str
    translated: int
    stale: int
    missing: int

    @property
    def complete(self) -> bool:
        """Whether nothing is stale or missing."""
        return not self.stale and not self.missing


def nearest(language: str, held: Mapping[str, Translation]) -> Translation:
    """Return the translations into a language, or into the one it is a form of: ``es`` for ``es-mx``."""
    code = language.lower()
    while code:
        if code in held:
            return held[code]
        code = code.rpartition("-")[0]
    return NOTHING


def translated(framework: Framework, language: str) -> dict[Key, Said]:
    """Return every text of a framework in a language, each with its state; data items are apart.

    ``language`` is a code such as ``es`` or ``zh-hans``.
    """
    held = nearest(language, framework.translations)
    own = framework.language
    return {key: _said(key, text, held, own, language) for key, text in framework_texts(framework).items()}


def translated_item(
    item: Mapping[str, Any], language: str, translations: Mapping[str, Translation]
) -> dict[str, Any]:
    """Return a data item with its texts in a language."""
    held = nearest(language, translations)
    return reworded_item(item, lambda key, text: _said(key, text, held, ITEM_LANGUAGE, language))


def spoken_plausible(
    plausible: Plausible, language: str, translations: Mapping[str, Translation]
) -> Plausible:
    """Return what is plausible with its texts in a language, so that findings name things in it."""
    held = nearest(language, translations)
    return reworded_plausible(plausible, lambda key, text: _said(key, text, held, ITEM_LANGUAGE, language))


def spoken(framework: Framework, language: str) -> Framework:
    """Return a framework that says everything in a language as far as it can, its data items too.

    It is for showing: its texts are `Said`, its digest and all that decides a result are as they were.
    """
    texts = translated(framework, language)
    held = reworded(framework, lambda key, _text: texts[key])
    items = {
        name: translated_item(item, language, framework.item_translations)
        for name, item in framework.items.items()
    }
    return replace(held, items=items)


def progress(framework: Framework, language: str) -> Progress:
    """Return how many texts of a framework and of what it asks are translated, stale and missing."""
    states = Counter(said.state for said in translated(framework, language).values())
    items = nearest(language, framework.item_translations)
    for item in framework.items.values():
        states.update(
            _said(key, text, items, ITEM_LANGUAGE, language).state for key, text in item_texts(item).items()
        )
    return Progress(language, states["translated"], states["stale"], states["missing"])


def _said(key: Key, text: str, held: Translation, own: str, language: str) -> Said:
    if language.lower().partition("-")[0] == own.partition("-")[0] and not held.entries:
        return Said(text, own, "original")
    entry = held.entries.get(key)
    if entry is None or not entry.text:
        return Said(text, own, "missing")
    if entry.of != fingerprint(text):
        return Said(text, own, "stale")
    return Said(entry.text, held.language, "translated")
