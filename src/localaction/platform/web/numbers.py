"""Write figures for readers: grouped by locale, scaled for headlines, exact where it counts.

A figure on a page is rounded for reading; its full digits stand beside it in ``title`` and ``data``.
Digits are Latin in every language; only the signs between them change.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Narrow no-break space, as French and Spanish typography ask for.
THIN = "\u202f"
MINUS = "\u2212"


class Signs(NamedTuple):
    """The signs of one language: between groups of three digits, and before the decimals."""

    group: str
    decimal: str


SIGNS = {
    "en": Signs(",", "."),
    "es": Signs(THIN, ","),
    "fr": Signs(THIN, ","),
    "pt": Signs(".", ","),
    "ar": Signs(",", "."),
    "zh": Signs(",", "."),
}


class Scaled(NamedTuple):
    """A figure written short, with the unit it is then in."""

    text: str
    unit: str


def signs() -> Signs:
    """Return the signs of the language in use; English where the language is unknown."""
    return SIGNS.get((get_language() or "en").split("-")[0], SIGNS["en"])


def number(value: float | Decimal, digits: int = 0) -> str:
    """Return a figure with ``digits`` decimals, grouped in threes, with a real minus sign."""
    group, decimal = signs()
    text = f"{abs(value):,.{digits}f}"
    whole, _dot, rest = text.partition(".")
    shown = whole.replace(",", group) + (decimal + rest if rest else "")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return MINUS + shown if negative else shown


def exact(value: float | str | Decimal) -> str:
    """Return every digit of a figure in plain notation: ``10348918.643984389``, never ``1e7``."""
    kept = Decimal(str(value))
    text = format(kept, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def readable(value: float, figures: int = 4) -> str:
    """Return a figure with about ``figures`` significant digits, whole numbers kept whole.

    Small figures keep decimals (``0.0393``), large ones lose them (``1,852,857``).
    """
    if value == 0:
        return "0"
    digits = max(0, figures - 1 - math.floor(math.log10(abs(value))))
    decimal = signs().decimal
    text = number(value, min(digits, 12))
    return text.rstrip("0").rstrip(decimal) if decimal in text else text


def tonnes(value: float) -> str:
    """Return tonnes as a cell or table shows them: whole, or three digits where that would be under 10."""
    if value and abs(value) < 10:
        return readable(value, 3)
    return number(value)


def scale_of(value: float) -> tuple[float, str]:
    """Return by what to divide tonnes for a headline, and the unit's prefix."""
    size = abs(value)
    if size >= 1e6:
        return 1e6, "Mt"
    if size >= 1e4:
        return 1e3, "kt"
    return 1.0, "t"


def headline(value: float) -> Scaled:
    """Return tonnes of CO2e as a key figure: ``10.35`` ``Mt CO2e``."""
    divisor, prefix = scale_of(value)
    return Scaled(three_figures(value / divisor), f"{prefix} CO2e")


def three_figures(value: float) -> str:
    """Return a figure with two decimals under 100, one under 1,000, none above."""
    size = abs(value)
    return number(value, 2 if size < 100 else 1 if size < 1000 else 0)


def span(low: float, high: float, like: float) -> str:
    """Return a range in the scale of the headline that stands above it: ``9.70 to 11.10``."""
    divisor, _prefix = scale_of(like)
    return _("%(low)s to %(high)s") % {
        "low": three_figures(low / divisor),
        "high": three_figures(high / divisor),
    }


def tonnes_span(low: float, high: float) -> str:
    """Return a range in whole tonnes: ``2,315,586 to 2,457,882``."""
    return _("%(low)s to %(high)s") % {"low": tonnes(low), "high": tonnes(high)}


LEAST_SHOWN = 0.005  # of one: below it a whole per cent would read 0, so near to one it would read 100


def percent(share: float, digits: int = 0) -> str:
    """Return a share of one as per cent, ``23 %`` with a narrow space; a small one is not nought, nor all."""
    if not digits and 0 < abs(share) < LEAST_SHOWN:
        return f"<1{THIN}%" if share > 0 else f">−1{THIN}%"
    if not digits and 1 - LEAST_SHOWN <= share < 1:
        return f">99{THIN}%"
    return f"{number(share * 100, digits)}{THIN}%"
