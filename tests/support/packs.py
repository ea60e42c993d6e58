"""A rule book of a few lines, to break one of them at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from localaction.engine.packs.reader import read_packs
from localaction.engine.yamlpack import PackError

CITED = 'source: {ref: handbook, locator: "table 1"}, confidence: verified'
FILES = {
    "sources/handbook.yaml": """\
id: handbook
title: "A handbook"
publisher: "Its publisher"
year: 2006
edition: "first"
licence: "Facts, cited"
read_as: "Read in print."
confidence: verified
""",
    "accounting/gpc/1.1/cells.yaml": """\
protocol: gpc
edition: "1.1"
title: "A protocol"
source: {ref: handbook, locator: "chapter 4"}
confidence: verified
last_checked: "2026-11-21"
totals:
  - {id: BASIC, label: "BASIC", note: "What counts"}
counted_gases: [CO2, CH4, CH4_fossil, N2O, CO2E_UNSPLIT]
notation_keys:
  - {id: "NO", label: "not occurring", explain: "Zero.", needs_reason: false, needs_reference: false}
columns:
  - {id: in_boundary, label: "In boundary", scope: 1}
sectors:
  - id: I
    label: "Stationary energy"
    theme: stationary
    subsectors:
      - id: I.1
        label: "Homes"
        ipcc: "1A4b"
        cells:
          - {ref: I.1.1, column: in_boundary, scope: 1, label: "Fuel", counts_in: [BASIC],
             required_at: [BASIC], uses: [residential]}
          - {ref: I.1.2, column: in_boundary, scope: 2, label: "Grid", counts_in: [BASIC], required_at: [],
             uses: [grid_generation]}
""",
    "reference/units.yaml": """\
definitions: []
units:
  - {symbol: "kg", pint: "kilogram", dimension: mass, label: "kilogram"}
  - {symbol: "t", pint: "1000 * kilogram", dimension: mass, label: "tonne", aliases: ["tonne"]}
  - {symbol: "Gg", pint: "1e6 * kilogram", dimension: mass, label: "gigagram"}
  - {symbol: "m3", pint: "meter ** 3", dimension: volume, label: "cubic metre"}
  - {symbol: "L", pint: "liter", dimension: volume, label: "litre"}
  - {symbol: "TJ", pint: "terajoule", dimension: energy, label: "terajoule"}
  - {symbol: "kWh", pint: "kilowatt_hour", dimension: energy, label: "kilowatt-hour"}
""",
    "reference/gwp.yaml": """\
sets:
  - id: ar5
    label: "Fifth assessment report"
    horizon_years: 100
    source: {ref: handbook, locator: "table 8"}
    confidence: verified
    last_checked: "2026-11-21"
    values: {CO2: 1, CH4: 28, N2O: 265}
""",
    "reference/fuels.yaml": f"""\
fuels:
  - id: natural_gas
    label: "Natural gas"
    aliases: ["gas"]
    origin: fossil
    ncv: {{value: 48, unit: TJ/Gg, {CITED}}}
    density: {{value: 0.7, unit: kg/m3, {CITED}}}
    gross_to_net: {{value: 0.9, {CITED}}}
""",
    "reference/activities.yaml": """\
activities:
  - {id: electricity, label: "Grid electricity", dimension: energy}
""",
    "reference/uncertainty.yaml": """\
label: "Ranges"
last_checked: "2026-11-21"
kinds:
  - {id: carbon, of: factor, label: "Carbon", percent: {least: 2, most: 7}, confidence: unverified,
     source: {ref: handbook, locator: "chapter 2"}, note: "default"}
""",
    "reference/countries.yaml": """\
source: {ref: handbook, locator: "codes"}
confidence: verified
last_checked: "2026-11-21"
countries:
  - {id: "XX", alpha3: "XXX", label: "Somewhere", aliases: ["Elsewhere"]}
""",
    "reference/quality.yaml": """\
label: "Grades"
confidence: unverified
unstated: L
activity: {H: 5, M: 15, L: 30}
factor: {H: 7, M: 20, L: 50}
""",
    "reference/factors/stationary.yaml": """\
factors:
  - id: "book@2006:residential.natural_gas"
    label: "Natural gas burnt in homes"
    activity: natural_gas
    uses: [residential]
    unit: kg/TJ
    place: "world"
    tier: 1
    quality: H
    confidence: verified
    last_checked: "2026-11-21"
    values:
      - gases: {CO2: {value: 56100, low: 54300, high: 58300}, CH4_fossil: {value: 5}}
        source: {ref: handbook, locator: "table 2.5"}
""",
    "reference/factors/grid.yaml": """\
factors:
  - id: "book@2006:grid.xx"
    label: "Grid electricity"
    activity: electricity
    uses: [grid_generation]
    unit: kg/kWh
    place: "XX"
    tier: 1
    quality: H
    gwp_set: ar5
    confidence: verified
    last_checked: "2026-11-21"
    values:
      - year: 2019
        gases: {CO2E_UNSPLIT: {value: 0.5}}
        source: {ref: handbook, locator: "XX"}
""",
    "items/ghg.yaml": """\
items:
  - {id: ghg.total, label: "Total", unit: t, kind: number, dimensions: []}
""",
}
CELLS, UNITS, GWP = "accounting/gpc/1.1/cells.yaml", "reference/units.yaml", "reference/gwp.yaml"
FUELS, ACTIVITIES = "reference/fuels.yaml", "reference/activities.yaml"
STATIONARY, GRID = "reference/factors/stationary.yaml", "reference/factors/grid.yaml"
SOURCE, ITEMS = "sources/handbook.yaml", "items/ghg.yaml"


def write(folder: Path, name: str = "", old: str = "", new: str = "") -> Path:
    """Write the small rule book to ``folder``, with ``old`` replaced by ``new`` in one file."""
    for path, text in FILES.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path == name:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
            text = text.replace(old, new)
        target.write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, name: str, old: str, new: str) -> str:
    """Return the message with which the rule book is refused after one replacement."""
    with pytest.raises(PackError) as refused:
        read_packs(write(folder, name, old, new))
    return str(refused.value)


def line_of(name: str, text: str) -> int:
    """Return the line on which a text stands in a file of the small rule book."""
    return FILES[name][: FILES[name].index(text)].count("\n") + 1
