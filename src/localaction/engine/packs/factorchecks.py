"""Checks of emission factors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.packs.checks import Checks, known, new, unique
from localaction.engine.references.conversion import dimensions_of
from localaction.engine.references.fuels import Activity
from localaction.engine.references.packfactors import per_activity
from localaction.engine.yamlpack import Document, Place


@dataclass(frozen=True)
class Vocabulary:
    """What factors may speak of."""

    activities: Mapping[str, Activity]
    uses: Collection[str]
    gases: Collection[str]
    gwp_sets: Collection[str]


def checked_entries(
    document: Document, checks: Checks, words: Vocabulary, taken: set[str]
) -> Iterator[Mapping[str, Any]]:
    """Yield the factors of a file, each checked; their ids go to ``taken``."""
    checks.sources_of(document)
    for index, entry in enumerate(document.data["factors"]):
        place: Place = ("factors", index)
        new(document, (*place, "id"), entry["id"], taken)
        taken.add(entry["id"])
        known(document, (*place, "activity"), entry["activity"], "fuel or activity", words.activities)
        for use in entry["uses"]:
            known(document, (*place, "uses"), use, "cell with the use", words.uses)
        if (gwp_set := entry.get("gwp_set")) is not None:
            known(document, (*place, "gwp_set"), gwp_set, "set of warming potentials", words.gwp_sets)
        _check_unit(document, (*place, "unit"), entry, words.activities[entry["activity"]], checks)
        _check_values(document, (*place, "values"), entry["values"], words.gases)
        yield entry


def _check_unit(
    document: Document, place: Place, entry: Mapping[str, Any], activity: Activity, checks: Checks
) -> None:
    density = entry.get("gas_density", {}).get("value")
    try:
        _, symbol = per_activity(entry["unit"], checks.units, density)
    except InputError as error:
        raise document.error(place, error.message, error.remedy) from error
    found = checks.units.dimension(symbol)
    good = dimensions_of(activity)
    if found not in good:
        problem = (
            f'"{entry["unit"]}" is for a unit of {found}, but {activity.id} measures {" or ".join(good)}.'
        )
        raise document.error(place, problem, "Correct the unit or the activity.")


def _check_values(
    document: Document, place: Place, values: list[Mapping[str, Any]], gases: Collection[str]
) -> None:
    unique(document, (((*place, index), str(value.get("year"))) for index, value in enumerate(values)))
    for index, value in enumerate(values):
        for gas, amount in value["gases"].items():
            where: Place = (*place, index, "gases", gas)
            known(document, where, gas, "gas", gases)
            _check_range(document, where, amount)


def _check_range(document: Document, place: Place, amount: Mapping[str, Any]) -> None:
    if ("low" in amount) != ("high" in amount):
        raise document.error(place, "a range has only one end.", "Write low and high, or neither.")
    if "low" in amount and not amount["low"] <= amount["value"] <= amount["high"]:
        problem = "the value is not between low and high."
        raise document.error(place, problem, "Compare the three with the source.")
