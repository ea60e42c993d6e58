"""How far a figure moved from one year to another, and whether that is more than is plausible."""

from __future__ import annotations

import math

from localaction.engine.evaluation.amounts import plain_number, shown_amount
from localaction.engine.formulas.scalar import compared
from localaction.engine.packs.plausible import Change

NEAR = 0.05  # how near to a power of ten a leap must be to look like a mistaken unit
LEAPS = (2, 3, 6, 9)  # powers of ten between units that are taken for one another


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
    """Return how much is plausible in a year, as in ``10 %``."""
    if change.by == "percent":
        return f"{plain_number(change.value)} %"
    if change.by == "factor":
        return f"{plain_number(change.value)} times"
    return shown_amount(change.value, unit)


def moved(change: Change, value: float, before: float, unit: str) -> str:
    """Return how far a figure moved, as in ``up by 11 %`` or ``20 times as much``."""
    if change.by == "amount":
        return f"{'up' if value > before else 'down'} by {shown_amount(abs(value - before), unit)}"
    ratio = value / before
    if ratio >= 2:
        return f"{plain_number(ratio, 3)} times as much"
    if ratio <= 0.5:
        return f"one part in {plain_number(1 / ratio, 3)}"
    return f"{'up' if ratio > 1 else 'down'} by {plain_number(abs(ratio - 1) * 100, 3)} %"


def unit_hint(value: float, before: float) -> str:
    """Return what to look at first where the leap is that of a mistaken unit."""
    if not value or not before:
        return ""
    power = abs(math.log10(abs(value)) - math.log10(abs(before)))
    near = next((leap for leap in LEAPS if abs(10 ** (power - leap) - 1) <= NEAR), None)
    return f" The two differ by about {10**near}: look at the unit first." if near else ""
