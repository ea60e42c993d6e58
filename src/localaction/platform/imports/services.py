"""The only writers of imports: receive a file, map its columns, check, apply, stop, undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction

from localaction.engine.errors import shown
from localaction.engine.exchange.layout import ColumnMapping
from localaction.platform.accounts.models import Scope
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.accounts.services import network_scope
from localaction.platform.imports import evidence, running, states
from localaction.platform.imports.errors import NotInState, UnknownMode, WrongTarget
from localaction.platform.imports.kinds import Importer
from localaction.platform.imports.mappings import keep_mapping
from localaction.platform.imports.models import WAITING, Import
from localaction.platform.imports.registry import importer
from localaction.platform.imports.states import Status
from localaction.platform.inventories.models import Inventory

__all__ = [
    "check",
    "map_columns",
    "note_undone",
    "receive",
    "request_apply",
    "request_undo",
    "resume",
    "stop",
]

INLINE_BYTES = 200_000  # about a thousand rows: worked on while the person waits
MODES = ("replace", "add")


def receive(
    *,
    actor: Actor,
    importer_id: str,
    name: str,
    stream: BinaryIO,
    inventory: Inventory | None = None,
    options: Mapping[str, Any] | None = None,
    inline: bool = False,
) -> Import:
    """Keep a file as evidence and check it: at once if it is small (or ``inline``), else by the worker.

    Parameters
    ----------
    actor : User or Operator
        Who hands it in; needs the right of the importer at the place, or on the network.
    importer_id : str
        Which importer, by its id.
    name, stream
        The file.
    inventory : Inventory, optional
        The inventory it is for; importers that apply to the network take none.
    options : mapping, optional
        What the importer offers to choose: ``mode`` of rows (replace or add), ``publish``, ``mapping`` (the
        name of a saved one), ``replace_edited`` (``all`` to replace also what people changed by hand).
    inline : bool
        Whether to work on it here whatever its size, as commands do.

    Raises
    ------
    FileTooLarge, UnknownMode, UnknownImporter, WrongTarget, NotAllowed
        Nothing is kept then.
    """
    kind = importer(importer_id)
    scope = _target(kind, inventory)
    require(actor, kind.right, scope.pk if inventory is not None else None)
    chosen = _options(options or {})
    kept = evidence.keep(stream)
    with transaction.atomic():
        record = Import.objects.create(
            importer=kind.id,
            scope=scope,
            inventory=inventory,
            name=PurePath(name.replace("\x00", "")).name[:255] or "file",
            path=kept.path,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            options=chosen,
            created_by=user_of(actor),
        )
        running.event(record, "received", actor, dict(chosen))
        if not (small := inline or kept.size_bytes <= INLINE_BYTES):
            running.start(record)
    if small:
        running.work_on(record.pk)
    return running.found(record.pk)


def check(import_id: int) -> None:
    """Look at the file and check it now, whatever its size; nothing happens if it was checked already."""
    running.work_on(import_id)


def map_columns(*, actor: Actor, record: Import, mapping: ColumnMapping, save_as: str = "") -> Import:
    """Say which column of a file is which, and check it by that.

    Parameters
    ----------
    actor, record
        Who maps which import.
    mapping : ColumnMapping
        The target of each column, constants, and the decimal sign.
    save_as : str, optional
        Keep the mapping under this name, for the next file with the same headers.

    Raises ``Refused`` with what stands in the way of reading rows by it, or ``NotInState``.
    """
    right = importer(record.importer).right
    with transaction.atomic():
        keep_mapping(actor=actor, record=record, mapping=mapping, right=right, save_as=save_as)
        if record.size_bytes > INLINE_BYTES:
            running.start(record)
    if record.size_bytes <= INLINE_BYTES:
        running.work_on(record.pk)
    return running.found(record.pk)


def request_apply(
    *, actor: Actor, record: Import, inline: bool = False, replace_edited: Collection[str] = ()
) -> Import:
    """Apply a checked file: at once if it is small (or ``inline``), else by the worker.

    ``replace_edited`` names the inventories, of those that the check found edited by hand (by their key),
    whose rows the file replaces all the same; without it they are left as they are.

    Raises ``NotInState``, ``Refused`` if its rows do not fit beside those entered since it was checked, or
    ``RowsChanged``; nothing is written then.
    """
    require_right(actor, record)
    record = running.found(record.pk)
    if record.status != Status.READY:
        raise running.not_ready(record)
    if named := {held["key"] for held in record.summary.get("edited", ())} & set(replace_edited):
        record.options = {**record.options, "replace_edited": sorted(named)}
        record.save(update_fields=["options"])
    if inline or record.size_bytes <= INLINE_BYTES:
        running.apply(record, actor=actor)
        return running.found(record.pk)
    with transaction.atomic():
        if not states.move(record, {Status.READY}, Status.APPLYING, acting=user_of(actor), rows_done=0):
            raise running.not_ready(record)
        running.start(record)
    return running.found(record.pk)


def request_undo(*, actor: Actor, record: Import, inline: bool = False) -> Import:
    """Take back what an applied import made: at once if it is small (or ``inline``), else by the worker.

    Raises ``NotInState``, or another ``InputError`` if somebody has built on it since.
    """
    require_right(actor, record)
    record = running.found(record.pk)
    if record.status != Status.APPLIED:
        fix = "An import that was applied can be undone, once."
        raise NotInState(what="undone", why=f"it is {record.get_status_display()}", fix=fix)
    if inline or record.size_bytes <= INLINE_BYTES:
        running.undo(record, actor=actor)
        return running.found(record.pk)
    with transaction.atomic():
        if not states.move(record, {Status.APPLIED}, Status.UNDOING, acting=user_of(actor)):
            raise NotInState(what="undone", why="somebody else was faster", fix="Look at its report.")
        running.start(record)
    return running.found(record.pk)


def stop(*, actor: Actor, record: Import) -> Import:
    """Stop a file that is being checked or applied, or waits; nothing of it is written.

    Raises ``NotInState`` if it is refused, applied or stopped already, or being undone.
    """
    require_right(actor, record)
    if not states.move(record, WAITING - {Status.UNDOING}, Status.STOPPED, alive_at=None, attempts=0):
        raise NotInState(
            what="stopped", why=f"it is {record.get_status_display()}", fix="Look at its report."
        )
    running.event(record, "stopped", actor, {})
    return record


def resume(*, actor: Actor, record: Import) -> Import:
    """Hand work whose worker was killed to the worker again. Raises ``NotInState`` if somebody is at it."""
    require_right(actor, record)
    record = running.found(record.pk)
    if not record.abandoned:
        why = f"it is {record.get_status_display()}"
        raise NotInState(what="resumed", why=why, fix="Wait a little, then look at its report again.")
    running.start(record)
    return record


def note_undone(*, actor: Actor, public_id: Any) -> None:
    """Note that the change an import made was undone where it was made, in the editor of the inventory."""
    record = Import.objects.select_related("inventory", "scope").filter(public_id=public_id).first()
    if record is None:
        return
    require_right(actor, record)
    if states.move(record, {Status.APPLIED}, Status.UNDONE):
        running.event(record, "undone", actor, {})


def require_right(actor: Actor, record: Import) -> None:
    """Raise ``NotAllowed`` unless the actor has the right of the importer where the import applies."""
    require(actor, importer(record.importer).right, record.scope_id if record.inventory_id else None)


def _target(kind: Importer, inventory: Inventory | None) -> Scope:
    """Return the scope on which the rights to the import hang."""
    if kind.applies_to == "inventory":
        if inventory is None:
            fix = "Open an inventory and hand the file in there; on the command line give --place and --year."
            raise WrongTarget(importer=kind.title, applies_to="one inventory", fix=fix)
        return inventory.place.scope
    if inventory is not None:
        fix = "Hand it in at the imports of the network."
        raise WrongTarget(importer=kind.title, applies_to="the whole network", fix=fix)
    return network_scope()


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    mode = given.get("mode", "replace")
    if mode not in MODES:
        raise UnknownMode(mode=shown(str(mode)), known=" or ".join(MODES))
    return {**given, "mode": mode}
