"""Codes of UN/LOCODE as identifiers of our places: which row means which place, written and taken back.

A row means a place if it bears the name in that country and nothing speaks against it: the position lies
near, the subdivision is the same where both lists use one code (the United States). Of several places
of the name the near one is taken; if that leaves a choice the row is left out and counted as ambiguous.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from localaction.engine.exchange.unlocode import LocodeRow
from localaction.engine.references import geography as pack
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.places.folding import fold
from localaction.platform.places.models import GeoNamesRecord, Identifier, IdentifierBatch, Name, Place
from localaction.platform.places.search import LOCODE

NEAR_KM = 50.0  # a city and its code's position may lie so far apart; another place of the name lies farther
CLOSER = 3.0  # of two near places the nearer is taken if the other lies that many times as far
EARTH_KM = 6371.0088  # mean radius, IUGG
SAME_SUBDIVISIONS = {"US"}  # countries where GeoNames and UN/LOCODE write subdivisions alike
BATCH = 2000


class Candidate(NamedTuple):
    """A place that bears a name: its row, position, division, and whether it is its own name."""

    place: int
    latitude: float | None
    longitude: float | None
    division: str
    own: bool


@dataclass
class Plan:
    """What the rows of a table mean: new identifiers, and how many rows are left out and why."""

    new: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0
    ambiguous: list[LocodeRow] = field(default_factory=list)
    unnamed: int = 0
    unmatched: int = 0
    irregular: list[LocodeRow] = field(default_factory=list)


def plan(rows: Iterable[LocodeRow]) -> Plan:
    """Return what the rows mean; nothing is written. Holds the names of all places while it works, 100 MB."""
    made, names, shorts = Plan(), *_names()
    there = set(Identifier.objects.filter(scheme=LOCODE).values_list("place_id", "text"))
    for row in rows:
        if row.problem:
            made.irregular.append(row)
            continue
        found = _meant(row, names, shorts)
        if len(found) > 1:
            made.ambiguous.append(row)
        elif found and (found[0].place, row.code) in there:
            made.known += 1
        elif found:
            made.new.append((found[0].place, row.code))
        elif row.names:
            made.unmatched += 1
        else:
            made.unnamed += 1
    return made


@transaction.atomic
def add_locodes(
    *, actor: Actor, new: Sequence[tuple[int, str]], source: str, digest: str
) -> IdentifierBatch | None:
    """Add identifiers as one batch; None if there is nothing to add. Raises ``NotAllowed``."""
    require(actor, "place.edit", None)
    there = set(Identifier.objects.filter(scheme=LOCODE).values_list("place_id", "text"))
    missing = [pair for pair in dict.fromkeys(new) if pair not in there]
    if not missing:
        return None
    batch = IdentifierBatch.objects.create(
        scheme=LOCODE, source=source[:300], digest=digest, count=len(missing)
    )
    Identifier.objects.bulk_create(
        (Identifier(place_id=place, scheme=LOCODE, text=text, batch=batch) for place, text in missing), BATCH
    )
    after = {"scheme": LOCODE, "count": len(missing), "source": source, "sha256": digest}
    record("places.identifiers.added", actor=actor, target=batch, after=after)
    return batch


@transaction.atomic
def take_back(*, actor: Actor, batch_id: str) -> int:
    """Take back the identifiers of a batch; return how many. The second time nothing happens."""
    require(actor, "place.edit", None)
    batch = IdentifierBatch.objects.get(public_id=batch_id)
    count, _by_model = batch.identifiers.all().delete()
    if batch.undone_at is None:
        batch.undone_at = timezone.now()
        batch.save(update_fields=["undone_at"])
        record("places.identifiers.taken_back", actor=actor, target=batch, before={"count": count})
    return count


Names = Mapping[tuple[str, str], list[Candidate]]


def _names() -> tuple[Names, Names]:
    """Return who bears each folded name in a country, and each three-letter code."""
    rows = GeoNamesRecord.objects.values_list("number", "place_id", "place__merged_into_id")
    held = {number: merged or place for number, place, merged in rows}
    names: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    shorts: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for city in pack.cities():
        if (place := held.get(city.geonames)) is None:
            continue
        also = Candidate(place, city.latitude, city.longitude, city.admin1, own=False)
        names[city.country, city.names[0]].append(also._replace(own=True))
        for name in city.names[1:]:
            names[city.country, name].append(also)
        for short in city.codes:
            shorts[city.country, short].append(also)
    written = Name.objects.filter(place__merged_into=None, place__withdrawn_at=None)
    cities = written.exclude(place__kind=Place.Kind.COUNTRY).select_related("place__geonames")
    for kept in cities:
        said = getattr(kept.place, "geonames", None)
        own = kept.text in (kept.place.name, kept.place.name_en)
        latitude, longitude = (said.latitude, said.longitude) if said else (None, None)
        bearer = Candidate(kept.place_id, latitude, longitude, said.admin1 if said else "", own)
        names[kept.place.country_code, fold(kept.text)].append(bearer)
    return names, shorts


def _meant(row: LocodeRow, names: Names, shorts: Names) -> list[Candidate]:
    """Return the places a row may mean: none, the one, or several among which nothing decides."""
    if not row.names:  # an airport's code is often that of its city
        return [each for each in _once(shorts.get((row.country, row.code[2:]), ())) if _near(row, each)]
    bearers = _once(each for text in _spellings(row) for each in names.get((row.country, text), ()))
    if row.country in SAME_SUBDIVISIONS and row.subdivision:
        bearers = [each for each in bearers if each.division == row.subdivision]
    if row.latitude is None:
        own = [each for each in bearers if each.own]
        return own or (bearers if len(bearers) > 1 else [])
    near = sorted((distance, each) for each in bearers if (distance := _km(row, each)) <= NEAR_KM)
    if not near:  # places that people added have no position to speak against it
        return [each for each in bearers if each.latitude is None]
    if len(near) > 1 and near[1][0] >= CLOSER * max(near[0][0], 1.0):
        near = near[:1]
    own = [each for _distance, each in near if each.own]
    return own if len(own) == 1 else [each for _distance, each in near]


def _spellings(row: LocodeRow) -> list[str]:
    """Return the folded names of a row: whole, without brackets, and each part of ``One/Other``."""
    texts = [part for name in row.names for part in (name, re.sub(r"\(.*?\)", " ", name), *name.split("/"))]
    return list(dict.fromkeys(filter(None, map(fold, texts))))


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    """Return each place once, as bearer of its own name if it is."""
    kept: dict[int, Candidate] = {}
    for each in found:
        if each.place not in kept or each.own:
            kept[each.place] = each
    return list(kept.values())


def _near(row: LocodeRow, each: Candidate) -> bool:
    return row.latitude is not None and _km(row, each) <= NEAR_KM


def _km(row: LocodeRow, each: Candidate) -> float:
    """Return the distance on a sphere (haversine); infinite where a position is not known."""
    if row.latitude is None or row.longitude is None or each.latitude is None or each.longitude is None:
        return math.inf
    first, second = math.radians(row.latitude), math.radians(each.latitude)
    across = math.radians(each.longitude - row.longitude)
    half = (
        math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
