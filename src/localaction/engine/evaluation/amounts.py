"""Numbers and amounts as messages show them."""

from __future__ import annotations

from decimal import Decimal

GIVEN = 15  # significant digits of a figure as it was given: all that a binary number keeps
RECKONED = 6  # of one that was reckoned
LEGIBLE = (1e-6, 1e15)  # beyond these a number is written with an exponent


def plain_number(value: float, digits: int = RECKONED) -> str:
    """Return a number: whole ones in full, others to some significant digits, without exponent if legible.

    No digit before the point is given up for that: ``1234567.8`` is ``1234568``, not ``1234570``.
    """
    if value and not LEGIBLE[0] <= abs(value) < LEGIBLE[1]:
        return f"{value:.{digits}g}"
    whole = float(f"{value:.{GIVEN}g}")
    if whole.is_integer():
        return str(int(whole))
    digits = max(digits, len(str(int(abs(value)))))
    return format(Decimal(f"{value:.{digits}g}").normalize(), "f")


def shown_amount(value: float, unit: str, digits: int = RECKONED) -> str:
    """Return an amount with its unit, as in ``1234567 person``; a plain number has none."""
    text = plain_number(value, digits)
    return text if unit in {"", "1"} else f"{text} {unit}"
