"""Recalculating many inventories: a preview that can be left and found again, then new runs with a reason."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from localaction.engine.errors import InputError, LocalActionError
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import OPERATOR, Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.computing import change_warming_potentials, compute, known_set
from localaction.platform.inventories.errors import (
    FactorNotKnown,
    NothingChosen,
    ReasonNeeded,
    RecalculationNotReady,
)
from localaction.platform.inventories.factor_queries import libraries_of, library_of
from localaction.platform.inventories.looking_ahead import Switch, look_ahead
from localaction.platform.inventories.models import Inventory, Recalculation
from localaction.platform.inventories.pinning import pin_instead
from localaction.platform.inventories.queries import last_batch_id
from localaction.platform.places.models import Place

RIGHT = "inventory.recalculate"
Status = Recalculation.Status
LOOKED_AFTER = timedelta(minutes=5)  # one inventory takes seconds: without a step in between nobody is at it
log = logging.getLogger("localaction.recalculation")


class Stopped(Exception):
    """Somebody stopped the work."""


def begin_recalculation(
    *,
    actor: Actor,
    gwp_set: str = "",
    factor_from: str = "",
    factor_to: str = "",
    place: Place | None = None,
) -> Recalculation:
    """Note what is to be looked at; computed by `work_on`, here or by the worker.

    Parameters
    ----------
    actor : User or Operator
        Needs the right ``inventory.recalculate`` on the network.
    gwp_set : str, optional
        Warming potentials to switch to; empty: each inventory keeps its own.
    factor_from, factor_to : str, optional
        Ids of a factor and of the one to use instead. Without either every inventory is computed with the
        factors as they are now.
    place : Place, optional
        Only the inventories of this place.

    Raises
    ------
    UnknownGwpSet, FactorNotKnown
        If there is no such set or factor.
    """
    require(actor, RIGHT, None)
    library = libraries_of([place.pk])[place.pk] if place else Library.load()
    if gwp_set:
        known_set(gwp_set)
    _check_factors(library, factor_from, factor_to)
    return Recalculation.objects.create(
        gwp_set=gwp_set,
        factor_from=factor_from,
        factor_to=factor_to,
        place=place,
        created_by=user_of(actor),
    )


def _check_factors(library: Library, old: str, new: str) -> None:
    for name in (old, new):
        if (old or new) and name not in library.factors.all:
            raise FactorNotKnown(name, library.factors.all)


def scope_of(recalculation: Recalculation) -> QuerySet[Inventory]:
    """Return the inventories that a recalculation looks at."""
    found = Inventory.objects.exclude(status=Inventory.Status.WITHDRAWN)
    return found.filter(place_id=recalculation.place_id) if recalculation.place_id else found


def start(recalculation: Recalculation) -> None:
    """Hand the work to the worker, with a guard that looks later whether it goes on."""
    transaction.on_commit(lambda: work_later.enqueue(recalculation.pk))
    transaction.on_commit(lambda: _guard(recalculation))


def work_on(recalculation_id: int) -> Recalculation:
    """Do what the state asks for: look ahead, or apply."""
    found = Recalculation.objects.select_related("acting", "place").get(pk=recalculation_id)
    try:
        if found.status == Status.QUEUED:
            _preview(found)
        elif found.status == Status.APPLYING:
            _apply(found)
    except Stopped:
        found.refresh_from_db()
    except Exception:
        log.exception("recalculation %s", found.public_id)
        Recalculation.objects.filter(pk=found.pk).update(status=Status.FAILED)
        raise
    return found


def _preview(found: Recalculation) -> None:
    inventories = scope_of(found)
    _move(found, Status.QUEUED, Status.COMPUTING, total=inventories.count(), done=0)
    ahead = look_ahead(inventories, switch_of(found), lambda done: _tell(found, Status.COMPUTING, done))
    report = [each.to_dict() for each in ahead]
    _move(
        found, Status.COMPUTING, Status.READY, report=report, library_digest=Library.load().digest,
    )  # fmt: skip


def switch_of(found: Recalculation) -> Switch:
    """Return what a recalculation changes."""
    swaps = {found.factor_from: found.factor_to} if found.factor_from else {}
    return Switch(found.gwp_set, swaps)


@transaction.atomic
def request_recalculation(
    *, actor: Actor, recalculation: Recalculation, reason: str, chosen: Collection[str] | None = None
) -> Recalculation:
    """Accept a preview for all inventories it moves, or for those ``chosen`` by their public ids.

    Raises
    ------
    ReasonNeeded, NothingChosen
        If there is no reason, or no inventory that would change.
    RecalculationNotReady
        If it is not a finished preview of the factors as they are now.
    """
    require(actor, RIGHT, None)
    if not reason.strip():
        raise ReasonNeeded(why="every total that moves is seen by its city, and people ask why")
    recalculation.refresh_from_db()
    if recalculation.status != Status.READY:
        raise RecalculationNotReady(why=f"it is {recalculation.get_status_display()}")
    if recalculation.library_digest != Library.load().digest:
        raise RecalculationNotReady(why="factors or rules changed since it was computed")
    wanted = _wanted(recalculation.report, chosen)
    if not wanted:
        raise NothingChosen
    _move(
        recalculation, Status.READY, Status.APPLYING, chosen=wanted, reason=reason.strip(), done=0,
        total=len(wanted), acting=user_of(actor),
    )  # fmt: skip
    after = {"gwp_set": recalculation.gwp_set, "inventories": len(wanted)}
    if recalculation.factor_from:
        after |= {"factor_from": recalculation.factor_from, "factor_to": recalculation.factor_to}
    record(
        "inventories.recalculation.accepted", actor=actor, target=recalculation, after=after, reason=reason
    )
    return recalculation


def _wanted(report: Sequence[Any], chosen: Collection[str] | None) -> list[str]:
    can = [each["id"] for each in report if not each["refused"]]
    if chosen is not None:
        return [public_id for public_id in can if public_id in set(chosen)]
    return [each["id"] for each in report if not each["refused"] and (each["moves"] or not each["before"])]


def _apply(found: Recalculation) -> None:
    actor: Actor = found.acting or OPERATOR
    seen = {each["id"]: each for each in found.report}
    inventories = Inventory.objects.select_related("place").filter(
        public_id__in=[uuid.UUID(each) for each in found.chosen]
    )
    by_id = {str(each.public_id): each for each in inventories}
    done: Counter[str] = Counter()
    skipped: list[dict[str, str]] = []
    begun = found.done  # more than none if a worker was killed on the way
    for number, public_id in enumerate(found.chosen[begun:], start=begun + 1):
        inventory = by_id[public_id]
        try:
            _recalculate(found, actor, inventory, seen[public_id])
        except LocalActionError as error:
            skipped.append({"id": public_id, "why": error.message})
        else:
            done[inventory.status] += 1
        _tell(found, Status.APPLYING, number)
    outcome = {
        "done": begun + sum(done.values()), "published": done[Inventory.Status.PUBLISHED], "skipped": skipped,
    }  # fmt: skip
    _move(found, Status.APPLYING, Status.APPLIED, outcome=outcome)
    record("inventories.recalculation.applied", actor=actor, target=found, after=outcome, reason=found.reason)


@transaction.atomic
def _recalculate(found: Recalculation, actor: Actor, inventory: Inventory, seen: Mapping[str, Any]) -> None:
    require(actor, RIGHT, None)
    if last_batch_id(inventory) != seen["last_batch"]:
        raise RecalculationNotReady(why="its rows changed since the preview")
    if library_of(inventory).digest != seen["library_digest"]:
        raise RecalculationNotReady(why="factors of its place changed since the preview")
    if found.factor_from:
        pin_instead(
            actor=actor, inventory=inventory, old=found.factor_from, new=found.factor_to, reason=found.reason
        )
    if found.gwp_set and inventory.gwp_set != found.gwp_set:
        change_warming_potentials(
            actor=actor, inventory=inventory, gwp_set=found.gwp_set, reason=found.reason
        )
    else:
        compute(actor=actor, inventory=inventory, reason=found.reason)


@transaction.atomic
def stop_recalculation(*, actor: Actor, recalculation: Recalculation) -> Recalculation:
    """Stop the work, or leave a preview unused. What was applied so far stays."""
    require(actor, RIGHT, None)
    open_states = {Status.QUEUED, Status.COMPUTING, Status.READY, Status.APPLYING}
    if recalculation.status not in open_states:
        raise RecalculationNotReady(why=f"it is {recalculation.get_status_display()}")
    Recalculation.objects.filter(pk=recalculation.pk, status__in=open_states).update(status=Status.STOPPED)
    recalculation.refresh_from_db()
    return recalculation


def _move(found: Recalculation, before: str, after: str, **values: Any) -> None:
    mine = Recalculation.objects.filter(pk=found.pk, status=before)
    for name, value in values.items():
        setattr(found, name, value)
    if not mine.update(status=after, **values):
        raise Stopped
    found.status = after


def _tell(found: Recalculation, status: str, done: int) -> None:
    if not Recalculation.objects.filter(pk=found.pk, status=status).update(done=done):
        raise Stopped


def _guard(found: Recalculation) -> None:
    look_after.using(run_after=timezone.now() + LOOKED_AFTER).enqueue(found.pk, found.status, found.done)


@task()
def look_after(recalculation_id: int, status: str, done: int) -> None:
    """Take up the work of a worker that was killed: that of a state in which nothing moved meanwhile."""
    found = Recalculation.objects.get(pk=recalculation_id)
    if not found.at_work:
        return
    if (found.status, found.done) != (status, done):
        _guard(found)
        return
    if found.status == Status.COMPUTING:
        _move(found, Status.COMPUTING, Status.QUEUED, done=0)
    work_on(recalculation_id)


@task()
def work_later(recalculation_id: int) -> None:
    """Look ahead or apply, by the worker."""
    try:
        work_on(recalculation_id)
    except InputError:
        log.warning("recalculation %s was refused", recalculation_id)
