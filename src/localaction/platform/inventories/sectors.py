"""Who may enter which cells: an editor may be limited to sectors of the inventory."""

from __future__ import annotations

from collections.abc import Iterable

from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, allowed, require, sections_of
from localaction.platform.inventories.models import Inventory

EDIT, WHOLE = "inventory.edit", "inventory"


def section_of(ref: str) -> str:
    """Return the section in which a cell lies (``inventory.I``); the whole inventory if there is none."""
    cell = Library.load().protocol.cells.get(ref)
    return f"{WHOLE}.{cell.sector}" if cell else WHOLE


def require_cells(actor: Actor, inventory: Inventory, refs: Iterable[str]) -> None:
    """Raise ``NotAllowed`` unless the actor may enter rows of all these cells; one query for most people."""
    if allowed(actor, EDIT, inventory.scope_id):
        return
    for section in sorted({section_of(ref) for ref in refs} or {WHOLE}):
        require(actor, EDIT, inventory.scope_id, section=section)


def sectors_of(actor: Actor, inventory: Inventory) -> frozenset[str]:
    """Return the sectors to which the right to enter rows is limited; none if there is no such limit."""
    held = sections_of(actor, EDIT, inventory.scope_id)
    return frozenset(each.partition(".")[2] for each in held if each.startswith(f"{WHOLE}."))
