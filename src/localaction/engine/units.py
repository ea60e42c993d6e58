"""Units and their dimensions, defined in a pack and scaled by pint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pint

from localaction.engine.errors import InputError, did_you_mean, shown


class UnknownUnit(InputError):
    """There is no such unit."""

    code = "units.unknown"
    text = 'There is no unit "{unit}". {hint}'
    remedy_text = "Write one of the units the documentation lists."

    def __init__(self, unit: str, known: Iterable[str]) -> None:
        super().__init__(unit=shown(unit), hint=did_you_mean(unit, known))


class WrongDimension(InputError):
    """A unit measures something else than what is needed."""

    code = "units.wrong_dimension"
    text = 'The unit "{unit}" measures {found}, but {expected} is needed here.'
    remedy_text = "Write the amount in a unit of {expected}, such as {examples}."


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``expression`` is its definition for pint; ``basis`` is net or gross for the energy of fuels."""

    symbol: str
    label: str
    dimension: str
    expression: str
    basis: str | None = None
    aliases: tuple[str, ...] = ()


class Units:
    """The units that may be written, by symbol or alias."""

    def __init__(self, units: Iterable[Unit], definitions: Iterable[str] = ()) -> None:
        self.all: Mapping[str, Unit] = {unit.symbol: unit for unit in units}
        self.definitions = tuple(definitions)
        self._names = {name: unit for unit in self.all.values() for name in (unit.symbol, *unit.aliases)}
        self._folded: dict[str, list[Unit]] = {}
        for name, unit in self._names.items():
            known = self._folded.setdefault(name.casefold(), [])
            if unit not in known:
                known.append(unit)
        self._scales: dict[tuple[str, str], float] = {}

    def get(self, name: str) -> Unit:
        """Return the unit of this symbol or alias; letter case matters only where it tells two units apart.

        Raises
        ------
        UnknownUnit
            If there is none, with the nearest ones.
        """
        text = " ".join(name.split())
        if (unit := self._names.get(text)) is not None:
            return unit
        folded = self._folded.get(text.casefold(), [])
        if len(folded) == 1:
            return folded[0]
        raise UnknownUnit(name, self._names)

    def dimension(self, name: str) -> str:
        """Return what the unit measures: mass, volume, energy, distance ..."""
        return self.get(name).dimension

    def basis(self, name: str) -> str | None:
        """Return ``net`` or ``gross`` for energy units of fuels that say so, else None."""
        return self.get(name).basis

    def of_dimension(self, dimension: str) -> list[Unit]:
        """Return all units of a dimension."""
        return [unit for unit in self.all.values() if unit.dimension == dimension]

    def scale(self, source: str, target: str) -> float:
        """Return by what an amount in ``source`` is multiplied to be in ``target``.

        Raises
        ------
        WrongDimension
            If they do not measure the same.
        """
        here, there = self.get(source), self.get(target)
        pair = (here.symbol, there.symbol)
        if pair not in self._scales:
            self._scales[pair] = self._computed(here, there)
        return self._scales[pair]

    def _computed(self, here: Unit, there: Unit) -> float:
        if here.symbol == there.symbol:
            return 1.0
        if here.dimension != there.dimension:
            examples = ", ".join(unit.symbol for unit in self.of_dimension(there.dimension)[:3])
            raise WrongDimension(
                unit=here.symbol, found=here.dimension, expected=there.dimension, examples=examples
            )
        return self._to_base[here.symbol] / self._to_base[there.symbol]

    @cached_property
    def _to_base(self) -> dict[str, float]:
        registry: Any = pint.UnitRegistry(cache_folder=None)
        for definition in self.definitions:
            registry.define(definition)
        return {symbol: self._base(registry, unit) for symbol, unit in self.all.items()}

    @staticmethod
    def _base(registry: Any, unit: Unit) -> float:
        return float(registry.parse_expression(unit.expression).to_base_units().magnitude)
