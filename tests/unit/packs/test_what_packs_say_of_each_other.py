"""Packs speak of each other: sources, fuels, units, cells. A name that leads nowhere is found on its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.packs import (
    ACTIVITIES,
    CELLS,
    FUELS,
    GRID,
    GWP,
    ITEMS,
    SOURCE,
    STATIONARY,
    UNITS,
    line_of,
    refusal,
    write,
)

from localaction.engine.packs import Library
from localaction.engine.packs.reader import read_packs

LIST = "Write one of the units the documentation lists."
MASS = "is not a mass of gas for each unit of activity. Write it as in kg/TJ, kg/kWh or g/kg."
DEFINED = "Write it in units that pint knows, add a definition, or correct the dimension."
ID = "book@2006:residential.natural_gas"

BROKEN = [
    (
        "an unknown source",
        STATIONARY,
        "ref: handbook",
        "ref: hanbook",
        'there is no source "hanbook". Did you mean "handbook"?',
    ),
    (
        "a source like no other",
        GWP,
        "ref: handbook",
        "ref: x-1",
        'there is no source "x-1". Add sources/x-1.yaml.',
    ),
    (
        "a source by another name",
        SOURCE,
        "id: handbook",
        "id: manual",
        'the id "manual" is not the name of the file. Write "handbook", or rename the file.',
    ),
    (
        "an unknown activity",
        STATIONARY,
        "activity: natural_gas",
        "activity: natural_gaz",
        'there is no fuel or activity "natural_gaz". Did you mean "natural_gas"?',
    ),
    (
        "a use without a cell",
        STATIONARY,
        "[residential]",
        "[resident]",
        'there is no cell with the use "resident". Did you mean "residential"?',
    ),
    (
        "an unknown unit in a factor",
        STATIONARY,
        "unit: kg/TJ",
        "unit: kg/TW",
        f'There is no unit "TW". Did you mean "t"? {LIST}',
    ),
    ("a factor unit without a slash", STATIONARY, "unit: kg/TJ", "unit: kg", f'The unit "kg" {MASS}'),
    ("a factor unit upside down", STATIONARY, "unit: kg/TJ", "unit: TJ/kg", f'The unit "TJ/kg" {MASS}'),
    (
        "a volume of gas without its density",
        STATIONARY,
        "unit: kg/TJ",
        "unit: m3/TJ",
        f'The unit "m3/TJ" {MASS}',
    ),
    (
        "a factor for what the activity does not measure",
        GRID,
        "unit: kg/kWh",
        "unit: kg/t",
        '"kg/t" is for a unit of mass, but electricity measures energy. Correct the unit or the activity.',
    ),
    (
        "an unknown gas",
        STATIONARY,
        "CH4_fossil",
        "CH4_fosil",
        'there is no gas "CH4_fosil". Did you mean "CH4_fossil"?',
    ),
    (
        "half a range",
        STATIONARY,
        "low: 54300, ",
        "",
        "a range has only one end. Write low and high, or neither.",
    ),
    (
        "a value outside its range",
        STATIONARY,
        "low: 54300",
        "low: 57300",
        "the value is not between low and high. Compare the three with the source.",
    ),
    (
        "a factor id without edition",
        GRID,
        '"book@2006:grid.xx"',
        '"grid.xx"',
        'id is "grid.xx". Write an id such as set@edition:name.',
    ),
    (
        "an unknown set of warming potentials",
        GRID,
        "gwp_set: ar5",
        "gwp_set: ar55",
        'there is no set of warming potentials "ar55". Did you mean "ar5"?',
    ),
    (
        "a calorific value per volume",
        FUELS,
        "TJ/Gg",
        "TJ/m3",
        'the unit "m3" measures volume, but mass is needed here. Correct the unit.',
    ),
    (
        "a calorific value without a slash",
        FUELS,
        "TJ/Gg",
        "TJ",
        '"TJ" is not one unit over another. Write a unit of energy over one of mass.',
    ),
    (
        "a density in an unknown unit",
        FUELS,
        "kg/m3",
        "kg/cm3",
        f'There is no unit "cm3". Did you mean "m3"? {LIST}',
    ),
    (
        "net above gross",
        FUELS,
        "value: 0.9",
        "value: 1.1",
        "the net calorific value would be above the gross one. Write net over gross, which is below 1.",
    ),
    (
        "a name for two things",
        ACTIVITIES,
        '"Grid electricity"',
        '"GAS"',
        'the name "GAS" already means natural_gas. Take it from one of them.',
    ),
    (
        "an activity that no unit measures",
        ACTIVITIES,
        "dimension: energy",
        "dimension: enery",
        'no unit measures "enery". Add a unit, or correct the dimension.',
    ),
    (
        "a unit that is none",
        UNITS,
        'pint: "terajoule"',
        'pint: "terajule"',
        f'The unit "TJ" is defined as "terajule", which is no quantity. {DEFINED}',
    ),
    ("a unit symbol twice", UNITS, '["tonne"]', '["kg"]', '"kg" is used twice. Give each its own.'),
    (
        "carbon dioxide not at one",
        GWP,
        "CO2: 1",
        "CO2: 2",
        "the warming potential of CO2 is not 1. Write CO2: 1, by which all are measured.",
    ),
    (
        "a warming potential of nothing",
        GWP,
        "CH4: 28",
        "CH4: 0",
        "values.CH4 is 0. Write a number above zero.",
    ),
    ("a cell twice", CELLS, "ref: I.1.2", "ref: I.1.1", '"I.1.1" is used twice. Give each its own.'),
    (
        "a cell in no column",
        CELLS,
        "I.1.2, column: in_boundary",
        "I.1.2, column: inside",
        'there is no column "inside". Add it, or correct the name.',
    ),
    (
        "a cell in an unknown total",
        CELLS,
        "required_at: []",
        "required_at: [BASICS]",
        'required_at is "BASICS". Write BASIC, BASIC+ or territorial.',
    ),
    (
        "a cell required where it does not count",
        CELLS,
        "counts_in: [BASIC], required_at: []",
        "counts_in: [], required_at: [BASIC]",
        "I.1.2 is required at BASIC, in which it does not count. Add it to counts_in, or take it out here.",
    ),
    (
        "a notation key without quotes",
        CELLS,
        '{id: "NO"',
        "{id: NO",
        'a bare NO would be read as a truth value. Write "NO" in quotes for the text, or true or false.',
    ),
    (
        "an item in an unknown unit",
        ITEMS,
        "unit: t",
        "unit: tons",
        f'There is no unit "tons". Did you mean "tonne"? {LIST}',
    ),
]


def test_the_small_rule_book_itself_is_read(tmp_path: Path) -> None:
    library = Library(**read_packs(write(tmp_path)))
    assert list(library.factors.all) == ["book@2006:grid.xx/2019", ID]
    assert list(library.protocol.cells) == ["I.1.1", "I.1.2"]
    assert library.species == {
        "CO2",
        "CH4",
        "N2O",
        "CO2_biogenic",
        "CH4_fossil",
        "CH4_biogenic",
        "CO2E_UNSPLIT",
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_one_wrong_word_is_refused_by_file_line_and_remedy(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    place = f"{name.rpartition('/')[2]}:{line_of(name, old)}: "
    assert refusal(tmp_path, name, old, new) == place + message


def test_an_id_in_two_files_is_refused_where_it_comes_second(tmp_path: Path) -> None:
    message = refusal(tmp_path, GRID, "book@2006:grid.xx", ID)
    assert message == f'stationary.yaml:2: "{ID}" is used twice. Give each its own.'


def test_two_values_of_a_factor_have_two_years(tmp_path: Path) -> None:
    second = (
        "      - year: 2019\n        gases: {CO2: {value: 1}}\n        source: {ref: handbook, locator: p}\n"
    )
    message = refusal(tmp_path, GRID, "      - year: 2019\n", second + "      - year: 2019\n")
    assert message == 'grid.yaml:17: "2019" is used twice. Give each its own.'


def test_a_unit_that_measures_something_else_than_the_others_of_its_dimension_is_refused(
    tmp_path: Path,
) -> None:
    message = refusal(tmp_path, UNITS, 'pint: "terajoule"', 'pint: "terawatt"')
    assert message == (
        'units.yaml:9: The unit "kWh" is defined as "kilowatt_hour", which is not of one kind with TJ. '
        + DEFINED
    )


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / UNITS).unlink()
    with pytest.raises(
        Exception, match=r"^units\.yaml:1: the file cannot be read: No such file or directory"
    ):
        read_packs(tmp_path)


def digest(folder: Path, name: str = "", old: str = "", new: str = "") -> str:
    """Return the digest of the small rule book after one replacement."""
    return Library(**read_packs(write(folder, name, old, new))).digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STATIONARY, "56100", "56101"),
        (STATIONARY, "table 2.5", "table 2.4"),
        (GWP, "CH4: 28", "CH4: 25"),
        (CELLS, "required_at: []", "required_at: [BASIC]"),
        (FUELS, "value: 48", "value: 49"),
        (SOURCE, '"first"', '"second"'),
    ],
)
def test_a_changed_number_changes_the_digest_of_the_rule_book(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    assert digest(tmp_path / "a") != digest(tmp_path / "b", name, old, new)


def test_a_comment_or_the_order_of_keys_does_not_change_the_digest(tmp_path: Path) -> None:
    before = digest(tmp_path / "a")
    assert before == digest(tmp_path / "b", GWP, "CH4: 28, N2O: 265}", "N2O: 265, CH4: 28}  # from table 8")
    assert len(before) == 64
