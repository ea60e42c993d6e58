"""Checks of fuels and other activities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localaction.engine.packs.checks import Checks, unique
from localaction.engine.references.fuels import folded
from localaction.engine.yamlpack import Document, Place

MEASURES = {"ncv": ("energy", "mass"), "density": ("mass", "volume")}  # what the units of a property measure


def check_fuels(document: Document, checks: Checks) -> None:
    """Properties of fuels are in units of the right kind, and net is below gross."""
    checks.sources_of(document)
    fuels = document.data["fuels"]
    unique(document, ((("fuels", index, "id"), fuel["id"]) for index, fuel in enumerate(fuels)))
    for index, fuel in enumerate(fuels):
        for key, dimensions in MEASURES.items():
            if key in fuel:
                _property_unit(document, ("fuels", index, key, "unit"), fuel[key]["unit"], dimensions, checks)
        if fuel.get("gross_to_net", {}).get("value", 1) > 1:
            problem = "the net calorific value would be above the gross one."
            place: Place = ("fuels", index, "gross_to_net", "value")
            raise document.error(place, problem, "Write net over gross, which is below 1.")


def _property_unit(
    document: Document, place: Place, unit: str, dimensions: tuple[str, str], checks: Checks
) -> None:
    parts = unit.split("/")
    if len(parts) != len(dimensions):
        problem = f'"{unit}" is not one unit over another.'
        raise document.error(place, problem, f"Write a unit of {dimensions[0]} over one of {dimensions[1]}.")
    for symbol, dimension in zip(parts, dimensions, strict=True):
        checks.unit(document, place, symbol, dimension)


def check_activities(document: Document, checks: Checks) -> None:
    """Activities have ids of their own and measure something for which there are units."""
    entries = document.data["activities"]
    unique(document, ((("activities", index, "id"), entry["id"]) for index, entry in enumerate(entries)))
    for index, entry in enumerate(entries):
        if not checks.units.of_dimension(entry["dimension"]):
            problem = f'no unit measures "{entry["dimension"]}".'
            fix = "Add a unit, or correct the dimension."
            raise document.error(("activities", index, "dimension"), problem, fix)


def check_names(fuels: Document, activities: Document) -> None:
    """No id, label or alias means two things."""
    taken: dict[str, str] = {}
    for document, place, entry in (*_entries(fuels, "fuels"), *_entries(activities, "activities")):
        for name in (entry["id"], entry["label"], *entry.get("aliases", ())):
            other = taken.setdefault(folded(name), entry["id"])
            if other != entry["id"]:
                raise document.error(
                    place, f'the name "{name}" already means {other}.', "Take it from one of them."
                )


def _entries(document: Document, kind: str) -> Iterator[tuple[Document, Place, Mapping[str, Any]]]:
    for index, entry in enumerate(document.data[kind]):
        yield document, (kind, index), entry
