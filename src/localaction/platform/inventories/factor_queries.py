"""Reading a place's own factors: the rule book of a place, and its sets for the people who keep them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from django.db.models import QuerySet

from localaction.engine.packs import Library
from localaction.engine.references.factors import Factor
from localaction.engine.references.ownset import factor_from, waiting_for_a_pin
from localaction.platform.accounts.rights import Actor, allowed, require
from localaction.platform.inventories.errors import FactorSetNotFound
from localaction.platform.inventories.factor_models import FactorSet
from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place

VIEW_FACTORS, EDIT_FACTORS = "inventory.view", "factors.edit"
LIBRARIES_KEPT = 32
Held = tuple[tuple[str, str], ...]  # digest and status of each set


def library_of(inventory: Inventory) -> Library:
    """Return the rule book that an inventory is computed with: the packs and its place's own factors.

    The current edition of each set takes part in the choice; an older edition is there to be pinned; a
    withdrawn one is not there. One query, and none for the factors of a set seen before.
    """
    return libraries_of([inventory.place_id])[inventory.place_id]


def libraries_of(place_ids: Collection[int]) -> Mapping[int, Library]:
    """Return the rule book of each of several places, by its row number; one query for all."""
    held: dict[int, list[tuple[str, str]]] = {}
    found = FactorSet.objects.filter(place_id__in=place_ids).exclude(status=FactorSet.Status.WITHDRAWN)
    for place_id, digest, status in found.order_by("pk").values_list("place_id", "digest", "status"):
        held.setdefault(place_id, []).append((digest, status))
    return {place_id: _library(tuple(held.get(place_id, ()))) for place_id in place_ids}


def _library(sets: Held) -> Library:
    return _with_sets(Library.load().pack_digest, sets) if sets else Library.load()


@lru_cache(maxsize=LIBRARIES_KEPT)
def _with_sets(pack_digest: str, sets: Held) -> Library:
    """Return the rule book with own sets; a set never changes, so its digest is its key."""
    records = dict(FactorSet.objects.filter(digest__in=[d for d, _ in sets]).values_list("digest", "records"))
    library = Library.load()
    for digest, status in sets:
        factors = [factor_from(record) for record in records[digest]]
        current = status == FactorSet.Status.CURRENT
        library = library.with_factors(factors if current else waiting_for_a_pin(factors))
    return library


def factor_sets_of(actor: Actor, place: Place) -> QuerySet[FactorSet]:
    """Return every edition of a place's own sets, the current ones first, without their factors.

    Raises ``NotAllowed``.
    """
    require(actor, VIEW_FACTORS, place.scope_id)
    sets = (
        FactorSet.objects.filter(place=place)
        .select_related("place", "created_by")
        .defer("records", "content")
    )
    return sets.order_by("name", "slug", "-edition")


def factor_set_for(actor: Actor, public_id: uuid.UUID | str, action: str = VIEW_FACTORS) -> FactorSet:
    """Return an edition of a set if the actor may do ``action`` with it.

    Raises
    ------
    FactorSetNotFound, NotAllowed
    """
    found = FactorSet.objects.select_related("place__scope", "created_by").filter(public_id=public_id).first()
    if found is None or not allowed(actor, VIEW_FACTORS, found.scope_id):
        raise FactorSetNotFound
    require(actor, action, found.scope_id)
    return found


def factors_of(factor_set: FactorSet) -> list[Factor]:
    """Return the factors of an edition."""
    return [factor_from(record) for record in factor_set.records]


def sets_used(place: Place, factor_ids: Iterable[str]) -> list[FactorSet]:
    """Return the own sets from which some of these factors are, without their factors; one query."""
    names = {name.partition(":")[0] for name in factor_ids}
    sets = (
        FactorSet.objects.filter(place=place)
        .select_related("place")
        .defer("records", "content")
        .order_by("pk")
    )
    return [held for held in sets if str(held) in names]
