"""Made-up cities with edges on purpose: ties, zeros, gaps, negatives, days around deadlines.

Every city of a seed is always the same. A missing number is NaN, a missing day NaT, a missing text empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from localaction.engine.formulas.columns import Column, Table
from localaction.engine.packs.frameworks import Framework
from tests.parity import iso_37120, singapore_index
from tests.parity.plain import Numbers, Rows, anniversary

SEED, COUNT = 2014, 10_000
TODAY = date(2023, 8, 1)
MISSING, KEYED, ZERO, NEGATIVE = (
    0.08,
    0.3,
    0.03,
    0.03,
)  # shares; KEYED of what is missing holds a notation key
CAREFUL = 0.2  # cities that leave nothing out
AROUND = np.array([-91, -90, -1, 0, 1, 90, 91])  # days before or after a deadline
FIRST_DAY, DAYS = np.datetime64("2018-01-01"), 2200
LEAP_DAY = np.datetime64("2020-02-29")
Fill = Callable[["Cities", np.random.Generator], None]


@dataclass
class Cities:
    """Answers of many cities, by data item and in its unit."""

    count: int
    careful: NDArray[np.bool_]
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    tables: dict[str, Rows] = field(default_factory=dict)
    verified: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    keyed: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


def cities(framework: Framework, count: int = COUNT) -> Cities:
    """Return cities that answer a framework: anything anywhere, then what makes its edges."""
    chance = np.random.default_rng(SEED)
    found = Cities(count, careful=chance.random(count) < CAREFUL)
    for item, declared in framework.items.items():
        if declared["kind"] == "table":
            found.tables[item] = _rows(chance, count, declared["columns"])
        else:
            found.columns[item] = _anything(chance, count, declared)
    EDGES.get(framework.id, lambda *_: None)(found, chance)
    for item, values in found.columns.items():
        gone = (chance.random(count) < MISSING) & ~found.careful
        values[gone] = _nothing(values)
        found.keyed[item] = gone & (chance.random(count) < KEYED)
    _verify(found, framework, chance)
    return found


def _nothing(values: NDArray[Any]) -> Any:
    return {"f": np.nan, "M": np.datetime64("NaT"), "U": ""}[values.dtype.kind]


def _anything(chance: np.random.Generator, count: int, declared: Mapping[str, Any]) -> NDArray[Any]:
    kind = declared["kind"]
    if kind == "number":
        return _amounts(chance, count)
    if kind == "yes_no":
        return (chance.random(count) < 0.8).astype(np.float64)
    if kind == "day":
        return FIRST_DAY + chance.integers(0, DAYS, count)
    choices = [
        entry["id"] if isinstance(entry, Mapping) else entry for entry in declared.get("choices", ("a", "b"))
    ]
    return chance.choice(choices, count)


def _amounts(chance: np.random.Generator, count: int) -> Numbers:
    """Return amounts of any size, whole or not, some zero, some negative."""
    values = 10 ** chance.uniform(0, 6, count)
    values = np.where(chance.random(count) < 0.5, np.round(values), np.round(values, 3))
    values[chance.random(count) < ZERO] = 0.0
    return np.where(chance.random(count) < NEGATIVE, -values, values)


def _rows(chance: np.random.Generator, count: int, columns: Iterable[Mapping[str, Any]]) -> Rows:
    given = chance.random(count) > MISSING
    city = np.repeat(np.arange(count), np.where(given, chance.integers(0, 4, count), 0))
    found = {}
    for column in columns:
        values = found[column["id"]] = _anything(chance, len(city), column)
        values[chance.random(len(city)) < MISSING] = _nothing(values)
    return Rows(city, given, found)


def _on_edges(chance: np.random.Generator, count: int, digits: int, tops: tuple[float, ...]) -> Numbers:
    """Return values on, just below and just above ends of bands, halves that round, and anything between."""
    step = 10.0**-digits
    ends = np.round(
        chance.choice(np.array([*tops, 100.0]), count) + chance.integers(-1, 2, count) * step, digits
    )
    halves = ends + chance.choice([0.0, 0.5, 0.49999, -0.5, -0.50001], count) * step
    return np.where(chance.random(count) < 0.6, halves, chance.uniform(0, 1.3 * (max(tops) + step), count))


def _singapore(found: Cities, chance: np.random.Generator) -> None:
    for bands in (singapore_index.EDITION_2014, singapore_index.EDITION_2021):
        for band in bands.values():
            wanted = _on_edges(chance, found.count, band.digits, band.tops)
            _aim(found, band.part, band.whole, wanted / band.times)
    lost = chance.random(found.count) < 0.02  # more than there are
    for item in found.columns:
        if item.startswith("species_change."):
            found.columns[item][lost] = -100_500.0
    for part, whole in singapore_index.OPTIONS:
        _aim(found, part, whole, _on_edges(chance, found.count, 1, singapore_index.RESTORATION) / 100)


def _iso(found: Cities, chance: np.random.Generator) -> None:
    """Careful cities answer everything within its limits, so that they can be certified."""
    for item, values in found.columns.items():
        found.columns[item] = np.where(found.careful, np.abs(values) + 1, values)
    shares = [0.0, 0.07, 0.333, 0.5, 1.0, 1.005, 1.1, 1.101, 2.0, 2.01, 10.0, 10.05, -1.0, -1.005]
    pairs = [(part, whole[0]) for _, _, unit, part, *whole in iso_37120.INDICATORS if unit == "%"]
    for part, whole in [*pairs, ("water.billed", "water.supplied")]:
        _aim(found, part, whole, np.where(found.careful, 0.5, chance.choice(shares, found.count)))
    found.columns["health.life_expectancy"] = chance.choice([70.5, 120.0], found.count)
    found.columns["health.life_expectancy"][~found.careful] += 0.1


def _aim(found: Cities, part: str, whole: str | None, wanted: Numbers) -> None:
    """Make an answer, or the part of a whole, what it must be to come out at a wanted value."""
    if part in found.columns and (whole is None or whole in found.columns):
        spared = found.columns[part] <= 0
        aimed = wanted if whole is None else wanted * np.abs(found.columns[whole])
        found.columns[part] = np.where(spared, found.columns[part], aimed)


def _targets(found: Cities, chance: np.random.Generator) -> None:
    _ways(found, chance)
    since = chance.choice([-1, 0, 2, 3, 4, 5, 101], found.count)
    found.columns["report.year"] = found.columns["inventory.year"] + since
    _deadlines(found, chance, "commitment.joined", (1, 2, 3))


def _ways(found: Cities, chance: np.random.Generator) -> None:
    """Put emissions on the straight way to a target, or beside it."""
    columns, count = found.columns, found.count
    columns["target.cut"] = chance.choice([0.0, 12.5, 30.0, 40.0, 100.0, 100.1], count)
    columns["target.base_year"] = chance.integers(2005, 2020, count).astype(np.float64)
    columns["target.year"] = columns["target.base_year"] + chance.choice([0, 5, 13, 30], count)
    columns["inventory.year"] = chance.integers(2015, 2023, count).astype(np.float64)
    way = (columns["inventory.year"] - columns["target.base_year"]) / 13
    base, left = columns["target.base_emissions"], 1 - columns["target.cut"] / 100
    path = base + (base * left - base) * way
    columns["emissions.latest"] = np.where(
        chance.random(count) < 0.3, path, base * chance.choice([0.5, 0.88, 1, 2], count)
    )


def _deadlines(found: Cities, chance: np.random.Generator, start: str, years: tuple[int, ...]) -> None:
    """Put starts where a deadline is near today, or on a leap day; hand in around the deadlines."""
    around = np.datetime64(TODAY) + chance.choice(AROUND, found.count)
    starts = anniversary(around, -int(chance.choice(years)))
    for year in years:
        starts = np.where(chance.random(found.count) < 0.2, anniversary(around, -year), starts)
    starts = np.where(chance.random(found.count) < 0.1, LEAP_DAY, starts)
    for item, values in found.columns.items():
        if values.dtype.kind == "M" and item != start:
            year = int(chance.choice(years))
            near = anniversary(starts, year) + chance.integers(-1, 2, found.count)
            found.columns[item] = np.where(chance.random(found.count) < 0.7, near, values)
    found.columns[start] = starts


def _gains(found: Cities, chance: np.random.Generator) -> None:
    columns = found.columns
    for what in ("energy", "water", "waste", "people"):
        kept = chance.choice([1.0, 0.9, 0.9 + 1e-9, 0.9 - 1e-9, 0.8, 1.03, 11.0, 11.05, -0.005], found.count)
        columns[f"efficiency.{what}_final"] = columns[f"efficiency.{what}_base"] * kept
    columns["efficiency.weather_share"] = chance.choice([0.0, 50.0, 60.0, 100.0], found.count)
    for name in ("hdd_base", "hdd_final", "hdd_normal"):
        columns[f"efficiency.{name}"] = chance.choice(
            [0.0, 2610.0, 2800.0, 2900.0], found.count, p=[0.04, 0.32, 0.32, 0.32]
        )
    _deadlines(found, chance, "efficiency.pledged", (3,))


EDGES: Mapping[str, Fill] = {
    "singapore_index": _singapore,
    "iso_37120": _iso,
    "gcom_crf": _targets,
    "compact_of_mayors": _targets,
    "climate_registry": _ways,
    "efficiency_gain": _gains,
}


def _verify(found: Cities, framework: Framework, chance: np.random.Generator) -> None:
    """Confirm all, most or few indicators of a city, so that every level occurs."""
    usual, more = chance.choice([1.0, 0.99, 0.6], found.count), chance.random(found.count)
    for indicator in framework.indicators.values():
        diligence = more if "supporting" in indicator.groups else usual
        found.verified[indicator.id] = chance.random(found.count) <= diligence


def as_columns(found: Cities, framework: Framework) -> tuple[dict[str, Column], dict[str, Table]]:
    """Return the answers as the engine takes them: a mask beside each column."""
    kinds = {item: declared["kind"] for item, declared in framework.items.items()}
    columns = {item: _masked(values, kinds[item]) for item, values in found.columns.items()}
    tables = {
        name: Table(rows.city, rows.given, {key: _masked(values, "") for key, values in rows.columns.items()})
        for name, rows in found.tables.items()
    }
    return columns, tables


def _masked(values: NDArray[Any], kind: str) -> Column:
    if values.dtype.kind == "U":
        return Column(values, values != "")
    known = ~np.isnat(values) if values.dtype.kind == "M" else ~np.isnan(values)
    return Column(np.where(known, values, 0).astype(np.bool_) if kind == "yes_no" else values, known)


def report(found: Cities, framework: Framework, city: int) -> dict[str, Any]:
    """Return the answers of one city as they are handed in; some gaps are notation keys."""
    answers: dict[str, Any] = {}
    for item, values in found.columns.items():
        answers[item] = _plain(values[city], framework.items[item]["kind"])
        if answers[item] is None and found.keyed[item][city]:
            answers[item] = {"notation_key": "NE"}
    for name, rows in found.tables.items():
        if rows.given[city]:
            kinds = {column["id"]: column["kind"] for column in framework.items[name]["columns"]}
            answers[name] = [
                {key: _plain(values[row], kinds[key]) for key, values in rows.columns.items()}
                for row in np.flatnonzero(rows.city == city)
            ]
    return answers


def _plain(value: Any, kind: str) -> Any:
    if kind == "number":
        return None if np.isnan(value) else float(value)
    if kind == "yes_no":
        return None if np.isnan(value) else bool(value)
    if kind == "day":
        return None if np.isnat(value) else value.astype(object)
    return str(value) or None
