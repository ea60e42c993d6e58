"""A city's own emission factors, from the lines of a CSV table, one for each gas of a factor."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from localaction.engine.errors import Finding, InputError, Refused, did_you_mean, shown
from localaction.engine.references.conversion import dimensions_of
from localaction.engine.references.factors import WORLD, Factor, GasValue
from localaction.engine.references.fuels import Activities
from localaction.engine.references.ownfile import REQUIRED, BadFactorTable, rows_of
from localaction.engine.references.packfactors import dated_id, per_activity, scaled
from localaction.engine.units import Units

SPECIES_SPELLED = {"CO2e": "CO2E_UNSPLIT"}
GRADES, TIERS = ("H", "M", "L"), ("1", "2", "3")
OWN_TIER = 2  # of a factor that does not say
YEARS = (1900, 2200)
SHARED = (
    "activity",
    "uses",
    "unit",
    "place",
    "tier",
    "quality",
    "source",
    "locator",
)  # equal in all its lines

BIOGENIC_CO2, UNSPLIT = "CO2_biogenic", "CO2E_UNSPLIT"


class Wrong(Exception):
    """A field that cannot be used: column, what is wrong, what to do."""

    def __init__(self, column: str, error: InputError) -> None:
        super().__init__(column)
        self.column, self.error = column, error


class Key(NamedTuple):
    """What tells the factors of a table apart."""

    name: str
    year: int | None


@dataclass
class _Own:
    """A factor while its lines are read."""

    first: Mapping[str, str]
    row: int
    activity: str
    uses: tuple[str, ...]
    activity_unit: str
    gases: dict[str, GasValue] = field(default_factory=dict)


def read_factor_csv(
    stream: BinaryIO,
    *,
    units: Units,
    activities: Activities,
    uses: Collection[str],
    gases: Collection[str],
    taken: Collection[str] = (),
) -> list[Factor]:
    """Return a city's own factors from a CSV table, one line for each gas of a factor.

    Columns: `OWN_COLUMNS`, in any order. ``uses`` are words separated by spaces (empty: every use), ``place``
    empty means the whole world, ``year`` empty a constant, ``tier`` empty 2.

    Parameters
    ----------
    stream : binary file
        UTF-8, with a header.
    units, activities, uses, gases
        What may be named.
    taken : collection of str
        Ids that may not be used again.

    Raises
    ------
    BadFactorTable
        If the file as a whole cannot be read.
    Refused
        With every line that cannot be used: row, column, value, remedy.
    """
    table = _Table(units, activities, uses, gases, taken)
    for number, row in rows_of(stream):
        table.add(number, row)
    return table.factors()


class _Table:
    """The factors of a table as its lines are read; what is wrong is collected, not raised."""

    def __init__(
        self,
        units: Units,
        activities: Activities,
        uses: Collection[str],
        gases: Collection[str],
        taken: Collection[str],
    ) -> None:
        self.units, self.activities = units, activities
        self.uses, self.gases, self.taken = uses, gases, taken
        self.found: dict[Key, _Own] = {}
        self.findings: list[Finding] = []

    def add(self, number: int, row: Mapping[str, str]) -> None:
        """Take one line, or note what is wrong with it."""
        try:
            self._take(number, row)
        except Wrong as wrong:
            value = row[wrong.column]
            self.findings.append(Finding.of(wrong.error, row=number, column=wrong.column, value=value))

    def factors(self) -> list[Factor]:
        """Return the factors, or refuse the table with all that is wrong."""
        if self.findings:
            raise Refused(self.findings)
        return [_factor(key, own) for key, own in self.found.items()]

    def _take(self, number: int, row: Mapping[str, str]) -> None:
        for column in REQUIRED:
            if not row[column]:
                raise _wrong(column, f"The column {column} is empty.", "Fill it.")
        key = Key(row["id"], _year(row))
        own = self.found.get(key) or self._new(number, row, key)
        for column in SHARED:
            if row[column] != own.first[column]:
                problem = f"This differs from row {own.row} of the same factor."
                raise _wrong(
                    column, problem, "Write the same in each line of a factor; only gas and values differ."
                )
        gas = self._gas(row)
        if gas in own.gases:
            raise _wrong(
                "gas", "This gas stands twice in the factor.", "Keep one line for each gas and year."
            )
        if counted_twice(gas, own.gases):
            problem = "This gas is counted in another line of the factor already."
            fix = "Give CO2e alone, or the gases apart; methane with its origin, or without."
            raise _wrong("gas", problem, fix)
        to_kg, _ = per_activity(row["unit"], self.units)
        own.gases[gas] = scaled(_range(row), to_kg)
        self.found[key] = own

    def _new(self, number: int, row: Mapping[str, str], key: Key) -> _Own:
        if dated_id(*key) in self.taken or key.name in self.taken:
            problem = "A factor of the rule book has this id already."
            raise _wrong("id", problem, "Give your factor an id of its own, such as own@2026:gas.")
        try:
            activity = self.activities.get(row["activity"])
        except InputError as error:
            raise Wrong("activity", error) from error
        uses = tuple(row["uses"].split()) or tuple(self.uses)
        for use in uses:
            if use not in self.uses:
                fix = did_you_mean(use, self.uses) or f"The uses are {', '.join(self.uses)}."
                raise _wrong("uses", f'No cell has the use "{shown(use)}".', fix)
        for column, good in (("quality", GRADES), ("tier", TIERS)):
            if row[column] and row[column] not in good:
                raise _wrong(
                    column, f"The {column} is not one of {', '.join(good)}.", "Correct it, or leave it empty."
                )
        try:
            _, unit = per_activity(row["unit"], self.units)
        except InputError as error:
            raise Wrong("unit", error) from error
        found, possible = self.units.dimension(unit), dimensions_of(activity)
        if found not in possible:
            problem = f"This is for a unit of {found}, but {activity.id} measures {' or '.join(possible)}."
            raise _wrong("unit", problem, "Correct the unit or the activity.")
        return _Own(row, number, activity.id, uses, unit)

    def _gas(self, row: Mapping[str, str]) -> str:
        gas = SPECIES_SPELLED.get(row["gas"], row["gas"])
        if gas not in self.gases:
            fix = did_you_mean(row["gas"], self.gases) or "Write CO2, CH4, N2O or CO2e."
            raise _wrong("gas", "There is no such gas.", fix)
        return gas


def _factor(key: Key, own: _Own) -> Factor:
    first = own.first
    return Factor(
        id=dated_id(*key),
        label=key.name,
        activity=own.activity,
        uses=own.uses,
        unit=first["unit"],
        activity_unit=own.activity_unit,
        place=first["place"] or WORLD,
        year=key.year,
        tier=int(first["tier"] or OWN_TIER),
        edition=_edition(key.name),
        quality=first["quality"] or None,
        automatic=True,
        confidence="unverified",
        last_checked="",
        gases=own.gases,
        source_ref=first["source"],
        locator=first["locator"],
    )


def _edition(name: str) -> str:
    """Return the edition that an id names, as in ``set@2025:gas``; else that the factor is the city's own."""
    before, colon, _ = name.partition(":")
    return (before.partition("@")[2] if colon else "") or "own"


