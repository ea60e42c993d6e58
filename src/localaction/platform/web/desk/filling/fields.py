"""A question of a form: its field, what is known of it, what is offered, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.packs import Library
from localaction.platform.reporting.known import Known, Offer
from localaction.platform.reporting.oddities import Odd
from localaction.platform.reporting.saving import Entry, offer_id
from localaction.platform.values.items import choices_of, symbol_of
from localaction.platform.values.kinds import KEY
from localaction.platform.values.queries import current_of
from localaction.platform.web import numbers
from localaction.platform.web.desk.filling.entries import SPARE_ROWS, mark_of, shown_of
from localaction.platform.web.desk.filling.findings import in_labels
from localaction.platform.web.desk.wording import message_of, remedy_of


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    id: str
    label: str


@dataclass(frozen=True)
class OfferView:
    """A figure that can be taken over, with what to look at first."""

    id: str
    text: str
    note: str
    source: str
    button: str


@dataclass(frozen=True)
class OddView:
    """What is odd about a figure, and the explanation if there is one."""

    check: str
    text: str
    remedy: str
    explained: str
    who: str


@dataclass(frozen=True)
class Cell:
    """A field of a row of a table."""

    name: str
    label: str
    kind: str
    value: str
    choices: Sequence[Choice]
    unit: str


@dataclass(frozen=True)
class FieldView:
    """The field of one data item.

    Parameters
    ----------
    declared : mapping
        The data item.
    known : Known
        How it stands for the framework.
    found : sequence of Odd
        What checks found.
    address : str
        Where its answer is saved.
    year : int
        The year of the report; a figure that holds from an earlier one is shown, and changed from then on.
    typed : Entry or None
        What somebody typed that could not be saved.
    errors : sequence of str
        Why it could not.
    """

    declared: Mapping[str, Any]
    known: Known
    found: Sequence[Odd]
    address: str
    year: int
    typed: Entry | None = None
    errors: Sequence[str] = ()

    @property
    def item(self) -> str:
        """Its id."""
        return str(self.declared["id"])

    @property
    def label(self) -> str:
        """What it is called."""
        label: str = self.declared["label"]
        return label

    @property
    def kind(self) -> str:
        """What kind of answer it takes."""
        return str(self.declared["kind"])

    @property
    def help(self) -> str:
        """A sentence on what is meant."""
        text: str = self.declared.get("help", "")
        return text

    @property
    def unit(self) -> str:
        """Its own unit, of a number."""
        return str(self.declared.get("unit", ""))

    @cached_property
    def entry(self) -> Entry:
        """What stands in the field."""
        return self.typed or shown_of(self.known, self.declared)

    @property
    def shown(self) -> str:
        """The mark of what stood in it when the page was made."""
        return mark_of(shown_of(self.known, self.declared))

    @cached_property
    def revision(self) -> Any:
        """What the place said for the year, if it did."""
        value = self.known.value
        return current_of(value) if value and value.label_year == self.year else None

    @property
    def seen(self) -> str:
        """Id of the revision that is shown."""
        return str(self.revision.pk) if self.revision else ""

    @property
    def saved_at(self) -> datetime | None:
        """When it was said."""
        return self.revision.recorded_at if self.revision else None

    @property
    def author_id(self) -> int:
        """Who said it, by number; 0 is nobody."""
        return (self.revision.author_id or 0) if self.revision else 0

    @property
    def saved_by(self) -> str:
        """Who said it."""
        author = self.revision.author if self.revision else None
        return author.display_name if author else ""

    @property
    def state_text(self) -> str:
        """How the item stands, in words."""
        return _state(self.known, self.year)[0]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _state(self.known, self.year)[1]

    @property
    def filled(self) -> str:
        """What it is filled with from elsewhere, or held from an earlier year."""
        return _filled(self.declared, self.known)

    @property
    def units(self) -> list[str]:
        """The units in which an amount can be given, the item's own first."""
        return _units(self.declared, self.entry.unit)

    @property
    def choices(self) -> list[Choice]:
        """What can be chosen."""
        return _choices(self.declared)

    @property
    def keys(self) -> list[Choice]:
        """What may stand in the place of an answer."""
        keys = Library.load().protocol.notation_keys
        return [Choice(key.id, f"{key.id}: {key.label}") for key in keys.values()]

    @property
    def offers(self) -> list[OfferView]:
        """What can be taken over."""
        return [_offer(self.declared, offer) for offer in self.known.offers]

    @property
    def odd(self) -> list[OddView]:
        """What is odd about it."""
        return [_odd(each) for each in self.found]

    @property
    def heads(self) -> list[str]:
        """The columns of a table."""
        return [column["label"] for column in self.declared.get("columns", ())]

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows of a table, with some to spare."""
        return _rows(self.declared, self.entry)

    @property
    def more_open(self) -> bool:
        """Whether key, source and explanation are shown at once."""
        return bool(self.entry.notation_key or self.entry.explanation)


def shown_answer(declared: Mapping[str, Any], answer: Any) -> str:
    """Return an answer in words: a number with its unit, a choice by its label, how many rows."""
    if isinstance(answer, Mapping) and KEY in answer:
        return str(answer[KEY])
    kind = declared["kind"]
    if kind == "number":
        unit = declared["unit"]
        amount = numbers.exact(answer) if declared.get("unit") == "1" else numbers.readable(float(answer), 6)
        return amount if unit == "1" else f"{amount} {unit}"
    if kind == "yes_no":
        return str(_("yes") if answer else _("no"))
    if kind == "choice":
        return choices_of(declared).get(str(answer), str(answer))
    if kind == "table":
        return str(_("%(count)s rows") % {"count": len(answer)})
    return str(answer)


def _state(known: Known, year: int) -> tuple[str, str]:
    """Return how an item stands in words, and the tone of its badge."""
    if known.state == "answered" and known.value is None:
        return _("filled"), "on"
    if known.state == "answered" and known.year is not None and known.year != year:
        return _("holds since %(year)s") % {"year": known.year}, "on"
    return {
        "answered": (_("answered"), "on"),
        "key": (_("no figure, with reason"), "on"),
        "confirm": (_("to confirm"), "ask"),
        "stale": (_("from an earlier year"), "ask"),
        "missing": (_("open"), ""),
    }[known.state]


def _filled(declared: Mapping[str, Any], known: Known) -> str:
    """Say what an item is filled with from elsewhere."""
    if known.state != "answered" or known.value is not None:
        return ""
    year = f", {known.year}" if known.year else ""
    return f"{shown_answer(declared, known.answer)}{year}"


def _offer(declared: Mapping[str, Any], offer: Offer) -> OfferView:
    year = f" ({offer.year})" if offer.year else ""
    text = f"{shown_answer(declared, offer.answer)}{year}"
    button = {
        "earlier": _("It still holds: use it"),
        "feed": _("Use it"),
        "fits": _("It fits here too"),
    }[offer.why]
    return OfferView(offer_id(offer), text, offer.note, offer.source, str(button))


def _odd(odd: Odd) -> OddView:
    said, finding = odd.explained, in_labels(odd.finding, Library.load().plausible.labels)
    return OddView(
        odd.check if odd.value else "",
        message_of(finding),
        remedy_of(finding),
        said.text if said else "",
        said.who if said else "",
    )


def _choices(declared: Mapping[str, Any]) -> list[Choice]:
    words = {"yes": str(_("yes")), "no": str(_("no"))} if declared["kind"] == "yes_no" else {}
    return [Choice(each, words.get(each, label)) for each, label in choices_of(declared).items()]


def _units(declared: Mapping[str, Any], now: str) -> list[str]:
    """Return the units in which an amount can be given, the item's own first."""
    unit = declared.get("unit", "")
    if not unit:
        return []
    units = Library.load().units
    known = units.all.get(unit)
    others = [each.symbol for each in units.of_dimension(known.dimension)] if known else []
    return list(dict.fromkeys([symbol_of(unit), *others, *([now] if now else [])]))


def _rows(declared: Mapping[str, Any], entry: Entry) -> list[list[Cell]]:
    if declared["kind"] != "table":
        return []
    held = [] if isinstance(entry.raw, str) else list(entry.raw)
    return [
        [
            Cell(
                f"{declared['id']}.{number}.{column['id']}",
                column["label"],
                column["kind"],
                row.get(column["id"], ""),
                _choices(column),
                column.get("unit", ""),
            )
            for column in declared["columns"]
        ]
        for number, row in enumerate([*held, *({} for _spare in range(SPARE_ROWS))])
    ]
