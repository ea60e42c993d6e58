"""What fills a data item without typing: facts, inventory and plan of the place, the report, other items."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from localaction.engine.formulas.scalar import Scalar, Walk
from localaction.engine.formulas.tree import Node

FitKind = Literal["exact", "conversion", "confirm"]
From = Literal["fact", "figure", "inventory", "report", "target"]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a figure fits what is asked, and why.

    Parameters
    ----------
    kind : str
        ``exact``; ``conversion``: the same after a change of unit or a sum; ``confirm``: a person says yes.
    note : str
        Why, in plain words.
    """

    kind: FitKind
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is looked up for a feed.

    Parameters
    ----------
    source : str
        ``fact``: a fact of the place by its key, ``geonames.population`` the figure of GeoNames; ``figure``:
        a figure of the place by data item and dimensions; ``inventory`` and ``report``: what ``name`` says of
        the inventory or the report itself: its ``year``, or its ``protocol`` by id without edition;
        ``target``: a field of the target of the plan that comes due next.
    name : str
        The key of the fact, the data item, or what is asked of the inventory, the report or the target.
    dimensions : tuple of pairs
        Those of the figure, as in ``(("total", "BASIC"),)``.
    size : float
        The size of its unit in base units; 1 for what is no measured number.
    """

    source: From
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Feed:
    """One way to fill a data item.

    Parameters
    ----------
    item : str
        The data item that is filled.
    parts : tuple of Part
        What it is made from.
    lasts : bool
        Whether the item holds until it is changed: then the latest parts at or before the period count, else
        only those of the period itself.
    size : float
        The size of the item's unit in base units.
    formula, tree
        How the parts are put together, by the names of data items; without one they are added up.
    """

    item: str
    parts: tuple[Part, ...]
    fit: FitKind
    note: str
    lasts: bool
    size: float = 1.0
    formula: str = ""
    tree: Node | None = None

    @property
    def source(self) -> From:
        """Where it comes from: ``fact``, ``figure``, ``inventory``, ``report`` or ``target``."""
        return self.parts[0].source

    def value(self, held: Mapping[Part, Scalar]) -> Scalar:
        """Return what it gives, a number in the unit of the item; None if it gives nothing.

        Parameters
        ----------
        held : mapping of Part to number, truth, text or day
            What each part is, numbers in the part's own unit; a part that is absent or None is not known. A
            cell with a notation key is 0 if the key means ``zero`` in the protocol, and else None. A sum adds
            what is known, as the totals of an inventory do.
        """
        known = {part: held[part] for part in self.parts if held.get(part) is not None}
        if self.tree is not None:
            named = {part.name: _resized(value, part.size, 1.0) for part, value in known.items()}
            return _resized(Walk(named).value(self.tree), 1.0, self.size)
        if not known:
            return None
        if len(self.parts) == 1:
            [(part, value)] = known.items()
            return _resized(value, part.size, self.size)
        return math.fsum(cast("float", value) * part.size for part, value in known.items()) / self.size


def _resized(value: Scalar, size: float, wanted: float) -> Scalar:
    """Return a number in units of another size, and anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or size == wanted:
        return value
    return value * size / wanted
