"""Reading places by area: lists a page at a time, and dots for a map."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from localaction.platform.places.models import GeoNamesRecord, Place

Countries = Collection[str] | None  # codes of countries; None for the whole world


class Dot(NamedTuple):
    """One place on a map: degrees, people (GeoNames, year unknown), code and name."""

    latitude: float
    longitude: float
    population: int
    code: str
    name: str


def cities(countries: Countries = None) -> QuerySet[Place]:
    """Return the places below countries, the largest first, those of unknown size last."""
    found = Place.objects.filter(merged_into=None).exclude(kind=Place.Kind.COUNTRY)
    if countries is not None:
        found = found.filter(country_code__in=countries)
    return found.select_related("geonames").order_by(F("geonames__population").desc(nulls_last=True), "code")


def largest(most: int, countries: Countries = None) -> list[Dot]:
    """Return where the largest cities lie, as GeoNames has them; one query."""
    return _dots(GeoNamesRecord.objects.all(), countries, most)


def dots_of(codes: Collection[str], countries: Countries = None, most: int = 1000) -> list[Dot]:
    """Return where these places lie, the largest first; those of unknown position are absent; one query."""
    return _dots(GeoNamesRecord.objects.filter(place__code__in=codes), countries, most)


def _dots(records: QuerySet[GeoNamesRecord], countries: Countries, most: int) -> list[Dot]:
    found = records.filter(place__merged_into=None, place__withdrawn_at=None, latitude__isnull=False)
    if countries is not None:
        found = found.filter(place__country_code__in=countries)
    rows: Any = found.order_by("-population", "number").values_list(
        "latitude", "longitude", "population", "place__code", "place__name"
    )
    return [Dot(*row) for row in rows[:most]]
