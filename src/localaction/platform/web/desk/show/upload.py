"""An uploaded file in its states: under way, refused with findings, ready with a preview, applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import OPEN_CELL, Item, item_of
from localaction.platform.web.desk.show.changes import moment
from localaction.platform.web.desk.show.totals import BeforeAfter, Change, moved
from localaction.platform.web.records import place_view
from localaction.platform.web.rulebook import library, said

MEGABYTE = 1024 * 1024
RUNNING = frozenset({"received", "checking", "applying"})


@dataclass(frozen=True)
class Preview:
    """What applying a file changes."""

    rows_text: str
    cells_text: str
    cells: Sequence[str]
    totals: BeforeAfter | None


@dataclass(frozen=True)
class Report:
    """One upload as its page shows it."""

    title: str
    name: str
    size: str
    mode: str
    when: str
    status: str
    address: str
    crumbs: Sequence[tuple[str, str]]
    urls: Mapping[str, str]
    headline: str
    lead: str
    progress: str = ""
    running_text: str = ""
    errors: Sequence[Item] = ()
    remarks: Sequence[Item] = ()
    remarks_caption: str = ""
    open_note: str = ""
    preview: Preview | None = None
    batch: str = ""

    @property
    def running(self) -> bool:
        """Whether something is still at work on the file."""
        return self.status in RUNNING

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return "check" if self.status == "applied" else "info"


def report(
    upload: Any, *, may_edit: bool, batch: Any = None, stale: bool = False, refused: Sequence[Any] = ()
) -> Report:
    """Return an upload for its page.

    Parameters
    ----------
    upload : Upload
        The upload.
    may_edit : bool
        Whether the reader may apply, stop or undo it.
    batch : Batch, optional
        The change it made, if that still can be undone.
    stale : bool
        Whether the totals of the inventory are older than its rows.
    refused : sequence of Finding
        Why it could not be applied after all.
    """
    inventory = upload.inventory
    place = place_view(inventory.place)
    addresses = Addresses(place.code, inventory.label_year)
    errors, remarks, still_open = _sorted(refused or upload.findings)
    status = "refused" if refused else upload.status
    headline, lead = _words(status, upload, errors)
    return Report(
        title=_titles(status),
        name=upload.name,
        size=_size(upload.size_bytes),
        mode=_("replaces all rows") if upload.mode == "replace" else _("adds rows"),
        when=moment(upload.uploaded_at),
        status=status,
        address=reverse("desk:report", args=[upload.public_id]),
        crumbs=_crumbs(place.shown, inventory.label_year, addresses),
        urls=_urls(upload, status, addresses, undo=batch is not None, stale=stale)
        if may_edit
        else _reading(upload, addresses),
        headline=headline,
        lead=lead,
        progress=_progress(upload),
        running_text=_("Applying %(name)s") % {"name": upload.name}
        if status == "applying"
        else _("Checking %(name)s") % {"name": upload.name},
        errors=errors,
        remarks=remarks,
        remarks_caption=ngettext("%(count)d remark", "%(count)d remarks", len(remarks))
        % {"count": len(remarks)},
        open_note=_open_note(still_open),
        preview=preview(upload.summary) if status == "ready" and upload.summary else None,
        batch=str(batch.public_id) if batch else "",
    )


def _sorted(findings: Sequence[Any]) -> tuple[list[Item], list[Item], int]:
    """Return errors and remarks by row, and how many required cells stay open."""
    items = sorted(
        (item_of(each, library()) for each in findings), key=lambda item: (item.row or 0, item.column)
    )
    errors = [item for item in items if item.severity == "error"]
    remarks = [item for item in items if item.severity != "error" and item.code != OPEN_CELL]
    return errors, remarks, len(items) - len(errors) - len(remarks)


def _open_note(count: int) -> str:
    """Return how many required cells the file leaves open; empty if none."""
    text = ngettext(
        "%(count)d required cell stays open. You can fill it afterwards.",
        "%(count)d required cells stay open. You can fill them afterwards.",
        count,
    )
    return text % {"count": count} if count else ""


def _titles(status: str) -> str:
    return {
        "refused": _("The file needs corrections"),
        "ready": _("The file is ready to apply"),
        "applied": _("The file is applied"),
        "stopped": _("The file was left"),
    }.get(status, _("The file is being checked"))


def _words(status: str, upload: Any, errors: Sequence[Item]) -> tuple[str, str]:
    """Return headline and lead of a state."""
    if status == "refused":
        return _refusal(upload, errors)
    if status == "ready":
        rows = numbers.number(upload.summary.get("rows", 0))
        return _("Every row can be read"), _(
            "%(rows)s rows. Nothing has changed yet: look at what would, then apply."
        ) % {"rows": rows}
    if status == "applied":
        return _("%(name)s is applied") % {"name": upload.name}, applied_words(upload.summary)
    if status == "stopped":
        return _("Stopped"), _("Nothing was changed by this file.")
    return "", ""


def _refusal(upload: Any, errors: Sequence[Item]) -> tuple[str, str]:
    count = len(errors) + (upload.findings_more or 0)
    headline = ngettext("%(count)s thing to correct", "%(count)s things to correct", count) % {
        "count": numbers.number(count)
    }
    lead = _("Nothing was changed. Correct what is listed in the file, then upload it again.")
    if upload.findings_more:
        listed = _("The first %(count)d are listed; the rest is often of the same kind.") % {
            "count": len(errors)
        }
        lead = f"{lead} {listed}"
    return headline, lead


def applied_words(summary: Mapping[str, Any]) -> str:
    """Return what an applied file changed."""
    added, removed = summary.get("added", 0), summary.get("removed", 0)
    if not added and not removed:
        return _("The inventory held exactly these rows already, so nothing changed.")
    return rows_words(summary)


def rows_words(summary: Mapping[str, Any]) -> str:
    """Return how many rows come, go and stay."""
    words = {
        "added": numbers.number(summary.get("added", 0)),
        "removed": numbers.number(summary.get("removed", 0)),
        "unchanged": numbers.number(summary.get("unchanged", 0)),
    }
    return _("%(added)s added, %(removed)s removed, %(unchanged)s unchanged") % words


def preview(summary: Mapping[str, Any]) -> Preview:
    """Return what applying a file changes, from what its check noted."""
    cells = list(summary.get("cells", ()))
    labels = {total.id: said(total.label) for total in library().protocol.totals}
    lines = [
        Change(
            labels.get(held["total"], held["total"]),
            held["before_t"],
            held["after_t"],
            moved(held["before_t"], held["after_t"]),
        )
        for held in summary.get("totals", ())
    ]
    totals = BeforeAfter(_("Totals, t CO2e"), _("Now"), _("With the file"), tuple(lines)) if lines else None
    count = {"count": len(cells)}
    return Preview(
        rows_words(summary), ngettext("%(count)d cell", "%(count)d cells", len(cells)) % count, cells, totals
    )


def _progress(upload: Any) -> str:
    rows = numbers.number(upload.rows_done)
    if upload.status == "received":
        return _("Waiting for its turn.")
    if upload.status == "applying":
        return _("The rows are being written, all or nothing.")
    return ngettext("%(rows)s row read so far.", "%(rows)s rows read so far.", upload.rows_done) % {
        "rows": rows
    }


def _size(size_bytes: int) -> str:
    if size_bytes < MEGABYTE:
        return _("%(size)s kB") % {"size": numbers.number(max(1, size_bytes / 1024))}
    return _("%(size)s MB") % {"size": numbers.number(size_bytes / MEGABYTE, 1)}


def _crumbs(place: str, year: int, addresses: Addresses) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("desk:home")),
        (place, reverse("web:place", args=[addresses.code])),
        (_("Inventory %(year)s") % {"year": year}, addresses.editor),
        (_("Upload"), ""),
    ]


def _reading(upload: Any, addresses: Addresses) -> dict[str, str]:
    urls = {"editor": addresses.editor}
    if upload.findings:
        urls["findings"] = reverse("desk:report-findings", args=[upload.public_id])
    return urls


def _urls(upload: Any, status: str, addresses: Addresses, *, undo: bool, stale: bool) -> dict[str, str]:
    urls = _reading(upload, addresses) | {"again": addresses.upload}
    if status in {"received", "checking", "ready"}:
        urls["stop"] = reverse("desk:report-stop", args=[upload.public_id])
    if status == "ready":
        urls["apply"] = reverse("desk:report-apply", args=[upload.public_id])
    if undo:
        urls["undo"] = addresses.undo
    if status == "applied" and stale:
        urls["compute"] = addresses.compute
    return urls
