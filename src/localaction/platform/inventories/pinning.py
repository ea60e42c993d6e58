"""Rows that use one factor to use another instead: one change of rows, undone as a whole."""

from __future__ import annotations

from django.db import transaction

from localaction.engine.inventory.compile import compile_inventory
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.inventories.factor_queries import library_of
from localaction.platform.inventories.models import Batch, Inventory
from localaction.platform.inventories.queries import EDIT, current_rows, options_of, raw_rows
from localaction.platform.inventories.writing import Change, take_turn, write_batch


@transaction.atomic
def pin_instead(*, actor: Actor, inventory: Inventory, old: str, new: str, reason: str) -> int:
    """Pin ``new`` in every row that is computed with ``old``; return how many there are.

    A row without a reason of its own takes ``reason``: a later factor needs one.
    """
    require(actor, EDIT, inventory.scope_id)
    take_turn(inventory)
    using: set[str] = set()
    compile_inventory(
        raw_rows(inventory),
        options_of(inventory, keep_lines=False),
        library_of(inventory),
        on_line=lambda line: using.add(str(line["row_key"])) if line["factor"] == old else None,
    )
    rows = [row for row in current_rows(inventory) if str(row.row_key) in using]
    if not rows:
        return 0
    changes = []
    for row in rows:
        values = row.values()
        changes.append(Change(values | {"factor": new, "reason": values["reason"] or reason}, row))
    write_batch(actor=actor, inventory=inventory, kind=Batch.Kind.SAVE, changes=changes, reason=reason)
    record(
        "inventories.factor.replaced",
        actor=actor,
        target=inventory,
        before={"factor": old},
        after={"factor": new, "rows": len(rows)},
        reason=reason,
    )
    return len(rows)
