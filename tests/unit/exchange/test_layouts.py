"""Tables found below titles, columns mapped by their names in many languages, rows for the rules."""

from __future__ import annotations

import io
import random

import pytest
import xlsxwriter
from tests.support.workbooks import raw_xlsx, text, worksheet, xlsx

from localaction.engine.errors import Refused
from localaction.engine.exchange.decimals import declared
from localaction.engine.exchange.layout import (
    INVENTORY_ROWS,
    ColumnMapping,
    detect,
    layout,
    load_layouts,
    mapping_findings,
    propose,
)
from localaction.engine.exchange.layoutpacks import read_layout
from localaction.engine.exchange.records import records
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.exchange.table import inventory_table
from localaction.engine.inventory.columns import COLUMNS
from localaction.engine.yamlpack import PackError
from localaction.packs import DATA

ROWS = layout(INVENTORY_ROWS)
WITHOUT = 'Without its brackets: "montant" is a name of Amount in French.'
SITE_LANGUAGES = {"en", "es", "fr", "pt", "ar", "zh"}


def proposed(*headers):
    return {column.header: column for column in propose(headers, ROWS).columns}


def detected(rows, name="S"):
    return detect(read_workbook(xlsx({name: rows}), "a.xlsx"), load_layouts())


def errors(rows):
    with pytest.raises(Refused) as refused:
        inventory_table(read_workbook(xlsx({"S": rows}), "a.xlsx"))
    return [finding.message for finding in refused.value.findings]


def test_every_column_of_the_row_file_is_a_target_with_names_in_every_language_of_the_site():
    assert {column.name: column.title for column in COLUMNS}.items() <= {
        t.id: t.label for t in ROWS.targets
    }.items()
    assert all(target.synonyms.keys() >= SITE_LANGUAGES for target in ROWS.targets)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar", "zh", "de", "it", "id", "ru"])
def test_a_shuffled_table_in_any_language_is_mapped_whole(language):
    named = [
        (t.synonyms[language][-1], t.id) for t in ROWS.targets if language in t.synonyms and t.id != "row_key"
    ]
    random.Random(language).shuffle(named)
    mapping = propose([name.upper() for name, _ in named], ROWS)
    assert [column.target for column in mapping.columns] == [id_ for _, id_ in named]
    assert mapping_findings(mapping, ROWS) == []


@pytest.mark.parametrize(
    ("header", "target", "how", "reason"),
    [
        ("ref", "ref", "exact", "The same name as Cell."),
        ("Notation Key", "notation_key", "exact", "The same name as Notation key."),
        ("CELDA", "ref", "synonym", '"celda" is a name of Cell in Spanish.'),
        ("Año", "period", "synonym", '"año" is a name of Period in Spanish.'),
        ("ano", "period", "synonym", '"año" is a name of Period in Spanish.'),
        ("Dati (x)", None, "none", "No column goes by a name like this."),
        ("Montant (t)", "amount", "synonym", WITHOUT),
        ("Amount\n[MWh]", "amount", "synonym", 'Without its brackets: "amount" is a name of Amount.'),
        ("Combustivel", "activity", "synonym", '"combustível" is a name of Activity or fuel in Portuguese.'),
        ("Consumtion", "amount", "fuzzy", 'Like "consumption", a name of Amount.'),
        ("Data sourse", "source", "fuzzy", 'Like "data source", a name of Source.'),
        ("Population", None, "none", "No column goes by a name like this."),
        ("xyz", None, "none", "No column goes by a name like this."),
        ("", None, "none", "The column has no name."),
    ],
)  # fmt: skip
def test_a_name_is_looked_up_exactly_then_by_synonym_then_by_likeness(header, target, how, reason):
    column = proposed(header)[header]
    assert (column.target, column.how, column.reason) == (target, how, reason)
    assert 0 <= column.score <= 1


def test_of_two_columns_for_one_target_the_better_name_keeps_it():
    columns = proposed("Quantity", "Amount", "Fuel", "Carburant")
    assert [columns[name].target for name in ("Quantity", "Amount", "Fuel", "Carburant")] == [
        None, "amount", "activity", None,
    ]  # fmt: skip
    assert columns["Quantity"].reason == '"Amount" is already taken for the same.'


def test_a_kept_mapping_wins_over_names_and_survives_being_kept():
    headers = ["Wert", "Zelle", "Bemerkung"]
    chosen = propose(headers, ROWS).with_target(2, None).with_target(0, "included_in")
    kept = ColumnMapping.from_dict(chosen.to_dict())
    again = propose([" wert", "ZELLE", "Bemerkung "], ROWS, {chosen.fingerprint: kept})
    assert [(column.target, column.how) for column in again.columns] == [
        ("included_in", "saved"), ("ref", "saved"), (None, "saved"),
    ]  # fmt: skip
    other = propose(["Zelle", "Wert", "Bemerkung"], ROWS, {chosen.fingerprint: kept})
    assert [column.target for column in other.columns] == ["ref", "amount", "note"]


