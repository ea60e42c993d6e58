"""What every check of a pack file needs: sources and units on file, ids used once, names that are known."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from localaction.engine.errors import InputError, did_you_mean
from localaction.engine.units import Units
from localaction.engine.yamlpack import Document, Place


class Checks:
    """Checks against the sources and units that are on file; each raises a `PackError` at its place."""

    def __init__(self, sources: Mapping[str, object], units: Units) -> None:
        self.sources, self.units = sources, units

    def sources_of(self, document: Document) -> None:
        """Every cited source is on file."""
        for place, reference in _references(document.data, ()):
            if reference not in self.sources:
                fix = did_you_mean(reference, self.sources) or f"Add sources/{reference}.yaml."
                raise document.error(place, f'there is no source "{reference}".', fix)

    def unit(self, document: Document, place: Place, symbol: str, dimension: str | None = None) -> None:
        """A unit is known, and measures ``dimension`` if one is given."""
        try:
            unit = self.units.get(symbol)
        except InputError as error:
            raise document.error(place, error.message, error.remedy) from error
        if dimension is not None and unit.dimension != dimension:
            problem = f'the unit "{symbol}" measures {unit.dimension}, but {dimension} is needed here.'
            raise document.error(place, problem, "Correct the unit.")


def unique(document: Document, names: Iterable[tuple[Place, str]]) -> None:
    """A name stands once in a file."""
    seen: set[str] = set()
    for place, name in names:
        new(document, place, name, seen)
        seen.add(name)


def new(document: Document, place: Place, name: str, taken: Container[str]) -> None:
    """A name is not taken yet."""
    if name in taken:
        raise document.error(place, f'"{name}" is used twice.', "Give each its own.")


def known(document: Document, place: Place, name: str, what: str, names: Iterable[str]) -> None:
    """A name is one of those on file."""
    on_file = list(names)
    if name not in on_file:
        fix = did_you_mean(name, on_file) or "Add it, or correct the name."
        raise document.error(place, f'there is no {what} "{name}".', fix)


def _references(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield every ``source: {ref: ...}`` of a document with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source" and isinstance(value, dict):
                yield (*place, key, "ref"), value["ref"]
            else:
                yield from _references(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _references(value, (*place, index))
