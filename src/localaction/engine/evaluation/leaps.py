"""How far a figure moved from one year to another, and whether that is more than is plausible."""

from __future__ import annotations

import math

from localaction.engine.evaluation.amounts import plain_number, shown_amount
from localaction.engine.formulas.scalar import compared
from localaction.engine.packs.plausible import Change

NEAR = 0.05  # how near to a power of ten a leap must be to look like a mistaken unit
LEAPS = (2, 3, 6, 9)  # powers of ten between units that are taken for one another

TWICE = 2  # from here on a factor says more than a percentage
DIGITS = 3  # significant ones of a percentage or a factor
TIMES, PARTS = "\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}"


def leapt(change: Change, value: float, before: float, years: int) -> bool:
    """Return whether a figure moved by more than is plausible over so many years."""
    if change.by == "amount":
        return compared(">", abs(value - before), change.value * years)
    if value == 0 or (value < 0) != (before < 0):
        return True
    up = 1 + change.value / 100 if change.by == "percent" else change.value
    down = 1 - change.value / 100 if change.by == "percent" else 1 / change.value
    way = math.log(abs(value)) - math.log(abs(before))  # logarithms: a power of many years can be too large
    return compared(">", way, years * math.log(up)) or compared("<", way, years * math.log(down))


def limit(change: Change, unit: str) -> str:
    """Return how much is plausible in a year: ``10 %``, a factor, ``5 t``."""
    if change.by == "percent":
        return f"{plain_number(change.value)} %"
    if change.by == "factor":
        return f"{TIMES}{plain_number(change.value)}"
    return shown_amount(change.value, unit)


def moved(change: Change, value: float, before: float, unit: str) -> str:
    """Return how far a figure moved in signs that need no language: ``+11 %``, ``-3 t``, or a factor."""
    if change.by == "amount":
        return f"{'+' if value > before else '-'}{shown_amount(abs(value - before), unit)}"
    ratio = value / before
    if ratio >= TWICE:
        return f"{TIMES}{plain_number(ratio, DIGITS)}"
    if ratio <= 1 / TWICE:
        return f"{PARTS}{plain_number(1 / ratio, DIGITS)}"
    return f"{'+' if ratio > 1 else '-'}{plain_number(abs(ratio - 1) * 100, DIGITS)} %"


def like_units(value: float, before: float) -> int | None:
    """Return the factor between units by which two figures differ, so that one may be in the wrong unit."""
    if not value or not before:
        return None
    power = abs(math.log10(abs(value)) - math.log10(abs(before)))
    return next((10**leap for leap in LEAPS if abs(10 ** (power - leap) - 1) <= NEAR), None)
