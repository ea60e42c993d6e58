"""What a target aims at: emissions of the target year from the figures of its kind.

With E_b the emissions of the base year, r the cut as a share, P the inhabitants of base and target year, E_s
the emissions expected in the target year without action, and E_f a stated level, all in t CO2e a year:

- ``base``:      ``E_t = E_b (1 - r)``
- ``person``:    ``E_t = E_b / P_b (1 - r) P_t``
- ``scenario``:  ``E_t = E_s (1 - r)``
- ``fixed``:     ``E_t = E_f``

The cut below the base year that any of them comes to is ``1 - E_t / E_b``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from localaction.engine.pathways.problems import BadTarget

Level = Literal["base", "person", "scenario", "fixed"]
LEVELS: Final = get_args(Level)
WHOLE: Final = 100.0  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of a target; those that its level does not use stay None.

    Parameters
    ----------
    level : {"base", "person", "scenario", "fixed"}
        How the aim is worked out.
    base_year, target_year : int
        The target year lies after the base year.
    base_emissions_t : float
        Emissions of the base year, t CO2e; above zero.
    cut_percent : float, optional
        In percent; above zero. More than 100 aims at removals.
    base_population, target_population : float, optional
        Inhabitants of base and target year; above zero.
    scenario_emissions_t : float, optional
        Emissions expected in the target year without action, t CO2e; above zero.
    fixed_emissions_t : float, optional
        Emissions aimed at, t CO2e; negative for removals.
    """

    level: Level
    base_year: int
    target_year: int
    base_emissions_t: float
    cut_percent: float | None = None
    base_population: float | None = None
    target_population: float | None = None
    scenario_emissions_t: float | None = None
    fixed_emissions_t: float | None = None


def aim_t(terms: Terms) -> float:
    """Return the emissions aimed at in the target year, t CO2e.

    Parameters
    ----------
    terms : Terms
        The figures of the target.

    Returns
    -------
    float
        t CO2e a year.

    Raises
    ------
    BadTarget
        If a figure is missing or outside the range given in `Terms`.

    Source
    ------
    ``gcom-crf-6.1``, chapter 4; ``compact-of-mayors-2014``, the four kinds of target.
    """
    _check_years(terms)
    base = _above_zero(terms, "base_emissions_t")
    if terms.level == "fixed":
        return _given(terms, "fixed_emissions_t")
    left = 1 - _above_zero(terms, "cut_percent") / WHOLE
    if terms.level == "scenario":
        return _above_zero(terms, "scenario_emissions_t") * left
    if terms.level == "person":
        return base / _above_zero(terms, "base_population") * left * _above_zero(terms, "target_population")
    return base * left


def cut_below_base(base_emissions_t: float, target_emissions_t: float) -> float:
    """Return the cut below the base year that an aim comes to, as a share of one."""
    return 1 - target_emissions_t / base_emissions_t


def level_of(word: str) -> Level:
    """Return a level by its name. Raises ``LookupError`` if there is none."""
    if word not in LEVELS:
        raise LookupError(f"There is no level {word!r}. There are: {', '.join(LEVELS)}.")
    return cast("Level", word)


def _check_years(terms: Terms) -> None:
    if terms.target_year <= terms.base_year:
        problem = f"its target year {terms.target_year} is not after its base year {terms.base_year}."
        raise BadTarget(problem, "Correct one of the two years.", "target_year")


def _given(terms: Terms, name: str) -> float:
    value: float | None = getattr(terms, name)
    if value is None:
        raise BadTarget(f"{_words(name)} are not given.", "Give this figure.", name)
    if not math.isfinite(value):
        raise BadTarget(f"{_words(name)} are not a finite number.", "Correct this figure.", name)
    return value


def _above_zero(terms: Terms, name: str) -> float:
    value = _given(terms, name)
    if value <= 0:
        problem = f"{_words(name)} are {value:g}; they must be above zero."
        raise BadTarget(problem, "Correct this figure.", name)
    return value


def _words(name: str) -> str:
    return {
        "base_emissions_t": "the emissions of the base year",
        "cut_percent": "the percent of the cut",
        "base_population": "the inhabitants of the base year",
        "target_population": "the inhabitants of the target year",
        "scenario_emissions_t": "the emissions of the baseline scenario",
        "fixed_emissions_t": "the emissions aimed at",
    }[name]
