"""What visitors read: published documents and nothing else. No actor: it is public."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, QuerySet, Window

from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.publication.document import thawed
from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.models import Publication, PublishedReport, Release, UsedFactor

DOCUMENTS_KEPT = 64  # parsed documents kept in memory; a document never changes, so its digest is its key
VERSIONS_READ = 20
DOCUMENTS_READ = 16  # documents read at once; each is at most a few MB


@dataclass(frozen=True)
class Published:
    """A published inventory: ``doc`` with numbers as numbers, ``text`` as it was frozen."""

    place: Place
    label_year: int
    digest: str
    published_at: datetime
    reason: str
    is_current: bool
    superseded_digest: str | None
    doc: dict[str, Any]
    text: str

    @property
    def result(self) -> dict[str, Any]:
        """The inventory as computed, schema ``localaction.inventory/1``."""
        result: dict[str, Any] = self.doc["result"]
        return result


class Version(NamedTuple):
    """One document that was published of an inventory."""

    digest: str
    published_at: datetime
    reason: str
    doc: dict[str, Any]


class Listed(NamedTuple):
    """A published inventory in a list."""

    place: Place
    label_year: int
    published_at: datetime
    territorial_t: float | None
    population: float | None
    gaps: int = 0


class Using(NamedTuple):
    """A published inventory that rests on a factor."""

    factor: str
    place: Place
    label_year: int


class NetworkSummary(NamedTuple):
    """What is published now, over all places; years differ, so the emissions are not of one year."""

    places: int
    inventories: int
    population: float
    territorial_t: float
    first_year: int | None
    last_year: int | None
    gaps: int = 0
    with_gaps: int = 0


@lru_cache(maxsize=DOCUMENTS_KEPT)
def _parsed(digest: str, text: str) -> dict[str, Any]:
    return thawed(text)


def published(place_code: str, year: int | None = None) -> Published:
    """Return what is published of a place for a year, or for its newest year; one query.

    Raises ``NotPublished``.
    """
    found = Publication.objects.filter(is_current=True, place__code=place_code.upper())
    if year is not None:
        found = found.filter(label_year=year)
    row = (
        found.select_related("place", "supersedes")
        .defer("supersedes__document")
        .order_by("-label_year")
        .first()
    )
    if row is None:
        raise NotPublished(place=place_code, year=f" for {year}" if year is not None else "")
    return _published(row)


def _published(row: Publication) -> Published:
    return Published(
        place=row.place,
        label_year=row.label_year,
        digest=row.digest,
        published_at=row.published_at,
        reason=row.reason,
        is_current=row.is_current,
        superseded_digest=row.supersedes.digest if row.supersedes else None,
        doc=_parsed(row.digest, row.document),
        text=row.document,
    )


def document(digest: str) -> str:
    """Return a document by its SHA-256, current or superseded: what was published once stays readable.

    Raises ``NotPublished``.
    """
    standing = Publication.objects.filter(digest=digest, withdrawn_at=None)
    reports = PublishedReport.objects.filter(digest=digest)
    found = (
        standing.values_list("document", flat=True).first()
        or reports.values_list("document", flat=True).first()
    )
    if found is None:
        raise NotPublished(place="this digest", year="")
    return found


def published_report(public_id: uuid.UUID | str) -> PublishedReport:
    """Return a published report on a framework, current or superseded, with its report; one query.

    Raises ``NotPublished``.
    """
    found = PublishedReport.objects.select_related("report", "place", "supersedes", "superseded_by")
    row = found.defer("supersedes__document", "superseded_by__document").filter(public_id=public_id).first()
    if row is None:
        raise NotPublished(place="this address", year="")
    return row


def published_reports_of(place_code: str) -> list[PublishedReport]:
    """Return the reports on frameworks that a place has published, the newest first; one query."""
    found = PublishedReport.objects.filter(is_current=True, place__code=place_code.upper())
    return list(found.select_related("report", "place").defer("document").order_by("-published_at", "-pk"))


def versions(place_code: str, year: int, limit: int = VERSIONS_READ) -> list[Version]:
    """Return every document of an inventory that stands, with its content, newest first; one query.

    What was withdrawn when an import was undone is none of them.
    """
    standing = Publication.objects.filter(withdrawn_at=None)
    found = standing.filter(place__code=place_code.upper(), label_year=year).order_by("-id")
    rows = found.values_list("digest", "document", "published_at", "reason")
    return [Version(sha256, at, why, _parsed(sha256, text)) for sha256, text, at, why in rows[:limit]]


def published_years(place_code: str) -> list[int]:
    """Return the years of which something is published, newest first."""
    found = Publication.objects.filter(is_current=True, place__code=place_code.upper())
    return list(found.order_by("-label_year").values_list("label_year", flat=True))


def results_of(place_code: str) -> dict[int, dict[str, Any]]:
    """Return every current inventory of a place as computed, by year; one query."""
    found = Publication.objects.filter(is_current=True, place__code=place_code.upper())
    rows = found.values_list("label_year", "digest", "document")
    return {year: _parsed(sha256, text)["result"] for year, sha256, text in rows}


def documents() -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every current document with its digest, by place and year: a few in memory at a time."""
    rows = Publication.objects.filter(is_current=True).order_by("place__code", "label_year")
    for text, sha256 in rows.values_list("document", "digest").iterator(DOCUMENTS_READ):
        yield thawed(text), sha256


