"""Many places at once: made by an import, and withdrawn when it is undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.services import create_place_scope, set_scope_country
from localaction.platform.audit.services import record_each
from localaction.platform.places.errors import PlaceExists
from localaction.platform.places.folding import fold
from localaction.platform.places.models import Fact, Name, NameChange, Place


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be made, with the further names it is found by."""

    code: str
    kind: str
    name: str
    country_code: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be added."""

    place: Place
    key: str
    text: str
    source: str
    valid_from: date | None


@transaction.atomic
def create_places(*, actor: Actor, places: Sequence[NewPlace], reason: str = "") -> list[Place]:
    """Make many places; one that was withdrawn stands again under its code.

    Raises ``NotAllowed``, or ``PlaceExists`` if a code belongs to a place that stands.
    """
    require(actor, "place.create", None)
    known = {
        place.code: place
        for place in Place.everything.select_related("scope").filter(code__in=[new.code for new in places])
    }
    made = []
    for new in places:
        place = known.get(new.code) or Place(
            code=new.code, scope=create_place_scope(new.name, new.country_code)
        )
        if place.pk is not None and place.withdrawn_at is None:
            raise PlaceExists(place.code, place.name)
        place.kind, place.name, place.country_code, place.withdrawn_at = (
            new.kind, new.name, new.country_code, None,
        )  # fmt: skip
        set_scope_country(place.scope, new.country_code)
        place.save()
        made.append(place)
    _name(list(zip(made, places, strict=True)))
    NameChange.objects.create()
    after = {place: {"name": place.name, "kind": place.kind} for place in made}
    record_each("places.place.created", actor=actor, after=after, reason=reason)
    return made


def _name(made: Iterable[tuple[Place, NewPlace]]) -> None:
    names = []
    for place, new in made:
        texts = dict.fromkeys(text for text in (new.name, new.code, *new.other_names) if fold(text))
        names += [Name(place=place, text=text, folded=fold(text)) for text in texts]
    Name.objects.bulk_create(names)
    NameChange.objects.create()


@transaction.atomic
def withdraw_places(*, actor: Actor, places: Sequence[Place], reason: str) -> None:
    """Withdraw places that an import made and nothing else is known of; search finds them no longer."""
    require(actor, "place.create", None)
    Name.objects.filter(place__in=places).delete()
    NameChange.objects.create()
    NameChange.objects.create()
    Place.everything.filter(pk__in=[place.pk for place in places]).update(withdrawn_at=timezone.now())
    record_each("places.place.withdrawn", actor=actor, after=dict.fromkeys(places), reason=reason)


@transaction.atomic
def add_facts(*, actor: Actor, facts: Sequence[NewFact], reason: str = "") -> list[int]:
    """Add facts that are not there yet, by place, key and first day; return the ids of those added."""
    require(actor, "place.edit", None)
    there = set(
        Fact.objects.filter(place__in={fact.place for fact in facts}).values_list(
            "place_id", "key", "valid_from"
        )
    )
    new = [fact for fact in facts if (fact.place.pk, fact.key, fact.valid_from) not in there]
    made = Fact.objects.bulk_create(
        Fact(place=fact.place, key=fact.key, text=fact.text, source=fact.source, valid_from=fact.valid_from)
        for fact in new
    )
    after: dict[Place, dict[str, object]] = {}
    for fact in new:
        after.setdefault(fact.place, {})[f"{fact.key} from {fact.valid_from}"] = fact.text
    record_each("places.facts.added", actor=actor, after=after, reason=reason)
    return [fact.pk for fact in made]


@transaction.atomic
def take_back_facts(*, actor: Actor, ids: Sequence[int], reason: str) -> None:
    """Take back facts that an import added; what they said stays in the events."""
    require(actor, "place.edit", None)
    facts = Fact.objects.filter(pk__in=ids).select_related("place")
    after: dict[Place, dict[str, object]] = {}
    for fact in facts:
        after.setdefault(fact.place, {})[f"{fact.key} from {fact.valid_from}"] = fact.text
    record_each("places.facts.taken_back", actor=actor, after=after, reason=reason)
    Fact.objects.filter(pk__in=ids).delete()
