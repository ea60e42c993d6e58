"""Writing figures: one, many, an earlier state again, and which candidate is adopted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Unpack

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from localaction.engine.periods import Period
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.rights import ACTIONS, Actor, name_of, require, scope_ids, user_of
from localaction.platform.audit.services import record, record_each
from localaction.platform.places.models import Place
from localaction.platform.values.errors import BadFigure, EditConflict
from localaction.platform.values.figures import (
    CONTENT,
    LATEST,
    Figure,
    Key,
    Latest,
    Said,
    content,
    dimensions_of,
)
from localaction.platform.values.models import Value, ValueRevision
from localaction.platform.values.writing import Written, heads_for, write

__all__ = [
    "LATEST",
    "EditConflict",
    "Figure",
    "Key",
    "Written",
    "adopt_value",
    "check_unchanged",
    "record_many",
    "record_value",
    "restore_revision",
    "withdraw_figures",
]
BATCH = 5000
ATTEMPTS = 8  # each means that another writer was faster; only PostgreSQL lets two write at once


@transaction.atomic
def record_value(
    *,
    actor: Actor,
    place: Place,
    item: str,
    period: Period,
    reason: str = "",
    seen: int | Latest | None = None,
    **said: Unpack[Said],
) -> ValueRevision:
    """Keep one figure and return its current revision; saying the same again changes nothing.

    Parameters
    ----------
    actor : User or Operator
        Who says it; needs the right ``value.edit`` at the place.
    place, item, period
        What the figure is about.
    reason : str, optional
        Why, in the words of the actor.
    seen : int or None or LATEST
        Id of the revision the editor had before them (None: there was no figure yet). If it is no longer the
        current one, nothing is written.
    **said
        The fields of ``Figure``: exactly one of amount, exact, notation_key, choice, text and day, and what
        goes with it.

    Raises
    ------
    NotAllowed, UnknownItem, NotANumber, BadFigure, EditConflict
    """
    require(actor, "value.edit", place.scope_id)
    figure = Figure(place=place, item=item, period=period, seen=seen, **said)
    return _save_one(actor, figure, reason, "values.figure.recorded")


def _save_one(actor: Actor, figure: Figure, reason: str, verb: str) -> ValueRevision:
    before = heads_for([figure.key()]).get(figure.key())
    written = _write([figure], actor, reason)
    head = heads_for([figure.key()])[figure.key()]
    revision = ValueRevision.objects.select_related("value").get(value_id=head.pk, number=head.number)
    if not written.unchanged:
        old = {"number": before.number, "said": said(before.content)} if before and before.current else None
        new = {"number": revision.number, "said": said(head.content)}
        record(
            verb,
            actor=actor,
            target=revision.value,
            scope=figure.place.scope,
            before=old,
            after=new,
            reason=reason,
        )
    return revision


def record_many(
    *, actor: Actor, figures: Iterable[Figure], reason: str = "", right: str = "value.edit"
) -> Written:
    """Keep many figures, all or none, in a constant number of statements for each 5000.

    Figures that follow from something else, such as the totals of an inventory, are kept by whoever has the
    ``right`` to change or publish that. Raises like ``record_value``. One event is recorded for each place;
    each revision names author and reason.
    """
    total = Written()
    counts: dict[Place, int] = {}
    with transaction.atomic():
        for batch in _batches(figures):
            places = {figure.place for figure in batch}
            _require_all(actor, places - counts.keys(), right)
            for figure in batch:
                counts[figure.place] = counts.get(figure.place, 0) + 1
            total += _write(batch, actor, reason)
        after = {place: {"figures": count} for place, count in counts.items()}
        record_each("values.figures.recorded", actor=actor, after=after, reason=reason)
    return total


@transaction.atomic
def restore_revision(
    *, actor: Actor, revision: ValueRevision, reason: str, seen: int | Latest | None = LATEST
) -> ValueRevision:
    """Say again what an earlier revision said, as a new revision; nothing between is lost.

    Raises ``NotAllowed``, ``BadFigure`` without a reason, and ``EditConflict``.
    """
    head = revision.value
    require(actor, "value.edit", head.place.scope_id)
    if not reason.strip():
        raise BadFigure(head.item, head.place.name, "say why the earlier figure is restored.")
    figure = Figure(
        place=head.place,
        item=head.item,
        period=Period(head.period_start, head.period_end, head.label_year),
        dimensions=dimensions_of(head.dimensions),
        boundary=head.boundary,
        entity=head.entity,
        basis=head.basis,
        seen=seen,
        **{name: getattr(revision, name) for name in CONTENT},
    )
    return _save_one(actor, figure, reason, "values.figure.restored")


def check_unchanged(value: Value, seen: int | None) -> ValueRevision:
    """Return the current revision of a figure, which nobody else changes until the transaction ends.

    Raises
    ------
    EditConflict
        If it is not the one the editor had before them.
    """
    Value.objects.filter(pk=value.pk).update(adopted=F("adopted"))  # wait for whoever writes it now
    value.refresh_from_db(fields=["current", "adopted"])
    newest = value.current
    if newest is None or newest.pk != seen:
        who = newest.author.display_name if newest and newest.author else "The operator"
        what = f"{value.item} of {value.place.name} for {value.label_year}"
        raise EditConflict(what, who, newest.recorded_at if newest else None)
    return newest


@transaction.atomic
def adopt_value(*, actor: Actor, value: Value, reason: str) -> Value:
    """Adopt this candidate for its question, instead of the one adopted so far.

    Raises ``NotAllowed``, or ``BadFigure`` without a reason.
    """
    require(actor, "value.edit", value.place.scope_id)
    if not reason.strip():
        raise BadFigure(value.item, value.place.name, "say why this candidate is adopted.")
    same = Value.objects.filter(
        place_id=value.place_id,
        item=value.item,
        period_start=value.period_start,
        period_end=value.period_end,
        dimensions=value.dimensions,
        boundary=value.boundary,
        entity=value.entity,
    )
    before = same.filter(adopted=True).first()
    if before == value:
        return value
    same.filter(adopted=True).update(adopted=False)
    value.adopted = True
    value.save(update_fields=["adopted"])
    record(
        "values.figure.adopted",
        actor=actor,
        target=value,
        scope=value.place.scope,
        before={"basis": before.basis} if before else None,
        after={"basis": value.basis},
        reason=reason,
    )
    return value


@transaction.atomic
def withdraw_figures(*, actor: Actor, keys: Iterable[Key], reason: str, to_nothing: bool = False) -> int:
    """Take figures back that an import or a withdrawn inventory brought; their revisions stay.

    A figure says again what it said before the revision that is current now (``to_nothing``: nothing). One
    that says nothing is as if it weren't there, until somebody says it again. Return how many there were.
    """
    taken = 0
    for batch in _parts(keys):
        wanted = set(batch)
        heads = {key: head for key, head in heads_for(batch).items() if key in wanted and head.current}
        if not heads:
            continue
        _require_all(
            actor, set(Place.everything.filter(pk__in={key.place_id for key in heads})), "value.edit"
        )
        before = ValueRevision.objects.filter(pk=OuterRef("current_id")).values("replaces_id")[:1]
        ids = [head.pk for head in heads.values()]
        Value.objects.filter(pk__in=ids).update(current_id=None if to_nothing else Subquery(before))
        Value.objects.filter(pk__in=ids, current=None).update(adopted=False)
        taken += len(ids)
        places = Counter(key.place_id for key in heads)
        after = {
            place: {"figures": places[place.pk]} for place in Place.everything.filter(pk__in=list(places))
        }
        record_each("values.figures.taken_back", actor=actor, after=after, reason=reason)
    return taken


def _parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch


def said(values: tuple[object, ...]) -> dict[str, object]:
    """Return what a revision says without what it leaves empty, for the record."""
    return {name: value for name, value in zip(CONTENT, values, strict=True) if value not in (None, "")}


def _write(batch: list[Figure], actor: Actor, reason: str) -> Written:
    """Write one batch; if somebody else writes at the same moment, look again and try again."""
    contents = [content(figure) for figure in batch]
    author = user_of(actor)
    author_id = author.pk if author else None
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic():
                return write(batch, contents, author_id=author_id, reason=reason, now=timezone.now())
        except IntegrityError:
            if not attempts_left:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")


def _require_all(actor: Actor, places: set[Place], right: str) -> None:
    """Raise ``NotAllowed`` unless the actor has the right, or a part of it, at all places; one query."""
    wanted = {place.scope_id for place in places}
    if wanted and wanted - set(scope_ids(actor, right, partly=right != "value.edit").filter(pk__in=wanted)):
        raise NotAllowed(who=name_of(actor), what=str(ACTIONS[right]), action=right)


def _batches(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    rest = iter(figures)
    while batch := list(islice(rest, BATCH)):
        yield batch
