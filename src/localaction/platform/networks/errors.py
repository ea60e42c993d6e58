"""Refusals of the networks app."""

from __future__ import annotations

from localaction.engine.errors import InputError


class OfficeNotFound(InputError):
    """There is no such office, or the actor may not see it."""

    code = "networks.office_not_found"
    text = 'There is no office "{office}".'
    remedy_text = "Offices are listed on the page Offices of the desk."

    def __init__(self, office: str) -> None:
        super().__init__(office=office)


class OfficeExists(InputError):
    """Another office has this code."""

    code = "networks.office_exists"
    text = 'There is already an office with the code "{office}": {name}.'
    remedy_text = "Choose another code, or change that office."

    def __init__(self, office: str, name: str) -> None:
        super().__init__(office=office, name=name)


class BadOffice(InputError):
    """The data of an office do not fit."""

    code = "networks.bad_office"
    text = "The office cannot be kept: {problem}"
    remedy_text = "Correct this and try again; nothing was written."

    def __init__(self, problem: str) -> None:
        super().__init__(problem=problem)
