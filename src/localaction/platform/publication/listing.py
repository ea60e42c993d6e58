"""What lists say of a published inventory, and on which factors it rests: taken from its document."""

from __future__ import annotations

from collections.abc import Iterable

from localaction.engine.packs import Library
from localaction.platform.publication.document import Data
from localaction.platform.publication.gaps import gaps_in
from localaction.platform.publication.models import UsedFactor


def said_in_lists(result: Data) -> Data:
    """Return what lists say of a result: its total and how many cells that leaves out.

    The total is None where nothing of it has a warming potential, which is not nought.
    """
    total = result["totals"]["territorial"]
    return {
        "territorial_t": total["co2e_t"] if total["co2e_t"] or total["complete"] else None,
        "territorial_gaps": len(gaps_in(result, "territorial", Library.load().protocol)),
    }


def note_factors(used: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Note on which factors documents rest, by their row numbers."""
    UsedFactor.objects.bulk_create(
        UsedFactor(publication_id=key, factor=name) for key, names in used for name in sorted(names)
    )
