"""Tables of one grid factor for each country: Ember (JSON) and IFI (CSV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.errors import did_you_mean
from localaction.engine.exchange.factor_files.amounts import amount
from localaction.engine.exchange.factor_files.content import Content
from localaction.engine.exchange.factor_files.layouts import Layout
from localaction.engine.exchange.factor_files.problems import UnknownColumn, UnreadableTable
from localaction.engine.exchange.factor_files.report import Report
from localaction.engine.packs import Library

REGION = "a region or a group of countries, not a country"
NO_NUMBER = "no number"
UNKNOWN_PLACE = "no country of the list of countries"


def read_ember(content: Content, layout: Layout, library: Library, report: Report, column: str) -> None:
    """Take the newest intensity of each country, g CO2e for each kWh, with its own data year."""
    if column:
        raise UnknownColumn(layout=layout.title, column=column, fix="It has one; leave the column away.")
    for entry in content.records.values():
        name = str(entry.get("country_or_region", ""))
        country = library.countries.by_alpha3(str(entry.get("country_code") or ""))
        if country is None:
            report.skip(name, UNKNOWN_PLACE if entry.get("country_code") else REGION)
            continue
        value, year = amount(entry.get("emissions_intensity_gco2_per_kwh")), entry.get("year")
        if value is None or not isinstance(year, int):
            report.skip(name, NO_NUMBER)
            continue
        _take(report, layout, country.code, value, str(year), f"{name}, {year}")


def read_ifi(content: Content, layout: Layout, library: Library, report: Report, column: str) -> None:
    """Take one column of the margins of each country, g CO2 for each kWh."""
    columns = layout.data["columns"]
    chosen = next((entry for entry in columns if entry["id"] == (column or columns[0]["id"])), None)
    if chosen is None:
        known = [entry["id"] for entry in columns]
        fix = did_you_mean(column, known) or f"It has {', '.join(known)}."
        raise UnknownColumn(layout=layout.title, column=column, fix=fix)
    rows = content.sheets[""]
    position = _position(rows[:3], chosen["heading"], content.name)
    report.notes.append(f"Taken is the {chosen['label']}.")
    for row in rows[3:]:
        name = row[0] if row else ""
        value = amount(row[position]) if position < len(row) else None
        country = library.countries.by_name(name)
        if value is None:
            if name and country is not None:
                report.skip(name, NO_NUMBER)
        elif country is None:
            report.skip(name, UNKNOWN_PLACE)
        else:
            year = str(layout.data["edition"])
            _take(report, layout, country.code, value, year, f"{name}, {chosen['label']}")


def _position(heads: Any, heading: str, file: str) -> int:
    for row in heads:
        for index, cell in enumerate(row):
            if cell.startswith(heading):
                return index
    raise UnreadableTable(file=file, why=f'its head has no column "{heading}"')


def _take(report: Report, layout: Layout, place: str, value: str, year: str, locator: str) -> None:
    grid: Mapping[str, Any] = layout.data["grid"]
    report.take(
        id=f"{layout.data['set']}@{year}:grid.{place.lower()}",
        activity=grid["activity"],
        uses=" ".join(grid["uses"]),
        gas=grid["gas"],
        value=value,
        unit=grid["unit"],
        place=place,
        year=year,
        tier=str(grid["tier"]),
        quality=grid["quality"],
        source=layout.source,
        locator=locator,
    )
