"""Source columns to targets by their names: exact, by synonym, by likeness; each with score and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from localaction.engine.exchange.mapping import ColumnChoice, ColumnMapping, Layout, Target
from localaction.engine.exchange.words import folded, tidy, unbracketed

LIKE_ENOUGH = 84.0  # of 100; below it a name says too little to be proposed
CLEARER_BY = 6.0  # points by which the best target must lead the next
LONGEST_NAME = 200  # characters by which a column is told
NEAREST = 20  # names that are ranked
SHORTEST_FUZZY = 4  # letters; shorter names are alike by chance
EXACT, SYNONYM, BRACKETED = 1.0, 0.97, 0.93

LANGUAGES = {
    "en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "ar": "Arabic", "zh": "Chinese",
    "de": "German", "it": "Italian", "id": "Indonesian", "ru": "Russian",
}  # fmt: skip


class _Name(NamedTuple):
    target: Target
    text: str
    language: str


def propose(
    headers: Sequence[str], layout: Layout, saved: Mapping[str, ColumnMapping] | None = None
) -> ColumnMapping:
    """Return where each column most likely goes.

    A mapping kept under the fingerprint of these headers wins. Else a name is looked up among the ids, labels
    and synonyms of the targets, then without what stands in brackets, then by likeness. No target is proposed
    twice: of two columns the better name keeps it.

    Parameters
    ----------
    headers : sequence of str
        The header, column by column; empty for a column without name.
    layout : Layout
        The targets.
    saved : mapping, optional
        Kept mappings by `ColumnMapping.fingerprint`.
    """
    columns = tuple(choose(header, layout) for header in headers)
    fresh = ColumnMapping(layout.id, columns)
    kept = (saved or {}).get(fresh.fingerprint)
    if kept is not None and kept.layout == layout.id and len(kept.columns) == len(columns):
        return _renewed(kept, headers)
    return ColumnMapping(layout.id, _once_each(columns))


@lru_cache(maxsize=8192)
def choose(header: str, layout: Layout) -> ColumnChoice:
    """Return the target that a column name stands for, with score and reason; none if it is unclear."""
    names = _names(layout)
    name = header[:LONGEST_NAME]
    if not (word := folded(name)):
        return ColumnChoice(header, None, 0.0, "none", "The column has no name.")
    if (found := names.get(word)) is not None:
        if not found.language:
            reason = f"The same name as {found.target.label}."
            return ColumnChoice(header, found.target.id, EXACT, "exact", reason)
        return ColumnChoice(header, found.target.id, SYNONYM, "synonym", _by_synonym(found))
    bare = folded(unbracketed(name))
    if bare and (found := names.get(bare)) is not None:
        reason = f"Without its brackets: {_by_synonym(found)}"
        return ColumnChoice(header, found.target.id, BRACKETED, "synonym", reason)
    return _by_likeness(header, bare or word, names)


def _by_likeness(header: str, word: str, names: Mapping[str, _Name]) -> ColumnChoice:
    from rapidfuzz import fuzz, process

    best: dict[str, tuple[float, _Name]] = {}
    if len(word) >= SHORTEST_FUZZY:
        long = [name for name in names if len(name) >= SHORTEST_FUZZY]
        for name, score, _ in process.extract(
            word, long, scorer=fuzz.ratio, limit=20, score_cutoff=LIKE_ENOUGH
        ):
            best.setdefault(names[name].target.id, (score, names[name]))
    ranked = sorted(best.values(), key=lambda item: -item[0])
    if not ranked:
        return ColumnChoice(header, None, 0.0, "none", "No column goes by a name like this.")
    score, found = ranked[0]
    if len(ranked) > 1 and score - ranked[1][0] < CLEARER_BY:
        reason = f"It could be {found.target.label} or {ranked[1][1].target.label}."
        return ColumnChoice(header, None, score / 100, "none", reason)
    reason = f'Like "{found.text}", a name of {found.target.label}.'
    return ColumnChoice(header, found.target.id, score / 100, "fuzzy", reason)


@cache
def _names(layout: Layout) -> Mapping[str, _Name]:
    """Return every name by its folded form; the language is empty for ids and labels."""
    found: dict[str, _Name] = {}
    for target in layout.targets:
        for text in (target.id, target.label):
            found.setdefault(folded(text), _Name(target, text, ""))
    for target in layout.targets:
        for language, texts in target.synonyms.items():
            for text in texts:
                found.setdefault(folded(text), _Name(target, text, language))
    return found


def _by_synonym(found: _Name) -> str:
    language = LANGUAGES.get(found.language, found.language)
    where = f" in {language}" if language else ""
    return f'"{found.text}" is a name of {found.target.label}{where}.'


def _once_each(columns: tuple[ColumnChoice, ...]) -> tuple[ColumnChoice, ...]:
    """Leave a target to the column whose name fits it best; of equal ones to the first."""
    best: dict[str, int] = {}
    for position, column in enumerate(columns):
        if column.target is None:
            continue
        held = best.get(column.target)
        if held is None or column.score > columns[held].score:
            best[column.target] = position
    return tuple(
        column if column.target is None or best[column.target] == position else _taken(column, columns, best)
        for position, column in enumerate(columns)
    )


def _taken(column: ColumnChoice, columns: tuple[ColumnChoice, ...], best: Mapping[str, int]) -> ColumnChoice:
    holder = columns[best[str(column.target)]].header
    reason = f'"{tidy(holder)}" is already taken for the same.'
    return ColumnChoice(column.header, None, column.score, "none", reason)


def _renewed(kept: ColumnMapping, headers: Sequence[str]) -> ColumnMapping:
    columns = tuple(
        ColumnChoice(header, column.target, 1.0, "saved", "As it was mapped before.")
        for header, column in zip(headers, kept.columns, strict=True)
    )
    return ColumnMapping(kept.layout, columns, kept.constants, kept.decimal)
