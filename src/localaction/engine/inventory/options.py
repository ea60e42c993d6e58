"""What holds for an inventory as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from localaction.engine.periods import Period

DEFAULT_GWP_SET = "ar5"


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for an inventory as a whole.

    Parameters
    ----------
    place : str, optional
        Code of the place.
    place_chain : tuple of str
        The place and what it lies in, nearest first; factors are looked for in this order.
    period : Period, optional
        Period of the inventory; without it every row states its own, all of one year.
    gwp_set : str
        Warming potentials.
    keep_lines : bool
        Keep a line per row in the result; leave out for very large files and take them by ``on_line``.
    max_errors : int
        Errors listed in a refusal; further ones are counted.
    swaps : mapping
        Factors by id that are to be replaced, with what stands in; for looking ahead at another edition.
    """

    place: str | None = None
    place_chain: tuple[str, ...] = ()
    period: Period | None = None
    gwp_set: str = DEFAULT_GWP_SET
    keep_lines: bool = True
    max_errors: int = 100
    swaps: Mapping[str, str] = field(default_factory=dict)
