"""How an import moves from state to state: only from where it is expected, under a lease while at work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from localaction.engine.errors import Finding
from localaction.platform.imports.kinds import Checked
from localaction.platform.imports.models import LEASE, WAITING, Import

Status = Import.Status
MOST_FINDINGS = 1000
MOST_LISTED = 2000  # irregular cells and exceptions kept for the report


class Stopped(Exception):
    """The person stopped the work, or somebody else took it over."""


def move(record: Import, before: Collection[str], after: str, **values: Any) -> bool:
    """Move the import to another state, writing ``values``, if it is still in one of ``before``."""
    found = Import.objects.filter(pk=record.pk, status__in=before)
    moved = found.update(status=after, **values) == 1
    record.refresh_from_db()
    return moved


def take(record: Import, before: Collection[str], at_work: str) -> bool:
    """Begin work under a lease; False if somebody alive is at it, or the state is another."""
    free = Q(alive_at=None) | Q(alive_at__lt=timezone.now() - LEASE)
    found = Import.objects.filter(free, pk=record.pk, status__in=before)
    taken = found.update(status=at_work, alive_at=timezone.now(), attempts=record.attempts + 1, rows_done=0)
    record.refresh_from_db()
    return taken == 1


class Teller:
    """Keeps progress and lease of one piece of work, and raises `Stopped` when it is no longer wanted."""

    def __init__(self, record: Import) -> None:
        self.record = record
        self.status = record.status
        self.attempt = record.attempts

    def __call__(self, done: int, total: int | None = None) -> None:
        """Note that ``done`` rows (of ``total``) are done."""
        mine = Import.objects.filter(pk=self.record.pk, status=self.status, attempts=self.attempt)
        values: dict[str, Any] = {"rows_done": done, "alive_at": timezone.now()}
        if total is not None:
            values["rows_total"] = total
        if not mine.update(**values):
            raise Stopped
        self.record.rows_done = done


def finish_check(record: Import, checked: Checked) -> bool:
    """Note what a check found; the file is ready."""
    summary = checked.summary()
    for name in ("irregular", "exceptions"):
        summary[f"{name}_count"] = len(summary[name])
        summary[name] = list(summary[name])[:MOST_LISTED]
    return move(
        record,
        {Status.CHECKING},
        Status.READY,
        summary=summary,
        rows_done=checked.rows,
        rows_total=checked.rows,
        **_ended(),
        **_found(checked.findings, checked.findings_more),
    )


def refuse(record: Import, findings: Sequence[Finding], more: int = 0) -> bool:
    """Note why the file is refused."""
    at_work = WAITING - {Status.READY, Status.UNDOING}
    return move(record, at_work, Status.REFUSED, **_ended(), **_found(findings, more))


def back(record: Import, status: str, why: Mapping[str, Any] | None = None) -> bool:
    """Give the import back to the person in a state in which they can go on, with a note why."""
    summary = dict(record.summary)
    if why is not None:
        summary["note"] = why
    return move(record, WAITING, status, summary=summary, **_ended())


def _ended() -> dict[str, Any]:
    return {"alive_at": None, "attempts": 0}


def _found(findings: Iterable[Finding], more: int) -> dict[str, Any]:
    listed = list(findings)
    return {
        "findings": [finding.to_dict() for finding in listed[:MOST_FINDINGS]],
        "findings_more": more + max(0, len(listed) - MOST_FINDINGS),
    }
