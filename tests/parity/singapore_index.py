"""The Singapore Index, both editions: the tables of bands as they are printed.

The user's manual of 2014 has 23 indicators, the handbook of 2021 has 28. Bands are given by the upper end of
each printed range; a value is first rounded half up to the printed digits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tests.parity.plain import Answers, Numbers, Outcome, points, ratio, steps, within

HA_PER_KM2 = 100
LAST = 4  # points of the best band
FLOOR = 0.6  # coverage below which no adjusted percentage is shown
STRATEGY = ("none", "not_aligned", "aligned", "aligned_some", "aligned_many")
PROGRESS = ("none", "considered", "planned", "in_progress", "routine")
CHANGE = (0.0, 1.0, 2.0, 3.0)  # "<=0, 1, 2, 3, >=4"
LOST = -100_000.0  # no city loses more species than these: a mistake of typing; ours


class Band(NamedTuple):
    """How an indicator is had and scored; ``tops`` are the upper ends of the printed bands, worst first."""

    part: str
    whole: str | None  # None: the answer itself
    times: float
    digits: int
    tops: tuple[float, ...]
    low: float = 0.0
    high: float = np.inf
    best_first: bool = False


def _percent(part: str, whole: str, tops: tuple[float, ...], *, best_first: bool = False) -> Band:
    """Return a share in %, printed with one decimal; above 100 it is refused."""
    times = 100 / HA_PER_KM2 if whole == "area.total" else 100.0
    return Band(part, whole, times, 1, tops, high=100.0, best_first=best_first)


def _count(item: str, tops: tuple[float, ...], low: float = 0.0) -> Band:
    return Band(item, None, 1.0, 0, tops, low)


PARKS = Band("area.parks_natural", "population.total", 1000.0, 1, (0.0, 0.3, 0.6, 0.9))
BUDGET = Band("budget.biodiversity_share", None, 1.0, 1, (0.3, 2.2, 2.7, 3.7), high=100.0)
EDITION_2014 = {
    "1": _percent("area.natural", "area.total", (0.9, 6.9, 13.9, 20.0)),
    "2": _count("connectivity.effective_mesh_size", (200, 500, 1000, 1500)),
    "3": _count("species.birds_built_up", (18, 27, 46, 68)),
    "4": _count("species_change.plants", CHANGE, LOST),
    "5": _count("species_change.birds", CHANGE, LOST),
    "6": _count("species_change.butterflies", CHANGE, LOST),
    "7": _count("species_change.other_a", CHANGE, LOST),
    "8": _count("species_change.other_b", CHANGE, LOST),
    "9": _percent("area.natural_protected", "area.total", (1.3, 7.3, 11.1, 19.4)),
    "10": _percent("species.invasive", "species.all_in_taxa", (0.9, 11.0, 20.0, 30.0), best_first=True),
    "11": _percent("area.permeable", "area.terrestrial", (33.0, 39.7, 64.2, 75.0)),
    "12": _percent("area.tree_canopy", "area.terrestrial", (10.4, 19.1, 29.0, 59.7)),
    "13": PARKS,
    "14": _count("education.visits_per_child", (0, 1, 2, 3)),
    "15": BUDGET,
    "16": _count("biodiversity.projects", (11, 21, 39, 71)),
    "18": _count("biodiversity.functions", (0, 1, 2, 3)),
    "19": _count("biodiversity.agencies", (2, 3, 4, 5)),
    "21": _count("biodiversity.partners", (0, 6, 12, 19)),
    "23": _count("biodiversity.outreach_events", (0, 59, 149, 300)),
}
LADDERS_2014 = {
    "17": ("biodiversity.strategy", STRATEGY),
    "20": ("biodiversity.consultation", PROGRESS),
    "22": ("biodiversity.curriculum", PROGRESS),
}
COMPONENTS_2014 = {"native": range(1, 11), "services": range(11, 15), "governance": range(15, 24)}
# Bands that were read, in code of an implementation, or are remembered from the handbook. For the others
# (UNSCORED_2021, and 9) nobody has seen whether those of 2014 still hold: the value is shown, without score.
EDITION_2021 = {
    "1": EDITION_2014["1"],
    "2": Band("connectivity.coherence", None, 1.0, 1, (19.9, 39.9, 59.9, 79.0), high=100.0),
    "3": _percent("species.birds_built_up", "species.birds_native", (5.9, 10.9, 15.9, 20.0)),
    "4": _count("species_change.plants", CHANGE, LOST),
    "5": _count("species_change.birds", CHANGE, LOST),
    "6": _count("species_change.arthropods", CHANGE, LOST),
    "8": _percent("area.natural_protected", "area.total", (0.9, 5.9, 10.9, 16.9)),
    "10": _percent("area.permeable", "area.terrestrial", (29.9, 39.9, 49.9, 59.9)),
    "11": _percent("area.tree_canopy", "area.terrestrial", (9.9, 24.9, 39.9, 54.9)),
    "12": PARKS,
    "13": _percent("population.near_park", "population.total", (29.9, 49.9, 69.9, 89.9)),
}
RESTORATION = (19.9, 39.9, 59.9, 79.9)
OPTIONS = (
    ("area.restored_habitat", "area.degraded_habitat"),
    ("biodiversity.habitat_types_restored", "biodiversity.habitat_types"),
)
UNSCORED_2021 = {
    "14": "biodiversity.urban_agriculture",
    "15": "biodiversity.functions",
    "16": "budget.biodiversity_share",
    "17": "biodiversity.strategy",
    "18": "biodiversity.natural_capital",
    "19": "biodiversity.green_blue_plans",
    "20": "biodiversity.climate_response",
    "21": "biodiversity.nature_based",
    "22": "biodiversity.agencies",
    "23": "biodiversity.consultation",
    "24": "biodiversity.partners",
    "25": "biodiversity.projects",
    "26": "biodiversity.curriculum",
    "27": "biodiversity.outreach_events",
    "28": "biodiversity.community_science",
}


def edition_2014(answers: Answers) -> Outcome:
    """Return values, scores, component totals and the total of 92."""
    found = Outcome()
    for number, band in EDITION_2014.items():
        _banded(found, number, band, answers)
    for number, (item, ladder) in LADDERS_2014.items():
        found.values[number] = answers[item]
        found.scores[number] = steps(answers[item], ladder)
    for name, numbers in COMPONENTS_2014.items():
        _total(found, name, [found.scores[str(number)] for number in numbers])
    _total(found, "total", [found.scores[str(number)] for number in range(1, 24)])
    return found


def edition_2021(answers: Answers) -> Outcome:
    """Return values, and scores where the bands were seen; there is no total."""
    found = Outcome()
    for number, band in EDITION_2021.items():
        _banded(found, number, band, answers)
    area, types = (ratio(answers[part], answers[whole], 100.0) for part, whole in OPTIONS)
    # The table leaves open which option counts if both are answered: here the one by area.
    found.values["7"] = np.where(np.isnan(answers["area.degraded_habitat"]), types, area)
    found.scores["7"] = points(within(found.values["7"], 0, 100), 1, RESTORATION)
    found.values["9"] = ratio(answers["species.invasive"], answers["species.all_in_taxa"], 100.0)
    for number, item in UNSCORED_2021.items():
        found.values[number] = answers[item]
    return found


def _banded(found: Outcome, number: str, band: Band, answers: Answers) -> None:
    value = answers[band.part]
    if band.whole is not None:
        value = ratio(value, answers[band.whole], band.times)
    found.values[number] = value
    score = points(within(value, band.low, band.high), band.digits, band.tops)
    found.scores[number] = LAST - score if band.best_first else score


def _total(found: Outcome, name: str, scores: list[Numbers]) -> None:
    """Add a total: scores that are missing add nothing, to it or to what could be had."""
    table = np.array(scores)
    scored = (~np.isnan(table)).sum(axis=0)
    found.totals[name] = np.where(scored > 0, np.nansum(table, axis=0), np.nan)
    coverage = found.coverage[name] = scored / len(scores)
    found.shares[name] = np.where(coverage >= FLOOR, ratio(found.totals[name], LAST * scored), np.nan)
