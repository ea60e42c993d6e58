"""Emission factors from a pack, or from a city's own table."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from localaction.engine.errors import Finding, InputError, Refused, did_you_mean, shown
from localaction.engine.references.factors import Factor, GasValue
from localaction.engine.units import Units

OWN_COLUMNS = (
    "id", "activity", "uses", "gas", "value", "low", "high", "unit",
    "place", "year", "tier", "quality", "source", "locator",
)  # fmt: skip
REQUIRED = ("id", "activity", "gas", "value", "unit", "source")
KILOGRAM = "kg"
SPECIES_SPELLED = {"CO2e": "CO2E_UNSPLIT"}
OWN_TIER = 2


class BadFactorUnit(InputError):
    """The unit of a factor is not a mass (or volume) of gas for each unit of activity."""

    code = "references.bad_factor_unit"
    text = 'The unit "{unit}" is not a mass of gas for each unit of activity.'
    remedy_text = "Write it as in kg/TJ, kg/kWh or g/kg."


class BadFactorTable(InputError):
    """A table of own factors is not as it must be."""

    code = "references.bad_factor_table"
    text = "{problem}"
    remedy_text = "{fix}"


def factors_of_pack(data: Mapping[str, Any], units: Units) -> Iterator[Factor]:
    """Yield the factors of one pack entry: one for each data year."""
    name, _, _ = data["id"].partition(":")
    density = data.get("gas_density", {}).get("value")
    for entry in data["values"]:
        year = entry.get("year")
        to_kg, activity_unit = per_activity(data["unit"], units, density)
        yield Factor(
            id=f"{data['id']}/{year}" if year else data["id"],
            label=data["label"],
            activity=data["activity"],
            uses=tuple(data["uses"]),
            unit=data["unit"],
            activity_unit=activity_unit,
            place=data["place"],
            year=year,
            tier=data["tier"],
            edition=name.partition("@")[2],
            quality=data.get("quality"),
            automatic=data.get("automatic", True),
            confidence=data["confidence"],
            last_checked=data["last_checked"],
            gases={gas: _scaled(value, to_kg) for gas, value in entry["gases"].items()},
            source_ref=entry["source"]["ref"],
            locator=entry["source"]["locator"],
            note=entry.get("note", data.get("note", "")),
            gwp_set=data.get("gwp_set"),
        )


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
        raise BadFactorUnit(unit=unit)
    here, there = units.get(gas), units.get(activity)
    if here.dimension == "mass":
        return units.scale(here.symbol, KILOGRAM), there.symbol
    if here.dimension == "volume" and gas_density_kg_per_m3 is not None:
        return units.scale(here.symbol, "m3") * gas_density_kg_per_m3, there.symbol
    raise BadFactorUnit(unit=unit)


def _scaled(value: Mapping[str, Any], to_kg: float) -> GasValue:
    def kg(key: str) -> float | None:
        return None if value.get(key) is None else float(value[key]) * to_kg

    return GasValue(float(value["value"]) * to_kg, kg("low"), kg("high"))


def read_factor_csv(
    stream: BinaryIO, units: Units, activities: Iterable[str], uses: Iterable[str], gases: Iterable[str]
) -> list[Factor]:
    """Return a city's own factors from a CSV table, one line for each gas of a factor.

    Columns: `OWN_COLUMNS`; ``uses`` are words separated by spaces (empty: every use of the activity), ``place`` empty
    means ``world``, ``year`` empty a constant.

    Raises
    ------
    Refused
        With every line that cannot be used: row, column, value, remedy.
    """
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"The table of factors is not UTF-8: byte {error.start + 1} cannot be read."
        raise BadFactorTable(problem=problem, fix="Save it as CSV UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text))
    _check_header(reader.fieldnames or [])
    table = _OwnTable(units, frozenset(activities), tuple(uses), frozenset(gases))
    for number, row in enumerate(reader, start=2):
        table.add(number, {key: (value or "").strip() for key, value in row.items() if key is not None})
    return table.factors()


def _check_header(fields: Iterable[str]) -> None:
    names = list(fields)
    for name in names:
        if name not in OWN_COLUMNS:
            fix = did_you_mean(name, OWN_COLUMNS) or f"The columns are {', '.join(OWN_COLUMNS)}."
            raise BadFactorTable(problem=f'The table of factors has an unknown column "{shown(name)}".', fix=fix)
    for name in REQUIRED:
        if name not in names:
            raise BadFactorTable(problem=f'The table of factors lacks the column "{name}".', fix="Add it to the header.")


class _OwnTable:
    """The lines of an own table as they are read."""

    def __init__(
        self, units: Units, activities: frozenset[str], uses: tuple[str, ...], gases: frozenset[str]
    ) -> None:
        self.units, self.activities, self.uses, self.gases = units, activities, uses, gases
        self.found: dict[str, dict[str, Any]] = {}
        self.findings: list[Finding] = []

    def add(self, number: int, row: Mapping[str, str]) -> None:
        for column in REQUIRED:
            if not row.get(column):
                self._refuse(number, column, "", f"The column {column} is empty.", "Fill it.")
                return
        gas = SPECIES_SPELLED.get(row["gas"], row["gas"])
        if row["activity"] not in self.activities:
            fix = did_you_mean(row["activity"], self.activities) or "Write an id the documentation lists."
            self._refuse(number, "activity", row["activity"], "There is no such fuel or activity.", fix)
        elif gas not in self.gases:
            fix = did_you_mean(row["gas"], self.gases) or "Write CO2, CH4, N2O or CO2e."
            self._refuse(number, "gas", row["gas"], "There is no such gas.", fix)
        else:
            self._take(number, row, gas)

    def _take(self, number: int, row: Mapping[str, str], gas: str) -> None:
        try:
            to_kg, activity_unit = per_activity(row["unit"], self.units)
            value = _scaled({key: _number(row.get(key, "")) for key in ("value", "low", "high")}, to_kg)
            year = int(row["year"]) if row.get("year") else None
            tier = int(row["tier"]) if row.get("tier") else OWN_TIER
        except InputError as error:
            self.findings.append(Finding.of(error, row=number, column="unit", value=row["unit"]))
            return
        except ValueError:
            self._refuse(number, "value", row["value"], "A number of this row cannot be read.", "Write digits with a point.")
            return
        entry = self.found.setdefault(row["id"], {
            "label": row["id"], "activity": row["activity"], "uses": tuple(row.get("uses", "").split()) or self.uses,
            "unit": row["unit"], "activity_unit": activity_unit, "place": row.get("place") or "world", "year": year,
            "tier": tier, "quality": row.get("quality") or None, "source_ref": row["source"],
            "locator": row.get("locator", ""), "gases": {},
        })  # fmt: skip
        if gas in entry["gases"] or entry["unit"] != row["unit"]:
            self._refuse(number, "gas", row["gas"], "This gas stands twice in the factor, or its unit differs.",
                         "Write one line for each gas, all in one unit.")  # fmt: skip
            return
        entry["gases"][gas] = value

    def _refuse(self, number: int, column: str, value: str, problem: str, fix: str) -> None:
        error = BadFactorTable(problem=problem, fix=fix)
        self.findings.append(Finding.of(error, row=number, column=column, value=value))

    def factors(self) -> list[Factor]:
        if self.findings:
            raise Refused(self.findings)
        return [
            Factor(id=key, edition="own", automatic=True, confidence="unverified", last_checked="", **entry)
            for key, entry in self.found.items()
        ]


def _number(text: str) -> float | None:
    if not text:
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
