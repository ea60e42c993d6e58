"""What a part takes from elsewhere: other parts of the same plan, and totals of the place's inventories."""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection

from localaction.engine.errors import InputError
from localaction.engine.packs import Library
from localaction.engine.pathways.measured import covered_cells
from localaction.platform.accounts.rights import Actor
from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.planning.errors import NotAChoice, NoTotal
from localaction.platform.planning.kinds import KINDS, Field
from localaction.platform.planning.models import Part
from localaction.platform.values.queries import dimensions_of, values_of_place

TOTAL_ITEM, CELL_ITEM = "ghg.inventory.total", "ghg.inventory.cell"


def part_named(place: Place, field: Field, public_id: uuid.UUID) -> Part:
    """Return the part of this plan that a field names. Raises ``NotAChoice``."""
    parts = KINDS[field.list].model._default_manager.filter(place=place, withdrawn_at=None)
    found = parts.filter(public_id=public_id).first()
    if found is None:
        raise NotAChoice(str(field.label), str(public_id), list(parts.values_list("title", flat=True)[:21]))
    return found


def inventory_total(
    actor: Actor, place: Place, year: int, total: str, sectors: Collection[str], *, public: bool
) -> float:
    """Return what the inventory of a year says that a target covers, t CO2e.

    ``public`` takes only a published figure, because everybody will see it.

    Raises
    ------
    NoTotal
        If there is no such inventory or figure that may be used.
    """
    inventory = Inventory.objects.filter(place=place, label_year=year).first()
    if inventory is None:
        raise NoTotal(
            year=year, why="there is no inventory of that year", remedy="Type them with their source."
        )
    figures = values_of_place(
        actor=None if public else actor,
        place=place,
        items=[CELL_ITEM if sectors else TOTAL_ITEM],
        period=inventory.period,
    )
    wanted = covered_cells(Library.load().protocol, total, sectors) if sectors else {total}
    name = "gpc_ref" if sectors else "total"
    amounts = [
        figure.current.amount
        for figure in figures
        if figure.current is not None
        and figure.current.amount is not None
        and dimensions_of(figure.dimensions)[name] in wanted
    ]
    if not amounts:
        raise _nothing(year, total, public=public)
    return math.fsum(amounts)


def _nothing(year: int, total: str, *, public: bool) -> InputError:
    if public:
        return NoTotal(
            year=year,
            why=f"its total {total} is not published as it stands now, and everybody would see it",
            remedy="Publish the inventory first, or type the emissions with their source.",
        )
    return NoTotal(
        year=year,
        why=f"its total {total} is not computed",
        remedy="Compute the inventory first, or type them.",
    )
