"""Reading inventories: every function takes the actor, or an inventory that one of them returned."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.options import Options
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, allowed, require, scope_ids
from localaction.platform.inventories.errors import InventoryNotFound, RecalculationNotFound
from localaction.platform.inventories.factor_queries import (
    factor_set_for,
    factor_sets_of,
    factors_of,
    libraries_of,
    library_of,
    sets_used,
)
from localaction.platform.inventories.models import COLUMNS, Batch, Inventory, Recalculation, RowRevision, Run
from localaction.platform.places.models import Place
from localaction.platform.places.queries import place_chain

__all__ = [
    "EDIT",
    "VIEW",
    "batches_of",
    "current_rows",
    "factor_set_for",
    "factor_sets_of",
    "factors_of",
    "inventories_for",
    "inventory_for",
    "is_stale",
    "last_batch_id",
    "latest_run",
    "libraries_of",
    "library_of",
    "newest_inventory",
    "options_of",
    "raw_rows",
    "recalculation_for",
    "recalculations_for",
    "row_of",
    "rows_of",
    "sets_used",
]

VIEW, EDIT = "inventory.view", "inventory.edit"
FIRST_ROW = 2  # as in a file, where the header is row 1


def inventory_for(
    actor: Actor, place_code: str, year: int, action: str = EDIT, *, partly: bool = False
) -> Inventory:
    """Return the inventory of a place and year if the actor may do ``action`` with it, or a part of it.

    Raises
    ------
    InventoryNotFound
        If there is none, or the actor may not even see it.
    NotAllowed
        If the actor may see it but not do this.
    """
    found = Inventory.objects.select_related("place", "place__scope")
    wanted = place_code.replace("\x00", "?").upper()  # PostgreSQL takes no NUL
    inventory = found.filter(place__code=wanted, label_year=year).first()
    if inventory is None or not allowed(actor, VIEW, inventory.scope_id):
        raise InventoryNotFound(place=place_code, year=year)
    require(actor, action, inventory.scope_id, partly=partly)
    return inventory


def inventories_for(actor: Actor, action: str = VIEW) -> QuerySet[Inventory]:
    """Return the inventories with which the actor may do ``action``, newest year first."""
    found = Inventory.objects.filter(place__scope_id__in=scope_ids(actor, action))
    return found.select_related("place").order_by("place__name", "-label_year")


def newest_inventory(actor: Actor, place: Place, year: int) -> Inventory | None:
    """Return the newest inventory of a place up to a label year; one with figures goes before one without.

    An inventory that is only begun has no total: its year and protocol would stand beside the figures of an
    older one.
    """
    computed = Exists(Run.objects.filter(inventory=OuterRef("pk")))
    found = inventories_for(actor).filter(place=place, label_year__lte=year)
    return found.order_by(computed.desc(), "-label_year").first()


def current_rows(inventory: Inventory) -> QuerySet[RowRevision]:
    """Return the rows as they stand now, in their order."""
    return RowRevision.objects.filter(inventory=inventory, is_current=True, removed=False).order_by(
        "position", "id"
    )


def rows_of(inventory: Inventory, ref: str | None = None) -> list[RowRevision]:
    """Return the rows as they stand now, of one cell or of all."""
    rows = current_rows(inventory)
    return list(rows.filter(ref=ref) if ref is not None else rows)


def row_of(inventory: Inventory, row_key: uuid.UUID | str) -> RowRevision | None:
    """Return a row as it stands now, or None if it is not there."""
    try:
        return current_rows(inventory).select_related("batch__actor").filter(row_key=row_key).first()
    except ValidationError:
        return None


def raw_rows(inventory: Inventory, chunk: int = 4096) -> Iterator[list[RawRow]]:
    """Yield the rows as the engine reads them, in chunks."""
    rows: list[RawRow] = []
    columns = current_rows(inventory).values_list("row_key", *COLUMNS)
    for number, (key, *values) in enumerate(columns.iterator(chunk), start=FIRST_ROW):
        rows.append(RawRow(number, dict(zip(COLUMNS, values, strict=True)), str(key)))
        if len(rows) >= chunk:
            yield rows
            rows = []
    if rows:
        yield rows


def options_of(inventory: Inventory, gwp_set: str | None = None, *, keep_lines: bool = True) -> Options:
    """Return what holds for the inventory as a whole, for the engine."""
    return Options(
        place=inventory.place.code,
        place_chain=place_chain(inventory.place, inventory.period.end),
        period=inventory.period,
        gwp_set=gwp_set or inventory.gwp_set,
        keep_lines=keep_lines,
    )


def latest_run(inventory: Inventory) -> Run | None:
    """Return the newest computation, or None if it was never computed."""
    return Run.objects.filter(inventory=inventory).order_by("-number").first()


def last_batch_id(inventory: Inventory) -> int | None:
    """Return the id of the newest change of rows."""
    return Batch.objects.filter(inventory=inventory).order_by("-id").values_list("pk", flat=True).first()


def is_stale(inventory: Inventory, run: Run | None = None) -> bool:
    """Return whether rows, warming potentials or factors changed since the newest computation."""
    run = run or latest_run(inventory)
    if run is None:
        return True
    changed = run.last_batch_id != last_batch_id(inventory)
    if changed or run.gwp_set != inventory.gwp_set:
        return True
    library = library_of(inventory)
    return other_factors(run, library, reach_of([inventory]).get(inventory.pk, ()) if library.own else ())


Reach = Collection[tuple[str, str, str]]


def reach_of(inventories: Iterable[Inventory]) -> dict[int, Reach]:
    """Return by what rows could take factors: cell, activity and pin, of each inventory; one query."""
    rows = RowRevision.objects.filter(
        inventory__in=list(inventories), is_current=True, removed=False, gas="", notation_key=""
    )
    found: dict[int, set[tuple[str, str, str]]] = {}
    for inventory_id, *row in (
        rows.order_by().values_list("inventory_id", "ref", "activity", "factor").distinct()
    ):
        found.setdefault(inventory_id, set()).add((row[0], row[1], row[2]))
    return dict(found)


def other_factors(run: Run, library: Library, reach: Reach) -> bool:
    """Return whether a run could come out otherwise by the factors of today.

    A run kept before it was noted which own factors its rows could take counts as changed by any of them.
    """
    if run.library_digest == library.digest:
        return False
    return run.factors_digest is None or run.factors_digest != library.digest_for(reach)


def batches_of(inventory: Inventory, limit: int = 10) -> list[Batch]:
    """Return the newest changes with who made them and what undid them."""
    batches = Batch.objects.filter(inventory=inventory).select_related("actor", "undone_by")
    return list(batches.order_by("-id")[:limit])


def recalculation_for(actor: Actor, public_id: uuid.UUID | str) -> Recalculation:
    """Return a recalculation if the actor may recalculate the network.

    Raises ``RecalculationNotFound``.
    """
    found = Recalculation.objects.select_related("created_by", "place").filter(public_id=public_id).first()
    if found is None or not allowed(actor, "inventory.recalculate", None):
        raise RecalculationNotFound
    return found


def recalculations_for(actor: Actor, limit: int = 20) -> list[Recalculation]:
    """Return the newest recalculations with who began them, their reports left in the database."""
    if not allowed(actor, "inventory.recalculate", None):
        return []
    found = Recalculation.objects.select_related("created_by", "place").defer("report", "chosen")
    return list(found.order_by("-id")[:limit])
