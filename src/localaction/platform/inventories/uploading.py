"""A file of rows: received, checked with every finding, applied all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django_tasks import task

from localaction.engine.errors import Finding, InputError, Refused, shown
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.results import Result
from localaction.engine.inventory.rows import read_csv
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR, Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories import evidence
from localaction.platform.inventories.computing import compute
from localaction.platform.inventories.errors import UnknownMode, UploadNotReady
from localaction.platform.inventories.models import COLUMNS, Batch, Inventory, RowRevision, Upload
from localaction.platform.inventories.queries import (
    EDIT,
    current_rows,
    last_batch_id,
    latest_run,
    options_of,
    raw_rows,
)
from localaction.platform.inventories.writing import Change, check_lengths, cleaned, take_turn, write_batch

INLINE_BYTES = 200_000  # about a thousand rows: checked while the person waits
UNFINISHED = {Upload.Status.RECEIVED, Upload.Status.CHECKING, Upload.Status.READY, Upload.Status.APPLYING}
Content = tuple[str, ...]


def receive_upload(
    *, actor: Actor, inventory: Inventory, name: str, stream: BinaryIO, mode: str = "replace"
) -> Upload:
    """Keep a file as evidence and check it: at once if it is small, else by the worker.

    Raises ``FileTooLarge`` or ``UnknownMode``; nothing is kept then.
    """
    require(actor, EDIT, inventory.scope_id)
    if mode not in Upload.Mode.values:
        raise UnknownMode(mode=shown(mode), known=" or ".join(Upload.Mode.values))
    kept = evidence.keep(stream)
    with transaction.atomic():
        upload = Upload.objects.create(
            inventory=inventory,
            name=PurePath(name).name[:255] or "rows.csv",
            path=kept.path,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            mode=mode,
            uploaded_by=user_of(actor),
        )
        after = {"name": upload.name, "sha256": upload.sha256, "mode": upload.mode}
        record("inventories.upload.received", actor=actor, target=inventory, after=after)
    if kept.size_bytes <= INLINE_BYTES:
        check_upload(upload.pk)
    else:
        transaction.on_commit(lambda: check_upload_later.enqueue(upload.pk))
    upload.refresh_from_db()
    return upload


def check_upload(upload_id: int) -> None:
    """Read the file, note every finding, and what applying it would change. Writes no row."""
    upload = Upload.objects.select_related("inventory__place").get(pk=upload_id)
    if not _move(upload, {Upload.Status.RECEIVED}, Upload.Status.CHECKING):
        return
    try:
        with evidence.opened(upload.path) as stream:
            options = options_of(upload.inventory, keep_lines=False)
            result = compile_inventory(_watched(upload, _checked(read_csv(stream))), options)
        summary = _summary(upload, result)
    except Refused as refused:
        _finish(upload, Upload.Status.REFUSED, refused.findings, refused.more)
    except _Stopped:
        pass
    except InputError as error:
        _finish(upload, Upload.Status.REFUSED, [Finding.of(error)])
    else:
        upload.summary = summary
        _finish(upload, Upload.Status.READY, result.findings)


def request_apply(*, actor: Actor, upload: Upload) -> Upload:
    """Apply a checked upload: at once if it is small, else by the worker. Raises ``UploadNotReady``."""
    require(actor, EDIT, upload.inventory.scope_id)
    if upload.size_bytes <= INLINE_BYTES:
        apply_upload(actor=actor, upload_id=upload.pk)
    else:
        user = user_of(actor)
        if not _move(upload, {Upload.Status.READY}, Upload.Status.APPLYING):
            _require_ready(upload)
        apply_upload_later.enqueue(upload.pk, user.pk if user else None)
    upload.refresh_from_db()
    return upload


@transaction.atomic
def apply_upload(*, actor: Actor, upload_id: int) -> Batch | None:
    """Write what the file changes, all or nothing; None if it changes nothing.

    Raises
    ------
    UploadNotReady
        If it has not been checked, was refused, or was applied already.
    Refused
        If its rows do not fit beside those entered since it was checked.
    """
    upload = Upload.objects.select_related("inventory__place").get(pk=upload_id)
    require(actor, EDIT, upload.inventory.scope_id)
    take_turn(upload.inventory)
    upload.refresh_from_db(fields=["status"])
    if upload.status != Upload.Status.APPLYING:
        _require_ready(upload)
    _require_rows_as_checked(upload)
    with evidence.opened(upload.path) as stream:
        changes = list(_changes(upload, read_csv(stream)))
    batch = None
    if changes:
        batch = write_batch(
            actor=actor, inventory=upload.inventory, kind=Batch.Kind.UPLOAD, changes=changes, upload=upload
        )
        compile_inventory(raw_rows(upload.inventory), options_of(upload.inventory, keep_lines=False))
    if not _move(upload, {Upload.Status.READY, Upload.Status.APPLYING}, Upload.Status.APPLIED):
        _require_ready(upload)
    after = {"name": upload.name, "sha256": upload.sha256, "rows": len(changes)}
    record("inventories.upload.applied", actor=actor, target=upload.inventory, after=after)
    return batch


def apply_in_background(upload_id: int, user_id: int | None) -> None:
    """Apply an upload for the worker and compute; a refusal is kept as findings of the upload."""
    actor: Actor = User.objects.get(pk=user_id) if user_id is not None else OPERATOR
    upload = Upload.objects.select_related("inventory__place").get(pk=upload_id)
    try:
        apply_upload(actor=actor, upload_id=upload_id)
    except Refused as refused:
        _finish(upload, Upload.Status.REFUSED, refused.findings, refused.more)
    except InputError as error:
        _finish(upload, Upload.Status.REFUSED, [Finding.of(error)])
    else:
        compute(actor=actor, inventory=upload.inventory)


def stop_upload(*, actor: Actor, upload: Upload) -> Upload:
    """Stop a file that is being checked or applied, or waits; nothing of it is written.

    Raises ``UploadNotReady`` if it is refused, applied or stopped already.
    """
    require(actor, EDIT, upload.inventory.scope_id)
    if not _move(upload, UNFINISHED, Upload.Status.STOPPED):
        raise UploadNotReady(why=f"it is {upload.get_status_display()}", fix="Look at its report.")
    record("inventories.upload.stopped", actor=actor, target=upload.inventory, after={"name": upload.name})
    return upload


@task()
def check_upload_later(upload_id: int) -> None:
    """Check a large file, by the worker."""
    check_upload(upload_id)


@task()
def apply_upload_later(upload_id: int, user_id: int | None) -> None:
    """Apply a large file, by the worker."""
    apply_in_background(upload_id, user_id)


class _Stopped(Exception):
    """The person stopped the check."""


def _checked(chunks: Iterable[list[RawRow]]) -> Iterator[list[RawRow]]:
    """Pass the rows on; a text that no column holds is a problem of its row."""
    for rows in chunks:
        yield [row if row.problem else _fitting(row) for row in rows]


def _fitting(row: RawRow) -> RawRow:
    findings = check_lengths(row.values, row.number)
    return row._replace(problem=findings[0]) if findings else row


def _watched(upload: Upload, chunks: Iterable[list[RawRow]]) -> Iterator[list[RawRow]]:
    """Pass the rows on, keep the progress, and stop if somebody asked for it."""
    for rows in chunks:
        yield rows
        upload.rows_done += len(rows)
        checking = Upload.objects.filter(pk=upload.pk, status=Upload.Status.CHECKING)
        if not checking.update(rows_done=upload.rows_done):
            raise _Stopped


def _move(
    upload: Upload, before: set[Upload.Status], after: Upload.Status, fields: Iterable[str] = ()
) -> bool:
    """Move the upload to another state, and write ``fields``, if it is still in one of ``before``."""
    values = {name: getattr(upload, name) for name in fields}
    moved = Upload.objects.filter(pk=upload.pk, status__in=before).update(status=after, **values) == 1
    upload.refresh_from_db()
    return moved


def _finish(upload: Upload, status: Upload.Status, findings: Iterable[Finding], more: int = 0) -> None:
    """Note the outcome, unless somebody stopped the work at the last moment."""
    upload.findings = [finding.to_dict() for finding in findings]
    upload.findings_more = more
    upload.rows_total = upload.rows_done
    _move(upload, UNFINISHED, status, ["findings", "findings_more", "rows_total", "summary"])


def _require_ready(upload: Upload) -> None:
    if upload.status == Upload.Status.READY:
        return
    fix = {
        Upload.Status.REFUSED: "Correct the file and hand it in again.",
        Upload.Status.APPLIED: "To bring its rows in again after an undo, hand the file in again.",
    }.get(Upload.Status(upload.status), "Wait until it has been checked, or hand it in again.")
    raise UploadNotReady(why=f"it is {upload.get_status_display()}", fix=fix)


def _changes(upload: Upload, chunks: Iterable[list[RawRow]]) -> Iterator[Change]:
    """Yield what the file changes: rows that stand as they are already change nothing, so twice is once."""
    standing: dict[Content, list[RowRevision]] = defaultdict(list)
    for revision in current_rows(upload.inventory).order_by("-position"):
        standing[tuple(revision.values().values())].append(revision)
    for rows in chunks:
        for row in rows:
            values = cleaned(row.values)
            same = standing[tuple(values[name] for name in COLUMNS)]
            if same:
                same.pop()
            else:
                yield Change(values)
    if upload.mode == Upload.Mode.REPLACE:
        for left in standing.values():
            yield from (Change(revision.values(), revision, removed=True) for revision in left)


def _require_rows_as_checked(upload: Upload) -> None:
    """Refuse to replace rows that somebody entered after the report said what would be replaced."""
    if upload.mode == Upload.Mode.REPLACE and upload.summary.get("last_batch") != last_batch_id(
        upload.inventory
    ):
        raise UploadNotReady(
            why="rows of the inventory were changed since it was checked",
            fix="Hand the file in again; the report then says what it would replace.",
        )


def _summary(upload: Upload, result: Result) -> dict[str, object]:
    """Return what applying the file would change: rows, cells, totals before and after."""
    with evidence.opened(upload.path) as stream:
        changes = list(_changes(upload, read_csv(stream)))
    added = [change for change in changes if not change.removed]
    kept = current_rows(upload.inventory).count() - (len(changes) - len(added))
    after = result if upload.mode == Upload.Mode.REPLACE else _together(upload, added)
    run = latest_run(upload.inventory)
    before = run.result["totals"] if run else {}
    return {
        "rows": upload.rows_done,
        "last_batch": last_batch_id(upload.inventory),
        "added": len(added),
        "removed": len(changes) - len(added),
        "unchanged": kept,
        "cells": sorted({change.values["ref"] for change in changes}),
        "totals": [
            {"total": name, "before_t": before.get(name, {}).get("co2e_t"), "after_t": total.co2e_t}
            for name, total in after.totals.items()
        ],
    }


def _together(upload: Upload, added: list[Change]) -> Result:
    """Compute the rows that stand with those to be added. Raises ``Refused`` where they don't fit."""

    def rows() -> Iterator[list[RawRow]]:
        yield from raw_rows(upload.inventory)
        yield [RawRow(number, change.values) for number, change in enumerate(added, start=2)]

    return compile_inventory(rows(), options_of(upload.inventory, keep_lines=False))
