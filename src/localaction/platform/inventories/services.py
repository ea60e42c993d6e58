"""The only writers of inventories."""

from __future__ import annotations

from django.db import transaction

from localaction.platform.accounts.rights import Actor, require
from localaction.platform.inventories.computing import (
    change_warming_potentials,
    compute,
    create_inventory,
    preview_warming_potentials,
)
from localaction.platform.inventories.editing import mark_open_cells, remove_row, save_row, undo, undo_newest
from localaction.platform.inventories.errors import EditConflict
from localaction.platform.inventories.factor_sets import (
    check_factor_file,
    create_factor_set,
    new_factor_edition,
    withdraw_factor_set,
)
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.recalculating import (
    begin_recalculation,
    request_recalculation,
    start,
    stop_recalculation,
    work_on,
)

__all__ = [
    "EditConflict",
    "begin_recalculation",
    "change_warming_potentials",
    "check_factor_file",
    "compute",
    "create_factor_set",
    "create_inventory",
    "mark_open_cells",
    "mark_published",
    "new_factor_edition",
    "preview_warming_potentials",
    "remove_row",
    "request_recalculation",
    "save_row",
    "start",
    "stop_recalculation",
    "undo",
    "undo_newest",
    "withdraw_factor_set",
    "work_on",
]


@transaction.atomic
def mark_published(*, actor: Actor, inventory: Inventory) -> None:
    """Note that the inventory has been published; called by the publication itself."""
    require(actor, "inventory.publish", inventory.scope_id)
    inventory.status = Inventory.Status.PUBLISHED
    inventory.save(update_fields=["status"])
