"""Bringing the reference geography into the database: in bulk, once for each edition, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from localaction.engine.references import geography as pack
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.services import create_place_scopes
from localaction.platform.audit.services import record
from localaction.platform.places.folding import fold
from localaction.platform.places.models import (
    GeographyLoad,
    GeoNamesRecord,
    Name,
    NameChange,
    PartOf,
    Place,
)

BATCH = 5000


class Entry(NamedTuple):
    """One place of the geography: a country, or a city with its country."""

    number: int
    code: str
    kind: str
    name: str
    name_en: str
    language: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """What loading did."""

    added: int
    matched: int


def entries() -> Iterator[Entry]:
    """Yield the places of the pack, countries first."""
    for land in pack.countries().values():
        english = land.said["en"]
        yield Entry(
            land.geonames, land.code, Place.Kind.COUNTRY, land.name, english, land.language, land.code,
            "", None, None, land.population, land.names,
        )  # fmt: skip
    given = pack.codes()
    for city in pack.cities():
        code = given.get(city.geonames) or own_code(city.country, city.geonames)
        yield Entry(
            city.geonames, code, Place.Kind.CITY, city.name, "", "", city.country,
            city.admin1, city.latitude, city.longitude, city.population,
            (*city.names, *(short.lower() for short in city.codes)),
        )  # fmt: skip


def own_code(country: str, number: int) -> str:
    """Return the code of a place that has no other: its country and its GeoNames id, ``FR-G2996944``."""
    return f"{country}-G{number}"


def is_loaded(edition: str | None = None) -> bool:
    """Return whether this edition of the geography (the pack's own, if not given) is in the database."""
    return GeographyLoad.objects.filter(edition=edition or pack.edition()).exists()


@transaction.atomic
def load(*, actor: Actor, places: Iterable[Entry] | None = None, edition: str | None = None) -> Loaded | None:
    """Bring the geography into the database; None, changing nothing, if this edition is there.

    A place that is there already is matched, not doubled: by its GeoNames id, by its code, or by country and
    name where just one city bears it. Matched places keep code, names and everything entered about them.
    Places of an earlier edition that the new one lacks stay. Raises ``NotAllowed``.
    """
    require(actor, "place.create", None)
    edition = edition or pack.edition()
    if is_loaded(edition):
        return None
    wanted = list(entries() if places is None else places)
    held = _held(wanted)
    new = [entry for entry in wanted if entry.number not in held]
    for start in range(0, len(new), BATCH):
        held |= _added(new[start : start + BATCH])
    _keep_records(wanted, held)
    _keep_links(wanted, held)
    _keep_names_of_the_left(wanted)
    NameChange.objects.create()
    done = Loaded(added=len(new), matched=len(wanted) - len(new))
    kept = GeographyLoad.objects.create(edition=edition, added=done.added, matched=done.matched)
    record("places.geography.loaded", actor=actor, target=kept, after=done.__dict__ | {"edition": edition})
    return done


def _held(wanted: Sequence[Entry]) -> dict[int, int]:
    """Return the rows of the places that are there already, by GeoNames id."""
    known = dict(GeoNamesRecord.objects.values_list("number", "place_id"))
    others = Place.everything.filter(geonames=None, merged_into=None)
    by_code = dict(others.values_list("code", "pk"))
    found = {
        entry.number: by_code[entry.code]
        for entry in wanted
        if entry.code in by_code and entry.number not in known
    }
    taken = {*found.values()}
    Place.everything.filter(pk__in=taken).update(withdrawn_at=None)
    rest = [place for place in others.filter(withdrawn_at=None).order_by("pk") if place.pk not in taken]
    if rest:
        by_name = _cities_by_name(entry for entry in wanted if entry.number not in known | found)
        for place in rest:
            numbers = by_name.get((place.country_code, fold(place.name_en or place.name)), [])
            if place.kind == Place.Kind.CITY and len(numbers) == 1:
                found.setdefault(numbers[0], place.pk)
    return known | found


def _cities_by_name(wanted: Iterable[Entry]) -> Mapping[tuple[str, str], list[int]]:
    """Return the GeoNames ids of cities by country and folded name of their own."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in wanted:
        if entry.kind == Place.Kind.CITY:
            found[entry.country, entry.names[0]].append(entry.number)
    return found


def _added(new: Sequence[Entry]) -> dict[int, int]:
    """Add places with their scopes; return their rows by GeoNames id."""
    scopes = create_place_scopes((entry.name, entry.country) for entry in new)
    made = Place.objects.bulk_create(
        (
            Place(
                code=entry.code,
                kind=entry.kind,
                name=entry.name,
                name_en=entry.name_en if entry.name_en != entry.name else "",
                language=entry.language,
                country_code=entry.country,
                scope=scope,
            )
            for entry, scope in zip(new, scopes, strict=True)
        ),
        BATCH,
    )
    return {entry.number: place.pk for entry, place in zip(new, made, strict=True)}


def _keep_records(wanted: Sequence[Entry], held: Mapping[int, int]) -> None:
    """Write what GeoNames says of each place, over what an earlier edition said."""
    GeoNamesRecord.objects.bulk_create(
        (
            GeoNamesRecord(
                place_id=held[entry.number],
                number=entry.number,
                admin1=entry.admin1,
                latitude=entry.latitude,
                longitude=entry.longitude,
                population=entry.population,
            )
            for entry in wanted
        ),
        BATCH,
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["admin1", "latitude", "longitude", "population"],
    )


def _keep_links(wanted: Sequence[Entry], held: Mapping[int, int]) -> None:
    """Make each city a part of its country, unless it is one already."""
    countries = {entry.country: held[entry.number] for entry in wanted if entry.kind == Place.Kind.COUNTRY}
    linked = set(PartOf.objects.filter(parent__in=countries.values()).values_list("child_id", flat=True))
    links = (
        PartOf(child_id=held[entry.number], parent_id=countries[entry.country])
        for entry in wanted
        if entry.kind == Place.Kind.CITY and entry.country in countries
    )
    PartOf.objects.bulk_create((link for link in links if link.child_id not in linked), BATCH)


def _keep_names_of_the_left(wanted: Iterable[Entry]) -> None:
    """Keep the names of places that the new edition lacks: until now they stood in the pack alone."""
    numbers = {entry.number for entry in wanted}
    known = GeoNamesRecord.objects.values_list("number", "place__name", "place_id", "place__names")
    Name.objects.bulk_create(
        Name(place_id=place, text=name, folded=fold(name) or "-")
        for number, name, place, kept in known
        if number not in numbers and kept is None
    )
