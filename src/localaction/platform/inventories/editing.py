"""Changing rows by hand: save, remove, mark what is open, undo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from localaction.engine.errors import Finding, Refused
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import check_rows, compile_inventory
from localaction.engine.inventory.problems import MixedCell, TwoKeys
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.inventories.errors import (
    NothingOpen,
    NothingToUndo,
    ReasonNeeded,
    RowNotFound,
    UndoBlocked,
    UndoContradicts,
)
from localaction.platform.inventories.factor_queries import library_of
from localaction.platform.inventories.models import Batch, Inventory, RowRevision
from localaction.platform.inventories.queries import EDIT, current_rows, options_of, raw_rows, row_of
from localaction.platform.inventories.sectors import require_cells
from localaction.platform.inventories.writing import Change, cleaned, conflict, take_turn, write_batch

NEW_ROW = 1  # number of the row being saved among those of its cell
LEVEL = "BASIC"
# What rows say against each other, each being right in itself.
CONTRADICTIONS = {MixedCell.code, TwoKeys.code}


@transaction.atomic
def save_row(
    *,
    actor: Actor,
    inventory: Inventory,
    values: Mapping[str, str],
    row_key: uuid.UUID | str | None = None,
    seen: int | None = None,
    new_key: uuid.UUID | None = None,
) -> RowRevision:
    """Save one row: a new one, or the next revision of ``row_key``.

    Parameters
    ----------
    actor : User or Operator
        Who saves; needs the right ``inventory.edit`` at the place.
    inventory : Inventory
        Which inventory the row belongs to.
    values : mapping
        Text by column, as in a file.
    row_key : UUID, optional
        The row that is changed; a new one without it.
    seen : int, optional
        Number of the revision the editor had before them.
    new_key : UUID, optional
        The key a new row gets. The same row sent again under it is the same row, not a second one.

    Raises
    ------
    Refused
        With a finding for each column that is wrong; nothing is written.
    EditConflict
        If somebody else saved the row in the meantime.
    RowNotFound
        If the row was removed.
    """
    require_cells(actor, inventory, [values.get("ref", "").strip()])
    take_turn(inventory)
    before = _seen_row(inventory, row_key, seen) if row_key else None
    row = cleaned(values)
    if before is not None and before.ref != row["ref"]:
        require_cells(actor, inventory, [before.ref, row["ref"]])
    if before is None and new_key is not None:
        sent = RowRevision.objects.filter(inventory=inventory, row_key=new_key, is_current=True).first()
        if sent is not None and not sent.removed and sent.values() == row:
            return sent
        new_key = None if sent is not None else new_key
    _check_in_cell(inventory, row, before)
    if before is not None and before.values() == row:
        return before
    change = Change(row, before, key=new_key)
    batch = write_batch(actor=actor, inventory=inventory, kind=Batch.Kind.SAVE, changes=[change])
    saved = batch.revisions.get()
    was = before.values() if before else None
    record("inventories.row.saved", actor=actor, target=inventory, before=was, after=row | _identity(saved))
    return saved


@transaction.atomic
def remove_row(
    *, actor: Actor, inventory: Inventory, row_key: uuid.UUID | str, seen: int | None = None
) -> Batch:
    """Remove a row; it stays in the history and can be brought back by undo.

    Raises ``RowNotFound`` and ``EditConflict``.
    """
    require(actor, EDIT, inventory.scope_id, partly=True)
    take_turn(inventory)
    before = _seen_row(inventory, row_key, seen)
    require_cells(actor, inventory, [before.ref])
    change = Change(before.values(), before, removed=True)
    batch = write_batch(actor=actor, inventory=inventory, kind=Batch.Kind.REMOVE, changes=[change])
    record(
        "inventories.row.removed", actor=actor, target=inventory, before=before.values() | _identity(before)
    )
    return batch


@transaction.atomic
def mark_open_cells(
    *, actor: Actor, inventory: Inventory, key: str, reason: str, level: str = LEVEL
) -> Batch:
    """Give every open cell that ``level`` requires the same notation key and reason, as one change.

    Raises ``Refused`` if the key or the reason does not fit, ``NothingOpen`` if there is no such cell.
    """
    require(actor, EDIT, inventory.scope_id)
    if not reason.strip():
        raise ReasonNeeded(why="these cells stay without a figure, and readers ask why")
    take_turn(inventory)
    options, library = options_of(inventory, keep_lines=False), library_of(inventory)
    result = compile_inventory(raw_rows(inventory), options, library)
    open_refs = _open_refs([cell.ref for cell in result.cells if cell.state == "open"], level)
    if not open_refs:
        raise NothingOpen(level=level)
    rows = [cleaned({"ref": ref, "notation_key": key, "reason": reason}) for ref in open_refs]
    _refuse_errors([RawRow(number, row) for number, row in enumerate(rows, start=1)], inventory)
    changes = [Change(row) for row in rows]
    batch = write_batch(
        actor=actor, inventory=inventory, kind=Batch.Kind.MARK, changes=changes, reason=reason
    )
    record(
        "inventories.cells.marked",
        actor=actor,
        target=inventory,
        after={"key": key, "cells": open_refs},
        reason=reason,
    )
    return batch


def undo_newest(*, actor: Actor, inventory: Inventory) -> Batch:
    """Undo the newest change that still stands; otherwise as `undo`."""
    require(actor, EDIT, inventory.scope_id, partly=True)
    newest = _standing(inventory).order_by("-id").first()
    if newest is None:
        raise NothingToUndo
    return undo(actor=actor, inventory=inventory, batch_id=newest.public_id)


def _standing(inventory: Inventory) -> QuerySet[Batch]:
    return Batch.objects.filter(inventory=inventory, undone_by=None).exclude(kind=Batch.Kind.UNDO)


@transaction.atomic
def undo(*, actor: Actor, inventory: Inventory, batch_id: uuid.UUID | str) -> Batch:
    """Undo one change as a whole, by writing what stood before.

    Raises ``NothingToUndo`` if it was undone already, ``UndoBlocked`` if some of its rows were changed again
    later, or ``UndoContradicts`` if a cell would hold an amount beside a notation key, or two keys.
    """
    require(actor, EDIT, inventory.scope_id, partly=True)
    take_turn(inventory)
    batch = _standing(inventory).filter(public_id=batch_id).first()
    if batch is None:
        raise NothingToUndo
    touched = RowRevision.objects.filter(row_key__in=batch.revisions.values("row_key"))
    later = touched.filter(batch__gt=batch.pk, batch__undoes=None, batch__undone_by=None)
    if count := later.values("row_key").distinct().count():
        raise UndoBlocked(count=count)
    now = {revision.row_key: revision for revision in touched.filter(is_current=True)}
    revisions = batch.revisions.select_related("replaces").order_by("position", "id")
    changes = [_back(revision, now[revision.row_key]) for revision in revisions]
    require_cells(actor, inventory, {each.ref for each in now.values()} | {c.values["ref"] for c in changes})
    undoing = write_batch(
        actor=actor,
        inventory=inventory,
        kind=Batch.Kind.UNDO,
        changes=changes,
        undoes=batch,
        import_id=batch.import_id,
        file_name=batch.file_name,
    )
    _refuse_contradictions(inventory, {change.values["ref"] for change in changes})
    record(
        "inventories.change.undone",
        actor=actor,
        target=inventory,
        after={"kind": batch.kind, "rows": batch.rows},
    )
    return undoing


def _back(revision: RowRevision, now: RowRevision) -> Change:
    """Return the change that brings back what stood before ``revision``; ``now`` says the same as it does."""
    before = revision.replaces
    if before is None:
        return Change(revision.values(), now, removed=True)
    return Change(before.values(), now, removed=before.removed)


def _refuse_contradictions(inventory: Inventory, refs: set[str]) -> None:
    """Refuse rows that came back beside others with which they cannot stand."""
    rows = (row for chunk in raw_rows(inventory) for row in chunk if row.values["ref"] in refs)
    for finding in check_rows(rows, options_of(inventory, keep_lines=False), library_of(inventory)):
        if finding.code in CONTRADICTIONS:
            raise UndoContradicts(problem=finding.message)


def _seen_row(inventory: Inventory, row_key: uuid.UUID | str, seen: int | None) -> RowRevision:
    row = row_of(inventory, row_key)
    if row is None:
        raise RowNotFound
    if seen is not None and row.number != seen:
        raise conflict(row)
    return row


def _check_in_cell(inventory: Inventory, row: Mapping[str, str], before: RowRevision | None) -> None:
    """Refuse a row that is wrong in itself or beside the other rows of its cell."""
    others = current_rows(inventory).filter(ref=row["ref"])
    if before is not None:
        others = others.exclude(row_key=before.row_key)
    rest = [RawRow(number, other.values()) for number, other in enumerate(others, start=NEW_ROW + 1)]
    _refuse_errors([RawRow(NEW_ROW, row), *rest], inventory)


def _refuse_errors(rows: list[RawRow], inventory: Inventory) -> None:
    findings = check_rows(rows, options_of(inventory, keep_lines=False), library_of(inventory))
    errors: list[Finding] = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise Refused(errors)


def _open_refs(refs: list[str], level: str) -> list[str]:
    cells = Library.load().protocol.cells
    return [ref for ref in refs if level in cells[ref].required_at]


def _identity(row: RowRevision) -> dict[str, str]:
    return {"row_key": str(row.row_key), "revision": str(row.number)}
