"""Answering a question of a framework: by hand, by taking over what is offered, or not any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from localaction.engine.packs import Library
from localaction.engine.packs.frameworks import Framework
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.places.models import Place
from localaction.platform.reporting.answers import fill, fits_of
from localaction.platform.reporting.errors import KeyNeedsReason, NotAsked, NothingOffered, UnknownKey
from localaction.platform.reporting.known import Known, Offer
from localaction.platform.reporting.years import check_year
from localaction.platform.values.figures import Key, Said
from localaction.platform.values.kinds import KEY, said_of, written_of
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.queries import (
    candidates_for,
    current_of,
    dimensions_of,
    last_figure,
    value_of,
    value_of_year,
)
from localaction.platform.values.remarks import confirm_fit
from localaction.platform.values.services import (
    adopt_value,
    check_unchanged,
    record_value,
    restore_revision,
    withdraw_figures,
)

BY_HAND = "Entered in the form of a framework."
UNDONE = "Undone in the form of a framework."
TAKEN_BACK = "Taken back in the form of a framework."
CHOSEN = "Entered by hand, which goes before what was brought in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person says to one question; ``raw`` is text, or rows of a table; a key stands in its place."""

    raw: str | Sequence[Mapping[str, str]] = ""
    unit: str = ""
    notation_key: str = ""
    explanation: str = ""
    source: str = ""


@transaction.atomic
def save_answer(
    *,
    actor: Actor,
    place: Place,
    framework: Framework,
    item: str,
    year: int,
    entry: Entry,
    seen: int | None,
) -> ValueRevision | None:
    """Keep an answer as a figure of the place, and return its revision; None if it is taken back.

    The figure is there for every framework that asks for it. Where the definition of this framework is
    another one, what is entered here counts as confirmed for it.

    Parameters
    ----------
    actor : User or Operator
        Who answers; needs the right ``value.edit`` at the place.
    place, framework, item, year
        What is answered, for which label year.
    entry : Entry
        The answer; an empty one takes back what was said.
    seen : int or None
        Id of the revision the editor had before them, None if there was none. The same answer sent again is
        no conflict.

    Raises
    ------
    NotAllowed, NotAsked, YearNotReportable, NotAnAnswer, NotANumber, KeyNeedsReason, UnknownKey, EditConflict
    """
    if item not in framework.items:
        raise NotAsked(framework.title, item, list(framework.items))
    check_year(year, timezone.localdate())
    standing = value_of_year(actor=actor, place=place, item=item, year=year)
    if not entry.raw and not entry.notation_key:
        _take_back(actor, standing, seen)
        return None
    return _record(
        actor, place, framework, item, year, _said(framework.items[item], entry, item), standing, seen
    )


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    place: Place,
    framework: Framework,
    item: str,
    year: int,
    offer: str,
    as_of: date,
) -> None:
    """Take over what is offered: an earlier figure, one from elsewhere, or one of another definition.

    Parameters
    ----------
    actor, place, framework, item, year
        As in `save_answer`.
    offer : str
        `offer_id` of what the person looked at; something else is never taken over unseen.
    as_of : date
        Today.

    Raises
    ------
    NotAllowed, NotAsked, NothingOffered, EditConflict
    """
    if item not in framework.items:
        raise NotAsked(framework.title, item, list(framework.items))
    [filled] = fill(actor=actor, place=place, year=year, frameworks=[framework], as_of=as_of)
    known = filled.known[item]
    found = next((each for each in known.offers if offer_id(each) == offer), None)
    if found is None:
        raise NothingOffered(item=framework.items[item]["label"])
    if found.why == "fits" and found.value is not None:
        confirm_fit(actor=actor, value=found.value, framework=framework.key, seen=current_of(found.value).pk)
        return
    said = _said_by(framework.items[item], item, found)
    _record(actor, place, framework, item, year, said, known.value, _seen(known))


@transaction.atomic
def undo_answer(*, actor: Actor, value: Value, seen: int | None) -> ValueRevision | None:
    """Say again what the figure said before its newest revision, or before it was taken back.

    None if it said nothing before; what was brought in for the same question stands again then.

    Raises
    ------
    NotAllowed, EditConflict
    """
    if value.current is None:
        last = value.revisions.order_by("-number")[0]
        return restore_revision(actor=actor, revision=last, reason=UNDONE, seen=seen)
    current = check_unchanged(value, seen)
    if current.replaces is None:
        _take_back(actor, value, seen)
        _stand_again(actor, value)
        return None
    return restore_revision(actor=actor, revision=current.replaces, reason=UNDONE, seen=seen)


