"""A city's own factors from a CSV table: what is read, and how each mistake is named."""

from __future__ import annotations

import io

import pytest

from localaction.engine.errors import Refused
from localaction.engine.packs import Library
from localaction.engine.references.factors import Question
from localaction.engine.references.ownfile import LARGEST, OWN_COLUMNS, BadFactorTable
from localaction.engine.references.owntable import SPECIES_SPELLED, counted_twice

LIBRARY = Library.load()
HEADER = "id,activity,uses,gas,value,low,high,unit,place,year,tier,quality,source,locator"
GAS = "own@1:gas,natural_gas,residential,CO2,55.9,55,57,kg/GJ,GB-LON,2019,3,M,Gas report 2019,page 4"

NO_NUMBER = (
    "This is no number, or one that can be read in two ways. "
    'Write digits with a point for decimals and nothing between thousands, such as "1234.5".'
)
NO_YEAR = "This is no year. Write four digits, or leave it empty for a constant."
NO_MASS = "is not a mass of gas for each unit of activity. Write it as in kg/TJ, kg/kWh or g/kg."


def read(*lines, header=HEADER):
    return LIBRARY.read_factors(io.BytesIO("\n".join([header, *lines]).encode()))


def refusal(*lines):
    with pytest.raises(Refused) as refused:
        read(*lines)
    return [finding.line() for finding in refused.value.findings]


def broken(content):
    with pytest.raises(BadFactorTable) as refused:
        LIBRARY.read_factors(io.BytesIO(content.encode() if isinstance(content, str) else content))
    return str(refused.value)


def test_lines_of_one_id_and_year_are_one_factor():
    (factor,) = read(GAS, GAS.replace("CO2,55.9,55,57", "CH4_fossil,0.005,,"))
    assert (factor.id, factor.year, factor.edition) == ("own@1:gas/2019", 2019, "1")
    assert (factor.activity, factor.uses, factor.place, factor.tier) == (
        "natural_gas",
        ("residential",),
        "GB-LON",
        3,
    )
    assert (factor.unit, factor.activity_unit, factor.quality) == ("kg/GJ", "GJ", "M")
    assert factor.gases["CO2"] == (55.9, 55, 57, None)
    assert factor.gases["CH4_fossil"] == (0.005, None, None, None)
    assert (factor.source_ref, factor.locator) == ("Gas report 2019", "page 4")
    assert (factor.automatic, factor.confidence) == (True, "unverified")


def test_amounts_are_brought_to_kilograms():
    (factor,) = read(GAS.replace("55.9,55,57,kg/GJ", "0.0559,0.055,0.057,t/GJ"))
    assert tuple(factor.gases["CO2"])[:3] == pytest.approx((55.9, 55, 57))


def test_what_may_be_left_out_has_a_plain_meaning():
    (factor,) = read("own:x,diesel,,CO2e,2.7,,,kg/L,,,,,Fleet report,")
    assert (factor.id, factor.activity, factor.place, factor.year) == (
        "own:x",
        "gas_diesel_oil",
        "world",
        None,
    )
    assert (factor.tier, factor.quality, factor.uses) == (2, None, LIBRARY.uses)
    assert list(factor.gases) == ["CO2E_UNSPLIT"]
    (short,) = read("own:x,diesel,CO2,2.7,kg/L,Fleet report", header="id,activity,gas,value,unit,source")
    assert short.gases["CO2"].value == 2.7


def test_values_of_several_years_are_one_factor_each():
    years = read(GAS, GAS.replace("2019,3", "2021,3").replace("55.9", "56"))
    assert [factor.id for factor in years] == ["own@1:gas/2019", "own@1:gas/2021"]


def test_column_order_blank_lines_and_a_byte_order_mark_do_not_matter():
    header, values = HEADER.split(","), GAS.split(",")
    turned = ",".join(reversed(header)) + "\r\n\r\n" + ",".join(reversed(values)) + "\r\n , \r\n"
    (factor,) = LIBRARY.read_factors(io.BytesIO(b"\xef\xbb\xbf" + turned.replace(" , \r\n", "").encode()))
    assert factor == read(GAS)[0]


def test_an_own_factor_is_chosen_before_that_of_the_packs():
    own = LIBRARY.with_factors(read(GAS))
    question = Question(
        LIBRARY.activities.get("natural_gas"),
        "I.1.1",
        ("residential",),
        "m3",
        ("GB-LON", "GB", "world"),
        2020,
    )
    assert own.factors.choose(question).factor.id == "own@1:gas/2019"
    assert LIBRARY.factors.choose(question).factor.place == "world"
    assert own.digest != LIBRARY.digest == Library.load().digest
    assert own.digest == LIBRARY.with_factors(read(GAS)).digest
    assert own.digest != LIBRARY.with_factors(read(GAS.replace("55.9", "55.8"))).digest


