"""Waste of years without records, estimated from people and waste for each of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_years
from localaction.engine.methods.ghg.waste_common import Array, NotInSeries, along
from localaction.engine.methods.registry import implements


class History(NamedTuple):
    """Waste of each year, t, and whether it is estimated (1) or recorded (0)."""

    waste: Array
    estimated: Array


@implements("ghg.waste_history/1")
def waste_history(
    year: ArrayLike,
    population: ArrayLike,
    region: object,
    waste_per_person: ArrayLike,
    landfilled_share: ArrayLike,
    record_year: ArrayLike,
    record: ArrayLike,
    level: str,
) -> History:
    """Return waste sent to landfill in every year: recorded where there is a record, else estimated.

    The estimate is ``people * waste for each person * share landfilled``. With ``level="first_record"`` it is
    scaled as a whole so that it meets the first record, which keeps a step out of the series.
    Source: ``ipcc-2006-vol5``, chapter 2, section 2.2.

    Parameters
    ----------
    year, record_year : array_like, shape (year,) and (record,)
        Years one by one: all of them, and those with a record.
    population, waste_per_person, landfilled_share : array_like, shape (..., year)
        People; waste of one person, t/year; share that goes to landfill, 0 to 1.
    region
        What the default of ``waste_per_person`` was chosen by; it changes nothing else.
    record : array_like, shape (..., record)
        Waste recorded at the landfill, t; zero or more.
    level : str
        ``first_record`` to scale the estimate to the first record, ``as_given`` to leave it.

    Raises
    ------
    InputProblem
        If a value is missing or outside its range, or a record lies outside the years.
    """
    years, recorded = checked_years("year", year), checked_years("record_year", record_year)
    people = along("population", checked("population", population, low=0.0), len(years), "year", "year")
    each = checked("waste_per_person", waste_per_person, low=0.0)
    landfilled = checked("landfilled_share", landfilled_share, low=0.0, high=1.0)
    amounts = along("record", checked("record", record, low=0.0), len(recorded), "record", "record_year")
    start = _first_position(years, recorded)
    waste = people * each * landfilled
    if level == "first_record":
        waste = waste * _scale(waste[..., start], amounts[..., 0])[..., None]
    known = slice(start, start + len(recorded))
    waste[..., known] = amounts
    estimated = np.ones_like(waste)
    estimated[..., known] = 0.0
    return History(waste, estimated)


def _first_position(years: NDArray[np.int64], recorded: NDArray[np.int64]) -> int:
    outside = (recorded < years[0]) | (recorded > years[-1])
    if outside.any():
        index = int(np.argmax(outside))
        params = {"value": int(recorded[index]), "start": int(years[0]), "end": int(years[-1])}
        raise NotInSeries("record_year", (index,), **params)
    return int(recorded[0] - years[0])


def _scale(estimate: Array, record: Array) -> Array:
    """Return record over estimate; 1 where nothing is estimated, for then there is nothing to scale."""
    record = np.asarray(record, dtype=np.float64)
    whole = np.broadcast_to(estimate, np.broadcast_shapes(estimate.shape, record.shape))
    return np.divide(record, whole, out=np.ones_like(whole), where=whole > 0)
