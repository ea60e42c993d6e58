"""Reading imports: every function takes the actor, or something that a query returned."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from localaction.platform.accounts.rights import Actor, allowed, require, scope_ids
from localaction.platform.imports.errors import ImportNotFound
from localaction.platform.imports.models import WAITING, Import
from localaction.platform.imports.registry import importer
from localaction.platform.inventories.models import Inventory

VIEW = "inventory.view"
BIG = ("table", "mapping", "findings", "made")  # left in the database where only lists are shown


def import_for(actor: Actor, public_id: uuid.UUID | str, *, to_change: bool = True) -> Import:
    """Return an import if the actor may see it; with ``to_change`` only if they may apply or undo it.

    Raises
    ------
    ImportNotFound, NotAllowed
    """
    found = Import.objects.select_related("inventory__place__scope", "scope", "created_by", "acting")
    try:
        record = found.filter(public_id=public_id).first()
    except ValidationError:
        record = None
    if record is None or not _may_see(actor, record):
        raise ImportNotFound
    if to_change:
        require(actor, importer(record.importer).right, _reach(record))
    return record


def import_starting(actor: Actor, beginning: str) -> Import:
    """Return the import whose id begins so, if it is the only one. Raises ``ImportNotFound``."""
    wanted = beginning.replace("-", "").lower()
    found = [pk for pk in _visible(actor).values_list("public_id", flat=True) if pk.hex.startswith(wanted)]
    if not wanted or len(found) != 1:
        raise ImportNotFound
    return import_for(actor, found[0])


def may_change(actor: Actor, record: Import) -> bool:
    """Return whether the actor may apply, stop or undo the import."""
    return allowed(actor, importer(record.importer).right, _reach(record))


def imports_for(actor: Actor, limit: int = 50) -> list[Import]:
    """Return the imports the actor may see, newest first; one query."""
    return list(_visible(actor).order_by("-id")[:limit])


def imports_of(inventory: Inventory, limit: int = 10) -> list[Import]:
    """Return the newest imports of an inventory."""
    return list(_listed().filter(inventory=inventory).order_by("-id")[:limit])


def waiting_among(inventories: Sequence[Inventory]) -> dict[int, list[Import]]:
    """Return the imports of these inventories that wait for somebody, newest first; one query."""
    waiting: dict[int, list[Import]] = {}
    by_id = {each.pk: each for each in inventories}
    for record in _listed().filter(inventory__in=by_id, status__in=WAITING).order_by("-pk"):
        record.inventory = by_id[record.inventory_id or 0]
        waiting.setdefault(record.inventory.pk, []).append(record)
    return waiting


def network_imports_waiting(actor: Actor) -> list[Import]:
    """Return the imports of the whole network that wait for somebody, newest first."""
    return list(_visible(actor).filter(inventory=None, status__in=WAITING).order_by("-pk")[:20])


def _visible(actor: Actor) -> QuerySet[Import]:
    visible = Q(scope_id__in=scope_ids(actor, VIEW), inventory__isnull=False)
    if allowed(actor, VIEW, None):
        visible |= Q(inventory=None)
    return _listed().filter(visible)


def _listed() -> QuerySet[Import]:
    return Import.objects.select_related("inventory__place", "created_by").defer(*BIG)


def _may_see(actor: Actor, record: Import) -> bool:
    return allowed(actor, VIEW, _reach(record))


def _reach(record: Import) -> int | None:
    return record.scope_id if record.inventory_id else None
