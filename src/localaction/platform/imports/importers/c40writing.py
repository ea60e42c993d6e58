"""Writing what was planned of the C40 workbook, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from localaction.platform.imports.importers.c40plan import Plan
from localaction.platform.imports.kinds import Work
from localaction.platform.inventories.bulk import withdraw_many, write_many
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import compute
from localaction.platform.inventories.services import undo as undo_batch
from localaction.platform.places.bulk import (
    NewFact,
    add_facts,
    create_places,
    take_back_facts,
    withdraw_places,
)
from localaction.platform.places.queries import places_by_codes
from localaction.platform.publication.bulk import Frozen, freeze, publish_many, withdraw_publications
from localaction.platform.values.queries import places_with_figures
from localaction.platform.values.services import Key, record_many, withdraw_figures

REASON = "Import of {name}"


def write(work: Work, plan: Plan, frozen: list[Frozen]) -> dict[str, Any]:
    """Write everything in a constant number of statements; return what undo needs."""
    actor, record = work.actor, work.record
    reason = REASON.format(name=record.name)
    publish = bool(work.options.get("publish"))
    visibility = "public" if publish else "place"
    made_places = create_places(actor=actor, places=plan.new_places, reason=reason) if plan.new_places else []
    places = {place.code: place for place in made_places}
    for item in plan.items:
        item.place = places.get(item.place.code, item.place)
        if item.draft is not None:
            item.draft.place = item.place
    drafts = [item.draft for item in plan.items if item.draft is not None]
    if not drafts:
        return {}
    created = [draft for draft in drafts if draft.inventory is None]
    write_many(
        actor=actor, drafts=drafts, import_id=record.public_id, file_name=record.name, visibility=visibility,
        reason=reason,
    )  # fmt: skip
    figures = [
        replace(each, place=places.get(each.place.code, each.place), visibility=visibility)
        for each in plan.figures
    ]
    record_many(actor=actor, figures=figures, reason=reason)
    facts = [
        NewFact(places.get(each.place.code, each.place), each.key, each.text, each.source, each.valid_from)
        for each in plan.facts
    ]
    return {
        "places": [place.code for place in made_places],
        "inventories": [draft.inventory.pk for draft in created if draft.inventory],
        "changed": [draft.inventory.pk for draft in drafts if draft.inventory and draft not in created],
        "figures": [list(figure.key()) for figure in figures],
        "facts": add_facts(actor=actor, facts=facts, reason=reason),
        "publications": publish_many(actor=actor, documents=frozen, reason=reason) if publish else [],
    }


def documents(work: Work, plan: Plan) -> list[Frozen]:
    """Return the documents of everything that can be published, frozen before the database is held."""
    drafts = []
    for item in plan.items:
        people = item.source.population
        if item.draft is not None:
            said = {"value": people, "source": plan.citation[:300]} if people is not None else None
            drafts.append((item.draft, said))
    return freeze(drafts, reason=REASON.format(name=work.record.name))


def undo(work: Work) -> None:
    """Take everything back; refuse, writing nothing, if somebody built on it."""
    made, actor = work.record.made, work.actor
    reason = f"Undo of the import of {work.record.name}"
    ids = made.get("inventories", [])
    withdraw_publications(
        actor=actor,
        ids=made.get("publications", []),
        inventories=[*ids, *made.get("changed", [])],
        reason=reason,
    )
    withdraw_many(actor=actor, ids=ids, import_id=work.record.public_id, reason=reason)
    for inventory in Inventory.objects.filter(pk__in=made.get("changed", [])).select_related("place"):
        batch = inventory.batches.get(import_id=work.record.public_id, undoes=None)
        undo_batch(actor=actor, inventory=inventory, batch_id=batch.public_id)
        compute(actor=actor, inventory=inventory, reason=reason)
    withdraw_figures(actor=actor, keys=[_key(held) for held in made.get("figures", [])], reason=reason)
    take_back_facts(actor=actor, ids=made.get("facts", []), reason=reason)
    _withdraw_places(work, reason)


def _withdraw_places(work: Work, reason: str) -> None:
    """Withdraw the places that were made, except those of which something else is known by now."""
    places = list(places_by_codes(list(work.record.made.get("places", []))).values())
    used = set(Inventory.objects.filter(place__in=places).values_list("place_id", flat=True))
    used |= places_with_figures(places)
    free = [place for place in places if place.pk not in used]
    if free:
        withdraw_places(actor=work.actor, places=free, reason=reason)


def _key(held: list[Any]) -> Key:
    place, item, start, end, *rest = held
    return Key(place, item, date.fromisoformat(str(start)), date.fromisoformat(str(end)), *rest)
