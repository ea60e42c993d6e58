"""Many inventories at once, from a published source: computed beforehand, written in a few statements.

What takes long (`computed`) is done before the database is held; `write_many` then only writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.results import Result
from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record_each
from localaction.platform.inventories.computing import (
    CELL_ITEM,
    DEFAULT_GWP_SET,
    TOTAL_ITEM,
    figures_of,
    require_period,
)
from localaction.platform.inventories.errors import ChangedMeanwhile, UndoBlockedByName
from localaction.platform.inventories.models import Batch, Inventory, RowRevision, Run
from localaction.platform.inventories.queries import Reach
from localaction.platform.inventories.writing import Change, write_batches
from localaction.platform.places.models import Place
from localaction.platform.values.bulk import insert_rows
from localaction.platform.values.figures import Key, dimensions_text
from localaction.platform.values.services import Figure, record_many, withdraw_figures

NAMED = 5
RUN_FIELDS = (
    "public_id", "inventory", "number", "last_batch", "gwp_set", "library_digest", "factors_digest",
    "result", "reason", "created_by",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One inventory as it shall stand: a new one, or one that is there with the changes of its rows."""

    place: Place
    period: Period
    citation: str
    licence: str
    changes: list[Change]
    standing: list[RowRevision] = field(default_factory=list)
    inventory: Inventory | None = None
    last_batch: int | None = None
    number: int = 1
    result: Result | None = None
    data: dict[str, Any] | None = None
    factors_digest: str | None = None

    @property
    def name(self) -> str:
        """Place and year, as messages name it."""
        return f"{self.place.name} {self.period.label_year}"

    def rows(self) -> list[RawRow]:
        """Return the rows as they shall stand, with their keys, as the engine reads them."""
        replaced = {change.before.pk for change in self.changes if change.before is not None}
        kept = [(row.row_key, row.values()) for row in self.standing if row.pk not in replaced]
        came = [
            (change.before.row_key if change.before else change.key, change.values)
            for change in self.changes
            if not change.removed
        ]
        return [
            RawRow(number, values, str(key)) for number, (key, values) in enumerate([*kept, *came], start=2)
        ]


def standing_rows(inventories: Iterable[Inventory]) -> dict[int, list[RowRevision]]:
    """Return the rows of many inventories as they stand, by inventory, in their order; one query."""
    rows: dict[int, list[RowRevision]] = {}
    found = RowRevision.objects.filter(inventory__in=list(inventories), is_current=True, removed=False)
    for row in found.order_by("inventory_id", "position", "id"):
        rows.setdefault(row.inventory_id, []).append(row)
    return rows


def last_batches(inventories: Iterable[Inventory]) -> dict[int, int]:
    """Return the newest change of rows of each inventory; one query."""
    found = Batch.objects.filter(inventory__in=list(inventories)).values("inventory_id")
    return dict(found.annotate(last=Max("pk")).values_list("inventory_id", "last"))


def inventories_at(places: Iterable[Place]) -> dict[tuple[int, int], Inventory]:
    """Return the inventories of places, by place and year; one query."""
    found = Inventory.objects.filter(place__in=[place for place in places if place.pk]).select_related(
        "place"
    )
    return {(each.place_id, each.label_year): each for each in found}


def computed(draft: Draft, chain: tuple[str, ...], library: Library) -> Result:
    """Compute a draft by the rule book of its place.

    Raises ``Refused`` if its rows are wrong, ``BadInventoryPeriod`` if its period is.
    """
    require_period(draft.period)
    gwp_set = draft.inventory.gwp_set if draft.inventory else DEFAULT_GWP_SET
    options = Options(draft.place.code, chain, draft.period, gwp_set)
    draft.result = compile_inventory(draft.rows(), options, library)
    draft.factors_digest = library.digest_for(_reach(draft))
    draft.data = draft.result.to_dict() | {"lines_complete": True}
    return draft.result


def _reach(draft: Draft) -> Reach:
    """Return what decides which factors the rows could take, as `reach_of` reads it of rows that are kept."""
    found = (row.values for row in draft.rows())
    return {
        (values["ref"], values["activity"], values["factor"])
        for values in found
        if not values["gas"] and not values["notation_key"]
    }


@transaction.atomic
def write_many(
    *,
    actor: Actor,
    drafts: Sequence[Draft],
    import_id: uuid.UUID,
    file_name: str,
    visibility: str,
    reason: str,
) -> None:
    """Write inventories, rows, runs and figures of many drafts, all or nothing.

    Raises
    ------
    ChangedMeanwhile
        If rows of one of them were changed, or it was made, since it was prepared.
    """
    require(actor, "inventory.edit", None)
    known = [draft.inventory for draft in drafts if draft.inventory is not None]
    Inventory.objects.filter(pk__in=[each.pk for each in known]).update(status=F("status"))
    now, runs_now = last_batches(known), last_runs(known)
    for draft in drafts:
        if (each := draft.inventory) is None:
            continue
        if now.get(each.pk) != draft.last_batch or runs_now.get(each.pk, 0) != draft.number - 1:
            raise ChangedMeanwhile(name=draft.name)
    there = inventories_at(draft.place for draft in drafts if draft.inventory is None)
    for draft in drafts:
        if draft.inventory is None and (draft.place.pk, draft.period.label_year) in there:
            raise ChangedMeanwhile(name=draft.name)
    _create(actor, [draft for draft in drafts if draft.inventory is None], reason)
    changes = {draft.inventory: draft.changes for draft in drafts if draft.inventory is not None}
    batches = write_batches(actor=actor, changes=changes, import_id=import_id, file_name=file_name)
    runs = _keep_runs(actor, drafts, batches, reason)
    record_many(actor=actor, figures=_figures(drafts, runs, visibility), reason=reason)


