"""Files as sheets of typed cells with their places."""

from __future__ import annotations

import io
from datetime import date

import pytest
from tests.support.workbooks import ods, ods_row, ods_table, raw_xlsx, text, worksheet, xlsx, zipped

from localaction.engine.exchange.grid import column_number, letters
from localaction.engine.exchange.sheets import CellRange, read_workbook, text_of


def table(stream, name="table.xlsx", sheet=0):
    return [(row.number, list(row.cells)) for row in read_workbook(stream, name).sheets[sheet].rows()]


def test_cells_keep_their_types_and_rows_their_numbers():
    rows = [
        ["Title"],
        [],
        [None, "ref", "amount"],
        [None, "I.1.1", 12.5],
        [None, True, 2019],
        [None, "  a ", None],
    ]
    assert table(xlsx({"S": rows})) == [
        (1, ["Title", None, None]),
        (3, [None, "ref", "amount"]),
        (4, [None, "I.1.1", 12.5]),
        (5, [None, True, 2019.0]),
        (6, [None, "  a ", None]),
    ]


def test_a_table_that_begins_far_from_the_corner_keeps_its_addresses():
    book = read_workbook(
        raw_xlsx(f'<row r="40"><c r="F40" {text("ref")}<c r="G40"><v>5</v></c></row>'), "a.xlsx"
    )
    (row,) = book.sheets[0].rows()
    assert (row.number, row.cells[5], row.cells[6]) == (40, "ref", 5.0)
    assert book.sheets[0].where(40, 5) == 'sheet "Sheet1", cell F40'
    assert book.sheets[0].where(40) == 'sheet "Sheet1", row 40'


def test_rows_can_be_read_again_and_sheets_in_any_order():
    book = read_workbook(xlsx({"A": [["a"]], "B": [["b"]]}), "a.xlsx")
    assert [[row.cells for row in book.sheets[i].rows()] for i in (1, 0, 1)] == [[["b"]], [["a"]], [["b"]]]
    assert book.sheet("B") is book.sheets[1]
    assert book.sheet("C") is None


def test_formulas_are_reported_and_never_computed():
    rows = f'<row r="1"><c r="A1" {text("ref")}</row><row r="3"><c r="F3"><f>1+1</f><v>2</v></c></row>'
    book = read_workbook(raw_xlsx(rows), "a.xlsx")
    (finding,) = book.findings
    assert finding.severity == "warning"
    assert finding.message == (
        'The sheet "Sheet1" holds 1 formulas, the first in F3; formulas are not computed, '
        "and a row with one in a column that is read is refused."
    )
    assert book.sheets[0].formulas == ((3, 6),)
    assert list(book.sheets[0].rows())[1].cells[5] == 2.0


def test_errors_and_merged_cells_are_known_by_their_place():
    sheet = worksheet('<row r="2"><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><v>1</v></c></row>').replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    )
    (found,) = read_workbook(raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}), "a.xlsx").sheets
    assert (found.errors, found.merged, str(found.merged[0])) == (
        ((2, 2),),
        (CellRange(1, 1, 1, 3),),
        "A1:C1",
    )


def test_validations_beside_the_cells_are_no_formulas():
    beside = '</sheetData><extLst><ext><xm:f xmlns:xm="z">A1</xm:f></ext></extLst>'
    sheet = worksheet(f'<row r="1"><c r="A1" {text("a")}</row>').replace("</sheetData>", beside)
    (found,) = read_workbook(raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}), "a.xlsx").sheets
    assert found.formulas == ()


def test_open_documents_are_read_with_repeats_formulas_errors_and_spans():
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    filler = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    row = (
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="5" table:formula="of:=2+3"/>'
        '<table:table-cell office:value-type="date" office:date-value="2019-04-01"/>'
        '<table:table-cell office:value-type="string" calcext:value-type="error" '
        'table:number-columns-spanned="2">'
        "<text:p>#N/A</text:p></table:table-cell></table:table-row>"
    )
    content = ods_table(ods_row("ref", repeat=2) + row + filler)
    (sheet,) = (book := read_workbook(ods(content), "a.ods")).sheets
    assert [row.number for row in sheet.rows()] == [1, 2, 3]
    assert text_of(list(sheet.rows())[2].cells[1]).startswith("2019-04-01")
    assert (list(sheet.formulas), list(sheet.errors), [str(m) for m in sheet.merged]) == (
        [(3, 1)],
        [(3, 3)],
        ["C3:D3"],
    )
    assert (book.kind, book.findings[0].code) == ("ods", "exchange.formula_read")


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b"ref,amount\nI.1.1,5\n", ["ref", "amount"]),
        ("\ufeffref;amount\nI.1.1;1,5\n".encode(), ["ref", "amount"]),
        (b"ref\tamount\nI.1.1\t5\n", ["ref", "amount"]),
        (b"ref|amount\nI.1.1|5\n", ["ref", "amount"]),
        ("ref\tamount\nI.1.1\t5\n".encode("utf-16"), ["ref", "amount"]),
        (b'"a;b";c\r\n"d;e";f\r\n', ["a;b", "c"]),
    ],
    ids=["comma", "semicolon", "tab", "bar", "utf-16", "quoted"],
)
def test_csv_is_read_by_the_separator_and_encoding_it_has(data, cells):
    assert table(io.BytesIO(data), "a.csv")[0] == (1, cells)


def test_csv_numbers_stay_as_written():
    assert table(io.BytesIO(b'ref,amount\nI.1.1,"1,234"\nI.1.1,007.50\n'), "a.csv") == [
        (1, ["ref", "amount"]),
        (2, ["I.1.1", "1,234"]),
        (3, ["I.1.1", "007.50"]),
    ]


def test_a_declared_separator_is_followed_and_blank_rows_are_counted():
    assert table(io.BytesIO(b"sep=;\na,b;c\n\n;\nd;e\n"), "a.csv") == [(2, ["a,b", "c"]), (5, ["d", "e"])]


def test_a_quoted_line_break_belongs_to_its_cell():
    assert table(io.BytesIO(b'a,b\n"x\ny",z\n'), "a.csv")[1] == (2, ["x\ny", "z"])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), ("x ", "x "), (True, "TRUE"), (1234.0, "1234"), (0.1, "0.1"), (-2.5e-7, "-2.5e-07"),
        (1e20, "1e+20"), (date(2019, 4, 1), "2019-04-01"),
    ],
)  # fmt: skip
def test_a_cell_as_text(value, written):
    assert text_of(value) == written


def test_letters_of_columns():
    assert [letters(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert [column_number(word) for word in ("A", "z", "AA", "XFD")] == [1, 26, 27, 16384]


def test_a_workbook_without_cells_is_refused():
    from localaction.engine.errors import Refused

    with pytest.raises(Refused, match="refused") as refused:
        read_workbook(xlsx({"S": []}), "a.xlsx")
    assert refused.value.findings[0].message == '"a.xlsx" holds no sheet with a table.'
    assert zipped({}).getvalue().startswith(b"PK")
