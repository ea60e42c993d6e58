"""Refusals of the places app."""

from __future__ import annotations

from localaction.engine.errors import InputError


class PlaceNotFound(InputError):
    """No place has this code."""

    code = "places.not_found"
    text = 'There is no place with the code "{place_code}".'
    remedy_text = "Search for it by name; codes look like GB-LON."

    def __init__(self, place_code: str) -> None:
        super().__init__(place_code=place_code)


class PlaceExists(InputError):
    """A place has this code already."""

    code = "places.exists"
    text = 'The code "{place_code}" belongs to {name} already; a code is never reused.'
    remedy_text = "Choose another code, or use the place that exists."

    def __init__(self, place_code: str, name: str) -> None:
        super().__init__(place_code=place_code, name=name)


class BadPlace(InputError):
    """What is said about a place does not fit."""

    code = "places.bad"
    text = "This cannot be kept about {place}: {problem}"
    remedy_text = "Correct it and try again; nothing was written."

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place=place, problem=problem)


class CannotMerge(InputError):
    """Two records of a place cannot be made one."""

    code = "places.cannot_merge"
    text = "{source} cannot be merged into {target}: {problem}"
    remedy_text = "{advice}"

    def __init__(self, source: str, target: str, problem: str, advice: str) -> None:
        super().__init__(source=source, target=target, problem=problem, advice=advice)


class CircularParts(InputError):
    """A place would contain itself."""

    code = "places.circular_parts"
    text = "{child} cannot be a part of {parent}, because {parent} is a part of {child}."
    remedy_text = "End the other link first, or exchange the two places."

    def __init__(self, child: str, parent: str) -> None:
        super().__init__(child=child, parent=parent)
