"""Units made of several: ``g/kg``, ``1/year``, ``g/person/day``, ``%``; and plain numbers."""

from __future__ import annotations

from localaction.engine.errors import InputError
from localaction.engine.units import Units

PLAIN = {"1": 1.0, "fraction": 1.0, "%": 0.01}  # what may stand where a number has no unit, and its size


class NotThisUnit(InputError):
    """A unit measures something else than what is needed, or is none."""

    code = "units.not_this"
    text = 'The unit "{unit}" cannot be brought to {expected}.'
    remedy_text = "Write the value in {expected}, or in a unit that measures the same."


def check_unit(text: str, units: Units) -> None:
    """Raise `UnknownUnit` unless every part of the unit is on file."""
    for part in parts_of(text):
        if part not in PLAIN:
            units.get(part)


def scale(source: str, target: str, units: Units) -> float:
    """Return by what a value in ``source`` is multiplied to be in ``target``.

    Each part is brought to the part at the same place: ``kg/t`` to ``g/kg`` is ``1000 / 1000``.

    Raises
    ------
    UnknownUnit, NotThisUnit, WrongDimension
        If a part is not on file, or the two do not measure the same.
    """
    here, there = parts_of(source), parts_of(target)
    if len(here) != len(there):
        check_unit(source, units)
        raise NotThisUnit(unit=source, expected=target)
    number = 1.0
    for index, (old, new) in enumerate(zip(here, there, strict=True)):
        factor = _part_scale(old, new, source, target, units)
        number = number / factor if index else number * factor
    return number


def parts_of(text: str) -> list[str]:
    """Return the units between the slashes."""
    return [" ".join(part.split()) for part in text.split("/")]


def _part_scale(old: str, new: str, source: str, target: str, units: Units) -> float:
    if old in PLAIN and new in PLAIN:
        return PLAIN[old] / PLAIN[new]
    if old in PLAIN or new in PLAIN:
        check_unit(source, units)
        raise NotThisUnit(unit=source, expected=target)
    return units.scale(old, new)
