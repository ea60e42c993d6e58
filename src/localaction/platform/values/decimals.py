"""The exact text of an amount: one canonical form for signatures, exports and round trips."""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext

from localaction.platform.values.errors import NotANumber

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?")
LONGEST = 400
LARGEST_PLAIN_EXPONENT = 21


def canonical(amount: str | float | int | Decimal) -> str:
    """Return the one text by which this amount is kept, without losing a digit.

    Text keeps its digits (``"1.50"`` gives ``"1.5"``), a float gives the shortest text that reads back as the
    same float. No exponent up to 21 digits, then one digit before the point (``"1.5E+30"``); no ``-0``.
    Raises ``NotANumber`` for anything else: words, separators, NaN, infinity, or what no float can hold.

    >>> canonical("0.12345678901234567890"), canonical(1e16), canonical("-0.0")
    ('0.1234567890123456789', '10000000000000000', '0')
    """
    if isinstance(amount, bool):
        raise NotANumber(str(amount))
    written = repr(float(amount)) if isinstance(amount, float) else str(amount).strip()
    if not NUMBER.fullmatch(written) or not written.isascii() or len(written) > LONGEST:
        raise NotANumber(written)
    number, nearest = Decimal(written), float(written)
    if number.is_zero():
        return "0"
    if not math.isfinite(nearest) or nearest == 0:
        raise NotANumber(written)
    with localcontext() as context:
        context.prec = LONGEST + 1
        number = number.normalize(context)
    plain = -LARGEST_PLAIN_EXPONENT <= number.adjusted() < LARGEST_PLAIN_EXPONENT
    return format(number, "f") if plain else format(number, "E")


def as_float(exact: str) -> float:
    """Return the float64 nearest to a canonical text: what computations use."""
    return float(exact)