def _stand_again(actor: Actor, value: Value) -> None:
    """Adopt what else is kept for the question of a figure that was taken back, if there is anything."""
    rest = candidates_for(
        actor=actor,
        place=value.place,
        item=value.item,
        period=Period(value.period_start, value.period_end, value.label_year),
        dimensions=dimensions_of(value.dimensions),
        boundary=value.boundary,
        entity=value.entity,
    )
    if rest:
        adopt_value(actor=actor, value=rest[0], reason=UNDONE)


def find_figure(*, actor: Actor, place: Place, item: str, year: int) -> Value | None:
    """Return the figure of a place for a year, one that was taken back too, if the actor may change it."""
    require(actor, "value.edit", place.scope_id)
    return last_figure(place, item, year)


def offer_id(offer: Offer) -> str:
    """Return what tells an offer from others: why it is there, of which year, a digest of what it says."""
    return f"{offer.why}|{offer.year or ''}|{sha256(repr(offer.answer).encode()).hexdigest()[:32]}"


def _seen(known: Known) -> int | None:
    return current_of(known.value).pk if known.value else None


def _said(declared: Mapping[str, Any], entry: Entry, item: str) -> Said:
    common: Said = {"explanation": entry.explanation.strip(), "source": entry.source.strip()}
    if not entry.notation_key:
        return {**said_of(item, entry.raw, entry.unit), **common}
    keys = Library.load().protocol.notation_keys
    key = keys.get(entry.notation_key)
    if key is None:
        raise UnknownKey(item=declared["label"], key=entry.notation_key, known=", ".join(keys))
    if (key.needs_reason or key.needs_reference) and not entry.explanation.strip():
        raise KeyNeedsReason(item=declared["label"], key=entry.notation_key, label=key.label)
    return {"notation_key": entry.notation_key, **common}


def _said_by(declared: Mapping[str, Any], item: str, offer: Offer) -> Said:
    """Return what a figure says that takes over an offer, with where it is from."""
    lineage = {"taken_over": offer.why, "year": offer.year, "note": offer.note}
    if isinstance(offer.answer, Mapping):
        said: Said = {"notation_key": offer.answer[KEY]}
        if offer.value is not None:
            said["explanation"] = current_of(offer.value).explanation
    elif offer.why == "earlier" and offer.value is not None:
        revision = current_of(offer.value)
        said = {
            "exact": revision.exact,
            "unit": revision.unit,
            "choice": revision.choice,
            "text": revision.text,
            "day": revision.day,
        }
    else:
        said = said_of(item, written_of(declared, _rounded(offer.answer)))
    return {**said, "source": offer.source[:300], "lineage": lineage}


def _rounded(answer: Any) -> Any:
    """Return a number without the rest that adding leaves: ``0.3``, not ``0.30000000000000004``.

    A figure that was written with up to 15 digits stays as it is.
    """
    return float(f"{answer:.15g}") if isinstance(answer, float) else answer


def _record(
    actor: Actor,
    place: Place,
    framework: Framework,
    item: str,
    year: int,
    said: Said,
    standing: Value | None,
    seen: int | None,
) -> ValueRevision:
    period = Period.year(year)
    if standing is not None:
        period = Period(standing.period_start, standing.period_end, standing.label_year)
        said["visibility"] = current_of(standing).visibility
    by_hand = standing is None or standing.basis == Value.Basis.REPORTED
    if standing is not None and not by_hand:
        check_unchanged(standing, seen)
        own = value_of(actor=actor, place=place, item=item, period=period, basis=Value.Basis.REPORTED)
        seen = own.current_id if own else None  # of two who go before it at once the second is told
    revision = record_value(
        actor=actor,
        place=place,
        item=item,
        period=period,
        reason=BY_HAND,
        seen=seen,
        **said,
    )
    if not revision.value.adopted:
        adopt_value(actor=actor, value=revision.value, reason=CHOSEN)
    if item in fits_of(framework) and not revision.notation_key:
        confirm_fit(actor=actor, value=revision.value, framework=framework.key, seen=revision.pk)
    return revision


def _take_back(actor: Actor, standing: Value | None, seen: int | None) -> None:
    if standing is None:
        return
    check_unchanged(standing, seen)
    key = Key(
        standing.place_id,
        standing.item,
        standing.period_start,
        standing.period_end,
        standing.dimensions,
        standing.boundary,
        standing.entity,
        standing.basis,
    )
    withdraw_figures(actor=actor, keys=[key], reason=TAKEN_BACK, to_nothing=True)
