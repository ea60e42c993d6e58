"""An inventory as a workbook and back: nothing changes but what somebody edited, in LibreOffice too."""

from __future__ import annotations

import io
import os
import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.workbooks import xlsx

from localaction.engine.exchange.inventory_workbook import compare, read_inventory, write_inventory
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.exchange.xlsxout import TextTooLong
from localaction.engine.inventory.columns import NAMES, RawRow
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import read_csv, template_csv

OPTIONS = Options(place="GB-LON", place_chain=("GB-LON", "GB"), keep_lines=False)
TRICKY = (
    "=1+1", "@SUM(A1)", "+cmd", "- none", "'quoted", " two  spaces ", "line\nbreak", "tab\there", "_x000D_",
    "\x01", "007", "1e5", "TRUE", "2019", "http://example.org", "mailto:a@b", "غاز طبيعي", "天然气", "😀",
    "<b>&amp;</b>", "#N/A",
)  # fmt: skip
# Two code points are no characters and have no place in a spreadsheet: U+FFFE and U+FFFF.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30)


@pytest.fixture(scope="module")
def rows():
    made = [row for chunk in read_csv(io.BytesIO(template_csv().encode())) for row in chunk]
    noted = [RawRow(made[0].number, {**made[0].values, "note": text}) for text in TRICKY]
    return [
        RawRow(number, row.values, f"key-{number}") for number, row in enumerate([*made, *noted], start=2)
    ]


@pytest.fixture(scope="module")
def document(rows):
    return compile_inventory(rows, OPTIONS).to_dict()


@pytest.fixture(scope="module")
def written(rows, document):
    stream = io.BytesIO()
    write_inventory(stream, document, rows, about={"Licence": "CC BY 4.0"})
    return stream.getvalue()


def sheet(written, name):
    return [list(row.cells) for row in read_workbook(io.BytesIO(written), "a.xlsx").sheet(name).rows()]


def edited(written, edits):
    """Return the workbook with texts of its sheet of rows replaced, by (row, title)."""
    table = sheet(written, "Activity rows")
    for (number, title), text in edits.items():
        table[number][table[0].index(title)] = text
    return xlsx({"Activity rows": table}, strings_to_formulas=False, strings_to_urls=False)


def test_it_comes_back_as_it_went_out(rows, written):
    book = read_inventory(io.BytesIO(written), "inventory.xlsx")
    assert not compare(rows, book.rows)
    assert [row.values["note"] for row in book.rows] == [row.values["note"] for row in rows]
    assert [row.key for row in book.rows] == [row.key for row in rows]
    assert book.findings == ()
    assert (book.about["Place"], book.about["Year"], book.about["Licence"]) == ("GB-LON", "2023", "CC BY 4.0")


def test_every_sheet_holds_what_the_document_says_as_numbers_with_units_in_the_header(written, document):
    cells, totals = sheet(written, "Cells"), sheet(written, "Totals")
    head = cells[0]
    assert len(cells) == 1 + len(document["cells"])
    assert "Emissions (t CO2e)" in head
    first = dict(zip(head, cells[1], strict=False))
    assert (first["Cell"], first["Emissions (t CO2e)"]) == ("I.1.1", document["cells"][0]["co2e_t"])
    key = next(dict(zip(head, row, strict=False)) for row in cells if row[0] == "I.7.1")
    assert (key["Key"], key["Emissions (t CO2e)"], key["State"]) == ("NO", None, "key")
    basic = dict(zip(totals[0], totals[1], strict=False))
    assert (basic["Total"], basic["Sector"]) == ("BASIC", "All sectors")
    assert basic["Emissions (t CO2e)"] == document["totals"]["BASIC"]["co2e_t"]
    assert {row[0] for row in sheet(written, "Factors")[1:]} == set(document["factors"])
    assert {row[0] for row in sheet(written, "Sources")[1:]} == set(document["sources"])
    assert {row[0]: row[1] for row in sheet(written, "Warming potentials")[1:]} == document["gwp_set"][
        "potentials"
    ]


def test_no_text_is_a_formula_or_a_link(written):
    book = read_workbook(io.BytesIO(written), "a.xlsx")
    assert all(not found.formulas for found in book.sheets)
    assert b"hyperlink" not in written


