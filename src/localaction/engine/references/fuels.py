"""Fuels with their properties, and other activities that factors are for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import InputError, nearest, shown
from localaction.engine.references.cited import Cited


class UnknownActivity(InputError):
    """There is no such fuel or activity."""

    code = "references.unknown_activity"
    text = 'There is no fuel or activity "{activity}". {hint}'
    remedy_text = "Write one the documentation lists, or give the emissions directly with gas and mass."

    def __init__(self, activity: str, known: Mapping[str, Activity]) -> None:
        near = dict.fromkeys(f'"{known[name].id}"' for name in nearest(activity, known))
        hint = f"Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(activity=shown(activity), hint=hint)


@dataclass(frozen=True)
class Activity:
    """A fuel, or another activity; ``dimension`` is what its amount measures (a fuel's may be several)."""

    id: str
    label: str
    aliases: tuple[str, ...]
    dimension: str


@dataclass(frozen=True)
class Fuel(Activity):
    """A fuel: net calorific value, density and gross-to-net ratio where they are known."""

    origin: str
    ncv: Cited | None
    density: Cited | None
    gross_to_net: Cited | None


class Activities:
    """All fuels and activities, found by id, alias or label."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        self.all: Mapping[str, Activity] = {activity.id: activity for activity in activities}
        self._names: dict[str, Activity] = {}
        for activity in self.all.values():
            for name in (activity.id, activity.label, *activity.aliases):
                self._names.setdefault(folded(name), activity)

    def get(self, name: str) -> Activity:
        """Return the fuel or activity of this id, label or alias.

        Raises
        ------
        UnknownActivity
            If there is none, with the nearest ones.
        """
        found = self._names.get(folded(name))
        if found is None:
            raise UnknownActivity(name, self._names)
        return found

    @property
    def fuels(self) -> Mapping[str, Fuel]:
        """The fuels among them."""
        return {key: activity for key, activity in self.all.items() if isinstance(activity, Fuel)}


def read_fuel(data: Mapping[str, Any]) -> Fuel:
    """Return the fuel of a pack."""

    def cited(key: str) -> Cited | None:
        return Cited.read(data[key]) if key in data else None

    return Fuel(
        id=data["id"],
        label=data["label"],
        aliases=tuple(data.get("aliases", ())),
        dimension="fuel",
        origin=data["origin"],
        ncv=cited("ncv"),
        density=cited("density"),
        gross_to_net=cited("gross_to_net"),
    )


def read_activity(data: Mapping[str, Any]) -> Activity:
    """Return the activity of a pack."""
    return Activity(data["id"], data["label"], tuple(data.get("aliases", ())), data["dimension"])


def folded(name: str) -> str:
    """Return a name as it is compared: case, underscores and runs of spaces do not matter."""
    return " ".join(name.replace("_", " ").split()).casefold()
