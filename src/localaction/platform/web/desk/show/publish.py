"""What stands between an inventory and its publication, and what would be frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import Found
from localaction.platform.web.desk.show.editor import stale_text
from localaction.platform.web.desk.show.totals import partial
from localaction.platform.web.desk.work import State
from localaction.platform.web.rulebook import library, said
from localaction.platform.web.templatetags.web import day


@dataclass(frozen=True)
class Line:
    """One thing that holds, or has to be settled."""

    good: bool
    title: str
    text: str = ""
    address: str = ""
    link: str = ""
    post: bool = False


@dataclass(frozen=True)
class Total:
    """One total that would be frozen."""

    label: str
    value: float
    span: str
    partial: str


@dataclass(frozen=True)
class Checklist:
    """Everything the page of publishing shows."""

    lines: Sequence[Line]
    totals: Sequence[Total]
    may: bool
    supersedes: str
    refusal_title: str = ""
    refusal: Sequence[dict[str, str]] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return all(line.good for line in self.lines)


def checklist(
    state: State, found: Found, addresses: Addresses, refusal: Sequence[dict[str, str]] = ()
) -> Checklist:
    """Return what holds and what has to be settled first."""
    lines = [_rows(state, addresses)]
    if state.row_count:
        lines.append(_computed(state, addresses))
        lines += _findings(state, found, addresses)
    return Checklist(
        lines=lines,
        totals=_totals(state.result) if state.row_count else (),
        may=state.desk.may_publish,
        supersedes=_supersedes(state),
        refusal_title=_("The inventory was not published"),
        refusal=refusal,
    )


def _rows(state: State, addresses: Addresses) -> Line:
    if not state.row_count:
        return Line(False, _("Nothing is entered yet"), "", addresses.editor, _("Enter rows"))
    count = ngettext("%(rows)s row is entered", "%(rows)s rows are entered", state.row_count)
    return Line(True, count % {"rows": numbers.number(state.row_count)})


def _computed(state: State, addresses: Addresses) -> Line:
    if state.stale:
        text = stale_text(state)
        return Line(
            False,
            _("The totals are not those of the rows"),
            text,
            addresses.compute,
            _("Compute now"),
            post=True,
        )
    return Line(True, _("The totals are those of the rows as they stand"))


def _findings(state: State, found: Found, addresses: Addresses) -> list[Line]:
    lines = [
        Line(
            False,
            f"{item.ref} {item.label}".strip() or item.text,
            f"{item.text} {item.remedy}",
            item.address,
            _("Open"),
        )
        for item in found.blocking
    ]
    if found.open_cells:
        count = len(found.open_cells)
        title = ngettext("%(count)d required cell is open", "%(count)d required cells are open", count) % {
            "count": count
        }
        refs = ", ".join(cell.ref for cell in found.open_cells)
        lines.append(
            Line(False, title, refs, addresses.open_cells if state.desk.may_edit else "", _("Fill them"))
        )
    return lines or [Line(True, _("Every required cell holds an amount or a notation key with its reason"))]


def _totals(result: Any) -> list[Total]:
    return [
        Total(
            said(total.label),
            figures["co2e_t"],
            numbers.tonnes_span(figures["low_t"], figures["high_t"]),
            partial(figures),
        )
        for total in library().protocol.totals
        for figures in [result["totals"][total.id]]
    ]


def _supersedes(state: State) -> str:
    if state.published_at is None:
        return ""
    text = _(
        "It was published on %(day)s. Publishing again puts this in its place; readers see both and why."
    )
    return text % {"day": day(state.published_at)}
