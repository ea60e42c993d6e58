"""Ten per cent efficiency gain: gain, normalisation by people and by degree days, the day due.

No text of rules was found; these are the conventions of measurement and verification. The gain is
``1 - N_final/N_base`` and is met unrounded; the comparison declared decides. Water and waste depend on no
weather, so a pledge declared for each inhabitant is for each inhabitant there, with or without weather.
"""

from __future__ import annotations

import numpy as np

from tests.parity.plain import Answers, Numbers, Outcome, anniversary, at_least, badge, ratio, within

PLEDGED, YEARS = 10, 3
LEAST, MOST = -1000, 100  # gains beyond these are mistakes of typing; ours


def edition_2015(answers: Answers, today: np.datetime64) -> Outcome:
    """Return gains as they are, for each inhabitant and at normal weather, and whether the pledge is met."""
    found = Outcome()
    held = {name.removeprefix("efficiency."): values for name, values in answers.items()}
    base, final = held["energy_base"], held["energy_final"]
    normal_base = found.values["E3"] = _normal(
        base, held["weather_share"], held["hdd_normal"], held["hdd_base"]
    )
    normal_final = found.values["E4"] = _normal(
        final, held["weather_share"], held["hdd_normal"], held["hdd_final"]
    )
    normal_base, normal_final = within(normal_base, 0), within(normal_final, 0)
    people = held["people_base"], held["people_final"]
    gains = {
        "raw": ("E1", _gain(base, final)),
        "per_capita": ("E2", _gain(ratio(base, people[0]), ratio(final, people[1]))),
        "weather": ("E5", _gain(normal_base, normal_final)),
        "weather_per_capita": ("E6", _gain(ratio(normal_base, people[0]), ratio(normal_final, people[1]))),
    }
    met = np.full(len(base), np.nan)
    for way, (number, gain) in gains.items():
        found.values[number] = gain
        met = np.where(held["declared"] == way, _met(gain), met)
    found.decisions["energy_met"] = met
    each = np.isin(held["declared"], ["per_capita", "weather_per_capita"])
    for what, letter in (("water", "W"), ("waste", "S")):
        raw = found.values[f"{letter}1"] = _gain(held[f"{what}_base"], held[f"{what}_final"])
        shared = _gain(ratio(held[f"{what}_base"], people[0]), ratio(held[f"{what}_final"], people[1]))
        found.values[f"{letter}2"] = shared
        met = np.where(each, _met(shared), _met(raw))
        found.decisions[f"{what}_met"] = np.where(held["declared"] == "", np.nan, met)
    due = anniversary(held["pledged"], YEARS)
    _, found.badges["reported"] = badge(held["reported"], None, due, today)
    return found


def _gain(base: Numbers, final: Numbers) -> Numbers:
    """Return ``1 - final / base`` in %, by the difference, so that ten per cent stay ten."""
    return ratio(base - final, base, 100.0)


def _met(gain: Numbers) -> Numbers:
    return at_least(within(gain, LEAST, MOST), PLEDGED)


def _normal(energy: Numbers, share: Numbers, normal: Numbers, found: Numbers) -> Numbers:
    """Return ``E*(1-h) + E*h*HDD_ref/HDD_period``."""
    return energy * (1 - share / 100) + ratio(energy * share / 100 * normal, found)
