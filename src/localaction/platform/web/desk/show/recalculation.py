"""A recalculation as its page shows it: how far it is, what moves most, what cannot follow and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.packs import Library
from localaction.platform.web import numbers
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.show import potentials
from localaction.platform.web.desk.show.totals import moved
from localaction.platform.web.rulebook import gas_label
from localaction.platform.web.templatetags.web import day

TOTAL = "BASIC"
MOVING, FIXED, REFUSED, ALL = "moving", "fixed", "refused", "all"
ON_A_PAGE = 100


@dataclass(frozen=True)
class Entry:
    """One inventory of a recalculation."""

    id: str
    name: str
    code: str
    year: int
    address: str
    published: bool
    before: float | None
    after: float | None
    change: str
    size: float
    share: float | None
    notes: Sequence[str]
    can: bool


@dataclass(frozen=True)
class Tab:
    """One way to narrow the list."""

    key: str
    label: str
    current: bool


@dataclass(frozen=True)
class View:
    """Everything the page of one recalculation shows."""

    record: Any
    title: str
    what: str
    when: str
    who: str
    status: str
    running: bool
    done: int
    total: int | None
    progress: str
    headline: str
    lines: Sequence[str]
    entries: Sequence[Entry]
    more: int
    tabs: Sequence[Tab]
    words: str
    outcome: Sequence[str]
    set_words: str


def what_of(record: Any, library: Library) -> str:
    """Return what a recalculation switches, in one line."""
    parts = []
    if record.gwp_set:
        parts.append(_("to %(set)s") % {"set": potentials.label(library, record.gwp_set)})
    if record.factor_from:
        words = {"old": record.factor_from, "new": record.factor_to}
        parts.append(_("%(new)s instead of %(old)s") % words)
    return "; ".join(parts) or _("with the factors as they are now")


def view(record: Any, library: Library, show: str, words: str) -> View:
    """Return the page of a recalculation; ``show`` and ``words`` narrow its list."""
    report = list(record.report)
    entries = sorted((_entry(each) for each in report), key=lambda each: (-each.size, each.name, each.year))
    held = {each["id"]: each for each in report}
    shown = [each for each in entries if _fits(each, held[each.id], show, words)]
    return View(
        record=record,
        title=_("Recalculation %(what)s") % {"what": what_of(record, library)},
        what=what_of(record, library),
        when=day(record.created_at),
        who=record.created_by.display_name if record.created_by else _("the operator"),
        status=record.status,
        running=record.at_work,
        done=record.done,
        total=record.total,
        progress=_progress(record),
        headline=_headline(len(report), sum(bool(each["moves"]) for each in report)),
        lines=_lines(report),
        entries=shown[:ON_A_PAGE],
        more=max(0, len(shown) - ON_A_PAGE),
        tabs=_tabs(report, show),
        words=words,
        outcome=_outcome(record),
        set_words=_("Total: %(total)s") % {"total": TOTAL},
    )


def _entry(held: Any) -> Entry:
    before, after = held["before"].get(TOTAL), held["after"].get(TOTAL)
    step = after - before if before is not None and after is not None else 0.0
    return Entry(
        id=held["id"],
        name=held["name"],
        code=held["place"],
        year=held["year"],
        address=Addresses(held["place"], held["year"]).editor,
        published=held["status"] == "published",
        before=before,
        after=after,
        change=moved(before, after) if after is not None else "",
        size=abs(step),
        share=step / before if before else None,
        notes=_notes(held),
        can=not held["refused"],
    )


def _notes(held: Any) -> list[str]:
    notes = []
    if held["refused"]:
        notes.append(_("Cannot be computed: %(why)s") % {"why": held["refused"]})
    if fixed := held["fixed"].get(TOTAL):
        whole = held["after"].get(TOTAL)
        if whole and abs(fixed - whole) < 1e-6 * abs(whole):
            notes.append(_("Nothing of it can be recomputed: it came as CO2e without a split into gases."))
        else:
            words = {"tonnes": numbers.tonnes(fixed)}
            notes.append(_("%(tonnes)s t came as CO2e without a split into gases and stay.") % words)
    if held["missing"]:
        gases = ", ".join(gas_label(gas) for gas in held["missing"])
        notes.append(_("Partial: no warming potential for %(gases)s.") % {"gases": gases})
    if not held["before"]:
        notes.append(_("Was never computed."))
    elif held["rows_changed"]:
        notes.append(_("Its rows changed since it was computed; a part of the movement comes from them."))
    return notes


def _fits(entry: Entry, held: Any, show: str, words: str) -> bool:
    if words and words.casefold() not in f"{entry.name} {entry.code} {entry.year}".casefold():
        return False
    if show == MOVING:
        return bool(held["moves"])
    if show == FIXED:
        return bool(held["fixed"] or held["missing"])
    return bool(held["refused"]) if show == REFUSED else True


def _tabs(report: Sequence[Any], show: str) -> list[Tab]:
    counts = {
        MOVING: (_("Move"), sum(bool(each["moves"]) for each in report)),
        FIXED: (_("Cannot follow in part"), sum(bool(each["fixed"] or each["missing"]) for each in report)),
        REFUSED: (_("Cannot be computed"), sum(bool(each["refused"]) for each in report)),
        ALL: (_("All"), len(report)),
    }
    return [
        Tab(key, f"{label} ({numbers.number(count)})", key == show) for key, (label, count) in counts.items()
    ]


def _headline(count: int, moving: int) -> str:
    if not moving:
        return _("No total moves")
    return ngettext(
        "%(moving)s of %(count)s inventory moves", "%(moving)s of %(count)s inventories move", count
    ) % {"moving": numbers.number(moving), "count": numbers.number(count)}


def _lines(report: Sequence[Any]) -> list[str]:
    lines = []
    fixed = [each["fixed"][TOTAL] for each in report if each["fixed"].get(TOTAL)]
    if fixed:
        words = {"tonnes": numbers.tonnes(sum(fixed)), "count": len(fixed)}
        lines.append(
            ngettext(
                "%(tonnes)s t CO2e of %(count)d inventory cannot be recomputed: "
                "they came without a split into gases and stay as they are.",
                "%(tonnes)s t CO2e of %(count)d inventories cannot be recomputed: "
                "they came without a split into gases and stay as they are.",
                len(fixed),
            )
            % words
        )
    return lines


def _progress(record: Any) -> str:
    if record.status == "queued":
        return _("It begins as soon as the worker is free.")
    words = {"done": numbers.number(record.done), "total": numbers.number(record.total or 0)}
    return _("%(done)s of %(total)s inventories.") % words


def _outcome(record: Any) -> list[str]:
    held = record.outcome
    if not held:
        return []
    lines = [
        ngettext("%(count)d inventory has a new run.", "%(count)d inventories have a new run.", held["done"])
        % {"count": held["done"]}
    ]
    if held["published"]:
        lines.append(
            ngettext(
                "%(count)d of them is published: the published document stands until it is published again.",
                "%(count)d of them are published: the published documents stand until they are published "
                "again.",
                held["published"],
            )
            % {"count": held["published"]}
        )
    names = {each["id"]: f"{each['name']} {each['year']}" for each in record.report}
    lines += [
        _("%(name)s was left alone. %(why)s") % {"name": names.get(each["id"], ""), "why": each["why"]}
        for each in held["skipped"]
    ]
    return lines


def crumbs(title: str = "") -> list[tuple[str, str]]:
    """Return the way to the page."""
    way = [(_("Desk"), reverse("desk:home")), (_("Recalculate the network"), reverse("desk:recalculate"))]
    return [*way, (title, "")] if title else [*way[:-1], (way[-1][0], "")]
