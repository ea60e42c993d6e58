"""Targets of emissions of the common reporting framework, chapter 4; the Compact has the same types."""

from __future__ import annotations

import numpy as np

from tests.parity.plain import Answers, Numbers, Outcome, at_most, ratio, within


def add_target(found: Outcome, answers: Answers) -> Numbers:
    """Add the target, what it is below the base year, progress, and the path; return whether it is kept.

    Base year ``E_b(1-r)``, intensity ``I_b(1-r)*unit_t``, baseline scenario ``E_BAU(1-r)``, fixed as given.
    """
    kind, base, left = (
        answers["target.type"],
        answers["target.base_emissions"],
        1 - answers["target.cut"] / 100,
    )
    aimed = np.select(
        [kind == "base_year", kind == "baseline_scenario", kind == "intensity", kind == "fixed_level"],
        [
            base * left,
            answers["target.scenario_emissions"] * left,
            answers["target.base_intensity"] * left * answers["population.target_year"],
            answers["target.fixed_emissions"],
        ],
        default=np.nan,
    )
    found.values["T1"] = aimed
    aimed = within(aimed, low=0)  # a target below nothing is no target
    latest, year = answers["emissions.latest"], answers["target.base_year"]
    found.values["T2"] = 100 - ratio(aimed, base, 100.0)
    found.values["T3"] = ratio(base - latest, base - aimed, 100.0)
    reached = np.minimum(answers["inventory.year"], answers["target.year"])  # later the aim goes on
    way = ratio(reached - year, answers["target.year"] - year)
    path = found.values["T4"] = base + (aimed - base) * way
    return at_most(latest, within(path, low=0))


def add_age(found: Outcome, answers: Answers, oldest: int) -> Numbers:
    """Add the age of the inventory at the report; return whether it is no more than so many years."""
    age = found.values["I1"] = answers["report.year"] - answers["inventory.year"]
    return at_most(within(age, 0, 100), oldest)
