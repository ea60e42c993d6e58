"""An import on its page: under way, refused with findings, ready with what it would do, applied, undone."""

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
from localaction.platform.web.desk.show import outcome
from localaction.platform.web.desk.show.changes import moment, who
from localaction.platform.web.desk.show.outcome import Outcome
from localaction.platform.web.desk.show.remarks import Group, groups
from localaction.platform.web.records import place_view
from localaction.platform.web.rulebook import library

MEGABYTE = 1024 * 1024
SHOWN = 50  # remarks on the page; the filter and the file lead to the others
RUNNING = frozenset({"received", "detecting", "checking", "applying", "undoing"})


@dataclass(frozen=True)
class Filter:
    """Which findings are shown."""

    row: str = ""
    column: str = ""
    columns: Sequence[str] = ()
    shown: int = 0
    total: int = 0

    @property
    def active(self) -> bool:
        """Whether some are left out."""
        return bool(self.row or self.column)


@dataclass(frozen=True)
class Report:
    """One import as its page shows it."""

    title: str
    kind: str
    name: str
    size: str
    mode: str
    when: str
    who: str
    status: str
    address: str
    crumbs: Sequence[tuple[str, str]]
    urls: Mapping[str, str]
    headline: str
    lead: str
    progress: str = ""
    done: int = 0
    total: int = 0
    running_text: str = ""
    abandoned: str = ""
    note: str = ""
    errors: Sequence[Item] = ()
    remarks: Sequence[Item] = ()
    groups: Sequence[Group] = ()
    remarks_caption: str = ""
    open_note: str = ""
    outcome: Outcome | None = None
    filter: Filter = Filter()
    more: str = ""

    @property
    def running(self) -> bool:
        """Whether something is still at work on the file."""
        return self.status in RUNNING and not self.abandoned

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return "check" if self.status == "applied" else "info"


def report(
    record: Any,
    *,
    kind: str,
    may_change: bool,
    stale: bool = False,
    refused: Sequence[Any] = (),
    row: str = "",
    column: str = "",
) -> Report:
    """Return an import for its page.

    Parameters
    ----------
    record : Import
        The import.
    kind : str
        Title of its importer.
    may_change, stale : bool
        Whether the reader may apply, stop or undo it; whether totals are older than the rows.
    refused : sequence of Finding
        Why it could not be applied after all.
    row, column : str
        Show only findings of this row or column.
    """
    everything = _items(refused or record.findings)
    chosen = [each for each in everything if _matches(each, row, column)]
    errors, remarks, still_open = _sorted(chosen)
    status = "refused" if refused else record.status
    headline, lead = _words(status, record, sum(each.severity == "error" for each in everything))
    return Report(
        title=_titles(status),
        kind=_(kind),
        name=record.name,
        size=_size(record.size_bytes),
        mode=_mode(record),
        when=moment(record.created_at),
        who=who(record.created_by),
        status=status,
        address=reverse("desk:report", args=[record.public_id]),
        crumbs=crumbs_of(record),
        urls=_urls(record, status, stale=stale) if may_change else _reading(record),
        headline=headline,
        lead=lead,
        progress=_progress(record),
        done=record.rows_done,
        total=record.rows_total or 0,
        running_text=_running(record),
        abandoned=_abandoned(record),
        note=_note(record),
        errors=errors,
        remarks=remarks[:SHOWN] if row or column else (),
        groups=() if row or column else groups(remarks),
        more=_more(len(remarks)) if row or column else "",
        remarks_caption=_remarks(len(remarks)),
        open_note=_open_note(still_open),
        outcome=_outcome(record) if record.summary.get("counts") is not None else None,
        filter=_filter(everything, chosen, row, column),
    )


def _outcome(record: Any) -> Outcome:
    return outcome.outcome(record.summary, record.options.get("replace_edited") or ())


def _items(findings: Sequence[Any]) -> list[Item]:
    items = (item_of(each, library()) for each in findings)
    return sorted(items, key=lambda item: (item.row or 0, item.column))


def _matches(item: Item, row: str, column: str) -> bool:
    return (not row or str(item.row or "") == row) and (not column or item.column == column)


def _filter(everything: Sequence[Item], chosen: Sequence[Item], row: str, column: str) -> Filter:
    columns = sorted({item.column for item in everything if item.column})
    return Filter(row, column, columns, len(chosen), len(everything))


def _sorted(items: Sequence[Item]) -> tuple[list[Item], list[Item], int]:
    """Return errors and remarks by row, and how many required cells stay open."""
    errors = [item for item in items if item.severity == "error"]
    remarks = [item for item in items if item.severity != "error" and item.code != OPEN_CELL]
    return errors, remarks, len(items) - len(errors) - len(remarks)


def _remarks(count: int) -> str:
    return ngettext("%(count)d remark", "%(count)d remarks", count) % {"count": count}


def _more(count: int) -> str:
    """Return how many remarks are not on the page; empty if all are."""
    if count <= SHOWN:
        return ""
    return _("The first %(shown)s of %(count)s are shown; choose a row or column above to see others.") % {
        "shown": numbers.number(SHOWN),
        "count": numbers.number(count),
    }


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
        "mapping": _("Say which column is which"),
        "refused": _("The file needs corrections"),
        "ready": _("The file is ready to apply"),
        "applying": _("The file is being applied"),
        "applied": _("The file is applied"),
        "undoing": _("The file is being undone"),
        "undone": _("The file was undone"),
        "stopped": _("The file was left"),
    }.get(status, _("The file is being checked"))


