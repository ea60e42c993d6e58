"""Which rows of an inventory stand as a person left them, and not as an import of its source did."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from localaction.platform.inventories.models import Inventory, RowRevision

By = Counter[int | None]  # rows by who changed them; None is somebody at the machine


def changed_by_hand(inventories: Iterable[Inventory], imports: Collection[uuid.UUID]) -> dict[int, By]:
    """Return how many rows of each inventory somebody changed, added or removed, by whom; two queries.

    What one of ``imports`` wrote is not by hand. A change that was undone is not one any more: the row is as
    whoever wrote it before left it.
    """
    of_imports = {"batch__import_id__in": list(imports), "batch__undoes": None}
    now = RowRevision.objects.filter(inventory__in=list(inventories), is_current=True).exclude(**of_imports)
    rows = list(now.select_related("batch"))
    origins = _before_undo([row.row_key for row in rows if row.batch.undoes_id is not None])
    found: dict[int, By] = {}
    for row in rows:
        origin = row if row.batch.undoes_id is None else _origin(row, origins.get(row.row_key, ()))
        if origin is not None and origin.batch.import_id not in imports:
            found.setdefault(row.inventory_id, Counter())[origin.batch.actor_id] += 1
    return found


def _before_undo(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[RowRevision]]:
    """Return what was written of these rows other than by undoing, the newest first."""
    if not keys:
        return {}
    written = RowRevision.objects.filter(row_key__in=keys, batch__undoes=None).select_related("batch")
    found: dict[uuid.UUID, list[RowRevision]] = {}
    for row in written.order_by("-number"):
        found.setdefault(row.row_key, []).append(row)
    return found


def _origin(row: RowRevision, earlier: Iterable[RowRevision]) -> RowRevision | None:
    """Return the revision to which an undo went back; None if the row was not there before."""
    wanted: Any = (row.removed, row.values())
    return next((each for each in earlier if (each.removed, each.values()) == wanted), None)
