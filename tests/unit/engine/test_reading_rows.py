from __future__ import annotations

import io
import itertools
import tracemalloc

import pytest

from localaction.engine.errors import Refused
from localaction.engine.inventory import csvtext
from localaction.engine.inventory.rows import NAMES, read_csv

HEADER = b"ref,activity,amount,unit\n"
ROW = b"I.1.1,natural_gas,1,TJ\n"


def rows_of(data: bytes, **options):
    return [row for chunk in read_csv(io.BytesIO(data), **options) for row in chunk]


def filled(row):
    return {name: text for name, text in row.values.items() if text}


def refusal_of(data: bytes, **options):
    with pytest.raises(Refused) as refusal:
        rows_of(data, **options)
    return [finding.line() for finding in refusal.value.findings]


def test_rows_come_with_the_number_a_spreadsheet_shows():
    rows = rows_of(HEADER + b"\n" + ROW + b",,,\n" + ROW)
    assert [row.number for row in rows] == [3, 5]
    assert filled(rows[0]) == {"ref": "I.1.1", "activity": "natural_gas", "amount": "1", "unit": "TJ"}
    assert set(rows[0].values) == set(NAMES)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_every_line_end_and_the_utf8_mark_are_read(end, mark):
    rows = rows_of(mark + (HEADER + ROW + ROW).replace(b"\n", end))
    assert [row.number for row in rows] == [2, 3]
    assert rows[0].values["unit"] == "TJ"


def test_line_ends_cut_by_a_block_are_still_one_line_end(monkeypatch):
    data = (HEADER + ROW * 20).replace(b"\n", b"\r\n")
    for size in range(20, 60):
        monkeypatch.setattr(csvtext, "BLOCK_BYTES", size)
        assert [row.number for row in rows_of(data)] == list(range(2, 22)), size


def test_columns_may_come_in_any_order_and_case():
    rows = rows_of(b"Unit, AMOUNT ,Notation Key,ref,activity\nTJ,1,,I.1.1,lpg\n")
    assert filled(rows[0]) == {"unit": "TJ", "amount": "1", "ref": "I.1.1", "activity": "lpg"}


def test_a_quoted_field_keeps_commas_quotes_and_line_breaks():
    rows = rows_of(b'ref,activity,amount,unit,note\nI.1.1,lpg,1,t,"a, ""b""\nc"\n' + b"I.1.1,lpg,1,t,\n")
    assert rows[0].values["note"] == 'a, "b"\nc'
    assert rows[1].number == 3


def test_chunks_hold_no_more_rows_than_asked_for():
    sizes = [len(chunk) for chunk in read_csv(io.BytesIO(HEADER + ROW * 1000), chunk=64)]
    assert max(sizes) == 64
    assert sum(sizes) == 1000


