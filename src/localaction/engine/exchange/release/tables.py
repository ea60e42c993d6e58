"""The tables of a release, declared once: writer, descriptor, dictionary and check read this alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "date"]
Row = tuple[object, ...]
EMISSIONS, MASS, PERCENT = "t CO2e", "t", "%"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an empty text means that nothing is said; other types are empty where there is no value."""

    name: str
    type: Type
    about: str
    unit: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows are sorted by its key, which no two rows share."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    refers: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns in order."""
        return tuple(column.name for column in self.columns)


def _key(name: str, about: str, type_: Type = "string") -> Column:
    return Column(name, type_, about, required=True)


def _text(name: str, about: str, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, "string", about, allowed=allowed)


def _number(name: str, about: str, unit: str = "", *, required: bool = False) -> Column:
    return Column(name, "number", about, unit, required)


PLACE = _key("place_code", "code of the place, such as GB-LON")
YEAR = _key("year", "year by which the place names the period of the inventory", "integer")
REF = _key("ref", "reference number of the cell in the protocol, such as I.1.1")
GAS = _key("gas", "gas; CO2E_UNSPLIT is CO2e that its source gives without a split, with the potential 1")
LINE = _key("line", "number of the line within its inventory, from 1", "integer")
INVENTORY_KEY = ("place_code", "year")
OF_INVENTORY = ((INVENTORY_KEY, "inventories"),)
SPREAD = (
    _number("low_t", "lower end of the 95 % interval", EMISSIONS),
    _number("high_t", "upper end of the 95 % interval", EMISSIONS),
    _number("uncertainty_percent", "half of the interval before it is made lognormal", PERCENT),
)
REST = (
    _number("co2_biogenic_t", "biogenic CO2, which counts in no total", MASS),
    _number("not_recomputable_t", "part that does not follow the warming potentials", EMISSIONS),
    _text("missing_potentials", "gases without a warming potential, separated by blanks: not in the sum"),
)

