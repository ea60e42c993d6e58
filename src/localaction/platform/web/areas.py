"""Countries and parts of the world: their names in the language of the page, and the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from localaction.engine.references import geography
from localaction.platform.places.folding import fold

#: Continents as addresses and pages name them, by the code of GeoNames.
CONTINENTS = {
    "AF": ("africa", gettext_lazy("Africa")),
    "AN": ("antarctica", gettext_lazy("Antarctica")),
    "AS": ("asia", gettext_lazy("Asia")),
    "EU": ("europe", gettext_lazy("Europe")),
    "NA": ("north-america", gettext_lazy("North America")),
    "OC": ("oceania", gettext_lazy("Oceania")),
    "SA": ("south-america", gettext_lazy("South America")),
}


class Area(NamedTuple):
    """A part of the world that was chosen: as addresses write it, its name, its countries (None: all)."""

    key: str
    name: str
    countries: frozenset[str] | None


class Choice(NamedTuple):
    """One entry of the list of areas."""

    key: str
    name: str


def country_name(code: str) -> str:
    """Return the name of a country in the language of the page; its code if there is no such country."""
    land = geography.countries().get(code)
    return land.called(get_language() or "en") if land else code


def division_name(country: str, admin1: str) -> str:
    """Return the name of a first-level division; empty if it has none."""
    region = geography.regions().get((country, admin1))
    return region.name if region else ""


def area(key: str) -> Area:
    """Return the area of an address: a continent, a country, or the world for anything else."""
    for code, (slug, name) in CONTINENTS.items():
        if key == slug:
            lands = geography.countries().values()
            return Area(slug, str(name), frozenset(each.code for each in lands if each.continent == code))
    if (code := key.upper()) in geography.countries():
        return Area(code, country_name(code), frozenset({code}))
    return Area("", _("the world"), None)


def choices() -> list[tuple[str, Sequence[Choice]]]:
    """Return what can be chosen: continents, and countries by name."""
    parts = [Choice(slug, str(name)) for slug, name in CONTINENTS.values()]
    lands: Any = (Choice(code, country_name(code)) for code in geography.countries())
    return [
        (_("Parts of the world"), sorted(parts, key=lambda each: fold(each.name))),
        (_("Countries"), sorted(lands, key=lambda each: fold(each.name))),
    ]
