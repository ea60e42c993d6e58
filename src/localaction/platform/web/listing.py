"""Lists of places and of published inventories, and what they add up to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.places.matched import Match, matched
from localaction.platform.places.search import search
from localaction.platform.publication import queries
from localaction.platform.web import numbers
from localaction.platform.web.areas import country_name, division_name
from localaction.platform.web.parts import Figure, emissions_figure

TOTAL = "territorial"
#: Inventories of one place looked past for the next place, as an import brings many years of each at once.
YEARS_AT_ONCE = 30


@dataclass(frozen=True)
class ListedPlace:
    """A place in a list, with its newest published total if it has one."""

    code: str
    name: str
    name_en: str
    language: str
    country: str
    year: int | None = None
    total: float | None = None
    per_person: float | None = None
    published: datetime | None = None
    gaps: int = 0
    kind: str = "city"
    division: str = ""
    population: int | None = None  # of GeoNames, year unknown
    why: str = ""  # by which name it was found, where it bears another

    @property
    def shown(self) -> str:
        """The name most readers know; a country's in the language of the page."""
        return country_name(self.country) if self.kind == "country" else self.name_en or self.name

    @property
    def native(self) -> str:
        """The place's own name where it differs from the one shown."""
        return self.name if self.name != self.shown else ""

    @property
    def where(self) -> str:
        """Division and country; of a country nothing."""
        if self.kind == "country":
            return ""
        return ", ".join(filter(None, [self.division, country_name(self.country)]))

    @property
    def address(self) -> str:
        """Address of the place."""
        return reverse("web:place", args=[self.code])

    @property
    def inventory(self) -> str:
        """Address of the inventory the total is from."""
        return reverse("web:inventory", args=[self.code, self.year])

    @property
    def trail(self) -> str:
        """Address of the trail of the total."""
        return reverse("web:figure", args=[self.code, self.year, TOTAL])


def newest_inventories(limit: int) -> list[ListedPlace]:
    """Return the places that published last, each once, with the newest year of that day."""
    found: dict[str, queries.Listed] = {}
    for item in queries.newest(limit * YEARS_AT_ONCE):
        held = found.setdefault(item.place.code, item)
        if held.label_year < item.label_year and held.published_at.date() == item.published_at.date():
            found[item.place.code] = item
    return [_with_inventory(item) for item in list(found.values())[:limit]]


def published_places() -> list[ListedPlace]:
    """Return the places with a published inventory, each with its newest year, by name."""
    return [_with_inventory(item) for item in queries.newest_of_each_place()]


def found_places(text: str, published: Collection[ListedPlace]) -> tuple[list[ListedPlace], bool]:
    """Return the places that a name or code means, best first, and whether they are only spelt like it."""
    known = {place.code: place for place in published}
    found = search(text, favoured=known.keys())
    why = matched(text, found.places)
    listed = [
        replace(known.get(place.code) or bare_place(place), why=_why(why.get(place.code)))
        for place in found.places
    ]
    return listed, found.similar


def _why(match: Match | None) -> str:
    if match is None:
        return ""
    said = _("spelt like its name “%(name)s”") if match.misspelt else _("by its name “%(name)s”")
    return said % {"name": match.name}


def _with_inventory(item: queries.Listed) -> ListedPlace:
    place, total, people = item.place, item.territorial_t, item.population
    return replace(
        bare_place(place),
        year=item.label_year,
        total=total,
        per_person=total / people if total is not None and people else None,
        published=item.published_at,
        gaps=item.gaps,
    )


def bare_place(place: Any) -> ListedPlace:
    """Return a place without an inventory as lists name it."""
    said = getattr(place, "geonames", None)
    return ListedPlace(
        place.code,
        place.name,
        place.name_en,
        place.language,
        place.country_code,
        kind=place.kind,
        division=division_name(place.country_code, said.admin1) if said else "",
        population=said.population or None if said else None,
    )


def network_figures() -> list[Figure]:
    """Return what the published inventories add up to now."""
    summary = queries.network_summary()
    if not summary.places:
        return []
    years = str(summary.first_year)
    if summary.first_year != summary.last_year:
        years = _("%(first)s to %(last)s") % {"first": summary.first_year, "last": summary.last_year}
    inventories = ngettext(
        "%(count)d inventory, %(years)s", "%(count)d inventories, %(years)s", summary.inventories
    )
    note = _("Inside the boundaries, newest inventory of each place; years differ.")
    if summary.gaps:
        text = ngettext(
            "%(count)d cell of %(places)d inventories is open or not estimated, and not in the sum.",
            "%(count)d cells of %(places)d inventories are open or not estimated, and not in the sum.",
            summary.gaps,
        )
        note = f"{note} {text % {'count': summary.gaps, 'places': summary.with_gaps}}"
    return [
        Figure(
            _("Places with an inventory"),
            text=numbers.number(summary.places),
            note=inventories % {"count": summary.inventories, "years": years},
            address=reverse("web:places"),
            address_text=_("Which places"),
        ),
        _people(summary.population),
        replace(
            emissions_figure(_("Emissions covered"), summary.territorial_t, note=note),
            address=reverse("web:places"),
            address_text=_("Which inventories"),
        ),
    ]


def _people(people: float) -> Figure:
    if not people:
        return Figure(_("People living there"), note=_("No published inventory names its population."))
    million = people >= 1e6
    text = numbers.three_figures(people / 1e6) if million else numbers.number(people)
    note = _("%(people)s in the year of each inventory.") % {"people": numbers.number(people)}
    return Figure(
        _("People living there"),
        text=text,
        unit=_("million") if million else "",
        exact=numbers.exact(people),
        note=note,
    )
