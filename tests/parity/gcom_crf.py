"""The common reporting framework 6.1 and the badges of the covenant: chapters 3 to 5 and 7."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.parity.plain import (
    Answers,
    Numbers,
    Outcome,
    Rows,
    anniversary,
    at_least,
    badge,
    counted,
    either,
    every,
)
from tests.parity.targets import add_age, add_target

OLDEST_INVENTORY = 4  # years before the report
# Badge: what is handed in, years from joining to the last day in time (chapter 7); None: no day is set.
BADGES: Mapping[str, tuple[str, int | None]] = {
    "inventory": ("inventory", 2),
    "target": ("target.record", 2),
    "mitigation_plan": ("plan.mitigation", 3),
    "assessment": ("risk.assessment", 2),
    "goal": ("adaptation.goal", None),
    "adaptation_plan": ("plan.adaptation", 3),
    "energy_assessment": ("energy_access.assessment", None),
    "energy_goal": ("energy_access.goal", None),
    "energy_plan": ("plan.energy_access", 3),
}
FULL = ("probability", "consequence", "intensity_change", "frequency_change", "timeframe")


def edition_6_1(answers: Answers, tables: Mapping[str, Rows], today: np.datetime64) -> Outcome:
    """Return what is said of risk, target, badges and compliance."""
    found = Outcome()
    found.decisions["assessment_complete"] = _risk(found, tables)
    found.decisions["inventory_recent"] = add_age(found, answers, OLDEST_INVENTORY)
    found.decisions["on_path"] = add_target(found, answers)
    joined = answers["commitment.joined"]
    due = {years: anniversary(joined, years) for years in (2, 3)}
    earned = {}
    for name, (what, years) in BADGES.items():
        submitted, valid = answers[f"{what}.submitted"], answers[f"{what}.valid"]
        earned[name], found.badges[name] = badge(submitted, valid, due[years] if years else None, today)
    found.decisions["mitigation_compliant"] = every(
        *(earned[n] for n in ("inventory", "target", "mitigation_plan"))
    )
    found.decisions["adaptation_compliant"] = every(
        *(earned[n] for n in ("assessment", "goal", "adaptation_plan"))
    )
    return found


def _risk(found: Outcome, tables: Mapping[str, Rows]) -> Numbers:
    """Add the counts; return whether the assessment says what it must (chapter 5).

    At least one hazard; each with probability, consequence, both changes and a time frame ("not known" is an
    answer, blank is not); at least one exposed sector or group; at least one factor of adaptive capacity.
    """
    hazards = tables["risk.hazards"]
    full = np.logical_and.reduce([hazards.columns[name] != "" for name in FULL])
    count = found.values["R1"] = counted(hazards)
    found.values["R2"] = np.where(count > 0, counted(hazards, full) / np.maximum(count, 1) * 100, np.nan)
    probability, consequence = hazards.columns["probability"], hazards.columns["consequence"]
    severe = (probability == "high") & (consequence == "high")
    found.values["R3"] = counted(hazards, severe)
    sectors = found.values["R4"] = counted(tables["risk.exposed_sectors"])
    groups = found.values["R5"] = counted(tables["risk.vulnerable_groups"])
    factors = found.values["R6"] = counted(tables["risk.adaptive_capacity"])
    return every(
        at_least(count, 1),
        at_least(found.values["R2"], 100),
        either(at_least(sectors, 1), at_least(groups, 1)),
        at_least(factors, 1),
    )