PLACES = Table(
    "places", "Places with a published inventory.", ("place_code",),
    (
        PLACE,
        _text("name", "name of the place in its own language"),
        _text("name_en", "English name, where it differs"),
        _text("country_code", "country, ISO 3166-1, two letters"),
    ),
)  # fmt: skip
VALUES = Table(
    "values", "Public figures of these places beside their inventories, such as population and area.",
    ("place_code", "item", "period_start", "period_end", "dimensions", "boundary", "entity"),
    (
        PLACE,
        _key("item", "data item, such as population.total"),
        _key("period_start", "first day", "date"),
        _key("period_end", "last day", "date"),
        _text("dimensions", "what the figure is split by, as name=value; empty if it is not"),
        _text("boundary", "boundary the figure is of; empty for the usual one"),
        _text("entity", "whom it is about", ("community", "operations")),
        _key("year", "year by which the place names the period", "integer"),
        _text("basis", "how it came about", ("reported", "imported", "estimated", "derived")),
        _number("amount", "the figure, in the unit of the column unit"),
        _text("amount_exact", "the same as entered, every digit"),
        _text("unit", "unit of amount, low and high"),
        _number("low", "lower end of its range"),
        _number("high", "upper end of its range"),
        _text("said", "notation key, choice, text or day where it is no number"),
        _text("quality", "quality of the data as stated"),
        _text("source", "source, in words"),
        _text("explanation", "what else is to be known"),
    ),
    ((("place_code",), "places"),),
)  # fmt: skip
INVENTORIES = Table(
    "inventories", "One inventory of one place, and the published document that it is taken from.",
    INVENTORY_KEY,
    (
        PLACE, YEAR,
        _key("period_start", "first day", "date"),
        _key("period_end", "last day", "date"),
        _key("protocol", "accounting protocol and edition, such as gpc@1.1"),
        _key("gwp_set", "set of warming potentials"),
        _text("origin", "who says it", ("own", "published_source")),
        Column("lines_complete", "boolean", "whether every line is in lines; else none is", required=True),
        Column("rows", "integer", "rows that it was computed from", required=True),
        _number("population", "people living there, as the document states", "person"),
        _text("uncertainty_method", "how low and high were made"),
        _text("citation", "how to cite the figures"),
        _text("licence", "licence of the figures; empty: that of the release"),
        Column("published_on", "date", "day on which the document was published", required=True),
        _text("correction_reason", "why it replaced an earlier document"),
        _key("document_sha256", "SHA-256 of the published document: /documents/<sha256>.json"),
        _text("library_sha256", "SHA-256 of the rules and factors it was computed with"),
    ),
    ((("place_code",), "places"),),
)  # fmt: skip
TOTALS = Table(
    "totals", "Totals of each inventory. BASIC and BASIC+ are views of one city and never added to another.",
    (*INVENTORY_KEY, "total"),
    (PLACE, YEAR, _key("total", "BASIC, BASIC+ or territorial"),
     _number("co2e_t", "emissions", EMISSIONS, required=True), *SPREAD, *REST),
    OF_INVENTORY,
)  # fmt: skip
SECTORS = Table(
    "sectors", "What each sector adds to each total.", (*INVENTORY_KEY, "sector", "total"),
    (PLACE, YEAR, _key("sector", "sector of the protocol"), _key("total", "total it adds to"),
     _number("co2e_t", "emissions", EMISSIONS, required=True)),
    OF_INVENTORY,
)  # fmt: skip
CELLS = Table(
    "cells", "Cells of each inventory: a figure, a notation key, or open.", (*INVENTORY_KEY, "ref"),
    (
        PLACE, YEAR, REF,
        _text("state", "what stands in the cell; open is not zero", ("value", "key", "open")),
        _number("co2e_t", "emissions; empty without a figure", EMISSIONS),
        *SPREAD, *REST,
        _text("notation_key", "why there is no figure: NO, IE, NE or C"),
        _text("raw_key", "the key as its source writes it"),
        _text("included_in", "cells that hold the emissions, separated by blanks"),
        _text("reason", "reason, as given"),
        Column("rows", "integer", "rows behind the cell", required=True),
    ),
    OF_INVENTORY,
)  # fmt: skip
CELL_GASES = Table(
    "cell_gases", "Tonnes of each gas in each cell with a figure.", (*INVENTORY_KEY, "ref", "gas"),
    (PLACE, YEAR, REF, GAS, _number("mass_t", "mass of the gas", MASS, required=True)),
    ((((*INVENTORY_KEY, "ref")), "cells"),),
)  # fmt: skip
LINES = Table(
    "lines", "One line for each row with a figure: activity, conversion, factor, emissions.",
    (*INVENTORY_KEY, "line"),
    (
        PLACE, YEAR, LINE, REF,
        Column("row", "integer", "row of the file or form it was entered in"),
        _text("basis", "market: beside the figure of the cell, in no sum", ("location", "market")),
        _text("activity", "id of the activity"),
        _text("label", "activity in words"),
        _number("amount", "amount as entered, in the unit of the column unit", required=True),
        _text("unit", "unit of amount"),
        _text("conversions", "each conversion: words = value unit, separated by semicolons"),
        _number("converted_amount", "amount in the unit of the factor, column converted_unit"),
        _text("converted_unit", "unit that the factor is per"),
        _text("factor_id", "emission factor; empty where emissions were entered directly"),
        _text("factor_sha256", "SHA-256 of the factor as used"),
        _text("why", "why this factor"),
        _number("co2e_t", "emissions", EMISSIONS, required=True),
        _number("co2_biogenic_t", "biogenic CO2, which counts in no total", MASS),
        _number("activity_percent", "half-width of the 95 % interval of the amount", PERCENT),
        _number("factor_percent", "half-width of the 95 % interval of the factor", PERCENT),
        _text("data_quality", "quality of the amount as stated, such as H, M or L"),
        _text("source", "source of the amount, in words"),
        _text("reason", "reason, as given"),
        _text("note", "note, as given"),
    ),
    ((((*INVENTORY_KEY, "ref")), "cells"),),
)  # fmt: skip
LINE_GASES = Table(
    "line_gases", "Tonnes of each gas of each line.", (*INVENTORY_KEY, "line", "gas"),
    (PLACE, YEAR, LINE, GAS, _number("mass_t", "mass of the gas", MASS, required=True)),
    (((*INVENTORY_KEY, "line"), "lines"),),
)  # fmt: skip
POTENTIALS = Table(
    "warming_potentials", "Warming potentials that each inventory was computed with.",
    (*INVENTORY_KEY, "gas"),
    (PLACE, YEAR, GAS, _number("potential_t_per_t", "warming potential", "t CO2e/t", required=True),
     _key("gwp_set", "set it belongs to"), _text("source_id", "source of the set"),
     _text("locator", "where in the source")),
    OF_INVENTORY,
)  # fmt: skip
FACTORS = Table(
    "factors", "Emission factors that lines use, one row for each gas.",
    ("factor_id", "factor_sha256", "gas"),
    (
        _key("factor_id", "id of the factor"), _key("factor_sha256", "SHA-256 of the factor as used"), GAS,
        _number("mass_kg_per_unit", "kg of the gas for each activity_unit", "kg", required=True),
        _number("low_kg_per_unit", "lower end of its range", "kg"),
        _number("high_kg_per_unit", "upper end of its range", "kg"),
        _text("activity_unit", "unit of activity the mass is per"),
        _text("label", "in words"), _text("activity", "id of the activity"),
        _text("place", "where it holds"), Column("year", "integer", "year of its data"),
        Column("tier", "integer", "tier of the IPCC method"),
        _text("source_id", "source"), _text("locator", "table and page in the source"),
        _text("confidence", "how sure the entry is", ("verified", "secondary", "unverified")),
    ),
)  # fmt: skip
SOURCES = Table(
    "sources", "Documents cited by factors, conversions, warming potentials and the protocol.",
    ("source_id",),
    (
        _key("source_id", "id of the source"), _text("title", "title"), _text("publisher", "publisher"),
        Column("year", "integer", "year of publication"), _text("edition", "edition"),
        _text("licence", "licence"), _text("url", "address"),
        _text("confidence", "how sure what was read from it is"),
    ),
)  # fmt: skip
CELL_RULES = Table(
    "cell_rules", "The cells of each protocol.", ("protocol", "ref"),
    (
        _key("protocol", "protocol and edition"), REF, _text("label", "in words"), _key("sector", "sector"),
        _text("sector_label", "sector in words"), _text("subsector", "sub-sector"),
        _text("subsector_label", "sub-sector in words"), Column("scope", "integer", "scope 1, 2 or 3"),
    ),
)  # fmt: skip
TOTAL_RULES = Table(
    "total_rules", "Which cells count in which total: all that is needed to add them up.",
    ("protocol", "total", "ref"),
    (_key("protocol", "protocol and edition"), _key("total", "total"), REF),
    ((("protocol", "ref"), "cell_rules"),),
)  # fmt: skip

TABLES = (
    PLACES, VALUES, INVENTORIES, TOTALS, SECTORS, CELLS, CELL_GASES, LINES, LINE_GASES,
    POTENTIALS, FACTORS, SOURCES, CELL_RULES, TOTAL_RULES,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
