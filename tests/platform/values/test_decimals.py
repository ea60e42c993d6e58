"""The exact text of an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localaction.platform.values.decimals import as_float, canonical
from localaction.platform.values.errors import NotANumber


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0.12345678901234567890", "0.1234567890123456789"),
        ("9007199254740993", "9007199254740993"),
        ("1.50", "1.5"),
        (" +1.50 ", "1.5"),
        ("-0.0", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("1e3", "1000"),
        ("12E-1", "1.2"),
        ("1.5e30", "1.5E+30"),
        ("-2e-30", "-2E-30"),
        ("100000000000000000000", "100000000000000000000"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (-0.0, "0"),
        (1e300, "1E+300"),
        (12, "12"),
        (Decimal("1.10"), "1.1"),
    ],
)
def test_an_amount_has_one_canonical_text(given: object, kept: str) -> None:
    assert canonical(given) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "given",
    [
        "1,234", "1 234", "1_000", "NaN", "nan", "inf", "-Infinity", "", "-", "e5", "1e", "١٢", "1.2.3",
        "0x10", "1e400", "1e99999", "1e-400", "9" * 500, float("nan"), float("inf"), True,
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(given: object) -> None:
    with pytest.raises(NotANumber, match="is not a decimal number that can be computed with"):
        canonical(given)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_as_itself(amount: float) -> None:
    assert as_float(canonical(amount)) == amount


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=25))
def test_no_digit_of_a_decimal_is_lost(amount: Decimal) -> None:
    assert Decimal(canonical(str(amount))) == amount
