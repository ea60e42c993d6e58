"""What is known of a place for a year, by data item: typed, kept from before, or filled from elsewhere.

A figure is entered once. What a place said for the year, whoever asked for it, is there for all frameworks;
so are the totals of its inventory and facts about it, each with how well it fits and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from localaction.engine.formulas.scalar import Scalar
from localaction.engine.packs import Library
from localaction.engine.packs.feed import FitKind, Part
from localaction.engine.packs.feeds import feeds
from localaction.platform.accounts.rights import Actor
from localaction.platform.inventories.queries import newest_inventory
from localaction.platform.places.models import Place
from localaction.platform.places.queries import facts_on, said_by_geonames
from localaction.platform.planning.queries import next_target
from localaction.platform.values.decimals import as_float
from localaction.platform.values.errors import NotANumber
from localaction.platform.values.kinds import answer_of
from localaction.platform.values.models import Value
from localaction.platform.values.queries import current_of, figures_until

#: Said of figures that may change before anybody else sees them.
DRAFT: Final = "The inventory is not published yet: see that it is complete."
PUBLIC: Final = "public"
State = Literal["answered", "key", "confirm", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that may be the answer once a person says so: of another year, or of another definition.

    Parameters
    ----------
    answer : number, truth, text, day, rows or key
        In the unit of the item, as an evaluation takes it.
    why : str
        ``earlier``: the place's own figure of an earlier year; ``feed``: filled from elsewhere;
        ``fits``: a figure of the year, entered where the definition is another.
    note : str
        What to look at before saying yes, in plain words.
    year : int or None
        The year it is of, where that is known.
    source : str
        Where it comes from.
    value : Value or None
        The figure it is, where it is one.
    fit : str
        ``exact`` or ``conversion`` needs nobody to say so.
    """

    answer: Any
    why: Literal["earlier", "feed", "fits"]
    note: str
    year: int | None
    source: str
    value: Value | None = None
    fit: FitKind = "confirm"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one data item of a place for a year.

    Parameters
    ----------
    state : str
        ``answered``; ``key``: a notation key stands for it; ``confirm``: something is there that a person
        must look at; ``stale``: only a figure of an earlier year; ``missing``.
    answer
        As an evaluation takes it; None unless answered or a key.
    fit : str
        ``exact`` or ``conversion``: how what is known came to be the answer.
    value : Value or None
        The figure of the item itself, of this year or holding until changed.
    """

    item: str
    state: State
    answer: Any = None
    fit: FitKind = "exact"
    note: str = ""
    year: int | None = None
    source: str = ""
    value: Value | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether an evaluation takes it."""
        return self.state in {"answered", "key"}


class Held(NamedTuple):
    """What a part of a feed is: ``settled`` is false for figures of an inventory that is not published."""

    value: Scalar = None
    year: int | None = None
    source: str = ""
    settled: bool = True


