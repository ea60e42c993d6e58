"""Units and their dimensions, defined in a pack and scaled by pint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pint

from localaction.engine.errors import InputError, did_you_mean, shown

PINT_ERRORS = (pint.PintError, ArithmeticError, AssertionError, AttributeError, TypeError, ValueError)


class UnknownUnit(InputError):
    """There is no such unit."""

    code = "units.unknown"
    text = 'There is no unit "{unit}". {hint}'
    remedy_text = "Write one of the units the documentation lists."

    def __init__(self, unit: str, known: Iterable[str], hint: str = "") -> None:
        super().__init__(unit=shown(unit), hint=hint or did_you_mean(unit, known))


class WrongDimension(InputError):
    """A unit measures something else than what is needed."""

    code = "units.wrong_dimension"
    text = 'The unit "{unit}" measures {found}, but {expected} is needed here.'
    remedy_text = "Write the amount in a unit of {expected}, such as {examples}."


class BadUnit(InputError):
    """A unit of the packs has a definition that cannot be read."""

    code = "units.bad_definition"
    text = 'The unit "{unit}" is defined as "{expression}", which {problem}.'
    remedy_text = "Write it in units that pint knows, add a definition, or correct the dimension."

    def __init__(self, unit: str, expression: str, problem: str) -> None:
        super().__init__(unit=unit, expression=expression, problem=problem)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``expression`` is its definition for pint; ``basis`` is net or gross for the energy of fuels.

    ``exact`` units are never taken for another letter case: MT is no megatonne, ML no millilitre.
    """

    symbol: str
    label: str
    dimension: str
    expression: str
    basis: str | None = None
    aliases: tuple[str, ...] = ()
    exact: bool = False


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
        self._measures: dict[str, tuple[float, Mapping[str, float]]] = {}

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
        if len(folded) == 1 and not folded[0].exact:
            return folded[0]
        exact = [f'"{unit.symbol}" is the {unit.label}' for unit in folded]
        raise UnknownUnit(name, self._names, f"Letter case matters: {', '.join(exact)}." if exact else "")

    def dimension(self, name: str) -> str:
        """Return what the unit measures: mass, volume, energy, distance ..."""
        return self.get(name).dimension

    def basis(self, name: str) -> str | None:
        """Return ``net`` or ``gross`` for energy units of fuels that say so, else None."""
        return self.get(name).basis

    def check(self) -> None:
        """Work out every definition.

        Raises
        ------
        BadUnit
            If one cannot be read, or measures something else than the others of its dimension.
        """
        first: dict[str, Unit] = {}
        for symbol, unit in self.all.items():
            example = first.setdefault(unit.dimension, unit)
            if self._bases[symbol][1] != self._bases[example.symbol][1]:
                raise BadUnit(unit.symbol, unit.expression, f"is not of one kind with {example.symbol}")

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

    def measure(self, name: str) -> tuple[float, Mapping[str, float]]:
        """Return the size of a unit in base units, and the power of each base dimension it measures.

        Raises
        ------
        UnknownUnit
            If there is none.
        """
        unit = self.get(name)
        if unit.symbol not in self._measures:
            base = _registry(self.definitions).parse_expression(unit.expression).to_base_units()
            powers = {str(dimension): float(power) for dimension, power in base.dimensionality.items()}
            self._measures[unit.symbol] = self._bases[unit.symbol][0], powers
        return self._measures[unit.symbol]

    def _computed(self, here: Unit, there: Unit) -> float:
        if here.symbol == there.symbol:
            return 1.0
        if here.dimension != there.dimension:
            examples = ", ".join(unit.symbol for unit in self.of_dimension(there.dimension)[:3])
            raise WrongDimension(
                unit=here.symbol, found=here.dimension, expected=there.dimension, examples=examples
            )
        return self._bases[here.symbol][0] / self._bases[there.symbol][0]

    @cached_property
    def _bases(self) -> dict[str, tuple[float, str]]:
        """Size in base units, and what it measures, of every unit."""
        registry = _registry(self.definitions)
        return {symbol: self._base(registry, unit) for symbol, unit in self.all.items()}

    @staticmethod
    def _base(registry: Any, unit: Unit) -> tuple[float, str]:
        try:
            base = registry.parse_expression(unit.expression).to_base_units()
            size, measures = float(base.magnitude), str(base.dimensionality)
        except PINT_ERRORS as error:
            raise BadUnit(unit.symbol, unit.expression, "is no quantity") from error
        if base.dimensionless:
            raise BadUnit(unit.symbol, unit.expression, "is no quantity")
        return size, measures


@cache
def _registry(definitions: tuple[str, ...]) -> Any:
    """Return pint's units with these added; made once, for it reads hundreds of definitions."""
    registry: Any = pint.UnitRegistry(cache_folder=None)
    for definition in definitions:
        try:
            registry.define(definition)
        except PINT_ERRORS as error:
            raise BadUnit(definition, definition, "pint cannot read") from error
    return registry
