"""The texts of a release for people: README, data dictionary, citation."""

from __future__ import annotations

import json
from collections.abc import Iterator

from localaction.engine.exchange.release.info import TITLE, Contents, Info
from localaction.engine.exchange.release.tables import TABLES, Column, Table

README_TEXT = """# {title}

Release {number} of {day}, {publisher}. {inventories} inventories of {places} places, {years}; {lines} lines.
Content SHA-256 `{digest}`.

## What is here

`data/` holds each table twice, as CSV (UTF-8, comma, first line names) and as Parquet (typed, zstd).
Both hold the same rows. `DATA_DICTIONARY.md` explains every column, `datapackage.json` is the same for
programs.

| table | rows | what it is |
|---|---:|---|
{tables}

Units stand in the names: `co2e_t` is tonnes of CO2 equivalent, `mass_t` tonnes of a gas.
Empty means that there is no value, never zero. A text that a spreadsheet would take for a formula begins
with an apostrophe in the CSV files.

## How the numbers hang together

- A line: `co2e_t` = sum over its gases of `line_gases.mass_t` x `warming_potentials.potential_t_per_t`.
  With a factor, `mass_t` = `converted_amount` x `factors.mass_kg_per_unit` / 1000.
- A cell: the sum of its lines, but for those whose `basis` is `market`: they stand beside it.
  Where `inventories.lines_complete` is false the inventory has too many rows to publish its lines in one
  document; its cells stand on their own gases ({without_lines} such in this release).
- A total: the sum of the cells that `total_rules` names. A notation key adds nothing.
- `CO2E_UNSPLIT` is CO2e whose source gives no gases: it counts as it is and follows no warming potential.
- Never add BASIC or BASIC+ of different places: only `territorial` adds up to regions. Years differ.

`localaction release verify .` checks the files and computes all of this anew; it needs
neither network nor database. `sha256sum --check SHA256SUMS` checks the files alone.

## Gaps

A cell `open` or with the key `NE` (not estimated) is a gap: emissions there are not in the
totals, and are not zero. `low_t` and `high_t` do not cover gaps.

## Licences and attribution

The inventories keep the licence of their source: columns `licence` and `citation` of `inventories`.

{licences}

## Documents

Each inventory is taken from one published document, whose SHA-256 stands in `inventories.document_sha256`.
{address}
"""


def readme(info: Info, contents: Contents) -> str:
    """Return the README of a release."""
    tables = "\n".join(
        f"| `{table.name}` | {contents.rows.get(table.name, 0)} | {table.about} |" for table in TABLES
    )
    licences = "\n".join(
        f"- {name}: {whom}" for name, named in sorted(contents.licences.items()) for whom in named
    )
    reach = f"{info.address.rstrip('/')}/documents/<sha256>.json hands it out." if info.address else ""
    return README_TEXT.format(
        title=TITLE,
        number=info.number,
        day=info.released_on.isoformat(),
        publisher=info.publisher,
        inventories=contents.rows.get("inventories", 0),
        places=contents.rows.get("places", 0),
        lines=contents.rows.get("lines", 0),
        years=_years(contents),
        digest=contents.digest,
        tables=tables,
        without_lines=contents.without_lines,
        licences=licences or "- none",
        address=reach,
    )


def _years(contents: Contents) -> str:
    if contents.first_year is None:
        return "no years"
    if contents.first_year == contents.last_year:
        return str(contents.first_year)
    return f"{contents.first_year} to {contents.last_year}"


def dictionary() -> str:
    """Return the data dictionary: every column of every table."""
    return "# Data dictionary\n\n" + "\n".join(part for table in TABLES for part in _explained(table))


def _explained(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.about} Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    for names, other in table.refers:
        yield f"{', '.join(f'`{name}`' for name in names)} refer to `{other}`.\n"
    yield "| column | type | unit | meaning | values |\n|---|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {column.unit} | {column.about} | {_values(column)} |"
    yield ""


def _values(column: Column) -> str:
    if column.allowed:
        return ", ".join(f"`{word}`" if word else "empty" for word in column.allowed)
    return "always given" if column.required else "may be empty"


def citation(info: Info, contents: Contents) -> str:
    """Return in one sentence how to cite the release, and whom besides."""
    where = f" {info.address}" if info.address else ""
    first = (
        f"{info.publisher} ({info.released_on.year}): {TITLE}. Release {info.number}, "
        f"{info.released_on.isoformat()}. Content SHA-256 {contents.digest}.{where}\n"
    )
    return first + "".join(f"{cited}\n" for cited in contents.cited)


def citation_cff(info: Info, contents: Contents) -> str:
    """Return the citation in the Citation File Format; JSON strings are YAML strings."""
    lines = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "If you use these data, cite them as below, and the sources of the inventories you use.",
        "title": TITLE,
        "version": info.number,
        "date-released": info.released_on.isoformat(),
    }
    said = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
    where = f"url: {json.dumps(info.address)}\n" if info.address else ""
    found = f"  - type: other\n    value: {json.dumps('sha256:' + contents.digest)}\n"
    who = f"authors:\n  - name: {json.dumps(info.publisher, ensure_ascii=False)}\n"
    return said + who + where + "identifiers:\n" + found