@dataclass
class Holdings:
    """All that could answer something of a place for a year, read in a few queries.

    ``figures`` holds the adopted figures by item and dimensions, the newest year first.
    """

    year: int
    figures: dict[tuple[str, str], list[Value]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    inventory: Any = None
    target: Any = None
    inhabitants: int | None = None
    items: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: Library.load().items)

    def own(self, item: str) -> list[Value]:
        """Return the figures of an item without dimensions, the newest first."""
        return self.figures.get((item, ""), [])

    def known(self, item: str) -> Known:
        """Return what is known of one data item."""
        declared = self.items[item]
        own = self.own(item)
        if own and own[0].label_year == self.year:
            return self._said(item, own[0])
        fed = list(self._fed(item))
        if own and declared.get("lasts") and not any(_newer(offer, own[0]) for offer in fed):
            return self._said(item, own[0])
        offers = [*self._earlier(declared, own), *fed]
        offers.sort(key=lambda offer: offer.why == "feed" and offer.year != self.year)
        for offer in offers:
            if offer.fit != "confirm":
                others = tuple(other for other in offers if other is not offer)
                said = (offer.answer, offer.fit, offer.note, offer.year, offer.source)
                return Known(item, "answered", *said, offers=others)
        if not offers:
            return Known(item, "missing")
        state: State = "stale" if offers[0].why == "earlier" else "confirm"
        return Known(item, state, offers=tuple(offers))

    def _said(self, item: str, value: Value) -> Known:
        revision = current_of(value)
        answer = answer_of(self.items[item], revision)
        converted = bool(revision.unit) and revision.unit != self.items[item].get("unit")
        fit: FitKind = "conversion" if converted else "exact"
        state: State = "key" if revision.notation_key else "answered"
        return Known(item, state, answer, fit, "", value.label_year, revision.source, value)

    def _earlier(self, declared: Mapping[str, Any], own: Sequence[Value]) -> Iterator[Offer]:
        if own:
            said = current_of(own[0])
            yield Offer(answer_of(declared, said), "earlier", "", own[0].label_year, said.source, own[0])

    def _fed(self, item: str) -> Iterator[Offer]:
        """Yield what feeds give, in their order."""
        for feed in feeds().get(item, ()):
            found = {part: self._part(part, lasts=feed.lasts) for part in feed.parts}
            answer = feed.value({part: held.value for part, held in found.items()})
            if answer is not None:
                years = {held.year for held in found.values() if held.year is not None}
                sources = dict.fromkeys(held.source for held in found.values() if held.value is not None)
                whence = "; ".join(filter(None, sources))
                settled = all(held.settled for held in found.values())
                fit: FitKind = feed.fit if settled else "confirm"
                note = feed.note if settled else f"{feed.note} {DRAFT}"
                yield Offer(answer, "feed", note, max(years, default=None), whence, fit=fit)

    def _part(self, part: Part, *, lasts: bool) -> Held:
        """Return what a part of a feed is, the year it is of, and where it comes from."""
        if part.source == "figure":
            return self._figure(part, lasts=lasts)
        if part.source == "fact":
            return self._fact(part.name)
        if part.source == "target":
            held = getattr(self.target, part.name, None)
            return Held(held, None, self.target.title if self.target else "")
        if part.source == "report":
            return Held(float(self.year) if part.name == "year" else None, self.year)
        if self.inventory is None:
            return Held()
        year = int(self.inventory.label_year)
        said = float(year) if part.name == "year" else Library.load().protocol.name
        return Held(said, year, settled=self.inventory.status == self.inventory.Status.PUBLISHED)

    def _figure(self, part: Part, *, lasts: bool) -> Held:
        dimensions = ";".join(f"{name}={value}" for name, value in sorted(part.dimensions))
        for value in self.figures.get((part.name, dimensions), []):
            if value.label_year == self.year or lasts:
                revision = current_of(value)
                answer = answer_of(self.items[part.name], revision)
                if revision.notation_key:
                    answer = Library.load().protocol.amount_of(revision.notation_key)
                draft = value.basis == Value.Basis.DERIVED and revision.visibility != PUBLIC
                return Held(answer, value.label_year, revision.source, settled=not draft)
        return Held()

    def _fact(self, name: str) -> Held:
        if name == "geonames.population":
            return Held(float(self.inhabitants) if self.inhabitants else None, None, "GeoNames")
        fact = self.facts.get(name)
        if fact is None:
            return Held()
        try:
            year = fact.valid_from.year if fact.valid_from else None
            return Held(as_float(fact.text), year, fact.source)
        except (ValueError, NotANumber):
            return Held()


def _newer(offer: Offer, own: Value) -> bool:
    """Return whether something that needs nobody's word is of a later year than what was said."""
    return offer.fit != "confirm" and offer.year is not None and offer.year > own.label_year


def holdings_of(*, actor: Actor, place: Place, year: int, items: Collection[str]) -> Holdings:
    """Return what the actor may see of a place that could answer these data items, in a few queries.

    Parameters
    ----------
    actor : User, Operator or None
        Who looks; figures they may not see are as if they weren't there.
    place : Place
        Whose figures.
    year : int
        Label year of the report; later figures are not looked at.
    items : collection of str
        Data items that are asked; what feeds them is read too.
    """
    parts = {part for item in items for feed in feeds().get(item, ()) for part in feed.parts}
    wanted = {*items, *(part.name for part in parts if part.source == "figure")}
    found = Holdings(year)
    for value in figures_until(actor=actor, place=place, items=sorted(wanted), year=year):
        found.figures.setdefault((value.item, value.dimensions), []).append(value)
    found.facts = facts_on(place, date(year, 12, 31))
    found.inhabitants = said_by_geonames(place)
    found.inventory = newest_inventory(actor, place, year)
    if any(part.source == "target" for part in parts):
        found.target = next_target(actor, place, year)
    return found
