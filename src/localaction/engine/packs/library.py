"""Everything the packs say, read once, checked, and frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO

from localaction.engine.packs.methods import Method
from localaction.engine.packs.plausible import Plausible
from localaction.engine.packs.reader import read_packs
from localaction.engine.references.cited import Source
from localaction.engine.references.countries import Countries
from localaction.engine.references.factors import Factor, FactorTable
from localaction.engine.references.fuels import Activities, Fuel
from localaction.engine.references.gwp import GwpSet
from localaction.engine.references.owntable import read_factor_csv
from localaction.engine.references.parameters import ParameterTable
from localaction.engine.references.protocol import Protocol
from localaction.engine.references.quality import DefaultRange, Quality
from localaction.engine.units import Units
from localaction.packs import DATA


@dataclass(frozen=True)
class Library:
    """The rule book: protocol, units, warming potentials, fuels, factors, sources.

    Parameters
    ----------
    protocol : Protocol
        Cells, totals, notation keys, sectors.
    units, gwp_sets, activities, factors, sources, quality, items
        What the packs say of each, by id.
    plausible : Plausible
        Ranges, changes, ratios and rules between items beyond which a figure is asked about.
    default_ranges : mapping
        Usual ranges by kind of data: defaults to choose from, never applied unasked.
    countries : Countries
        Codes and names of countries and territories.
    species : frozenset of str
        Every gas that may be named.
    parameters : mapping of str to ParameterTable
        Default values of methods, by id.
    methods : mapping of str to Method
        The methods declared, by id; each carries a digest of its own.
    pack_digest : str
        SHA-256 over the content of all files but the methods; comments and layout do not count.
    own : tuple of Factor
        Factors added to those of the packs.
    """

    protocol: Protocol
    units: Units
    gwp_sets: Mapping[str, GwpSet]
    activities: Activities
    factors: FactorTable
    sources: Mapping[str, Source]
    quality: Quality
    default_ranges: Mapping[str, DefaultRange]
    items: Mapping[str, Mapping[str, Any]]
    plausible: Plausible
    countries: Countries
    species: frozenset[str]
    parameters: Mapping[str, ParameterTable]
    methods: Mapping[str, Method]
    pack_digest: str
    own: tuple[Factor, ...] = ()

    @staticmethod
    def load(folder: Path = DATA) -> Library:
        """Return the rule book in ``folder``; read once per process.

        Raises
        ------
        PackError
            If a file is not as it must be: file, line, what and what to do.
        """
        return _read(folder)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the content of the packs, and the factors added to them."""
        if not self.own:
            return self.pack_digest
        digests = (self.pack_digest, *sorted(factor.digest for factor in self.own))
        return hashlib.sha256("".join(digests).encode()).hexdigest()

    def digest_for(self, rows: Iterable[tuple[str, str, str]]) -> str:
        """Return the SHA-256 over the packs and those of the factors added to them that rows could take.

        Parameters
        ----------
        rows : iterable of tuple of str
            Of each row the cell, the activity as entered, and the factor that it pins, if any.
        """
        if not self.own:
            return self.pack_digest
        taken = {factor.id: factor for row in set(rows) for factor in self._within_reach(*row)}
        if not taken:
            return self.pack_digest
        # By an id a factor is taken whether the rule may take it or not, so that is left out.
        digests = (self.pack_digest, *sorted(replace(each, automatic=True).digest for each in taken.values()))
        return hashlib.sha256("".join(digests).encode()).hexdigest()

    def _within_reach(self, ref: str, activity: str, pin: str) -> list[Factor]:
        """Return the factors added to the packs that a row could take."""
        if pin:
            return [factor for factor in self.own if pin in (factor.id, factor.name)]
        wanted, cell = self.activities.get(activity).id, self.protocol.cells.get(ref)
        uses = {*cell.uses, *self.protocol.all_market_uses} if cell else set(self.uses)
        return [
            factor
            for factor in self.own
            if factor.automatic and factor.activity == wanted and uses & set(factor.uses)
        ]

    @property
    def fuels(self) -> Mapping[str, Fuel]:
        """The fuels among the activities."""
        return self.activities.fuels

    @cached_property
    def uses(self) -> tuple[str, ...]:
        """Every word by which factors and cells are matched."""
        return self.protocol.uses

    def with_factors(self, extra: Iterable[Factor]) -> Library:
        """Return the rule book with further factors; one of the same id replaces the old one.

        Where one of them and one of the rule book are equal in place, year and tier, the own one is taken.
        """
        own = (*self.own, *extra)
        table = FactorTable([*self.factors.all.values(), *own], self.units, {factor.id for factor in own})
        return replace(self, factors=table, own=own)

    def read_factors(self, stream: BinaryIO) -> list[Factor]:
        """Return a city's own factors from a CSV table (see `read_factor_csv`).

        Raises
        ------
        Refused, BadFactorTable
            If the table cannot be used; an id that the packs already use is refused too.
        """
        return read_factor_csv(
            stream,
            units=self.units,
            activities=self.activities,
            uses=self.uses,
            gases=self.species,
            taken={*self.factors.all, *self.factors.names},
        )


@cache
def _read(folder: Path) -> Library:
    """Read once for each folder, whether it was named or left to be the one that ships."""
    return Library(**read_packs(folder))
