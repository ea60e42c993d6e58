"""How inventories stand, many at once: the same number of queries for one and for a hundred.

Of a run only what lists and the matrix show is read; its lines can be many and stay in the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.fields.json import KeyTransform

from localaction.engine.packs import Library
from localaction.platform.inventories.factor_queries import libraries_of
from localaction.platform.inventories.models import Batch, Inventory, RowRevision, Run
from localaction.platform.inventories.queries import Reach, other_factors, reach_of

PARTS = ("gwp_set", "totals", "sectors", "cells", "findings")


@dataclass(frozen=True)
class Overview:
    """How one inventory stands.

    Parameters
    ----------
    run : Run or None
        The newest computation, its result left in the database.
    result : mapping
        The parts of that result named in `PARTS`; empty if there is no run.
    rows : int
        Rows as they stand now.
    changed_at : datetime or None
        When a row was last changed.
    stale : str
        Why totals are old: ``never``, ``rows``, ``potentials`` or ``factors``; empty if they aren't.
    """

    inventory: Inventory
    run: Run | None
    result: dict[str, Any]
    rows: int
    changed_at: datetime | None
    stale: str


def overviews(inventories: Sequence[Inventory]) -> list[Overview]:
    """Return how inventories stand, in their order; the caller got them from a query that takes the actor."""
    runs = _runs(inventories)
    current = RowRevision.objects.filter(inventory__in=inventories, is_current=True, removed=False)
    counts = dict(current.values("inventory").annotate(count=Count("pk")).values_list("inventory", "count"))
    changes = Batch.objects.filter(inventory__in=inventories).values("inventory")
    last = {row["inventory"]: row for row in changes.annotate(last=Max("pk"), at=Max("at"))}
    books = libraries_of({each.place_id for each in inventories})
    own = [each for each in inventories if books[each.place_id].own]
    reach = reach_of(own) if own else {}
    return [
        _overview(
            each,
            runs.get(each.pk),
            counts.get(each.pk, 0),
            last.get(each.pk),
            books[each.place_id],
            reach.get(each.pk, ()),
        )
        for each in inventories
    ]


def _runs(inventories: Sequence[Inventory]) -> dict[int, Run]:
    newest = Run.objects.filter(inventory__in=inventories).values("inventory").annotate(last=Max("pk"))
    parts = {f"part_{name}": KeyTransform(name, "result") for name in PARTS}
    runs = Run.objects.filter(pk__in=newest.values("last")).defer("result").annotate(**parts)
    return {run.inventory_id: run for run in runs}


def _overview(inventory: Inventory, run: Any, rows: int, last: Any, book: Library, reach: Reach) -> Overview:
    result = {name: getattr(run, f"part_{name}") for name in PARTS} if run else {}
    return Overview(
        inventory=inventory,
        run=run,
        result=result,
        rows=rows,
        changed_at=last["at"] if last else None,
        stale=why_stale(inventory, run, last["last"] if last else None, book, reach) if rows or run else "",
    )


def why_stale(
    inventory: Inventory, run: Run | None, last_batch_id: int | None, book: Library, reach: Reach = ()
) -> str:
    """Return why totals are old: never, rows, potentials or factors; empty if they aren't."""
    if run is None:
        return "never"
    if run.last_batch_id != last_batch_id:
        return "rows"
    if run.gwp_set != inventory.gwp_set:
        return "potentials"
    return "factors" if other_factors(run, book, reach) else ""
