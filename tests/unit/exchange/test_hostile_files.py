"""Files made to do harm, or broken: each is refused with what, where and what to do, in bounded memory."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import zipfile

import pytest
from tests.support.workbooks import ods, ods_row, ods_table, raw_xlsx, text, worksheet, xlsx, zipped

from localaction.engine.errors import Refused
from localaction.engine.exchange.limits import Limits
from localaction.engine.exchange.sheets import read_workbook

MEMORY = 300 << 20  # bytes of data that the reading process may have, interpreter and libraries included
A1 = f'<row r="1"><c r="A1" {text("ref")}</row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
TEXTS = f'<sst xmlns="x">{"<si/>" * 2000}</sst>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(stream, name="table.xlsx", limits=None):
    """Return the one finding for which a file is refused."""
    with pytest.raises(Refused) as refused:
        read_workbook(stream, name, limits or Limits())
    (finding,) = refused.value.findings
    assert finding.severity == "error"
    assert finding.remedy
    return finding


def bomb():
    return raw_xlsx(A1 + '<row r="2"/>' * 5_000_000)


def far_away():
    return raw_xlsx(f'{A1}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def blank_rows():
    return raw_xlsx(A1 + "".join(f'<row r="{number}"/>' for number in range(2, 1_000_002)))


def rectangle():
    return raw_xlsx(f'{A1}<row r="200000"><c r="ALL200000"><v>1</v></c></row>')


def many_texts():
    return raw_xlsx(A1, parts={"xl/sharedStrings.xml": f"<sst>{'<si/>' * 6_000_000}</sst>"})


def repeated_rows():
    return ods(ods_table(ods_row("ref", "amount") + ods_row("I.1.1", repeat=1_048_575)))


def repeated_cells():
    wide = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"/>'
    return ods(ods_table(f'<table:table-row table:number-rows-repeated="60000">{wide}</table:table-row>'))


LARGE = "exchange.too_large"
HUGE = {
    "bomb.xlsx": (bomb, "exchange.bomb", 'The part "xl/worksheets/sheet1.xml" of the workbook unpacks to'),
    "far.xlsx": (far_away, LARGE, 'The sheet "Sheet1" reaches down to row 1,048,576; at most 250,000 rows'),
    "blank.xlsx": (blank_rows, LARGE, 'The sheet "Sheet1" reaches down to row 2'),
    "wide.xlsx": (
        rectangle,
        LARGE,
        'The sheet "Sheet1" spans 200,000 rows by 1,000 columns; at most 5,000,000',
    ),
    "texts.xlsx": (many_texts, "exchange.bomb", 'The part "xl/sharedStrings.xml" of the workbook unpacks'),
    "rows.ods": (repeated_rows, LARGE, 'The sheet "Rows" reaches down to row 1,048,576'),
    "cells.ods": (repeated_cells, LARGE, 'The sheet "Rows" has 16,384 columns; at most 1,024'),
}
READ_ALL = """
import json, sys
from localaction.engine.errors import Refused
from localaction.engine.exchange.sheets import read_workbook
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as stream:
            read = read_workbook(stream, path)
            print(json.dumps(["read", str(sum(1 for sheet in read.sheets for _ in sheet.rows()))]))
    except Refused as refused:
        print(json.dumps([refused.findings[0].code, refused.findings[0].message]))