def test_a_mapping_that_cannot_be_used_says_why():
    mapping = propose(["Amount", "Betrag", "Unit"], ROWS).with_target(1, "amount").with_target(2, "units")
    mapping = ColumnMapping(ROWS.id, mapping.columns, {"amount": "5", "colour": "red"})
    assert [finding.message for finding in mapping_findings(mapping, ROWS)] == [
        'The mapping sends "Unit" to "units", which Rows of an inventory does not have.',
        'The mapping sends "a constant" to "colour", which Rows of an inventory does not have.',
        'The columns "Amount" and "Betrag" are all mapped to Amount, so it is unclear which one counts.',
        'Amount is filled by the column "Amount" and by the constant "5".',
        "No column is mapped to Cell, and it has no constant; without it no row can be read.",
    ]
    lacking = mapping_findings(propose(["ref"], ROWS), ROWS)
    assert lacking[0].message == "No column is mapped to Amount or Notation key; a row needs one of them."


def test_the_header_is_found_below_titles_and_beside_other_sheets():
    rows = [
        ["Inventory of a city"],
        ["Source: utility"],
        [],
        ["Code", "Fuel", "Value", "Unit", "Year"],
        ["I.1.1", "wood", 5, "t", 2019],
    ]
    book = read_workbook(xlsx({"Read me": [["About", "Value"]], "Data": rows}), "a.xlsx")
    found = detect(book, load_layouts())
    assert (found.sheet, found.header_row, found.confidence, found.findings) == ("Data", 4, 1.0, ())
    assert found.why == 'Row 4 of the sheet "Data" holds 5 known names of rows of an inventory among 5.'


def test_a_file_without_such_a_table_is_refused_with_the_names_it_could_have():
    (message,) = errors([["Dog", "Cat"], ["Rex", "Tom"]])
    assert message == 'No row of "a.xlsx" looks like the column names of "rows of an inventory".'


def test_two_headers_are_refused():
    header, row = ["ref", "activity", "amount", "unit"], ["I.1.1", "wood", 5, "t"]
    below = [header, ["Cell", "Fuel", "Quantity", "Units"], row]
    assert errors(below) == ['In the sheet "S" the rows 1 and 2 both hold column names.']
    assert errors([header, *([row] * 100), header, row]) == [
        'In the sheet "S" the rows 1 and 102 both hold column names.'
    ]


def test_a_row_that_names_a_gas_is_no_second_header():
    rows = [
        ["ref", "activity", "amount", "unit", "gas"],
        ["I.1.1", "Gas", 5, "t", "CO2"],
        ["I.1.1", "gas", 1, "unit", ""],
    ]
    assert detected(rows).findings == ()