def test_the_same_inventory_makes_the_same_bytes(rows, document, written):
    stream = io.BytesIO()
    write_inventory(stream, document, rows, about={"Licence": "CC BY 4.0"})
    assert stream.getvalue() == written


def test_one_edit_is_one_changed_row(rows, written):
    book = read_inventory(edited(written, {(1, "Amount"): 125001, (3, "Note"): "new"}), "a.xlsx")
    changes = compare(rows, book.rows)
    assert [(c.key, c.number, dict(c.columns)) for c in changes.changed] == [
        ("key-2", 2, {"amount": ("125000", "125001")}),
        ("key-4", 4, {"note": ("", "new")}),
    ]
    assert (changes.added, changes.removed, changes.same) == ((), (), len(rows) - 2)


def test_new_copied_and_removed_rows_are_told_apart(rows):
    copied = [*rows[1:], RawRow(90, rows[1].values, rows[1].key), RawRow(91, {"ref": "IV.1"}, None)]
    changes = compare(rows, copied)
    assert [row.number for row in changes.added] == [90, 91]
    assert [row.key for row in changes.removed] == ["key-2"]
    assert changes.changed == ()


def test_amounts_are_compared_by_value_and_texts_as_they_stand():
    before = [RawRow(2, {"amount": "1234.50", "note": "1.0"}, "a")]
    assert not compare(before, [RawRow(7, {"amount": "1234.5", "note": "1.0"}, "a")])
    assert compare(before, [RawRow(7, {"amount": "1234.5", "note": "1"}, "a")]).changed


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(ANY_TEXT, min_size=len(NAMES), max_size=len(NAMES)), min_size=1, max_size=4))
@example([[text] * len(NAMES) for text in TRICKY])
def test_any_texts_come_back_unchanged(document, texts):
    rows = [
        RawRow(number, dict(zip(NAMES, fields, strict=True)), f"key-{number}")
        for number, fields in enumerate(texts, start=2)
    ]
    stream = io.BytesIO()
    write_inventory(stream, document, rows)
    assert not compare(rows, read_inventory(stream, "a.xlsx").rows)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_comes_back_with_its_value(document, number):
    rows = [RawRow(2, dict.fromkeys(NAMES, "") | {"ref": "I.1.1", "amount": str(number)}, "a")]
    stream = io.BytesIO()
    write_inventory(stream, document, rows)
    assert not compare(rows, read_inventory(stream, "a.xlsx").rows)


def test_a_text_longer_than_a_cell_can_hold_is_refused(document):
    rows = [RawRow(2, {"note": "x" * 32_768}, "a")]
    stream = io.BytesIO()
    with pytest.raises(TextTooLong) as error:
        write_inventory(stream, document, rows)
    assert error.value.message == (
        'The text in row 2, column Note of the sheet "Activity rows" has 32,768 characters.'
    )
    assert stream.getvalue() == b""


def test_an_edit_after_libreoffice_has_saved_it_is_the_only_change(rows, written, tmp_path):
    """LibreOffice opens and saves the workbook with one amount changed; every text and number survives."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice (soffice) is not installed; it is needed to test the round trip")
        pytest.skip("LibreOffice (soffice) is not installed")
    source = tmp_path / "inventory.xlsx"
    source.write_bytes(written)
    (tmp_path / "edited.xlsx").write_bytes(edited(written, {(1, "Amount"): 125001.5}).getvalue())
    subprocess.run(
        [
            soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"),
            str(source), str(tmp_path / "edited.xlsx"),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    saved = read_inventory(io.BytesIO((tmp_path / "saved" / "inventory.xlsx").read_bytes()), "inventory.xlsx")
    assert not compare(rows, saved.rows)
    again = read_inventory(io.BytesIO((tmp_path / "saved" / "edited.xlsx").read_bytes()), "edited.xlsx")
    changes = compare(rows, again.rows)
    assert [(c.key, dict(c.columns)) for c in changes.changed] == [
        ("key-2", {"amount": ("125000", "125001.5")})
    ]
    assert (changes.added, changes.removed) == ((), ())