"""


def test_files_that_would_fill_the_memory_are_refused_in_bounded_memory(tmp_path):
    paths = []
    for name, (make, _, _) in HUGE.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(make().getvalue())
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *map(str, paths)], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )  # fmt: skip
    found = dict(zip(HUGE, map(json.loads, done.stdout.splitlines()), strict=True))
    for name, (_, code, message) in HUGE.items():
        assert str(found[name][0]).startswith(code), found[name]
        assert found[name][1].startswith(message), found[name]


def test_a_tag_of_a_million_addresses_is_searched_once():
    tag = '<row r="1"><c r="A1"><f>1</f><v>1</v></c><c ' + 'r="B1" ' * 700_000 + "/></row>"
    (sheet,) = read_workbook(raw_xlsx(tag), "a.xlsx", Limits(ratio=100_000)).sheets
    assert sheet.formulas == ((1, 1),)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("<row r='1048576'><c r='a1'><v>1</v></c></row>", "reaches down to row 1,048,576"),
        ('<row r="1"><c r="xfd1"><v>1</v></c></row>', "has 16,384 columns"),
        ('<row r = "1"><c  s="1" r\n=\n"XFD1"><v>1</v></c></row>', "has 16,384 columns"),
        ('<x:row r="1"><x:c x=">" r="XFD1"><x:v>1</x:v></x:c></x:row>', "has 16,384 columns"),
        ('<row r="00001048576"/>', "reaches down to row 10,000,000"),
        ('<row r="1">' + "<c><v>1</v></c>" * 2_000 + "</row>", "has 2,000 columns"),
        ("<row><c><v>1</v></c></row>" * 300_000, "reaches down to row 2"),
    ],
    ids=[
        "single quotes",
        "small letters",
        "spaces",
        "prefix and >",
        "zeros",
        "no addresses",
        "no row numbers",
    ],
)
def test_no_way_of_writing_an_address_hides_how_far_a_sheet_reaches(rows, message):
    assert message in refusal(raw_xlsx(rows), limits=Limits(ratio=100_000)).message


@pytest.mark.parametrize("part", ["worksheets/sheet1", "sharedStrings", "workbook", "styles"])
@pytest.mark.parametrize("declaration", [LAUGHS, XXE], ids=["billion laughs", "external entity"])
def test_entities_are_refused_wherever_they_stand(part, declaration):
    part = f"xl/{part}.xml"
    finding = refusal(raw_xlsx(A1, parts={part: f'<?xml version="1.0"?>{declaration}<x>&a;</x>'}))
    assert finding.message == (
        f'The part "{part}" of the workbook declares entities or a document type, as no spreadsheet does.'
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (worksheet(f'{A1}<!-- <c r="B1"> -->'), "it holds comments or instructions"),
        (worksheet(f"{A1}<![CDATA[x]]>"), "it holds comments or instructions"),
        (worksheet(f"{A1}<?x </sheetData> ?>"), "it holds comments or instructions"),
        (worksheet(A1).encode("utf-16"), "it is not written in UTF-8"),
        (worksheet(A1).replace("UTF-8", "UTF-7"), "it is not written in UTF-8"),
        (worksheet("<row><c><f>1+1</f><v>2</v></c></row>"), "a formula stands in a cell without address"),
    ],
    ids=["comment", "cdata", "instruction", "utf-16", "utf-7", "formula"],
)
def test_markup_that_could_be_read_in_two_ways_is_refused(content, why):
    finding = refusal(raw_xlsx(A1, parts={"xl/worksheets/sheet1.xml": content}))
    assert finding.message == (
        f'The part "xl/worksheets/sheet1.xml" of the workbook is written in a way that is not read ({why}).'
    )
    assert finding.remedy == "Open it in a spreadsheet program and save it again as .xlsx."


def test_external_links_and_macros_are_refused():
    linked = refusal(raw_xlsx(A1, parts={"xl/externalLinks/externalLink1.xml": "<x/>"}), "links.xlsx")
    assert linked.message == (
        '"links.xlsx" takes values from other files (external links), which cannot be checked here.'
    )
    macros = refusal(raw_xlsx(A1, parts={"xl/vbaProject.bin": b"x"}))
    assert macros.message == '"table.xlsx" holds macros, that is, a program; only data are read here.'
    assert refusal(raw_xlsx(A1), "table.xlsm").remedy == "Save it as a workbook without macros (.xlsx)."
    formula = '<table:table-cell table:formula="of:=[\'file:///x.ods\'#$A.A1]" office:value-type="float"/>'
    linked = refusal(ods(ods_table(f"<table:table-row>{formula}</table:table-row>")), "x.ods")
    assert linked.code == "exchange.links"
    assert (
        refusal(ods(ods_table(ods_row("a")), **{"Basic/Standard/M.xml": "x"}), "x.ods").code
        == "exchange.macros"
    )


def test_passwords_and_old_workbooks_are_named():
    encrypted = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refusal(io.BytesIO(encrypted)).message == (
        '"table.xlsx" is protected by a password, so its content cannot be read.'
    )
    old = refusal(io.BytesIO(OLE + b"\0" * 600), "table.xls")
    assert (
        old.message
        == '"table.xls" is an Excel workbook of the old binary form (.xls), which is not read here.'
    )
    locked = bytearray(raw_xlsx(A1).getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + offset] |= 1
    assert refusal(io.BytesIO(bytes(locked))).code == "exchange.encrypted"
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert refusal(ods(ods_table(ods_row("a")), **manifest), "x.ods").code == "exchange.encrypted"


def test_a_name_that_does_not_fit_the_content_is_refused():
    finding = refusal(io.BytesIO(b"ref,amount\nI.1.1,5\n"))
    assert finding.message == 'The name "table.xlsx" ends in .xlsx, but the file is a text file.'
    finding = refusal(raw_xlsx(A1), "table.csv")
    assert finding.message == 'The name "table.csv" ends in .csv, but the file is an Excel workbook.'
    finding = refusal(ods(ods_table(ods_row("a"))), "table.xlsx")
    assert (
        finding.message == 'The name "table.xlsx" ends in .xlsx, but the file is an OpenDocument spreadsheet.'
    )
    assert refusal(io.BytesIO(b"%PDF-1.7"), "table.pdf").message.startswith('"table.pdf" is a PDF document')
    assert (
        refusal(io.BytesIO(b"hello"), "note.docx").message
        == '"note.docx" is of the kind .docx, which is not read here.'
    )
    assert (
        refusal(zipped({"a.txt": "x"}), "a.zip").message == '"a.zip" is an archive, which is not read here.'
    )
    assert "a binary Excel workbook (.xlsb)" in refusal(zipped({"xl/workbook.bin": "x"}), "a.xlsb").message
    assert refusal(io.BytesIO(b""), "empty.csv").message == '"empty.csv" is empty.'


def test_a_file_that_was_cut_off_or_changed_is_called_damaged():
    whole = raw_xlsx(A1 * 500).getvalue()
    finding = refusal(io.BytesIO(whole[: len(whole) // 2]))
    assert (
        finding.message == '"table.xlsx" is damaged and cannot be read (the end of the archive is missing).'
    )
    changed = bytearray(whole)
    at = whole.index(b"sheet1.xml") + 40
    changed[at] ^= 0xFF
    assert refusal(io.BytesIO(bytes(changed))).code == "exchange.damaged"


def test_a_directory_that_lies_about_sizes_is_refused():
    lying = bytearray(bomb().getvalue())
    at = lying.rfind(b"PK\x01\x02")  # the entry of the last part, which is the sheet
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    finding = refusal(io.BytesIO(bytes(lying)))
    assert finding.code == "exchange.damaged"
    assert "crc" in finding.message


def test_absurd_numbers_of_parts_and_sheets_are_refused():
    parts = raw_xlsx(A1, parts={f"xl/media/{number}.png": b"" for number in range(3_000)})
    assert refusal(parts).message == '"table.xlsx" holds too many parts (3,005); at most 2,000 are read.'
    directory = zipped({f"{number:0200d}": b"" for number in range(5_000)})
    assert "holds too many parts (5,000)" in refusal(directory).message
    sheets = refusal(xlsx({f"S{number}": [["a"]] for number in range(101)}))
    assert sheets.message == '"table.xlsx" has 101 sheets; at most 100 are read.'
    tables = refusal(ods("".join(ods_table(ods_row("a"), f"S{number}") for number in range(101))), "x.ods")
    assert tables.message == '"x.ods" has more than 100 sheets; at most 100 are read.'


def test_two_parts_in_one_place_are_refused():
    stream = io.BytesIO(raw_xlsx(A1).getvalue())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", worksheet(A1))
    stream.seek(0)
    assert "two parts have the same name" in refusal(stream).message


def test_limits_are_those_that_are_given():
    rows = [["ref", "amount"], *(["I.1.1", number] for number in range(20))]
    assert "has more rows" not in str(read_workbook(xlsx({"S": rows}), "a.xlsx", Limits(rows=21)).findings)
    assert (
        "reaches down to row 21; at most 20 rows"
        in refusal(xlsx({"S": rows}), limits=Limits(rows=20)).message
    )
    assert (
        "at most 0.000100136 MB are read" in refusal(xlsx({"S": rows}), limits=Limits(file_bytes=105)).message
    )
    slow = refusal(xlsx({"S": rows}), limits=Limits(seconds=-1.0))
    assert slow.message.startswith("Reading the file took more than -1 seconds of processor time")
    formulas = refusal(xlsx({"S": [["=1+1"], ["=1+2"]]}), limits=Limits(formulas=1))
    assert formulas.message == 'The sheet "S" holds more than 1 formulas; at most 1 are read.'
    assert (
        "holds 2,000 texts"
        in refusal(raw_xlsx(A1, parts={"xl/sharedStrings.xml": TEXTS}), limits=Limits(cells=1_000)).message
    )


def test_csv_has_the_same_limits():
    lines = b"ref,amount\n" + b"I.1.1,5\n" * 30
    assert refusal(io.BytesIO(lines), "a.csv", Limits(rows=20)).message.startswith("The file has more rows")
    wide = b"," * 2_000 + b"x\n"
    assert refusal(io.BytesIO(wide), "a.csv").message == "Row 1 has 2,001 columns; at most 1,024 are read."
    quote = refusal(io.BytesIO(b'ref,amount\nI.1.1,"5\n' * 3), "a.csv")
    assert quote.code == "rows.broken_quotes"
    latin = refusal(io.BytesIO("ref,note\nI.1.1,caf\u00e9\n".encode("latin-1")), "a.csv")
    assert latin.message.startswith("Byte 0xE9 at position")