def _words(status: str, record: Any, error_count: int) -> tuple[str, str]:
    """Return headline and lead of a state."""
    if status == "refused":
        return _refusal(record, error_count)
    if status == "ready":
        count = record.summary.get("rows", 0)
        return _("Every row can be read"), ngettext(
            "%(rows)s row. Nothing has changed yet: look at what would, then apply.",
            "%(rows)s rows. Nothing has changed yet: look at what would, then apply.",
            count,
        ) % {"rows": numbers.number(count)}
    if status == "applied":
        return _("%(name)s is applied") % {"name": record.name}, outcome.applied_words(record.summary)
    if status == "undone":
        return _("%(name)s was undone") % {"name": record.name}, _(
            "Everything it brought in is as it was before. The file is kept as evidence; hand it in again to "
            "bring it back."
        )
    if status == "stopped":
        return _("Stopped"), _("Nothing was changed by this file.")
    return "", ""


def _refusal(record: Any, error_count: int) -> tuple[str, str]:
    count = error_count + (record.findings_more or 0)
    headline = ngettext("%(count)s thing to correct", "%(count)s things to correct", count) % {
        "count": numbers.number(count)
    }
    lead = _("Nothing was changed. Correct what is listed in the file, then upload it again.")
    if record.findings_more:
        listed = _("The first %(count)d are listed; the rest is often of the same kind.") % {
            "count": error_count
        }
        lead = f"{lead} {listed}"
    return headline, lead


def _running(record: Any) -> str:
    words = {"applying": _("Applying %(name)s"), "undoing": _("Undoing %(name)s")}
    return words.get(record.status, _("Checking %(name)s")) % {"name": record.name}


def _progress(record: Any) -> str:
    done, total = record.rows_done, record.rows_total
    if record.alive_at is None:
        return _("Waiting for its turn.")
    if record.status == "undoing":
        return _("What it brought in is taken back, all or nothing.")
    if record.status == "applying" and not done:
        return _("The rows are being written, all or nothing.")
    if total:
        return _("%(done)s of %(total)s rows.") % {
            "done": numbers.number(done),
            "total": numbers.number(total),
        }
    return ngettext("%(rows)s row read so far.", "%(rows)s rows read so far.", done) % {
        "rows": numbers.number(done)
    }


def _abandoned(record: Any) -> str:
    if not record.abandoned:
        return ""
    return _(
        "Nobody has worked on it since %(when)s: the worker was stopped. It is taken up again by itself once "
        "a worker runs; nothing is half done."
    ) % {"when": moment(record.alive_at)}


def _note(record: Any) -> str:
    note = record.summary.get("note")
    if not note:
        return ""
    item = item_of(note, library())
    return f"{item.text} {item.remedy}".strip()


def _mode(record: Any) -> str:
    if record.inventory is None:
        return _("and publishes them") if record.options.get("publish") else ""
    return _("replaces all rows") if record.options.get("mode") == "replace" else _("adds rows")


def _size(size_bytes: int) -> str:
    if size_bytes < MEGABYTE:
        return _("%(size)s kB") % {"size": numbers.number(max(1, size_bytes / 1024))}
    return _("%(size)s MB") % {"size": numbers.number(size_bytes / MEGABYTE, 1)}


def crumbs_of(record: Any) -> list[tuple[str, str]]:
    """Return the way to an import."""
    desk = (_("Desk"), reverse("desk:home"))
    if record.inventory is None:
        return [desk, (_("Imports"), reverse("desk:imports")), (record.name, "")]
    addresses = _addresses(record)
    return [
        desk,
        (place_view(record.inventory.place).shown, reverse("web:place", args=[addresses.code])),
        (_("Inventory %(year)s") % {"year": addresses.year}, addresses.editor),
        (_("Upload"), ""),
    ]


def _addresses(record: Any) -> Addresses:
    return Addresses(record.inventory.place.code, record.inventory.label_year)


def _reading(record: Any) -> dict[str, str]:
    urls = {"list": reverse("desk:imports"), "file": reverse("desk:report-file", args=[record.public_id])}
    urls["editor"] = _addresses(record).editor if record.inventory else urls["list"]
    if record.findings:
        urls["findings"] = reverse("desk:report-findings", args=[record.public_id])
    if record.summary.get("irregular") or record.summary.get("exceptions"):
        urls["irregular"] = reverse("desk:report-irregular", args=[record.public_id])
    return urls


def _urls(record: Any, status: str, *, stale: bool) -> dict[str, str]:
    def at(name: str) -> str:
        return reverse(f"desk:report-{name}", args=[record.public_id])

    urls = _reading(record)
    urls["again"] = _addresses(record).upload if record.inventory else reverse("desk:imports-new")
    if status in {"received", "detecting", "mapping", "checking", "ready", "applying"}:
        urls["stop"] = at("stop")
    if record.abandoned:
        urls["resume"] = at("resume")
    if status in {"mapping", "ready", "refused"} and record.table:
        urls["mapping"] = at("mapping")
    if status == "ready":
        urls["apply"] = at("apply")
    if status == "applied" and record.made:
        urls["undo"] = at("undo")
    if status == "applied" and stale:
        urls["compute"] = _addresses(record).compute
    return urls
