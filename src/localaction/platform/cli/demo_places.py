"""The places of the demo network with their facts, figures and inventories, written through the services."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from localaction.platform.accounts.rights import Actor
from localaction.platform.cli.demo_pack import DemoInventory, DemoPlace
from localaction.platform.imports.services import receive, request_apply
from localaction.platform.inventories.errors import InventoryNotFound
from localaction.platform.inventories.queries import inventory_for, rows_of
from localaction.platform.inventories.services import create_inventory
from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.queries import facts_on, identifiers_of, place_by_code
from localaction.platform.places.services import add_fact, add_identifier, add_name, create_place, set_name
from localaction.platform.planning.queries import parts_of
from localaction.platform.planning.services import add_part
from localaction.platform.publication.services import publish
from localaction.platform.values.queries import values_of_place
from localaction.platform.values.services import Figure, record_many

REASON = "Demo network"
PUBLIC = "public"


@transaction.atomic
def ensure_place(actor: Actor, entry: DemoPlace) -> bool:
    """Add a place with its facts and figures; return False, changing nothing, if it has them.

    A place that came with the reference geography is there without them.
    """
    try:
        place = place_by_code(entry.code)
    except PlaceNotFound:
        place = create_place(
            actor=actor,
            code=entry.code,
            kind=entry.kind,
            name=entry.name,
            name_en=entry.name_en,
            language=entry.language,
            country_code=entry.country,
            other_names=entry.other_names,
        )
    else:
        if values_of_place(actor=actor, place=place, limit=1) or facts_on(place):
            return False
        set_name(actor=actor, place=place, name=entry.name, name_en=entry.name_en, language=entry.language)
        for text in entry.other_names:
            add_name(actor=actor, place=place, text=text)
    _describe(actor, place, entry)
    return True


def _describe(actor: Actor, place: Any, entry: DemoPlace) -> None:
    """Add identifiers, facts and figures of a place."""
    known = identifiers_of(place)
    for scheme, text in entry.identifiers.items():
        if (scheme, text) not in known:
            add_identifier(actor=actor, place=place, scheme=scheme, text=text)
    for fact in entry.facts:
        source = fact.source.attribution
        add_fact(actor=actor, place=place, key=fact.key, text=fact.text, valid_from=fact.since, source=source)
    figures = [
        Figure(
            place=place,
            item=figure.item,
            period=figure.period,
            basis="imported",
            exact=figure.amount,
            unit=figure.unit,
            source=figure.source.attribution,
            explanation=figure.note,
            visibility="public",
        )
        for figure in entry.figures
    ]
    record_many(actor=actor, figures=figures, reason=REASON)


@transaction.atomic
def ensure_targets(actor: Actor, entry: DemoPlace) -> int:
    """Add the targets of a place that are missing, seen by everybody; return how many there were."""
    if not entry.targets:
        return 0
    place = place_by_code(entry.code)
    there = {target.title for target in parts_of(actor, place, "target")}
    missing = [target for target in entry.targets if target.title not in there]
    for target in missing:
        add_part(actor=actor, place=place, kind="target", said=target.said, visibility=PUBLIC, reason=REASON)
    return len(missing)


@transaction.atomic
def ensure_inventory(actor: Actor, entry: DemoPlace, inventory: DemoInventory) -> str:
    """Enter an inventory and publish it, or leave it as an empty draft; return in words what was done.

    Empty, changing nothing, if the place has an inventory of that year.
    """
    try:
        inventory_for(actor, entry.code, inventory.year)
    except InventoryNotFound:
        return f"{entry.name} {inventory.year}: {_add_inventory(actor, entry, inventory)}"
    return ""


def _add_inventory(actor: Actor, entry: DemoPlace, wanted: DemoInventory) -> str:
    inventory = create_inventory(
        actor=actor,
        place=place_by_code(entry.code),
        label_year=wanted.year,
        period_start=wanted.period.start,
        period_end=wanted.period.end,
        gwp_set=wanted.gwp_set,
        origin=wanted.origin,
        citation=wanted.citation,
        licence=wanted.licence,
    )
    if wanted.rows is None:
        return "an empty draft"
    with wanted.rows.open("rb") as stream:
        received = receive(
            actor=actor,
            importer_id="rows",
            inventory=inventory,
            name=wanted.rows.name,
            stream=stream,
            inline=True,
        )
    request_apply(actor=actor, record=received, inline=True)
    publish(actor=actor, inventory=inventory)
    return f"{len(rows_of(inventory))} rows, published"