def counted_twice(gas: str, others: Collection[str]) -> bool:
    """Return whether other lines of the factor count a gas already: as CO2e, or by its origin."""
    rest = {other for other in others if other != BIOGENIC_CO2}
    if gas == BIOGENIC_CO2 or not rest:
        return False
    if UNSPLIT in {gas, *rest}:
        return True
    family = gas.partition("_")[0]
    return any(other.partition("_")[0] == family and family in {gas, other} for other in rest)


def _wrong(column: str, problem: str, fix: str) -> Wrong:
    return Wrong(column, BadFactorTable(problem, fix))


def _year(row: Mapping[str, str]) -> int | None:
    text = row["year"]
    if not text:
        return None
    first, last = YEARS
    if not (text.isascii() and text.isdigit() and first <= int(text) <= last):
        raise _wrong("year", "This is no year.", "Write four digits, or leave it empty for a constant.")
    return int(text)


def _range(row: Mapping[str, str]) -> dict[str, float | None]:
    amounts = {column: _number(row, column) for column in ("value", "low", "high")}
    value, low, high = amounts["value"], amounts["low"], amounts["high"]
    if (low is None) != (high is None):
        missing = "low" if low is None else "high"
        raise _wrong(missing, "The range has only one end.", "Write low and high, or neither.")
    if value is not None and low is not None and high is not None and not low <= value <= high:
        raise _wrong("value", "The value is not between low and high.", "Compare the three with the source.")
    return amounts


def _number(row: Mapping[str, str], column: str) -> float | None:
    text = row[column]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:
        fix = 'Write digits with a point for decimals and nothing between thousands, such as "1234.5".'
        raise _wrong(column, "This is no number, or one that can be read in two ways.", fix)
    return value
