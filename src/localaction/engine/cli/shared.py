"""What several commands need: the library with own factors, and what a place lies in."""

from __future__ import annotations

from localaction.engine.cli.files import opened
from localaction.engine.packs import Library


def library_with(own_factors: str | None) -> Library:
    """Return the rule book, with the city's own factors of a file if one is given."""
    library = Library.load()
    if own_factors is None:
        return library
    with opened(own_factors) as stream:
        return library.with_factors(library.read_factors(stream))


def place_chain(code: str | None) -> tuple[str, ...]:
    """Return the place and what its code says it lies in: ``GB-LON`` lies in ``GB``."""
    if not code:
        return ()
    parts = code.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))
