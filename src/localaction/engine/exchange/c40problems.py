"""What there is to say about an inventory of the GPC workbook of C40."""

from __future__ import annotations

from localaction.engine.errors import InputError


class NotThisWorkbook(InputError):
    """The columns of the workbook are not there."""

    code = "exchange.c40.not_this_workbook"
    text = 'No sheet of "{name}" has the columns of the GPC workbook of C40; missing are {missing}.'
    remedy_text = (
        "Hand in the workbook as C40 publishes it, with its sheet of inventories and its column names."
    )


class NoCity(InputError):
    """A row has figures and no city."""

    code = "exchange.c40.no_city"
    text = "The row has figures but names no city."
    remedy_text = "Name the city, or remove the row."


class BadYear(InputError):
    """A row has no calendar year."""

    code = "exchange.c40.bad_year"
    text = 'The calendar year of {city} is "{value}", which is no year.'
    remedy_text = "Write the year, such as 2019."


class TwiceTheSame(InputError):
    """A city has two inventories of one year."""

    code = "exchange.c40.twice"
    text = "{city} {year} stands in row {first} and again in row {second}."
    remedy_text = "Keep the one that holds."


class NotACell(InputError):
    """A cell holds neither a number nor a notation key."""

    code = "exchange.c40.not_a_cell"
    text = "{where} ({city} {year}, {ref}) holds neither a number nor a notation key."
    remedy_text = "Write tonnes of CO2e as a number, or a notation key."


class Removal(InputError):
    """A removal, accepted as it was published."""

    code = "exchange.c40.removal"
    text = "{city} {year} has {tonnes} t in {ref}; a removal, accepted as published."
    remedy_text = "Nothing needs to be done; entered by hand it would need a reason."


class Negative(InputError):
    """A negative amount where removals are not expected."""

    code = "exchange.c40.negative"
    text = "{city} {year} has {tonnes} t in {ref}, which is not a cell for removals; accepted as published."
    remedy_text = "Check the sign with the city."


class Blanks(InputError):
    """Cells are blank."""

    code = "exchange.c40.blanks"
    text = "{city} {year} has blank cells: {refs}. They stay open; a blank is not zero."
    remedy_text = "Ask the city for an amount or a notation key."


class Irregular(InputError):
    """A notation key is written untidily."""

    code = "exchange.c40.irregular_key"
    text = '{city} {year} writes "{raw}" in {ref}; it is kept as written and read as {key}{refs}.'
    remedy_text = "Nothing needs to be done; entered by hand the key stands alone."


class Fiscal(InputError):
    """The year is not written as a calendar year."""

    code = "exchange.c40.year"
    text = "{city} {year}: {note}"
    remedy_text = "Correct the period of the inventory if it is another."


class UnknownCountry(InputError):
    """The country is not on the list."""

    code = "exchange.c40.country"
    text = '{city} {year}: the country "{country}" is not on the list of the pack.'
    remedy_text = "Add it to the countries in c40_gpc.yaml with its code, or correct its name."


class OddFact(InputError):
    """A fact about the city is not a plain number."""

    code = "exchange.c40.fact"
    text = '{city} {year} gives {what} as "{value}"; {reading}.'
    remedy_text = "Check it with the source of the figure."


class UnknownLevel(InputError):
    """The level is not one of the two."""

    code = "exchange.c40.level"
    text = '{city} {year} has the level "{value}"; known are BASIC and BASIC+.'
    remedy_text = "Correct the level."


class Differs(InputError):
    """Published sums are not the sums of their lines."""

    code = "exchange.c40.differs"
    text = "Published figures of {city} {year} are not the sums of their cells: {figures}."
    remedy_text = "The cells are taken over as published; ask the city which of the two holds."
