"""UK Government conversion factors, flat file: a row for each part (CO2, CH4, N2O) of each factor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from localaction.engine.exchange.factor_files.amounts import decimal, plain, quotient
from localaction.engine.exchange.factor_files.content import Content
from localaction.engine.exchange.factor_files.layouts import Layout
from localaction.engine.exchange.factor_files.problems import UnknownColumn, UnreadableTable
from localaction.engine.exchange.factor_files.report import Report
from localaction.engine.packs import Library
from localaction.engine.references.words import fold

HEADINGS = ("Level 1", "Level 2", "Level 3", "Column Text", "UOM", "GHG/Unit")
GASES = ("CO2", "CH4", "N2O")
YEAR = re.compile(r"\d{4}")
EMPTY = "no number"
OTHER_PART = "another unit of the same"


@dataclass
class _Group:
    """The parts of one factor: by gas, kg CO2e for each unit."""

    level1: str
    name: str
    unit: str
    parts: dict[str, Decimal] = field(default_factory=dict)


def read_uk(content: Content, layout: Layout, library: Library, report: Report, column: str) -> None:
    """Take fuels and electricity by gas: CH4 and N2O are printed as CO2e and divided by their potentials.

    The potentials are those that the file itself prints among the refrigerants.
    """
    if column:
        raise UnknownColumn(layout=layout.title, column=column, fix="It has one; leave the column away.")
    rows, at, value_at, year = _table(content, layout)
    records = [{name: row[at[name]] for name in HEADINGS} | {"value": row[value_at]} for row in rows]
    potentials = _potentials(records, layout, content.name)
    groups = _groups(records, layout, report)
    report.notes.append(_note(potentials, library))
    for group in groups.values():
        rule = _rule(layout, group)
        if rule is None or not group.parts:
            continue
        _take(report, layout, group, rule, groups, potentials, year)


def _table(content: Content, layout: Layout) -> tuple[list[Sequence[str]], dict[str, int], int, str]:
    """Return the rows below the head, where each column stands, and the year of the values."""
    for rows in content.sheets.values():
        for index, row in enumerate(rows[:60]):
            if all(heading in row for heading in HEADINGS):
                last = max(k for k, cell in enumerate(row) if cell.startswith(layout.data["value_heading"]))
                found = YEAR.search(row[last])
                if found is None:
                    raise UnreadableTable(file=content.name, why="its column of values names no year")
                at = {heading: list(row).index(heading) for heading in HEADINGS}
                width = max(last, *at.values())
                body = [held for held in rows[index + 1 :] if len(held) > width and held[at["Level 1"]]]
                return body, at, last, found[0]
    raise UnreadableTable(file=content.name, why="it has no row of headings")


def _potentials(records: Sequence[Mapping[str, str]], layout: Layout, file: str) -> dict[str, Decimal]:
    """Return the warming potentials with which the file computed CO2e, as it prints them itself."""
    wanted = layout.data["potentials"]
    found = {"CO2": Decimal(1)}
    for gas in ("CH4", "N2O"):
        for record in records:
            here = (record["Level 1"], record["Column Text"], record["Level 3"])
            value = decimal(record["value"])
            if here == (wanted["level1"], wanted["text"], wanted[gas]) and value:
                found[gas] = value
        if gas not in found:
            raise UnreadableTable(file=file, why=f"it does not print the warming potential of {gas}")
    return found


def _groups(
    records: Sequence[Mapping[str, str]], layout: Layout, report: Report
) -> dict[tuple[str, str, str], _Group]:
    """Return the parts together by factor; rows that nothing is made of go to the report."""
    groups: dict[tuple[str, str, str], _Group] = {}
    parts = layout.data["parts"]
    for record in records:
        level1, name, unit = record["Level 1"], record["Level 3"], record["UOM"]
        group = groups.setdefault((level1, fold(name), unit), _Group(level1, name, unit))
        rule = _rule(layout, group)
        if rule is None:
            report.skip(f"{level1}: {name or record['Level 2']}", _why_not(layout, group))
        value, part = decimal(record["value"]), parts.get(record["GHG/Unit"])
        if value is not None and part is not None:
            group.parts.setdefault(part, value)
        elif rule is not None:
            report.skip(f"{level1}: {name}", EMPTY)
    return groups


def _rule(layout: Layout, group: _Group) -> Mapping[str, Any] | None:
    for rule in layout.data["take"]:
        units = rule.get("units", layout.data["units"])
        if (rule["level1"], group.unit in units) == (group.level1, True) and group.name in rule["names"]:
            found: Mapping[str, Any] = rule
            return found
    return None


def _why_not(layout: Layout, group: _Group) -> str:
    for rule in layout.data["skip"]:
        if rule.get("level1", group.level1) == group.level1 and group.name in rule.get("names", [group.name]):
            return str(rule["why"])
    return OTHER_PART


def _take(
    report: Report,
    layout: Layout,
    group: _Group,
    rule: Mapping[str, Any],
    groups: Mapping[tuple[str, str, str], _Group],
    potentials: Mapping[str, Decimal],
    year: str,
) -> None:
    unit = layout.data["units"][group.unit]
    lines: dict[str, str] = {}
    if all(gas in group.parts for gas in GASES):
        for gas in GASES:
            name = rule["methane"] if gas == "CH4" else gas
            lines[name] = quotient(group.parts[gas], potentials[gas])
    elif "CO2e" in group.parts:
        lines["CO2e"] = plain(group.parts["CO2e"])
    if "biogenic" in rule:
        beside = groups.get((rule["biogenic"], fold(group.name), group.unit))
        if beside is not None and "CO2" in beside.parts:
            lines["CO2_biogenic"] = plain(beside.parts["CO2"])
    name = fold(f"{group.level1} {group.name} {unit}").replace(" ", "_")
    for gas, value in lines.items():
        report.take(
            id=f"{layout.data['set']}@{year}:{name}",
            activity=rule["activity"],
            uses=" ".join(rule["uses"]),
            gas=gas,
            value=value,
            unit=f"kg/{unit}",
            place=layout.data["place"],
            year=year if rule.get("dated") else "",
            tier=str(layout.data["tier"]),
            quality=layout.data["quality"],
            source=f"{layout.source} {year}",
            locator=f"flat file, {group.level1}, {group.name}, {group.unit}",
        )


def _note(potentials: Mapping[str, Decimal], library: Library) -> str:
    """Return with which warming potentials the gases were told apart, and whose they are."""
    held = {gas: float(value) for gas, value in potentials.items()}
    same = [
        gwp.label for gwp in library.gwp_sets.values() if all(gwp.values.get(g) == v for g, v in held.items())
    ]
    whose = f", those of {same[0]}" if same else ""
    return (
        f"CH4 and N2O are printed as CO2e; they were divided by {plain(potentials['CH4'])} and "
        f"{plain(potentials['N2O'])}, which the file prints{whose}."
    )
