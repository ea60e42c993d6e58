"""Who entered the rows behind a figure, when, and out of which file; names are for the desk alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from localaction.platform.accounts.queries import roles_on
from localaction.platform.imports.models import Import
from localaction.platform.inventories.models import Batch, Inventory, RowRevision, Run

CHANGES_SHOWN = 20


@dataclass(frozen=True)
class File:
    """The file that rows came from."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Entry:
    """One change of rows: ``role`` is for everybody, ``name`` only for people with a right on the place."""

    at: datetime
    kind: str
    rows: int
    role: str
    name: str
    reason: str
    file: File | None


@dataclass(frozen=True)
class Revision:
    """One revision of one row, as people with a right on the place see it."""

    at: datetime
    name: str
    number: int
    ref: str
    said: str
    removed: bool
    reason: str


def entries(place_code: str, year: int, run_number: int | None, refs: Collection[str]) -> list[Entry]:
    """Return the changes of rows of these cells up to a run, newest first: a fixed number of queries.

    Parameters
    ----------
    place_code, year
        The inventory.
    run_number : int or None
        The computation that a figure is from; rows changed later are not behind it.
    refs : collection of str
        The cells.
    """
    if run_number is None:
        return []
    run = Run.objects.filter(inventory__place__code=place_code, inventory__label_year=year, number=run_number)
    run = run.exclude(inventory__status=Inventory.Status.WITHDRAWN)
    found = (
        run.filter(number=run_number)
        .values("inventory_id", "last_batch_id", "inventory__place__scope_id")
        .first()
    )
    if found is None or found["last_batch_id"] is None:
        return []
    rows = RowRevision.objects.filter(
        inventory_id=found["inventory_id"], batch_id__lte=found["last_batch_id"], ref__in=refs
    )
    counts = dict(rows.order_by().values_list("batch_id").annotate(count=Count("pk")))
    newest = sorted(counts, reverse=True)[:CHANGES_SHOWN]
    batches = Batch.objects.filter(pk__in=newest).select_related("actor").order_by("-pk")
    return list(_entries(list(batches), counts, found["inventory__place__scope_id"]))


def _entries(batches: list[Batch], counts: dict[int, int], scope_id: int) -> Iterable[Entry]:
    wanted = [batch.import_id for batch in batches if batch.import_id]
    files = (
        {
            public_id: File(name, sha256, size)
            for public_id, name, sha256, size in Import.objects.filter(public_id__in=wanted).values_list(
                "public_id", "name", "sha256", "size_bytes"
            )
        }
        if wanted
        else {}
    )
    roles = roles_on(scope_id, [batch.actor_id for batch in batches if batch.actor_id])
    for batch in batches:
        yield Entry(
            at=batch.at,
            kind=batch.get_kind_display(),
            rows=counts[batch.pk],
            role=roles.get(batch.actor_id or 0, ""),
            name=batch.actor.display_name if batch.actor else "",
            reason=batch.reason,
            file=files.get(batch.import_id) if batch.import_id else None,
        )


def revisions(inventory: Inventory, refs: Collection[str]) -> list[Revision]:
    """Return the newest revisions of rows of these cells; for people who may see the draft."""
    rows = RowRevision.objects.filter(inventory=inventory, ref__in=refs).select_related("batch__actor")
    return [
        Revision(
            at=row.batch.at,
            name=row.batch.actor.display_name if row.batch.actor else "",
            number=row.number,
            ref=row.ref,
            said=row.notation_key
            or " ".join(text for text in (row.amount, row.unit, row.activity or row.gas) if text),
            removed=row.removed,
            reason=row.batch.reason or row.reason,
        )
        for row in rows.order_by("-batch_id", "-pk")[:CHANGES_SHOWN]
    ]
