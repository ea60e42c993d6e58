"""The list of places with its map: filtered, a page at a time, those with data first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.places.browsing import cities, dots_of, largest
from localaction.platform.web import numbers, worldmap
from localaction.platform.web.areas import Area
from localaction.platform.web.listing import ListedPlace, bare_place

PAGE = 50
DOTS = 600


@dataclass(frozen=True)
class PlaceList:
    """One page of a list of places."""

    area: Area
    data_only: bool
    rows: Sequence[ListedPlace]
    total: int
    with_data: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Number of the first row, from 1."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def before(self) -> str:
        """Address of the page before; empty on the first."""
        return self.address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """Address of the page after; empty on the last."""
        return self.address(self.page + 1) if self.page < self.pages else ""

    def address(self, page: int) -> str:
        """Address of a page of this list."""
        wanted = {"where": self.area.key, "data": "1" if self.data_only else "", "page": page}
        kept = {key: value for key, value in wanted.items() if value and (key, value) != ("page", 1)}
        return reverse("web:places") + (f"?{urlencode(kept)}" if kept else "")


def place_list(
    published: Sequence[ListedPlace], area: Area, *, data_only: bool = False, page: int = 1
) -> PlaceList:
    """Return a page of the places of an area: those with data by name, then the others by size."""
    here = [each for each in published if area.countries is None or each.country in area.countries]
    others = cities(area.countries).exclude(code__in=[each.code for each in here])
    total = len(here) + (0 if data_only else others.count())
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE
    rows = list(here[start : start + PAGE])
    if not data_only and len(rows) < PAGE:
        skip = max(0, start - len(here))
        rows += [bare_place(place) for place in others[skip : skip + PAGE - len(rows)]]
    return PlaceList(area, data_only, rows, total, len(here), page, pages)


def place_map(published: Sequence[ListedPlace], area: Area, *, data_only: bool = False) -> SafeString:
    """Return the map of an area: places with data, and the largest others."""
    codes = [each.code for each in published]
    data = dots_of(codes, area.countries) if codes else []
    grey = [] if data_only else [dot for dot in largest(DOTS, area.countries) if dot.code not in set(codes)]
    shown = [*data, *grey]
    around = [*shown, *largest(DOTS, area.countries)] if data_only else shown  # the country, not the one city
    window = worldmap.whole() if area.countries is None else worldmap.around(around)
    count = ngettext(
        "%(count)s place with a published inventory", "%(count)s places with a published inventory", len(data)
    ) % {"count": numbers.number(len(data))}
    words = _("%(data)s; beside them the %(cities)s largest cities. The list of places names them.")
    if data_only:
        words = _("%(data)s. The list of places names them.")
    says = words % {"data": count, "cities": numbers.number(len(grey))}
    title = _("Map of places: %(area)s") % {"area": area.name}
    return worldmap.picture(window, grey, data, title=title, says=says)
