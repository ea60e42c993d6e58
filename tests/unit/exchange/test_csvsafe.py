"""CSV that goes out starts no formula, and comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from localaction.engine.inventory.columns import NAMES
from localaction.engine.inventory.csvsafe import SafeWriter, harmless, restored
from localaction.engine.inventory.rows import read_csv

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("- see annex", "'- see annex"),
        ("-inf", "'-inf"),
        ("'=1", "''=1"),
        ("\t=1", "'\t=1"),
        ("-850", "-850"),
        ("+1.5e3", "+1.5e3"),
        ("I.1.1", "I.1.1"),
        ("it's", "it's"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text, written):
    assert harmless(text) == written
    assert restored(written) == text


@given(TEXTS)
@example("''''-")
def test_every_text_comes_back(text):
    assert restored(harmless(text)) == text


@given(st.lists(TEXTS, min_size=len(NAMES), max_size=len(NAMES)).filter(any))
def test_a_row_that_goes_out_comes_back_from_the_row_file(texts):
    texts = [text.replace("\r", "\n") for text in texts]  # a CSV reader takes a lone \r for a line end
    out = io.StringIO(newline="")
    writer = SafeWriter(out)
    writer.writerow(NAMES)
    writer.writerow(texts)
    ((row,),) = read_csv(io.BytesIO(out.getvalue().encode()))
    assert list(row.values.values()) == texts


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_field_begins_as_a_formula_does(texts):
    out = io.StringIO(newline="")
    SafeWriter(out).writerow([*texts, 5, None])
    (fields,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    risky = [field for field in fields if field.startswith(DANGEROUS)]
    assert all(float(field) or True for field in risky)
