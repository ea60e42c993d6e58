"""The straight line from base year to target year, and how inventories stand against it.

With E_b in year b and the aim E_t in year t, in t CO2e a year:

- path of a year y between them: ``E_b + (E_t - E_b) (y - b) / (t - b)``
- gap of a year: emissions less path; above zero is behind, zero or less is on the path
- progress: ``(E_b - E) / (E_b - E_t)``, the share of the way from base to aim that is done
- needed from then on, each year: ``(E - E_t) / (t - y)``

Before the base year there is no path; after the target year the aim goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from localaction.engine.pathways.problems import BadTarget


@dataclass(frozen=True, slots=True)
class Line:
    """A straight path between two years.

    Parameters
    ----------
    base_year, target_year : int
        The target year lies after the base year.
    base_t, aim_t : float
        Emissions of the two years, t CO2e.
    """

    base_year: int
    base_t: float
    target_year: int
    aim_t: float

    def __post_init__(self) -> None:
        if self.target_year <= self.base_year:
            problem = f"its target year {self.target_year} is not after its base year {self.base_year}."
            raise BadTarget(problem, "Correct one of the two years.", "target_year")

    def at(self, year: int) -> float | None:
        """Return the path in a year, t CO2e; None before the base year."""
        if year < self.base_year:
            return None
        if year >= self.target_year:
            return self.aim_t
        share = (year - self.base_year) / (self.target_year - self.base_year)
        return self.base_t + (self.aim_t - self.base_t) * share

    def points(self) -> list[tuple[int, float]]:
        """Return the path of every year from base to target year."""
        years = range(self.base_year, self.target_year + 1)
        return [(year, value) for year in years if (value := self.at(year)) is not None]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one year stands against a path.

    Parameters
    ----------
    year : int
        Year of the inventory.
    emissions_t : float
        Emissions of the year, t CO2e.
    path_t, gap_t : float
        Path of the year, and emissions less path, t CO2e.
    progress : float or None
        Share of the way from base to aim that is done; None where the aim is the base itself.
    needed_t_per_year : float or None
        Cut needed each year from then on, t CO2e; None from the target year on.
    """

    year: int
    emissions_t: float
    path_t: float
    gap_t: float
    progress: float | None
    needed_t_per_year: float | None

    @property
    def on_path(self) -> bool:
        """Whether emissions are on the path or below it."""
        return self.gap_t <= 0


def standing(line: Line, year: int, emissions_t: float) -> Standing | None:
    """Return how the emissions of a year stand against a path; None for a year before its base year.

    Parameters
    ----------
    line : Line
        The path.
    year : int
        Year of the emissions.
    emissions_t : float
        t CO2e.

    Source
    ------
    ``gcom-crf-6.1``, chapter 4: progress, and the line that is linear in years.
    """
    path = line.at(year)
    if path is None:
        return None
    way = line.base_t - line.aim_t
    left = line.target_year - year
    return Standing(
        year=year,
        emissions_t=emissions_t,
        path_t=path,
        gap_t=emissions_t - path,
        progress=(line.base_t - emissions_t) / way if way else None,
        needed_t_per_year=(emissions_t - line.aim_t) / left if left > 0 else None,
    )


def standings(line: Line, emissions_t: Mapping[int, float]) -> list[Standing]:
    """Return how each year from the base year on stands, oldest first."""
    found = (standing(line, year, emissions_t[year]) for year in sorted(emissions_t))
    return [each for each in found if each is not None]
