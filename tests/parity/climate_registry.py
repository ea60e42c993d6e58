"""The climate registry: commitments, performance, actions and plans, with the sums of the GPC's table 4.2."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.parity.plain import Answers, Numbers, Outcome, Rows, counted, ratio, within
from tests.parity.targets import add_target

AS_THEY_ARE = {  # indicator: what is answered
    "J1": "population.total", "J2": "area.total", "J3": "economy.gdp", "I1": "inventory.year",
    "I2": "inventory.level", "I3": "inventory.protocol", "I4": "inventory.boundary", "I5": "inventory.gases",
    "I6": "inventory.total_kind", "E1": "emissions.latest", "E5": "emissions.industry",
    "E6": "emissions.land", "S3": "emissions.waste.scope_3", "M1": "inventory.verification",
}  # fmt: skip
GASES = ("base_year", "intensity", "baseline_scenario", "fixed_level")
COUNTS = {  # indicator: table, column, the answers that count; no column: every row
    "C1": ("commitment", "", ()), "C2": ("commitment", "level", ("community",)),
    "C3": ("commitment", "level", ("operations",)), "C4": ("commitment", "kind", GASES),
    "C5": ("commitment", "kind", ("renewable_energy",)), "C6": ("commitment", "kind", ("energy_efficiency",)),
    "C7": ("commitment", "kind", ("adaptation",)), "A1": ("action", "", ()),
    "A2": ("action", "kind", ("mitigation", "both")), "A3": ("action", "kind", ("adaptation", "both")),
    "A4": ("action", "status", ("in_progress",)), "A5": ("action", "status", ("completed",)),
    "A6": ("action", "finance", ("seeking", "partly")), "L1": ("plan", "", ()),
}  # fmt: skip


def edition_2014(answers: Answers, tables: Mapping[str, Rows]) -> Outcome:
    """Return what the registry shows of each city."""
    found = Outcome()
    found.values.update({name: answers[item] for name, item in AS_THEY_ARE.items()})
    _emissions(found, answers)
    for name, (record, column, wanted) in COUNTS.items():
        rows = tables[f"{record}.records"]
        found.values[name] = counted(rows, np.isin(rows.columns[column], wanted) if column else None)
    plans, actions = tables["plan.records"], tables["action.records"]
    found.values["L2"] = counted(plans, np.nan_to_num(plans.columns["approved"]) == 1)
    found.values["A7"] = _added(actions, "expected")
    found.values["A8"] = _added(actions, "achieved")
    found.decisions["on_path"] = add_target(found, answers)
    path = within(found.values["T4"], low=0)
    found.values["T5"] = ratio(answers["emissions.latest"] - path, path, 100.0)
    state = answers["inventory.verification"]
    found.decisions["verified"] = np.where(state == "", np.nan, state == "verified_third_party")
    return found


def _emissions(found: Outcome, answers: Answers) -> None:
    """Add sectors, scopes, BASIC and BASIC+, and the total for each inhabitant, dollar and base year."""
    part = {
        (sector, scope): answers[f"emissions.{sector}.scope_{scope}"]
        for sector, scopes in (("stationary", (1, 2, 3)), ("transport", (1, 2, 3)), ("waste", (1, 3)))
        for scope in scopes
    }
    sectors = {
        "E2": part["stationary", 1] + part["stationary", 2],
        "E3": part["transport", 1] + part["transport", 2],
        "E4": part["waste", 1] + part["waste", 3],
    }
    scope_1 = part["stationary", 1] + part["transport", 1] + part["waste", 1]
    scope_2 = part["stationary", 2] + part["transport", 2]
    basic = within(sectors["E2"], 0) + within(sectors["E3"], 0) + within(sectors["E4"], 0)
    more = part["stationary", 3] + part["transport", 3] + answers["emissions.industry"]
    latest, base = answers["emissions.latest"], answers["target.base_emissions"]
    found.values |= {
        **sectors,
        "S1": scope_1,
        "S2": scope_2,
        "B1": basic,
        "B2": within(basic, 0) + more + answers["emissions.land"],
        "D1": ratio(latest, answers["population.total"]),
        "D2": ratio(latest, answers["economy.gdp"], 1000.0),  # kg for each dollar
        "D3": ratio(latest - base, base, 100.0),
    }


def _added(rows: Rows, column: str) -> Numbers:
    """Return the sum of what is known in a column; unknown where nothing is."""
    values = rows.columns[column]
    known = ~np.isnan(values)
    total = np.bincount(rows.city[known], values[known], minlength=len(rows.given))
    return np.where(counted(rows, known) > 0, total, np.nan)
