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
from localaction.platform.inventories.editing import mark_open_cells, remove_row, save_row, undo
from localaction.platform.inventories.errors import EditConflict
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.uploading import (
    apply_upload,
    check_upload,
    receive_upload,
    request_apply,
    stop_upload,
)

__all__ = [
    "EditConflict",
    "apply_upload",
    "change_warming_potentials",
    "check_upload",
    "compute",
    "create_inventory",
    "mark_open_cells",
    "mark_published",
    "preview_warming_potentials",
    "receive_upload",
    "remove_row",
    "request_apply",
    "save_row",
    "stop_upload",
    "undo",
]


@transaction.atomic
def mark_published(*, actor: Actor, inventory: Inventory) -> None:
    """Note that the inventory has been published; called by the publication itself."""
    require(actor, "inventory.publish", inventory.scope_id)
    inventory.status = Inventory.Status.PUBLISHED
    inventory.save(update_fields=["status"])
