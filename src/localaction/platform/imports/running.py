"""The work on a file, step by step: look at it, check it, apply it, undo it. Here, or by the worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from localaction.engine.errors import Finding, InputError, Refused
from localaction.platform.accounts.rights import OPERATOR, Actor, require
from localaction.platform.audit.services import record as note
from localaction.platform.imports import detecting, states
from localaction.platform.imports.errors import Interrupted, NotInState, Unexpected
from localaction.platform.imports.kinds import Work
from localaction.platform.imports.models import AT_WORK, LEASE, Import
from localaction.platform.imports.registry import importer
from localaction.platform.imports.states import Status, Stopped, Teller

MOST_ATTEMPTS = 3
log = logging.getLogger("localaction.imports")


def found(import_id: int) -> Import:
    """Return the import with what its work needs."""
    return Import.objects.select_related("inventory__place", "scope", "acting", "created_by").get(
        pk=import_id
    )


def work_on(import_id: int) -> None:
    """Do what the state of the import asks for, unless somebody alive is doing it already."""
    record = found(import_id)
    step = STEPS.get(record.status)
    if step is None or _given_up(record):
        return
    try:
        step(record)
    except Stopped:
        return
    except Exception:
        log.exception("import %s", record.public_id)
        states.refuse(record, [Finding.of(Unexpected())]) or states.back(record, Status.APPLIED)
        raise


def start(record: Import) -> None:
    """Hand the work to the worker, with a guard that looks later whether it got done."""
    transaction.on_commit(lambda: work_later.enqueue(record.pk))
    transaction.on_commit(lambda: _guard(record.pk))


def check(record: Import) -> None:
    """Find the layout of the file, then check it, unless a person has to map its columns first."""
    if record.status != Status.CHECKING:
        if not states.take(record, {Status.RECEIVED, Status.DETECTING}, Status.DETECTING):
            return
        try:
            seen = detecting.look(record)
        except Refused as refused:
            states.refuse(record, refused.findings, refused.more)
            return
        except InputError as error:
            states.refuse(record, [Finding.of(error)])
            return
        after = Status.CHECKING if seen.pop("clear") else Status.MAPPING
        if not states.move(record, {Status.DETECTING}, after, alive_at=None, attempts=0, **seen):
            return
    if record.status == Status.CHECKING:
        _check(record)


def _check(record: Import) -> None:
    if not states.take(record, {Status.CHECKING}, Status.CHECKING):
        return
    try:
        checked = importer(record.importer).check(Work(record, acting(record), Teller(record)))
    except Refused as refused:
        states.refuse(record, refused.findings, refused.more)
    except InputError as error:
        states.refuse(record, [Finding.of(error)])
    else:
        states.finish_check(record, checked)


def apply_in_background(record: Import) -> None:
    """Apply for the worker; a refusal is kept as findings of the import."""
    if not states.take(record, {Status.APPLYING}, Status.APPLYING):
        return
    try:
        apply(record, actor=acting(record))
    except Refused as refused:
        states.refuse(record, refused.findings, refused.more)
    except InputError as error:
        states.refuse(record, [Finding.of(error)])


def apply(record: Import, *, actor: Actor) -> None:
    """Prepare without holding the database, then write everything and the new state in one short transaction.

    Raises ``Refused`` or another ``InputError``; nothing is written then.
    """
    kind = importer(record.importer)
    work = Work(record, actor, Teller(record) if record.status == Status.APPLYING else _silent)
    before, mapping = record.status, record.mapping
    prepared = kind.prepare(work)
    with transaction.atomic():
        require(actor, kind.right, record.scope_id if record.inventory_id else None)
        if not states.move(record, {before}, Status.APPLIED, alive_at=None, attempts=0):
            raise not_ready(record)
        if record.mapping != mapping:
            fix = "Look at its report, then apply it."
            raise NotInState(what="applied", why="its columns were mapped anew meanwhile", fix=fix)
        record.made = kind.write(work, prepared)
        if counts := record.made.pop("counts", None):
            record.summary = {**record.summary, "counts": counts}
        record.save(update_fields=["made", "summary"])
        event(record, "applied", actor, {name: value for name, value in _counts(record).items() if value})
    kind.after(work)


def undo_in_background(record: Import) -> None:
    """Undo for the worker; if it cannot be undone, the reason stands with the import."""
    if not states.take(record, {Status.UNDOING}, Status.UNDOING):
        return
    try:
        undo(record, actor=acting(record))
    except InputError as error:
        states.back(record, Status.APPLIED, Finding.of(error).to_dict())


def undo(record: Import, *, actor: Actor) -> None:
    """Take back what an import made. Raises an ``InputError`` if it cannot; nothing is written then."""
    kind = importer(record.importer)
    before = record.status
    with transaction.atomic():
        require(actor, kind.right, record.scope_id if record.inventory_id else None)
        if not states.move(record, {before}, Status.UNDONE, alive_at=None, attempts=0):
            raise NotInState(
                what="undone", why=f"it is {record.get_status_display()}", fix="Look at its report."
            )
        kind.undo(Work(record, actor, _silent))
        event(record, "undone", actor, {})


def acting(record: Import) -> Actor:
    """Return on whose behalf the work is done; nobody in particular is somebody at the machine."""
    return record.acting or record.created_by or OPERATOR


def not_ready(record: Import) -> NotInState:
    """Return the error that says why an import cannot be applied in its state."""
    fix = {
        Status.REFUSED: "Correct the file and hand it in again.",
        Status.APPLIED: "To bring its rows in again after an undo, hand the file in again.",
        Status.UNDONE: "To bring its rows in again after an undo, hand the file in again.",
        Status.MAPPING: "Say first which column is which.",
    }.get(Status(record.status), "Wait until it has been checked, or hand it in again.")
    return NotInState(what="applied", why=f"it is {record.get_status_display()}", fix=fix)


def event(record: Import, what: str, actor: Actor, after: dict[str, object]) -> None:
    """Record what was done with an import, at its inventory if it has one."""
    target = record.inventory or record
    said = {"name": record.name, "sha256": record.sha256, "import": str(record.public_id), **after}
    note(f"imports.import.{what}", actor=actor, target=target, scope=record.scope, after=said)


def _counts(record: Import) -> dict[str, object]:
    counts = record.summary.get("counts", {})
    return {kind: {name: n for name, n in count.items() if n} for kind, count in counts.items()}


def _silent(_done: int, _total: int | None = None) -> None:
    """Take no note: within a transaction progress is seen by nobody."""


def _given_up(record: Import) -> bool:
    """Give an import back to the person if work on it was begun too often without an end."""
    if record.attempts < MOST_ATTEMPTS or not record.abandoned:
        return False
    error = Interrupted(attempts=record.attempts)
    if record.status == Status.UNDOING:
        states.back(record, Status.APPLIED, Finding.of(error).to_dict())
    else:
        states.refuse(record, [Finding.of(error)])
    return True


def _guard(import_id: int) -> None:
    look_after.using(run_after=timezone.now() + LEASE + timedelta(seconds=5)).enqueue(import_id)


STEPS: dict[str, Callable[[Import], None]] = {
    Status.RECEIVED: check,
    Status.DETECTING: check,
    Status.CHECKING: check,
    Status.APPLYING: apply_in_background,
    Status.UNDOING: undo_in_background,
}


@task()
def work_later(import_id: int) -> None:
    """Work on a file, by the worker."""
    work_on(import_id)


@task()
def look_after(import_id: int) -> None:
    """Take up again the work of a worker that was killed; look again later while one is alive at it."""
    record = Import.objects.filter(pk=import_id, status__in=AT_WORK).first()
    if record is None:
        return
    if record.alive_at is None or record.abandoned:
        work_on(import_id)
    else:
        _guard(import_id)
