"""Amounts of a published table, as exact decimal text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

DIGITS = 12  # significant ones of a quotient


def amount(value: Any) -> str | None:
    """Return a number as decimal text, its digits as they stand; None where there is none."""
    found = decimal(value)
    return None if found is None else plain(found)


def decimal(value: Any) -> Decimal | None:
    """Return the number a cell holds, or None; "1,234" is none, since it can be read in two ways."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def quotient(above: Decimal, below: Decimal) -> str:
    """Return a quotient as decimal text of `DIGITS` significant digits."""
    return plain(Decimal(f"{above / below:.{DIGITS}g}"))


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without noughts at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