@pytest.mark.parametrize(
    ("found", "written", "column", "value", "message"),
    [
        ("own@1:gas", "", "id", "", "The column id is empty. Fill it."),
        ("Gas report 2019", "", "source", "", "The column source is empty. Fill it."),
        ("natural_gas", "natural_gaz", "activity", "natural_gaz",
         'There is no fuel or activity "natural_gaz". Did you mean "natural_gas"'),
        ("residential", "residental", "uses", "residental",
         'No cell has the use "residental". Did you mean "residential"?'),
        ("CO2,", "CO3,", "gas", "CO3", "There is no such gas. Did you mean"),
        ("55.9,55", '"1,234",55', "value", "1,234", NO_NUMBER),
        ("55.9,55", "nan,55", "value", "nan", NO_NUMBER),
        ("55.9,55", "5_5,55", "value", "5_5", NO_NUMBER),
        ("55.9,55,57", "55.9,inf,57", "low", "inf", NO_NUMBER),
        ("55.9,55,57", "55.9,,57", "low", "", "The range has only one end. Write low and high, or neither."),
        ("55.9,55,57", "55.9,55,", "high", "", "The range has only one end. Write low and high, or neither."),
        ("55.9,55,57", "55.9,56,57", "value", "55.9",
         "The value is not between low and high. Compare the three with the source."),
        ("kg/GJ", "kg/GW", "unit", "kg/GW", 'There is no unit "GW".'),
        ("kg/GJ", "kg", "unit", "kg", f'The unit "kg" {NO_MASS}'),
        ("kg/GJ", "GJ/kg", "unit", "GJ/kg", f'The unit "GJ/kg" {NO_MASS}'),
        ("kg/GJ", "kg/km", "unit", "kg/km",
         "This is for a unit of distance, but natural_gas measures volume or mass or energy. Correct"),
        ("2019,3", "19,3", "year", "19", NO_YEAR),
        ("2019,3", "2019.0,3", "year", "2019.0", NO_YEAR),
        ("2019,3", "2019,4", "tier", "4", "The tier is not one of 1, 2, 3. Correct it, or leave it empty."),
        (",M,", ",high,", "quality", "high", "The quality is not one of H, M, L."),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_used_is_named_by_row_and_column(found, written, column, value, message):
    assert GAS.count(found) == 1
    (line,) = refusal(GAS.replace(found, written))
    assert line.startswith(f'row 2, column {column}, value "{value}": {message}')


def test_every_mistake_of_the_table_is_listed():
    lines = refusal(GAS.replace("CO2,", "CO3,"), GAS, GAS.replace("2019,3", "x,3"), GAS)
    assert [line.partition(",")[0] for line in lines] == ["row 2", "row 4", "row 5"]
    assert lines[2] == (
        'row 5, column gas, value "CO2": This gas stands twice in the factor. '
        "Keep one line for each gas and year."
    )


def test_lines_of_one_factor_agree():
    (line,) = refusal(GAS, GAS.replace("CO2,", "N2O,").replace("GB-LON", "GB"))
    assert line == (
        'row 3, column place, value "GB": This differs from row 2 of the same factor. '
        "Write the same in each line of a factor; only gas and values differ."
    )


@pytest.mark.parametrize(
    "taken", ["ipcc@2006:stationary.residential.natural_gas", "carbon-footprint@2023:grid.gb"]
)
def test_an_id_of_the_rule_book_is_not_used_again(taken):
    (line,) = refusal(GAS.replace("own@1:gas", taken))
    assert line == (
        f'row 2, column id, value "{taken}": A factor of the rule book has this id already. '
        "Give your factor an id of its own, such as own@2026:gas."
    )


TABLE = "The table of factors"
BROKEN = {
    "empty": ("", f'{TABLE} lacks the column "id". Add it to the header.'),
    "misspelt column": (
        HEADER.replace("unit", "units"),
        f'{TABLE} has an unknown column "units". Did you mean "unit"?',
    ),
    "strange column": (
        HEADER.replace("unit", "colour"),
        f'{TABLE} has an unknown column "colour". The columns are {", ".join(OWN_COLUMNS)}.',
    ),
    "column twice": (HEADER + ",id", f'{TABLE} has the column "id" twice. Keep one of them.'),
    "column missing": (
        HEADER.replace(",source", ""),
        f'{TABLE} lacks the column "source". Add it to the header.',
    ),
    "ragged": (
        f"{HEADER}\n{GAS},more",
        "Line 2 has 15 fields, but the header has 14. Put text that holds a comma in quotes.",
    ),
    "quote inside": (f'{HEADER}\nown:"x', "Line 2 has 1 fields, but the header has 14."),
    "open quote": (f'{HEADER}\n"open', "Line 2 of the table of factors is no CSV: unexpected end of data."),
    "encoding": (
        HEADER.encode() + b"\n\xff",
        f"{TABLE} is not UTF-8: byte {len(HEADER) + 2} cannot be read. Save it as CSV UTF-8.",
    ),
    "size": (b"x" * (LARGEST + 1), f"{TABLE} is larger than 5 MB. Keep only the factors you use."),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_table_is_refused_as_a_whole(content, message):
    assert broken(content).startswith(message)


@pytest.mark.parametrize(("first", "second"), [("CO2", "CO2e"), ("CH4", "CH4_fossil"), ("CO2e", "N2O")])
def test_a_gas_that_another_line_counts_already_is_refused(first: str, second: str) -> None:
    assert counted_twice(SPECIES_SPELLED.get(second, second), {SPECIES_SPELLED.get(first, first)})


def test_gases_apart_and_biogenic_co2_beside_co2e_are_no_double_counting() -> None:
    assert not counted_twice("N2O", {"CO2", "CH4_fossil"})
    assert not counted_twice("CO2_biogenic", {"CO2E_UNSPLIT"})
