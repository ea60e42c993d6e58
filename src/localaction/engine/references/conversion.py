"""From the unit of a row to the unit of a factor, through the properties of the fuel where needed.

Volume becomes mass by density, mass becomes energy by net calorific value, gross energy becomes net by
the fuel's ratio; each step is kept with its source.
"""

from __future__ import annotations

from dataclasses import dataclass

from localaction.engine.errors import InputError
from localaction.engine.references.cited import Cited
from localaction.engine.references.fuels import Activity, Fuel
from localaction.engine.units import Units

CHAIN = ("volume", "mass", "energy")
NET, GROSS = "net", "gross"
NET_UNIT, GROSS_UNIT = "GJ", "GJ gross"  # units of the pack between which the ratio is applied
SUGGESTED = 2  # units that a remedy names for each dimension


class NoConversion(InputError):
    """An amount cannot be brought into the unit of the factor."""

    code = "references.no_conversion"
    text = "{activity} in {unit} cannot be brought to {target}: {why}."
    remedy_text = "Write the amount in {suggested}."


@dataclass(frozen=True, slots=True)
class Conversion:
    """One step: the amount after it is the amount before it times ``multiplier``, in ``unit``."""

    label: str
    multiplier: float
    unit: str
    source_ref: str = ""
    locator: str = ""
    confidence: str = ""


def plan(activity: Activity, source: str, target: str, units: Units) -> tuple[Conversion, ...]:
    """Return the steps that bring an amount of ``activity`` from the unit ``source`` to the unit ``target``.

    Raises
    ------
    NoConversion
        If a property that is needed (density, calorific value, net over gross) is not known for this fuel.
    WrongDimension
        If the units measure different things and the activity is no fuel.
    """
    here, there = units.get(source), units.get(target)
    fuel = activity if isinstance(activity, Fuel) else None
    along = here.dimension in CHAIN and there.dimension in CHAIN
    same = here.dimension == there.dimension and _basis(here.basis) == _basis(there.basis)
    if fuel is None or not along or same:
        multiplier = units.scale(here.symbol, there.symbol)
        return (
            ()
            if here.symbol == there.symbol
            else (Conversion(f"in {there.symbol}", multiplier, there.symbol),)
        )
    walk = _Walk(fuel, here.symbol, there.symbol, units)
    return walk.steps()


def dimensions_of(activity: Activity) -> tuple[str, ...]:
    """Return what an amount of the activity may measure: of a fuel its volume, its mass or its energy."""
    return CHAIN if isinstance(activity, Fuel) else (activity.dimension,)


def _basis(basis: str | None) -> str:
    return basis or NET


class _Walk:
    """The steps along volume, mass, net energy, gross energy, in either direction."""

    def __init__(self, fuel: Fuel, source: str, target: str, units: Units) -> None:
        self.fuel, self.units = fuel, units
        self.source, self.target = units.get(source), units.get(target)
        self.unit = source
        self.found: list[Conversion] = []

    def steps(self) -> tuple[Conversion, ...]:
        here, there = self._rank(self.source.symbol), self._rank(self.target.symbol)
        while here != there:
            forward = there > here
            self._step(min(here, here - 1 + forward), forward=forward)
            here += 1 if forward else -1
        self._rescale(self.target.symbol)
        return tuple(self.found)

    def _rank(self, symbol: str) -> int:
        """Volume 0, mass 1, net energy 2, gross energy 3."""
        unit = self.units.get(symbol)
        return CHAIN.index(unit.dimension) + (unit.dimension == "energy" and unit.basis == GROSS)

    def _step(self, boundary: int, *, forward: bool) -> None:
        if boundary == 0:
            self._by_property(self.fuel.density, "density", ("volume", "mass"), forward=forward)
        elif boundary == 1:
            self._by_property(self.fuel.ncv, "net calorific value", ("mass", "energy"), forward=forward)
        else:
            self._by_ratio(forward=forward)

    def _by_property(
        self, value: Cited | None, name: str, dimensions: tuple[str, str], *, forward: bool
    ) -> None:
        if value is None:
            raise self._missing(name)
        numerator, denominator = value.unit.split("/")
        start, end, multiplier = denominator, numerator, value.value
        if not forward:
            start, end, multiplier = end, start, 1 / value.value
        self._rescale(start)
        self._add(f"{'×' if forward else '÷'} {name} {value.value:g} {value.unit}", multiplier, end, value)

    def _by_ratio(self, *, forward: bool) -> None:
        """Net to gross if forward; the ratio is net over gross."""
        value = self.fuel.gross_to_net
        if value is None:
            raise self._missing("ratio of net to gross calorific value")
        start, end = (NET_UNIT, GROSS_UNIT) if forward else (GROSS_UNIT, NET_UNIT)
        self._rescale(start)
        multiplier = 1 / value.value if forward else value.value
        self._add(f"{'÷' if forward else '×'} net over gross {value.value:g}", multiplier, end, value)

    def _rescale(self, symbol: str) -> None:
        if self.units.get(self.unit).symbol != symbol:
            self._add(f"in {symbol}", self.units.scale(self.unit, symbol), symbol, None)

    def _add(self, label: str, multiplier: float, unit: str, cited: Cited | None) -> None:
        if cited is None:
            self.found.append(Conversion(label, multiplier, unit))
        else:
            self.found.append(
                Conversion(label, multiplier, unit, cited.source_ref, cited.locator, cited.confidence)
            )
        self.unit = unit

    def _missing(self, name: str) -> NoConversion:
        return NoConversion(
            activity=self.fuel.label,
            unit=self.source.symbol,
            target=self.target.symbol,
            why=f"no {name} of it is on file",
            suggested=" or ".join(self._possible()),
        )

    def _possible(self) -> list[str]:
        """Return the dimensions from which the target can be reached, with the first units of each."""
        known = (self.fuel.density, self.fuel.ncv, self.fuel.gross_to_net)
        goal = self._rank(self.target.symbol)
        found: list[str] = []
        for rank, dimension in enumerate(CHAIN):
            if all(known[step] is not None for step in range(min(rank, goal), max(rank, goal))):
                plain = [unit.symbol for unit in self.units.of_dimension(dimension) if unit.basis != GROSS]
                found.append(f"a unit of {dimension} ({', '.join(plain[:SUGGESTED])})")
        if goal == len(CHAIN) and not found:
            found.append(self.target.symbol)
        return found