def documents_count() -> int:
    """Return how many documents are current."""
    return Publication.objects.filter(is_current=True).count()


def places_published() -> QuerySet[Publication, int]:
    """Return the row numbers of places with a current document, as a query."""
    return Publication.objects.filter(is_current=True).values_list("place_id", flat=True)


def releases(limit: int = 100) -> list[Release]:
    """Return the releases, newest first."""
    return list(Release.objects.order_by("-number")[:limit])


def years_by_place() -> dict[str, list[int]]:
    """Return for each place code the years of which something is published, newest first; one query."""
    found: dict[str, list[int]] = {}
    rows = Publication.objects.filter(is_current=True).order_by("-label_year")
    for code, year in rows.values_list("place__code", "label_year"):
        found.setdefault(code, []).append(year)
    return found


def newest(limit: int = 6) -> list[Listed]:
    """Return what was published last, newest first."""
    current = Publication.objects.filter(is_current=True)
    return _listed(current.order_by("-published_at", "-id")[:limit])


def newest_of_each_place() -> list[Listed]:
    """Return the newest year that each place has published, by name; however many there are."""
    last = Window(Max("label_year"), partition_by="place")
    found = Publication.objects.filter(is_current=True).alias(last=last).filter(label_year=F("last"))
    return _listed(found.order_by("place__name", "place__code"))


def _listed(found: QuerySet[Publication]) -> list[Listed]:
    return [
        Listed(
            row.place,
            row.label_year,
            row.published_at,
            row.territorial_t,
            row.population,
            row.territorial_gaps or 0,
        )
        for row in found.select_related("place__geonames").defer("document")
    ]


def inventories_using(factors: Collection[str]) -> list[Using]:
    """Return the inventories published now that rest on any of these factors; one query for all."""
    used = UsedFactor.objects.filter(factor__in=factors, publication__is_current=True)
    rows = used.select_related("publication__place").defer("publication__document")
    ordered = rows.order_by("publication__place__name", "-publication__label_year", "factor")
    return [Using(row.factor, row.publication.place, row.publication.label_year) for row in ordered]


def newest_explained(limit: int) -> list[tuple[str, int]]:
    """Return place code and year of the newest documents that rest on a factor, newest first; one query."""
    resting = UsedFactor.objects.filter(publication__is_current=True).values("publication")
    rows = Publication.objects.filter(pk__in=resting).order_by("-published_at", "-id")
    return list(rows.values_list("place__code", "label_year")[:limit])


def use_counts() -> dict[str, int]:
    """Return by how many inventories published now each factor is used; one query."""
    used = UsedFactor.objects.filter(publication__is_current=True).values("factor").order_by("factor")
    return {row["factor"]: row["count"] for row in used.annotate(count=Count("pk"))}


def published_factor(factor: str) -> tuple[dict[str, Any], Published] | None:
    """Return a factor as the newest document that rests on it states it, with that document.

    A place's own factors can be read by everybody once something that rests on them is published.
    """
    used = UsedFactor.objects.filter(factor=factor, publication__withdrawn_at=None)
    newest = used.order_by("-publication__published_at", "-pk")
    found = newest.values_list("publication__digest", flat=True).first()
    if found is None:
        return None
    row = Publication.objects.select_related("place", "supersedes").defer("supersedes__document")
    held = _published(row.get(digest=found))
    return held.result["factors"][factor], held


def network_summary() -> NetworkSummary:
    """Return what is published now: the newest inventory of each place, territorial totals only."""
    current = Publication.objects.filter(is_current=True)
    latest = current.values("place_id").annotate(year=Max("label_year"))
    years = {row["place_id"]: row["year"] for row in latest}
    rows = current.values_list("place_id", "label_year", "population", "territorial_t", "territorial_gaps")
    newest_rows = [row for row in rows if years[row[0]] == row[1]]
    span = current.aggregate(first=Min("label_year"), last=Max("label_year"), count=Count("pk"))
    return NetworkSummary(
        places=len(newest_rows),
        inventories=span["count"],
        population=sum(row[2] or 0.0 for row in newest_rows),
        territorial_t=sum(row[3] or 0.0 for row in newest_rows),
        first_year=span["first"],
        last_year=span["last"],
        gaps=sum(row[4] or 0 for row in newest_rows),
        with_gaps=sum(bool(row[4]) for row in newest_rows),
    )


def published_of(inventory: Inventory) -> Publication | None:
    """Return the current document of an inventory, if it has one."""
    return Publication.objects.filter(inventory=inventory, is_current=True).defer("document").first()


def published_among(inventories: Sequence[Inventory]) -> dict[int, datetime]:
    """Return when each of these inventories was last published, by its row number; one query."""
    found = Publication.objects.filter(inventory__in=inventories, is_current=True)
    return dict(found.values_list("inventory_id", "published_at"))
