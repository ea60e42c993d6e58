"""The Compact of Mayors: phases with their years, age of the inventory, compliance."""

from __future__ import annotations

import numpy as np

from tests.parity.plain import Answers, Outcome, anniversary, badge, every
from tests.parity.targets import add_age, add_target

OLDEST_INVENTORY = 3
PLACE = {"P1": "population.total", "P2": "area.terrestrial", "P3": "economy.gdp"}  # beside the inventory
PHASES = {  # years from the commitment: badge and what is handed in
    1: {"inventory": "inventory", "hazards": "hazards.report"},
    2: {
        "target": "target.record",
        "inventory_with_waste": "inventory.with_waste",
        "vulnerability": "risk.assessment",
    },
    3: {"plan": "plan.action"},
}


def edition_2014(answers: Answers, today: np.datetime64) -> Outcome:
    """Return what is said of the place, target, phases and compliance."""
    found = Outcome()
    found.values.update({name: answers[item] for name, item in PLACE.items()})
    found.decisions["inventory_recent"] = add_age(found, answers, OLDEST_INVENTORY)
    add_target(found, answers)
    so_far = []
    for years, asked in PHASES.items():
        due = anniversary(answers["commitment.joined"], years)
        for name, what in asked.items():
            earned, state = badge(answers[f"{what}.submitted"], answers[f"{what}.valid"], due, today)
            found.badges[name] = state
            so_far.append(earned)
        found.decisions[{1: "phase_2", 2: "phase_3", 3: "compliant"}[years]] = every(*so_far)
    return found