def test_merged_cells_in_the_table_are_refused_and_above_it_are_not():
    header = f'<row r="2"><c r="A2" {text("ref")}<c r="B2" {text("amount")}</row>'
    cells = f'<row r="1"><c r="A1" {text("Title")}</row>{header}'
    for merged, findings in (("A1:C1", 0), ("A2:B2", 1), ("A3:A9", 1)):
        sheet = worksheet(cells).replace(
            "</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>'
        )
        book = read_workbook(raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")
        found = detect(book, load_layouts()).findings
        assert len(found) == findings
        assert all(
            f.message.startswith(f'The cells {merged} of the sheet "Sheet1" are merged') for f in found
        )


def test_rows_carry_the_texts_for_the_rules_and_the_number_of_the_file():
    rows = [
        ["My city"],
        [],
        ["Amount", "Ref", "Colour", "Year", "Row key"],
        [12.5, "I.1.1", "red", 2019, "k1"],
        [],
        [-3, "V.2", None, None, None],
    ]
    table = inventory_table(read_workbook(xlsx({"S": rows}), "a.xlsx"))
    assert [(row.number, dict(row.values), row.key) for row in table.rows()] == [
        (4, {"amount": "12.5", "ref": "I.1.1", "period": "2019"}, "k1"),
        (6, {"amount": "-3", "ref": "V.2", "period": ""}, None),
    ]
    (remark,) = table.findings
    assert remark.message == 'The column "Colour" is not read. No column goes by a name like this.'


def test_constants_fill_every_row_and_a_declared_comma_is_read():
    book = read_workbook(io.BytesIO(b"ref;amount\nI.1.1;1.234,5\nI.1.2;7\n"), "a.csv")
    found = detect(book, load_layouts())
    names = propose(found.headers, ROWS)
    undeclared = [row.values["amount"] for row in records(book.sheets[0], found, names)]
    mapping = ColumnMapping(ROWS.id, names.columns, {"unit": "MWh"}, ",")
    rows = [row.values for row in records(book.sheets[0], found, mapping)]
    assert undeclared == ["1.234,5", "7"]
    assert rows == [
        {"unit": "MWh", "ref": "I.1.1", "amount": "1234.5"},
        {"unit": "MWh", "ref": "I.1.2", "amount": "7"},
    ]


@pytest.mark.parametrize(
    ("text_", "read"),
    [
        ("1.234,5", "1234.5"), ("1 234", "1234"), ("-0,5", "-0.5"), ("1.234", "1234"), ("12.34", "12.34"),
        ("1,234.5", "1,234.5"), ("5,0e3", "5.0e3"), ("n/a", "n/a"),
    ],
)  # fmt: skip
def test_numbers_with_a_declared_comma(text_, read):
    assert declared(text_) == read


def test_formulas_and_errors_refuse_their_row():
    cells = (
        f'<row r="1"><c r="A1" {text("ref")}<c r="B1" {text("amount")}<c r="C1" {text("note")}</row>'
        f'<row r="2"><c r="A2" {text("I.1.1")}<c r="B2"><f>1+1</f></c></row>'
        f'<row r="3"><c r="A3" {text("I.1.2")}<c r="B3" t="e"><f>NA()</f><v>#N/A</v></c></row>'
        f'<row r="4"><c r="A4" {text("I.1.3")}<c r="B4"><f>1+1</f><v>2</v></c></row>'
    )
    table = inventory_table(read_workbook(raw_xlsx(cells), "a.xlsx"))
    problems = [row.problem and row.problem.line() for row in table.rows()]
    assert problems == [
        (
            'row 2, column amount: A formula stands in sheet "Sheet1", cell B2 without a value. '
            "Open the file in a spreadsheet program and save it, or paste the value."
        ),
        (
            'row 3, column amount: sheet "Sheet1", cell B3 holds an error, such as #N/A or #REF!, '
            "instead of a value. Correct the formula, or write the value."
        ),
        (
            'row 4, column amount: A formula stands in sheet "Sheet1", cell B4. Formulas are not computed '
            "here, and the value saved with one may be old or was never computed. "
            "Copy the column and paste it as values, then hand the file in again."
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[note, notes, comment", "[source, notes, comment", '"source" stands for both "source" and "note"'),
        ("one_of: [[amount, notation_key]]", "one_of: [[amount, key]]", 'there is no target "key"'),
        ("kind: period", "kind: time", 'kind is "time"'),
        ("    required: true", "    requird: true", 'there is no key "requird" here.'),
    ],
)
def test_a_layout_is_read_strictly(tmp_path, old, new, said):
    original = (DATA / "exchange" / "inventory_rows.yaml").read_text(encoding="utf-8")
    assert old in original
    path = tmp_path / "inventory_rows.yaml"
    path.write_text(original.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        read_layout(path)
    assert said in error.value.message


def test_a_field_too_many_refuses_a_row_of_a_text_file():
    table = inventory_table(read_workbook(io.BytesIO(b"ref,amount\nI.1.1,1,5\nI.1.2,5,\n"), "a.csv"))
    broken, whole = table.rows()
    assert broken.problem.line() == (
        'row 2: The row has 3 fields, the header 2; the one too many begins with "5". '
        "Quote a field that holds a separator, or name the further columns."
    )
    assert whole.problem is None


def test_what_stands_beside_the_table_and_a_hidden_sheet_are_named():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Read me").write(0, 0, "See the data")
    sheet = book.add_worksheet("Data")
    sheet.hide()
    for number, row in enumerate([["ref", "amount"], ["I.1.1", 5, None, "check"], ["I.1.2", 6, "this"]]):
        sheet.write_row(number, 0, row)
    book.close()
    table = inventory_table(read_workbook(stream, "a.xlsx"))
    hidden, beside = (finding.message for finding in table.findings)
    assert hidden == 'The table was found on the sheet "Data", which is hidden.'
    assert beside.startswith(
        'sheet "Data", cell D2 and perhaps others stand to the right of the last column name'
    )
    assert {finding.severity for finding in table.findings} == {"warning"}


def test_a_name_of_a_thousand_brackets_is_looked_at_only_so_far():
    assert proposed("(" * 30_000)["(" * 30_000].target is None
