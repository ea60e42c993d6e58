"""US EPA GHG Emission Factors Hub: fuels burnt in place by gross energy, and grid electricity by region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from localaction.engine.exchange.factor_files.amounts import decimal, plain
from localaction.engine.exchange.factor_files.content import Content, Row
from localaction.engine.exchange.factor_files.layouts import Layout
from localaction.engine.exchange.factor_files.problems import UnknownColumn, UnreadableTable
from localaction.engine.exchange.factor_files.report import Report
from localaction.engine.packs import Library
from localaction.engine.references.words import fold

TABLE = re.compile(r"Table \d+")
MODIFIED = re.compile(r"Last Modified: .*(\d{4})")
BIOGENIC, FOSSIL = "biogenic", "fossil"
KINDS = {"fuels", "grid"}


def read_epa(content: Content, layout: Layout, library: Library, report: Report, column: str) -> None:
    """Take table 1 (fuels, kg for each million Btu of gross energy) and table 6 (grid, lb for each MWh)."""
    if column:
        raise UnknownColumn(layout=layout.title, column=column, fix="It has one; leave the column away.")
    rows = next(iter(content.sheets.values()))
    edition = _edition(rows, content.name)
    known = {table["table"]: table for table in layout.data["tables"]}
    for name, body in _tables(rows):
        table = known.get(name)
        if table is None or table.get("kind") not in KINDS:
            for label, _ in _numbered(body):
                report.skip(f"{name}: {label}", table["why"] if table else layout.data["unmatched"])
        elif table["kind"] == "fuels":
            _fuels(body, table, layout, library, report, edition)
        else:
            _grid(body, table, layout, report, edition, content.name)


def _edition(rows: Sequence[Row], file: str) -> str:
    for row in rows[:10]:
        for cell in row:
            if found := MODIFIED.search(cell):
                return found[1]
    raise UnreadableTable(file=file, why="its first rows do not say when it was last modified")


def _tables(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the name of each table with its rows."""
    name, body = "", []  # type: ignore[var-annotated]
    for row in rows:
        head = next((cell for cell in row[:1] if TABLE.fullmatch(cell)), None)
        if head:
            if name:
                yield name, body
            name, body = head, []
        else:
            body.append(row)
    if name:
        yield name, body


def _numbered(body: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the rows that hold numbers, with their label: the last text before the first number."""
    for row in body:
        first = next((k for k, cell in enumerate(row) if decimal(cell) is not None), None)
        label = next((cell for cell in reversed(row[:first]) if cell), "") if first else ""
        if first is not None and label:
            yield label, row


def _fuels(
    body: Sequence[Row],
    table: Mapping[str, Any],
    layout: Layout,
    library: Library,
    report: Report,
    edition: str,
) -> None:
    for label, row in _numbered(body):
        activity = layout.data["fuels"].get(label)
        amounts = _amounts(row, table)
        if activity is None or amounts is None:
            report.skip(f"{table['table']}: {label}", layout.data["unmatched"])
            continue
        origin = library.fuels[activity].origin
        gases = {
            "CO2_biogenic" if origin == BIOGENIC else "CO2": amounts["CO2"],
            f"CH4_{origin}": amounts["CH4"],
            "N2O": amounts["N2O"],
        }
        _take(
            report, layout, table, gases, name=f"stationary.{activity}", activity=activity,
            uses=layout.data["uses"], place=layout.data["place"], year="", edition=edition,
            locator=f"{table['locator']}, {label}",
        )  # fmt: skip


def _grid(
    body: Sequence[Row], table: Mapping[str, Any], layout: Layout, report: Report, edition: str, file: str
) -> None:
    text = " ".join(cell for row in body for cell in row)
    found = re.search(table["year"], text)
    if found is None:
        raise UnreadableTable(file=file, why="its table 6 does not say of which year the grid is")
    for label, row in _numbered(body):
        region, amounts = re.match(table["region"], label), _amounts(row, table)
        if amounts is None or not (region or label == table["average"]):
            report.skip(f"{table['table']}: {label}", layout.data["unmatched"])
            continue
        place = f"egrid:{region[1]}" if region else layout.data["place"]
        name = f"grid.{region[1].lower()}" if region else f"grid.{place.lower()}"
        _take(
            report, layout, table, dict(amounts), name=name, activity="electricity",
            uses=["grid_generation"], place=place, year=found[1], edition=edition,
            locator=f"{table['locator']}, {label}",
        )  # fmt: skip
    report.notes.append("Regions of the grid are no places: a factor of one is used when a row names its id.")


def _amounts(row: Row, table: Mapping[str, Any]) -> dict[str, Decimal] | None:
    """Return the amounts by gas in the mass of the table's unit, or None where one is missing."""
    unit = table["unit"].partition("/")[0]
    found: dict[str, Decimal] = {}
    for gas, column in table["columns"].items():
        value = decimal(row[column["at"]]) if column["at"] < len(row) else None
        if value is None:
            return None
        found[gas] = value if column["in"] == unit else value * _scale(column["in"], unit)
    return found


def _scale(source: str, target: str) -> Decimal:
    """Return the power of ten between two metric masses: exact, unlike a product of floats."""
    powers = {"g": 0, "kg": 3, "t": 6}
    return Decimal(10) ** (powers[source] - powers[target])


def _take(
    report: Report,
    layout: Layout,
    table: Mapping[str, Any],
    gases: Mapping[str, Decimal],
    *,
    name: str,
    activity: str,
    uses: Sequence[str],
    place: str,
    year: str,
    edition: str,
    locator: str,
) -> None:
    for gas, value in gases.items():
        report.take(
            id=f"{layout.data['set']}@{edition}:{fold(name).replace(' ', '_')}",
            activity=activity,
            uses=" ".join(uses),
            gas=gas,
            value=plain(value),
            unit=table["unit"],
            place=place,
            year=year,
            tier=str(layout.data["tier"]),
            quality=layout.data["quality"],
            source=f"{layout.source} {edition}",
            locator=locator,
        )
