"""Reading offices: names for those who may see who works where, and regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from localaction.platform.accounts.models import Reach
from localaction.platform.accounts.rights import Actor, allowed, scope_ids
from localaction.platform.networks.errors import OfficeNotFound
from localaction.platform.networks.models import Office
from localaction.platform.places.models import Place

VIEW, EDIT = "people.view", "office.edit"


@dataclass(frozen=True)
class Region:
    """What an office looks after: whole countries, and single places."""

    countries: tuple[str, ...]
    places: tuple[Place, ...]


def offices_for(actor: Actor, action: str = VIEW) -> QuerySet[Office]:
    """Return the offices on which the actor may do ``action``, by name."""
    return Office.objects.filter(scope_id__in=scope_ids(actor, action)).select_related("scope")


def office_for(actor: Actor, code: str, action: str = VIEW) -> Office:
    """Return an office by its code if the actor may do ``action`` on it. Raises ``OfficeNotFound``."""
    wanted = code.replace("\x00", "?").strip().lower()
    office = Office.objects.select_related("scope").filter(code=wanted).first()
    if office is None or not allowed(actor, action, office.scope_id):
        raise OfficeNotFound(code)
    return office


def region_of(office: Office) -> Region:
    """Return what an office looks after."""
    return regions_of([office])[0][1]


def regions_of(offices: Iterable[Office]) -> list[tuple[Office, Region]]:
    """Return offices each with what it looks after; three queries for any number of them."""
    found = list(offices)
    reach = Reach.objects.filter(office__in=[office.scope_id for office in found])
    parts: dict[int, list[Reach]] = {office.scope_id: [] for office in found}
    for part in reach.order_by("country", "pk"):
        parts[part.office_id].append(part)
    places = Place.objects.filter(scope__in=reach.filter(place__isnull=False).values("place_id"))
    by_scope = {place.scope_id: place for place in places.order_by("name", "code")}
    return [(office, _region(parts[office.scope_id], by_scope)) for office in found]


def _region(parts: Sequence[Reach], places: Mapping[int, Place]) -> Region:
    wanted = {part.place_id for part in parts}
    countries = tuple(part.country for part in parts if part.country)
    return Region(countries, tuple(place for scope, place in places.items() if scope in wanted))
