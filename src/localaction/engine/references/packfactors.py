"""Emission factors of a pack: one for each data year, in kg of gas for each unit of activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localaction.engine.errors import InputError, shown
from localaction.engine.references.factors import Factor, GasValue
from localaction.engine.units import Units

KILOGRAM, CUBIC_METRE = "kg", "m3"


class BadFactorUnit(InputError):
    """The unit of a factor is not a mass (or volume) of gas for each unit of activity."""

    code = "references.bad_factor_unit"
    text = 'The unit "{unit}" is not a mass of gas for each unit of activity.'
    remedy_text = "Write it as in kg/TJ, kg/kWh or g/kg."

    def __init__(self, unit: str) -> None:
        super().__init__(unit=shown(unit))


def factors_of_pack(data: Mapping[str, Any], units: Units) -> Iterator[Factor]:
    """Yield the factors of one pack entry: one for each data year."""
    name, _, _ = data["id"].partition(":")
    to_kg, activity_unit = per_activity(data["unit"], units, data.get("gas_density", {}).get("value"))
    for entry in data["values"]:
        yield Factor(
            id=dated_id(data["id"], entry.get("year")),
            label=data["label"],
            activity=data["activity"],
            uses=tuple(data["uses"]),
            unit=data["unit"],
            activity_unit=activity_unit,
            place=data["place"],
            year=entry.get("year"),
            tier=data["tier"],
            edition=name.partition("@")[2],
            quality=data["quality"],
            automatic=data.get("automatic", True),
            confidence=data["confidence"],
            last_checked=data["last_checked"],
            gases={gas: scaled(value, to_kg) for gas, value in entry["gases"].items()},
            source_ref=entry["source"]["ref"],
            locator=entry["source"]["locator"],
            note=entry.get("note", data.get("note", "")),
            gwp_set=data.get("gwp_set"),
        )


def dated_id(name: str, year: int | None) -> str:
    """Return the id of one value of a factor: with ``/year`` if it is dated."""
    return name if year is None else f"{name}/{year}"


def per_activity(unit: str, units: Units, gas_density_kg_per_m3: float | None = None) -> tuple[float, str]:
    """Return kg of gas for one printed unit of gas, and the unit of activity.

    A gas given as volume (m3 of methane for each t of coal) takes its density.

    Raises
    ------
    BadFactorUnit, UnknownUnit
        If ``unit`` is not ``gas/activity`` with known units.
    """
    gas, slash, activity = unit.partition("/")
    if not slash:
        raise BadFactorUnit(unit)
    here, there = units.get(gas), units.get(activity)
    if here.dimension == units.dimension(KILOGRAM):
        return units.scale(here.symbol, KILOGRAM), there.symbol
    if here.dimension == units.dimension(CUBIC_METRE) and gas_density_kg_per_m3 is not None:
        return units.scale(here.symbol, CUBIC_METRE) * gas_density_kg_per_m3, there.symbol
    raise BadFactorUnit(unit)


def scaled(value: Mapping[str, Any], to_kg: float) -> GasValue:
    """Return an amount of gas with its range, multiplied to kg."""

    def kg(key: str) -> float | None:
        return None if value.get(key) is None else float(value[key]) * to_kg

    return GasValue(float(value["value"]) * to_kg, kg("low"), kg("high"), value.get("quality"))
