"""Messages of the engine in the reader's language: found by code, their gaps filled afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from localaction.engine.errors import Finding, LocalActionError


def message_of(found: Finding | LocalActionError) -> str:
    """Return what was found and why it matters."""
    kind = _kinds().get(found.code)
    return _filled(kind.text, found.params, found.message) if kind else found.message


def remedy_of(found: Finding | LocalActionError) -> str:
    """Return what to do."""
    kind = _kinds().get(found.code)
    return _filled(kind.remedy_text, found.params, found.remedy) if kind else found.remedy


def text_of(found: Finding | LocalActionError) -> str:
    """Return what was found and what to do, as one text."""
    return f"{message_of(found)} {remedy_of(found)}".strip()


def _filled(text: str, params: Mapping[str, object], english: str) -> str:
    """Return a translated text with its gaps filled; the English one where they do not fit."""
    if not text:
        return english
    try:
        return _(text).format_map(params)
    except (KeyError, IndexError, ValueError):
        return english


def _kinds() -> dict[str, type[LocalActionError]]:
    return {kind.code: kind for kind in _below(LocalActionError)}


def _below(kind: type[LocalActionError]) -> Iterator[type[LocalActionError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
