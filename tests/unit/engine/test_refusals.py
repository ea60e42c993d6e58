"""Each row that cannot be used is refused by row, column, value and what to do; never silently dropped."""

from __future__ import annotations

import pytest
from tests.support.inventory import co2e, compute, key, raw, refusals, row

from localaction.engine.errors import Finding, Refused
from localaction.engine.inventory.compile import Options, check_rows, compile_inventory
from localaction.engine.inventory.rows import RawRow
from localaction.engine.periods import Period

GRID_2023 = "carbon-footprint@2023:grid.gb/2023"
GAS = row("I.1.1", "natural_gas", 1, "TJ")

REFUSED = [
    (
        "a cell that does not exist",
        row("I.63", "natural_gas", 1, "TJ"),
        'row 2, column ref, value "I.63": There is no cell "I.63"',
        'Did you mean "I.6.3"',
    ),
    (
        "a cell far from any",
        row("heating", "natural_gas", 1, "TJ"),
        'value "heating"',
        "Cells are numbered I.1.1 to",
    ),
    ("no cell", row("", "natural_gas", 1, "TJ"), "row 2, column ref: The row names no cell", "such as I.1.1"),
    (
        "thousands separators",
        row("I.1.1", "natural_gas", "1,234", "TJ"),
        'row 2, column amount, value "1,234", cell I.1.1: "1,234" is ambiguous',
        "such as 1234 or 1.234",
    ),
    (
        "not a number",
        row("I.1.1", "natural_gas", "NaN", "TJ"),
        'value "NaN"',
        "use a notation key with its reason",
    ),
    ("infinite", row("I.1.1", "natural_gas", "inf", "TJ"), 'value "inf"', "it is not a finite number"),
    (
        "an absurd exponent",
        row("I.1.1", "natural_gas", "1e40", "TJ"),
        "larger than any amount",
        "Check the exponent",
    ),
    (
        "no amount",
        row("I.1.1", "natural_gas", "", "TJ"),
        "column amount, cell I.1.1: The amount is missing",
        "not zero",
    ),
    (
        "no unit",
        row("I.1.1", "natural_gas", 1, ""),
        "column unit, cell I.1.1: The unit is missing",
        "such as MWh",
    ),
    (
        "an unknown unit",
        row("I.1.1", "natural_gas", 1, "MHw"),
        'There is no unit "MHw"',
        'Did you mean "MWh"',
    ),
    (
        "a unit of the wrong dimension",
        row("I.1.2", "electricity", 1, "t", factor=GRID_2023, reason="Newest"),
        'column unit, value "t", cell I.1.2: The unit "t" measures mass, but energy is needed here.',
        "in a unit of energy",
    ),
    (
        "a fuel measured in kilometres",
        row("II.1.1", "motor_gasoline", 1, "km"),
        'The unit "km" measures distance',
        "unit of",
    ),
    (
        "a volume without density",
        row("I.2.1", "gas_diesel_oil", 1, "m3"),
        "no density of it is on file",
        "Write the amount in",
    ),
    (
        "an unknown fuel",
        row("I.1.1", "naturalgas", 1, "TJ"),
        'no fuel or activity "naturalgas"',
        'Did you mean "natural_gas"',
    ),
    (
        "neither activity nor gas",
        row("I.1.1", "", 1, "t"),
        "column activity, cell I.1.1",
        "neither an activity nor a gas",
    ),
    (
        "nothing but a cell",
        row("I.1.1"),
        "row 2, cell I.1.1: The row holds neither",
        "a notation key, or remove the row",
    ),
    (
        "a fuel that no factor fits",
        row("V.1", "natural_gas", 1, "TJ"),
        "No factor for Natural gas fits cell V.1",
        "give the emissions directly",
    ),
    (
        "an unknown factor",
        row("I.1.1", "natural_gas", 1, "TJ", factor="ipcc@2006:x"),
        'There is no factor "ipcc@2006:x"',
        "leave the column empty",
    ),
    (
        "a factor of another fuel",
        row("I.1.1", "lpg", 1, "TJ", factor="ipcc@2006:stationary.residential.natural_gas"),
        "is for natural_gas, not for lpg",
        "correct the activity",
    ),
    ("an unknown gas", row("IV.1", "", 1, "t", gas="CH5"), 'column gas, value "CH5"', 'Did you mean "CH4"'),
    (
        "a gas in litres",
        row("IV.1", "", 1, "L", gas="CH4"),
        "L is a unit of volume",
        "Give tonnes or kilograms",
    ),
    (
        "a gas and a factor",
        row("I.1.1", "natural_gas", 1, "t", gas="CH4", factor="ipcc@2006:x"),
        'column factor, value "ipcc@2006:x", cell I.1.1: The row gives emissions of CH4 directly',
        "Leave out the gas",
    ),
    (
        "warming potentials of one gas",
        row("IV.1", "", 1, "t", gas="CH4", gwp_set="ar5"),
        "the row does not give CO2e",
        "Leave the column empty",
    ),
    (
        "warming potentials of an activity",
        {**GAS, "gwp_set": "ar5"},
        "the row does not give CO2e",
        "Leave the column empty",
    ),
    (
        "unknown warming potentials",
        row("IV.1", "", 1, "t", gas="CO2e", gwp_set="ar9"),
        'no set of warming potentials "ar9"',
        'or "ar6"?',
    ),
    ("an unknown key", key("I.1.1", "XX"), 'column notation_key, value "XX"', "The keys are NO, IE, NE, C."),
    (
        "key and value in one row",
        {**GAS, "notation_key": "NO"},
        "The row has the notation key NO and also amount",
        "Keep one",
    ),
    (
        "references without a key",
        {**GAS, "included_in": "I.2.1"},
        "column included_in",
        "Add the key IE or C",
    ),
    (
        "a reference to no cell",
        key("I.1.1", "IE", included_in="I.21"),
        'There is no cell "I.21"',
        'Did you mean "I.2.1"',
    ),
    (
        "negative without reason",
        co2e("V.2", -5),
        'column amount, value "-5", cell V.2: The amount is negative',
        "removal",
    ),
    (
        "another year",
        {**GAS, "period": "2018"},
        "The row is about 2018, the inventory about 2019",
        "of its own year",
    ),
    (
        "days outside the year",
        {**GAS, "period": "2019-12-01/2020-01-31"},
        "The row is about 2019-12-01/2020-01-31",
        "one year",
    ),
    ("no period at all", {**GAS, "period": "last year"}, '"last year" is not a period', "such as 2019"),
    (
        "an unknown grade",
        {**GAS, "data_quality": "good"},
        'column data_quality, value "good"',
        "Write H, M or L",
    ),
    (
        "a factor of a later year",
        row("I.1.2", "electricity", 1, "MWh", factor=GRID_2023),
        f"The pinned factor {GRID_2023} is dated 2023, later than the inventory year 2019.",
        "Say in the column reason",
    ),
]