def test_memory_does_not_grow_with_the_file():
    class Endless(io.RawIOBase):
        """A file of a given number of rows that is never held."""

        def __init__(self, rows: int) -> None:
            self.parts = itertools.chain([HEADER], itertools.repeat(ROW, rows))

        def read(self, size: int = -1) -> bytes:
            return b"".join(itertools.islice(self.parts, 1000))

    def peak(rows: int) -> int:
        tracemalloc.start()
        assert sum(len(chunk) for chunk in read_csv(Endless(rows), chunk=256)) == rows
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(24_000) < 2 * peak(3_000)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file holds no header in its first row."),
        (b"\n\n", "The file holds no header in its first row."),
        (HEADER, "The file holds no rows below its header."),
        (HEADER + b"\n,,,\n", "The file holds no rows below its header."),
        (b"ref;activity;amount;unit\n", "row 1: The columns are separated by semicolons, not by commas."),
        (b"ref\tactivity\n", "row 1: The columns are separated by tabs, not by commas."),
        (
            b"ref,fuel,amount,unit,gas\n",
            'row 1, value "fuel": There is no column "fuel". The columns are ref,',
        ),
        (b"ref,activty,amount,unit,gas\n", 'There is no column "activty". Did you mean "activity"?'),
        (b"ref,activity,amount,unit,\n", "row 1: Column 5 of the header has no name."),
        (b"ref,activity,amount,unit,Unit\n", 'column unit: The column "unit" is there 2 times'),
        (b"activity,amount,unit\n", 'The column "ref" is missing: without it no row belongs to a cell.'),
        (b"ref,note\n", 'The column "amount" is missing: a row holds an amount or a notation key.'),
        (b"ref,activity,amount\n", 'The column "unit" is missing: an amount without unit means nothing.'),
        (b"ref,amount,unit\n", 'The column "activity" is missing: an amount is of an activity or of a gas.'),
        (b"PK\x03\x04" + b"\0" * 50, "This is a spreadsheet workbook or a zip archive, not a CSV file."),
        ((HEADER + ROW).decode().encode("utf-16"), "The file is encoded as UTF-16, not as UTF-8"),
        ((HEADER + ROW).decode().encode("utf-16-le"), "The file is encoded as UTF-16, not as UTF-8"),
        ((HEADER + ROW).decode().encode("utf-16-be"), "The file is encoded as UTF-16, not as UTF-8"),
        ((HEADER + ROW).decode().encode("utf-32"), "The file is encoded as UTF-32, not as UTF-8"),
        (
            HEADER + ROW + b"I.1.1,gaz de sch\xe9ma,1,TJ\n",
            'Byte 0xE9 at position 65 of the file cannot be read as UTF-8; in Latin-1 it would be "é".',
        ),
        (HEADER + ROW + b"I.1.1,l\0pg,1,TJ\n", "row 3: A NUL byte stands at position 56 of the file"),
        (
            HEADER + ROW + b'I.1.1,"lpg,1,TJ\n' + ROW,
            "row 3: The row cannot be split into fields (a quotation",
        ),
        (
            HEADER + b'I.1.1,"lpg"x,1,TJ\n',
            "row 2: The row cannot be split into fields (',' expected after '\"')",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(data, said):
    lines = refusal_of(data)
    assert len(lines) == 1
    assert said in lines[0]


def test_everything_wrong_with_a_header_is_said_at_once():
    assert len(refusal_of(b"cell,fuel,amount,amount\n")) == 6


def test_a_row_of_another_width_is_a_problem_of_that_row_only():
    rows = rows_of(HEADER + b"I.1.1,lpg,1,234,t\n" + ROW + b"I.1.1\n")
    remedy = "Quote a field that holds a comma, and keep the commas of empty fields."
    assert [row.problem and row.problem.line() for row in rows] == [
        f"row 2: The row has 5 fields, the header has 4. {remedy}",
        None,
        f"row 4: The row has 1 fields, the header has 4. {remedy}",
    ]


def test_rows_before_a_fault_are_handed_out_before_it_is_raised():
    chunks = read_csv(io.BytesIO(HEADER + ROW + b'I.1.1,"x'))
    assert len(next(chunks)) == 1
    with pytest.raises(Refused):
        next(chunks)


class Counting(io.RawIOBase):
    """An endless stream of one byte that counts what was taken from it."""

    taken = 0

    def __init__(self, start: bytes, byte: bytes) -> None:
        self.start, self.byte = start, byte

    def read(self, size: int = -1) -> bytes:
        start, self.start = self.start, b""
        self.taken += size
        return start + self.byte * (size - len(start))


@pytest.mark.parametrize("start", [b"", HEADER, HEADER + b'I.1.1,"'], ids=["header", "row", "quoted"])
def test_an_endless_line_is_refused_after_one_block(start):
    stream = Counting(start, b"x")
    with pytest.raises(Refused, match="One thing") as refusal:
        list(read_csv(stream))
    assert "The line is longer than 65536 bytes" in refusal.value.findings[0].line()
    assert stream.taken <= 2 * csvtext.BLOCK_BYTES


def test_an_endless_quoted_field_over_many_lines_is_refused():
    stream = Counting(HEADER + b'I.1.1,"', b"x\n")
    with pytest.raises(Refused) as refusal:
        list(read_csv(stream))
    assert (
        refusal.value.findings[0]
        .line()
        .startswith("row 2: The row cannot be split into fields (a quotation mark")
    )
    assert stream.taken <= 4 * csvtext.BLOCK_BYTES


def test_a_file_over_the_limit_is_refused_without_being_read_to_its_end():
    stream = Counting(HEADER, ROW)
    with pytest.raises(Refused) as refusal:
        list(read_csv(stream, max_bytes=1_000_000))
    assert (
        refusal.value.findings[0]
        .line()
        .startswith("The file is larger than 1000000 bytes; reading stopped there.")
    )
    assert stream.taken < 2_000_000


def test_the_columns_are_those_of_the_row_format():
    assert NAMES == (
        "ref",
        "activity",
        "amount",
        "unit",
        "period",
        "factor",
        "gas",
        "gwp_set",
        "notation_key",
        "included_in",
        "reason",
        "data_quality",
        "uncertainty_percent",
        "basis",
        "source",
        "note",
    )
