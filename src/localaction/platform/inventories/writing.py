"""The one way rows are written: revisions of one batch, a few statements for any number of rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max

from localaction.engine.errors import Finding, InputError, Refused
from localaction.platform.accounts.rights import Actor, user_of
from localaction.platform.inventories.errors import EditConflict
from localaction.platform.inventories.models import COLUMNS, Batch, Inventory, RowRevision
from localaction.platform.values.bulk import insert_rows

CHUNK = 2000
REFS_NAMED = 60
INSERTED = ("inventory", "batch", "row_key", "number", "replaces", "removed", "position", *COLUMNS)


@dataclass(frozen=True)
class Change:
    """One row as it shall stand: ``before`` is the revision it replaces, None for a new row.

    ``key`` is the key that a new row gets, where the caller has to know it beforehand.
    """

    values: Mapping[str, str]
    before: RowRevision | None = None
    removed: bool = False
    key: uuid.UUID | None = None


class TooLong(InputError):
    """A text is longer than its column."""

    code = "inventories.too_long"
    text = "The text has {length} characters; the column {column} holds {limit}."
    remedy_text = "Shorten it, or put the long text into the column note."


LIMITS = {
    name: limit
    for name in COLUMNS
    if (limit := getattr(RowRevision._meta.get_field(name), "max_length", None)) is not None
}


def check_lengths(values: Mapping[str, str], row: int | None = None) -> list[Finding]:
    """Return an error for each text that is longer than its column."""
    return [
        Finding.of(
            TooLong(length=len(values[name]), column=name, limit=limit),
            row=row,
            column=name,
            value=values[name],
        )
        for name, limit in LIMITS.items()
        if len(values.get(name, "")) > limit
    ]


def cleaned(values: Mapping[str, str]) -> dict[str, str]:
    """Return all columns of a row, stripped, without NUL, absent ones empty.

    Raises ``Refused`` if a text is too long.
    """
    row = {name: str(values.get(name) or "").replace("\x00", "").strip() for name in COLUMNS}
    if findings := check_lengths(row):
        raise Refused(findings)
    return row


def take_turn(inventory: Inventory) -> None:
    """Wait until nobody else writes to this inventory, then read it anew; called first within a transaction.

    What is checked from here on still holds when it is written: until this transaction ends, the update keeps
    others from the inventory. SQLite has one writer at a time anyway; on PostgreSQL two would pass one check.
    """
    Inventory.objects.filter(pk=inventory.pk).update(status=F("status"))
    inventory.refresh_from_db(fields=["status", "gwp_set"])


def write_batch(
    *,
    actor: Actor,
    inventory: Inventory,
    kind: str,
    changes: Sequence[Change],
    import_id: uuid.UUID | None = None,
    file_name: str = "",
    undoes: Batch | None = None,
    reason: str = "",
) -> Batch:
    """Write all changes as one batch. Called within a transaction that took its turn.

    Raises
    ------
    EditConflict
        If somebody else replaced one of the rows in the meantime; nothing is written then.
    """
    batch = _batch(
        inventory, changes, kind=kind, actor=user_of(actor), import_id=import_id, file_name=file_name,
        undoes=undoes, reason=reason,
    )  # fmt: skip
    batch.save()
    _retire([change.before for change in changes if change.before is not None])
    position = RowRevision.objects.filter(inventory=inventory).aggregate(last=Max("position"))["last"] or 0
    insert_rows(RowRevision, INSERTED, _revisions(batch, changes, position))
    return batch


def write_batches(
    *,
    actor: Actor,
    changes: Mapping[Inventory, Sequence[Change]],
    import_id: uuid.UUID,
    file_name: str,
) -> dict[int, Batch]:
    """Write the changes of many inventories, a batch for each, in the same few statements as for one.

    Called within a transaction that took its turns. Raises ``EditConflict`` as `write_batch` does.
    """
    by = user_of(actor)
    batches = Batch.objects.bulk_create(
        _batch(each, made, kind=Batch.Kind.IMPORT, actor=by, import_id=import_id, file_name=file_name)
        for each, made in changes.items()
    )
    _retire([one.before for made in changes.values() for one in made if one.before is not None])
    last = dict(
        RowRevision.objects.filter(inventory__in=list(changes))
        .values("inventory_id")
        .annotate(last=Max("position"))
        .values_list("inventory_id", "last")
    )
    rows = (
        row
        for batch, (inventory, made) in zip(batches, changes.items(), strict=True)
        for row in _revisions(batch, made, last.get(inventory.pk, 0))
    )
    insert_rows(RowRevision, INSERTED, rows)
    return {batch.inventory_id: batch for batch in batches}


def _batch(inventory: Inventory, changes: Sequence[Change], **fields: Any) -> Batch:
    refs = dict.fromkeys(change.values["ref"] for change in changes)
    named = " ".join(list(refs)[:REFS_NAMED])
    return Batch(inventory=inventory, refs=named, rows=len(changes), **fields)


def _retire(revisions: Sequence[RowRevision]) -> None:
    """Take the flag from the revisions that are replaced; if one lacks it, somebody was faster."""
    ids = [revision.pk for revision in revisions]
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        if RowRevision.objects.filter(pk__in=part, is_current=True).update(is_current=False) != len(part):
            raise conflict(next(r for r in revisions if not _still_current(r)))


def _still_current(revision: RowRevision) -> bool:
    newest = RowRevision.objects.filter(row_key=revision.row_key).order_by("-number").first()
    return newest is not None and newest.pk == revision.pk


def conflict(revision: RowRevision) -> EditConflict:
    """Return the error that says who changed a row after this revision, and when."""
    rows = RowRevision.objects.filter(row_key=revision.row_key).select_related("batch__actor")
    newest = rows.order_by("-number").first() or revision
    actor = newest.batch.actor
    return EditConflict(actor.display_name if actor else "The operator", newest.batch.at, newest.number)


def _revisions(batch: Batch, changes: Iterable[Change], position: int) -> Iterator[tuple[object, ...]]:
    """Yield the new revisions in the order of ``INSERTED``."""
    for change in changes:
        before = change.before
        if before is None:
            position += 1
        yield (
            batch.inventory_id,
            batch.pk,
            before.row_key if before else change.key or uuid.uuid4(),
            before.number + 1 if before else 1,
            before.pk if before else None,
            change.removed,
            before.position if before else position,
            *(change.values[name] for name in COLUMNS),
        )
