from __future__ import annotations

import pytest

from localaction.engine.errors import InputError
from localaction.engine.inventory import parsing

KEYS = ("NO", "IE", "NE", "C")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-1.5", -1.5),
        ("+2", 2),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("1.2E-3", 0.0012),
        (" 7 ", 7),
        ("007", 7),
    ],
)
def test_an_amount_is_a_plain_decimal_number(text, value):
    assert parsing.amount(text) == value
    assert list(parsing.amounts([text, "1"])) == [value, 1]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "missing_amount", "an empty amount is not zero"),
        ("  ", "missing_amount", "an empty amount is not zero"),
        ("1,234", "ambiguous_amount", "such as 1234 or 1.234."),
        ("-1,5", "ambiguous_amount", "such as -15 or -1.5."),
        ("1.234,5", "ambiguous_amount", "such as 1234.5."),
        ("1,234,567", "ambiguous_amount", "such as 1234.5."),
        ("NaN", "not_finite", "it is not a finite number"),
        ("-inf", "not_finite", "it is not a finite number"),
        ("Infinity", "not_finite", "it is not a finite number"),
        ("1e31", "too_large", "Check the exponent."),
        ("1e999", "too_large", "Check the exponent."),
        ("1_000", "not_a_number", "no thousands separators"),
        ("1 234", "not_a_number", "no thousands separators"),
        ("12 t", "not_a_number", "the unit has a column of its own"),
        ("\u0661\u0662", "not_a_number", "Write digits"),
        ("0x10", "not_a_number", "Write digits"),
        ("=1+1", "not_a_number", "Write digits"),
        ("1.2.3", "not_a_number", "Write digits"),
        ("e5", "not_a_number", "Write digits"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(text, code, said):
    with pytest.raises(InputError) as refusal:
        parsing.amount(text)
    assert refusal.value.code == f"inventory.{code}"
    assert said in str(refusal.value)


@pytest.mark.parametrize("text", ["", "1,2", "nan", "inf", "1e31", "1_0", "\u0661", "x", "1 2", "0x1"])
def test_many_amounts_at_once_leave_odd_ones_to_a_closer_look(text):
    assert parsing.amounts(["1", text, "2"]) is None


@pytest.mark.parametrize(
    ("raw", "key", "references", "regular"),
    [
        ("NO", "NO", (), True),
        ("NE  ", "NE", (), True),
        ("IE (II.1.1)", "IE", ("II.1.1",), False),
        ("IE: I.4.4, VI.1", "IE", ("I.4.4", "VI.1"), False),
        ("NO; IE", "NO", (), False),
        ("NE; NE", "NE", (), False),
    ],
)
def test_untidy_notation_keys_are_read_by_their_first_word(raw, key, references, regular):
    assert parsing.notation_key(raw, KEYS) == (key, references, regular)


@pytest.mark.parametrize("raw", ["no", "N/A", "X", "-", "0", "NOT", "ie"])
def test_other_words_are_not_notation_keys(raw):
    with pytest.raises(InputError, match="is not a notation key"):
        parsing.notation_key(raw, KEYS)


def test_references_may_be_separated_by_spaces_commas_or_semicolons():
    known = {"I.1.1", "II.1.1", "VI.1"}
    assert parsing.references(" I.1.1 II.1.1,VI.1;I.1.1 ", known, "GPC") == ("I.1.1", "II.1.1", "VI.1")


def test_an_unknown_reference_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r'There is no cell "I\.11" in GPC') as refusal:
        parsing.references("II.1.1 I.11", {"I.1.1", "II.1.1"}, "GPC")
    assert 'Did you mean "I.1.1"' in refusal.value.remedy


@pytest.mark.parametrize(
    ("text", "grades"), [("", (None, None)), ("H", ("H", None)), (" m ", ("M", None)), ("H / l", ("H", "L"))]
)
def test_grades_are_of_activity_and_factor(text, grades):
    assert parsing.grades(text) == grades


@pytest.mark.parametrize("text", ["A", "HM", "H/M/L", "/M", "H/", "good"])
def test_other_grades_are_refused(text):
    with pytest.raises(InputError, match="is not a data quality"):
        parsing.grades(text)