@pytest.mark.parametrize(
    ("rows", "said", "remedy"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_row_that_cannot_be_used_is_refused_with_what_to_do(rows, said, remedy):
    found = refusals(rows, max_errors=10)
    lines = [finding.line() for finding in found]
    assert any(said in line and remedy in line for line in lines), lines
    assert all(finding.row == 2 and finding.severity == "error" and finding.remedy for finding in found)


def test_a_later_year_is_never_taken_silently_and_offered_as_a_pin():
    found = refusals(row("I.1.2", "electricity", 1, "MWh"), place_chain=("GB",))
    assert len(found) == 1
    assert "is dated 2019 or earlier; the first one is from 2023" in found[0].message
    assert (
        f'Pin the 2023 value for this row ("{GRID_2023}" in the column factor) with a reason'
        in found[0].remedy
    )


def test_a_later_year_is_taken_when_it_is_pinned_with_a_reason():
    pinned = row("I.1.2", "electricity", 1000, "MWh", factor=GRID_2023, reason="No older value on file")
    line = compute(pinned)["lines"][0]
    assert line["co2e_t"] == pytest.approx(207.1)
    assert line["why"] == "Pinned by the row: a value of 2023 for an inventory of 2019."
    assert line["reason"] == "No older value on file"


def test_the_reason_is_asked_for_in_every_row_that_needs_one():
    pinned = row("I.1.2", "electricity", 1, "MWh", factor=GRID_2023)
    found = refusals(
        {**pinned, "reason": "Newest"}, pinned, pinned, co2e("V.2", -1, reason="Trees"), co2e("V.2", -1)
    )
    assert [(finding.row, finding.column) for finding in found] == [
        (3, "factor"),
        (4, "factor"),
        (6, "amount"),
    ]


def test_all_errors_of_a_row_are_found_at_once():
    found = refusals(row("I.99", "gaz", "x", "bananas", period="199", data_quality="Q"))
    assert sorted(finding.column for finding in found) == [
        "activity",
        "amount",
        "data_quality",
        "period",
        "ref",
        "unit",
    ]


def test_all_errors_of_all_rows_are_found_in_the_order_of_the_rows():
    rows = [
        GAS,
        {**GAS, "amount": "x"},
        {**GAS, "ref": "I.9"},
        GAS,
        {**GAS, "unit": "?"},
        {**GAS, "amount": ""},
    ]
    assert [(found.row, found.column) for found in refusals(*rows)] == [
        (3, "amount"),
        (4, "ref"),
        (6, "unit"),
        (7, "amount"),
    ]


def test_errors_beyond_the_limit_are_counted():
    with pytest.raises(Refused, match="25 things were refused") as refused:
        compute(*[{**GAS, "amount": "x"}] * 25, max_errors=10)
    assert (len(refused.value.findings), refused.value.more) == (10, 15)
    with pytest.raises(Refused, match="25 things were refused"):
        compute(*[{**GAS, "amount": "x"}] * 25, max_errors=0)
    found = check_rows(raw([{**GAS, "amount": "x"}] * 25), Options(period=Period.year(2019), max_errors=10))
    assert found[-1].line() == "and 15 more. Correct those listed first; the rest is often of the same kind."


def test_value_and_key_on_one_cell_are_refused_in_either_order():
    for rows in ([GAS, key("I.1.1", "NO")], [key("I.1.1", "NO"), GAS]):
        found = refusals(*rows)
        assert [finding.code for finding in found] == ["inventory.mixed_cell"]
        assert found[0].row == 3
        assert found[0].message.startswith("The cell I.1.1 has an amount in row")


def test_two_keys_on_one_cell_are_refused_and_the_same_key_twice_is_not():
    found = refusals(key("I.1.1", "NO"), key("I.1.1", "NE", reason="?"))
    assert len(found) == 1
    assert found[0].where() == 'row 3, column notation_key, value "NE", cell I.1.1'
    assert found[0].message == "The cell I.1.1 has the notation key NO in row 2 and NE in row 3."
    twice = compute(GAS, *[key("I.2.1", "IE", included_in="I.1.1", reason="One meter")] * 2)
    assert next(found for found in twice["cells"] if found["ref"] == "I.2.1")["rows"] == 2


def test_without_a_period_of_the_inventory_every_row_says_its_own():
    for rows in ([GAS] * 3, [{**GAS, "period": "2019"}, GAS], [GAS, {**GAS, "period": "2019"}]):
        found = refusals(*rows, period=None)
        assert [(finding.code, finding.row) for finding in found] == [("inventory.missing_period", None)]
    rows = [{**GAS, "period": "2019"}, {**GAS, "period": "2018"}]
    for order in (rows, rows[::-1]):
        assert [(found.row, found.code) for found in refusals(*order, period=None)] == [
            (3, "inventory.other_period")
        ]
    assert compute(rows[0], period=None)["period"] == {
        "start": "2019-01-01",
        "end": "2019-12-31",
        "label_year": 2019,
    }


def test_months_make_up_the_year_they_lie_in():
    months = [{**GAS, "period": "2019-01-01/2019-01-31"}, {**GAS, "period": "2019-11-01/2019-11-30"}]
    assert compute(*months, period=None)["period"] == {
        "start": "2019-01-01",
        "end": "2019-11-30",
        "label_year": 2019,
    }
    assert compute(*months)["totals"]["BASIC"]["co2e_t"] > 0


def test_rows_that_span_more_than_a_year_are_refused_though_called_by_the_same_year():
    rows = [{**GAS, "period": "2018-10-01/2019-09-30"}, {**GAS, "period": "2019-04-01/2020-03-31"}]
    found = refusals(*rows, period=None)
    assert [finding.code for finding in found] == ["inventory.other_period"]
    assert "366 days" in found[0].message


def test_a_fiscal_year_takes_rows_of_its_own_days():
    fiscal = Period.parse("2019-07-01/2020-06-30", label_year=2020)
    result = compute({**GAS, "period": "2019-08-01/2019-08-31"}, GAS, period=fiscal)
    assert result["period"]["label_year"] == 2020


def test_an_inventory_without_rows_is_all_open_if_it_has_a_period():
    result = compute()
    assert {found["state"] for found in result["cells"]} == {"open"}
    assert result["totals"]["BASIC"]["co2e_t"] == 0
    assert result["totals"]["BASIC"]["uncertainty_percent"] is None
    with pytest.raises(Refused):
        compute(period=None)


def test_a_row_that_could_not_be_split_is_reported_with_the_others():
    problem = Finding(severity="error", code="rows.ragged", message="The row has 5 fields.", row=3)
    rows = [RawRow(2, {**GAS, "amount": "x"}), RawRow(3, {}, None, problem)]
    with pytest.raises(Refused) as refused:
        compile_inventory(rows, Options(period=Period.year(2019)))
    assert [finding.row for finding in refused.value.findings] == [2, 3]


def test_a_fault_of_the_file_is_reported_after_the_rows_before_it():
    def rows():
        yield [RawRow(2, {**GAS, "amount": "x"})]
        raise Refused([Finding(severity="error", code="rows.nul", message="A NUL byte.", row=9)])

    with pytest.raises(Refused) as refused:
        compile_inventory(rows(), Options(period=Period.year(2019)))
    assert [finding.row for finding in refused.value.findings] == [2, 9]


def test_nothing_is_handed_out_of_a_chunk_after_an_error():
    taken = []
    with pytest.raises(Refused):
        compile_inventory(
            raw([{**GAS, "amount": "x"}, GAS]), Options(period=Period.year(2019)), on_line=taken.append
        )
    assert taken == []
