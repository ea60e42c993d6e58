"""One inventory as pages read it, published or a draft: place, year, result, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from localaction.platform.web.verified import Checked


@dataclass(frozen=True)
class Event:
    """One publication of an inventory: when, what, why."""

    published_at: datetime
    what: str
    reason: str
    earlier: str = ""  # address of the document it replaced


@dataclass(frozen=True)
class PlaceView:
    """A place as pages name it."""

    code: str
    name: str
    name_en: str
    language: str
    country: str
    kind: str = "city"
    said: Any = None  # what GeoNames says of it, if it was asked for with the place

    @property
    def shown(self) -> str:
        """The name most readers know: the English one where there is one."""
        return self.name_en or self.name


@dataclass(frozen=True)
class Record:
    """One inventory of one place."""

    place: PlaceView
    year: int
    result: Mapping[str, Any]
    rows: Sequence[Mapping[str, str]]
    population: float | None
    population_source: str
    citation: str
    licence: str
    draft: bool
    published_at: datetime | None = None
    digest: str = ""
    document: str = ""
    computed_at: datetime | None = None
    run_number: int | None = None
    history: Sequence[Event] = field(default_factory=tuple)
    checked: Checked | None = None

    @property
    def address(self) -> str:
        """Address of the page of this inventory."""
        return reverse("web:inventory", args=[self.place.code, self.year])

    def trail(self, ref: str) -> str:
        """Address of the trail of a cell or total; a draft's trail stays a draft's."""
        address = reverse("web:figure", args=[self.place.code, self.year, ref])
        return f"{address}?draft=1" if self.draft else address

    def file(self, name: str) -> str:
        """Address of a file of this inventory."""
        return reverse("web:file", args=[self.place.code, self.year, name])


def place_view(place: Any) -> PlaceView:
    """Return a place of the database as pages name it."""
    said = place._state.fields_cache.get("geonames")
    return PlaceView(
        place.code, place.name, place.name_en, place.language, place.country_code, place.kind, said
    )