def _create(actor: Actor, drafts: Sequence[Draft], reason: str) -> None:
    made = Inventory.objects.bulk_create(
        Inventory(
            place=draft.place,
            label_year=draft.period.label_year,
            period_start=draft.period.start,
            period_end=draft.period.end,
            gwp_set=DEFAULT_GWP_SET,
            origin=Inventory.Origin.PUBLISHED_SOURCE,
            citation=draft.citation,
            licence=draft.licence,
        )
        for draft in drafts
    )
    for draft, inventory in zip(drafts, made, strict=True):
        draft.inventory = inventory
    after = {
        each: {
            "year": each.label_year,
            "period": str(each.period),
            "gwp_set": each.gwp_set,
            "origin": each.origin,
        }
        for each in made
    }
    record_each("inventories.inventory.created", actor=actor, after=after, reason=reason)


def last_runs(inventories: Iterable[Inventory]) -> dict[int, int]:
    """Return the number of the newest run of each inventory; one query."""
    found = Run.objects.filter(inventory__in=list(inventories)).values("inventory_id")
    return dict(found.annotate(last=Max("number")).values_list("inventory_id", "last"))


def _keep_runs(actor: Actor, drafts: Sequence[Draft], batches: Mapping[int, Batch], reason: str) -> list[Run]:
    by = user_of(actor)
    runs = []
    for draft in drafts:
        inventory, result = _done(draft)
        run = Run(
            inventory=inventory, number=draft.number, last_batch=batches[inventory.pk],
            gwp_set=inventory.gwp_set, library_digest=result.library_digest,
            factors_digest=draft.factors_digest, result=draft.data, reason=reason, created_by=by,
        )  # fmt: skip
        runs.append(run)
    insert_rows(Run, RUN_FIELDS, (_run_row(run) for run in runs))
    after = {
        run.inventory: {"run": run.number, **_totals(draft)} for draft, run in zip(drafts, runs, strict=True)
    }
    record_each("inventories.inventory.computed", actor=actor, after=after, reason=reason)
    return runs


def _run_row(run: Run) -> tuple[Any, ...]:
    return (
        run.public_id, run.inventory_id, run.number, run.last_batch_id, run.gwp_set, run.library_digest,
        run.factors_digest, run.result, run.reason, run.created_by_id,
    )  # fmt: skip


def _figures(drafts: Sequence[Draft], runs: Sequence[Run], visibility: str) -> Iterator[Figure]:
    for draft, run in zip(drafts, runs, strict=True):
        if draft.result is not None:
            yield from figures_of(run, draft.result, visibility)


def _totals(draft: Draft) -> dict[str, float]:
    return {name: total.co2e_t for name, total in _done(draft)[1].totals.items()}


def _done(draft: Draft) -> tuple[Inventory, Result]:
    if draft.inventory is None or draft.result is None:
        raise AssertionError("a draft is created and computed before its run is kept")
    return draft.inventory, draft.result


@transaction.atomic
def withdraw_many(*, actor: Actor, ids: Sequence[int], import_id: uuid.UUID, reason: str) -> list[Place]:
    """Withdraw inventories that an import made, with their figures; return their places.

    Raises
    ------
    UndoBlockedByName
        If rows of one of them were changed since.
    """
    require(actor, "inventory.edit", None)
    inventories = list(Inventory.objects.filter(pk__in=ids).select_related("place"))
    later = Batch.objects.filter(inventory__in=inventories, undoes=None, undone_by=None).exclude(
        import_id=import_id
    )
    changed = later.select_related("inventory__place")
    if names := sorted({f"{each.inventory.place.name} {each.inventory.label_year}" for each in changed}):
        raise UndoBlockedByName(names=", ".join(names[:NAMED]), count=len(names))
    withdraw_figures(actor=actor, keys=_keys(inventories), reason=reason, to_nothing=True)
    Inventory.objects.filter(pk__in=[each.pk for each in inventories]).update(
        status=Inventory.Status.WITHDRAWN
    )
    after = {each: {"year": each.label_year} for each in inventories}
    record_each("inventories.inventory.withdrawn", actor=actor, after=after, reason=reason)
    return list({each.place_id: each.place for each in inventories}.values())


def _keys(inventories: Sequence[Inventory]) -> Iterator[Key]:
    """Yield the keys of every figure that computing an inventory can make."""
    protocol = Library.load().protocol
    questions = [
        *((CELL_ITEM, dimensions_text({"gpc_ref": ref})) for ref in protocol.cells),
        *((TOTAL_ITEM, dimensions_text({"total": total.id})) for total in protocol.totals),
    ]
    for each in inventories:
        for item, dimensions in questions:
            yield Key(
                each.place_id,
                item,
                each.period_start,
                each.period_end,
                dimensions,
                "",
                "community",
                "derived",
            )
