"""Find factors: by words, forgiving about spelling, and by place, activity, gas, year, cell and source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from localaction.engine.packs.library import Library
from localaction.engine.references.factors import WORLD, Factor
from localaction.engine.references.words import fold

ALIKE = 80  # of 100: how alike a misspelt word must be
SHORT = 4  # letters: a shorter word must be right
WHOLE_WORD, BEGINNING, INSIDE = (
    100.0,
    90.0,
    75.0,
)  # how good a match is; a misspelt one has its likeness, less
MISSPELT = 0.7
TITLE_WEIGHT = 2.0  # a word in the name counts for more than one in the source


@dataclass(frozen=True)
class Query:
    """What is looked for; an empty field does not narrow.

    Parameters
    ----------
    words : str
        Words, each of which must be met by name, id, activity, use, gas, place or source, misspelt or not.
    places : tuple of str
        A place and what it lies in, nearest first: what applies there, the world defaults last.
    activity, gas, cell, source, confidence
        Ids; ``gas`` CH4 finds methane of every origin.
    year : int or None
        The inventory year: of each series only the value that would apply then.
    """

    words: str = ""
    places: tuple[str, ...] = ()
    activity: str = ""
    gas: str = ""
    year: int | None = None
    cell: str = ""
    source: str = ""
    confidence: str = ""


class Catalogue:
    """The factors of a rule book, indexed by the words that describe them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.factors: Sequence[Factor] = tuple(library.factors.all.values())

    def find(self, query: Query) -> list[Factor]:
        """Return the factors that fit, the best first.

        Without words: nearest place, then name, then the newest year. With words: the best match first.
        """
        fitting = [index for index, factor in enumerate(self.factors) if self._fits(factor, query)]
        if query.year is not None:
            fitting = self._newest(fitting, query.year)
        scores = self._scores(fold(query.words).split(), fitting)
        found = sorted(scores, key=lambda index: self._order(index, scores[index], query))
        return [self.factors[index] for index in found]

    def _order(self, index: int, score: float, query: Query) -> tuple[object, ...]:
        factor = self.factors[index]
        near = query.places.index(factor.place) if factor.place in query.places else len(query.places)
        return (
            -round(score),
            near,
            not factor.automatic,
            factor.label.casefold(),
            -(factor.year or 0),
            factor.id,
        )

    def _fits(self, factor: Factor, query: Query) -> bool:
        if query.places and factor.place not in (*query.places, WORLD):
            return False
        if query.activity and factor.activity != query.activity:
            return False
        if query.gas and not any(_is_gas(gas, query.gas) for gas in factor.gases):
            return False
        if query.cell:
            uses = self.library.protocol.cells[query.cell].uses
            if not any(use in uses for use in factor.uses):
                return False
        if query.source and factor.source_ref != query.source:
            return False
        return not query.confidence or factor.confidence == query.confidence

    def _newest(self, indexes: Iterable[int], year: int) -> list[int]:
        """Return of each series the value that applies in a year: the newest that is not after it."""
        best: dict[str, int] = {}
        for index in indexes:
            factor = self.factors[index]
            if factor.year is not None and factor.year > year:
                continue
            held = best.get(series(factor))
            if held is None or (self.factors[held].year or 0) < (factor.year or 0):
                best[series(factor)] = index
        return list(best.values())

    def _scores(self, words: Sequence[str], fitting: Sequence[int]) -> dict[int, float]:
        """Return how well each fitting factor matches all words; those that miss one are left out."""
        scores = dict.fromkeys(fitting, 0.0)
        for word in words:
            alike = self._alike(word)
            scores = {
                index: score + best
                for index, score in scores.items()
                if (best := self._best(index, alike)) > 0
            }
        return scores

    def _alike(self, word: str) -> dict[str, float]:
        """Return every word of the index that matches a word, and how well."""
        found: dict[str, float] = {}
        for token in self._vocabulary:
            if token == word:
                found[token] = WHOLE_WORD
            elif token.startswith(word):
                found[token] = BEGINNING
            elif len(word) >= SHORT and word in token:
                found[token] = INSIDE
        if not found and len(word) >= SHORT:
            near = process.extract(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
            found = {token: likeness * MISSPELT for token, likeness, _ in near}
        return found

    def _best(self, index: int, alike: dict[str, float]) -> float:
        title, rest = self._words[index]
        in_title = max((alike[token] for token in title if token in alike), default=0.0)
        in_rest = max((alike[token] for token in rest if token in alike), default=0.0)
        return max(in_title * TITLE_WEIGHT, in_rest)

    @cached_property
    def _words(self) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
        """Words of each factor: those of its name, activity and place, and all others."""
        return tuple(self._described(factor) for factor in self.factors)

    @cached_property
    def _vocabulary(self) -> Sequence[str]:
        return sorted({token for title, rest in self._words for token in (*title, *rest)})

    def _described(self, factor: Factor) -> tuple[frozenset[str], frozenset[str]]:
        activity = self.library.activities.all[factor.activity]
        source = self.library.sources.get(factor.source_ref)
        place = self.library.countries.label(factor.place)
        title = (factor.label, activity.id, activity.label, *activity.aliases, factor.place, place)
        rest = (
            factor.id, *factor.uses, *factor.gases, str(factor.year or ""), factor.edition, factor.locator,
            factor.source_ref, *((source.title, source.publisher) if source else ()),
        )  # fmt: skip
        return _tokens(title), _tokens(rest)


def series(factor: Factor) -> str:
    """Return the id of a factor without the year of its value."""
    return factor.id.removesuffix(f"/{factor.year}") if factor.year is not None else factor.id


def _is_gas(held: str, wanted: str) -> bool:
    """Return whether a gas is the wanted one; CH4 is methane of every origin, CO2e what is not split."""
    if wanted.casefold() == "co2e":
        return held == "CO2E_UNSPLIT"
    return held.casefold() == wanted.casefold() or held.casefold().startswith(f"{wanted.casefold()}_")


def _tokens(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in fold(text).split())
