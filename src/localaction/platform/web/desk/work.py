"""The inventory at hand: who works on it with which rights, and what its pages need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from localaction.engine.errors import LocalActionError, Refused
from localaction.engine.inventory.compile import check_rows, compile_inventory
from localaction.platform.accounts.rights import Actor, allowed
from localaction.platform.inventories import queries, services
from localaction.platform.publication.queries import published_of
from localaction.platform.publication.services import standing_in_the_way
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.rulebook import library

VIEW, EDIT, PUBLISH = "inventory.view", "inventory.edit", "inventory.publish"
#: Rows up to which totals are computed anew after every change.
AT_ONCE = 1000
LISTED = 12


@dataclass(frozen=True)
class Desk:
    """An inventory and what its reader may do with it."""

    actor: Actor
    inventory: Any
    may_edit: bool
    may_publish: bool


@dataclass(frozen=True)
class State:
    """What the pages of an inventory need of it; ``stale`` says why its totals are old, if they are."""

    desk: Desk
    run: Any
    result: Mapping[str, Any]
    row_count: int
    stale: str
    batches: Sequence[Any]
    published_at: datetime | None

    @property
    def strict(self) -> bool:
        """Whether findings can block publication; figures of a published source keep its gaps."""
        return str(self.desk.inventory.origin) != "published_source"

    @property
    def changed_since_published(self) -> bool:
        """Whether rows or figures are newer than what is published."""
        if self.published_at is None:
            return False
        moments = [batch.at for batch in self.batches[:1]] + ([self.run.created_at] if self.run else [])
        return any(moment > self.published_at for moment in moments)


def desk_of(actor: Actor, inventory: Any) -> Desk:
    """Return the inventory with what the actor may do."""
    scope_id = inventory.scope_id
    return Desk(actor, inventory, allowed(actor, EDIT, scope_id), allowed(actor, PUBLISH, scope_id))


def state_of(desk: Desk) -> State:
    """Read what the pages of an inventory need; the same number of queries for any number of rows."""
    inventory = desk.inventory
    run = queries.latest_run(inventory)
    rows = queries.current_rows(inventory).count()
    publication = published_of(inventory)
    return State(
        desk=desk,
        run=run,
        result=run.result if run else nothing_yet(inventory),
        row_count=rows,
        stale=why_stale(inventory, run) if rows or run else "",
        batches=queries.batches_of(inventory, LISTED),
        published_at=publication.published_at if publication else None,
    )


def why_stale(inventory: Any, run: Any) -> str:
    """Return why the totals are old: never, rows, potentials or factors; empty if they aren't."""
    if run is None:
        return "never"
    if not queries.is_stale(inventory, run):
        return ""
    if run.last_batch_id != queries.last_batch_id(inventory):
        return "rows"
    return "potentials" if run.gwp_set != inventory.gwp_set else "factors"


def nothing_yet(inventory: Any) -> dict[str, Any]:
    """Return the result of an inventory without rows: every cell open, every total empty."""
    return compile_inventory([], queries.options_of(inventory), library()).to_dict()


def findings_now(inventory: Any) -> list[Any]:
    """Return what there is to say about the rows as they stand."""
    return list(
        check_rows(queries.raw_rows(inventory), queries.options_of(inventory, keep_lines=False), library())
    )


def in_the_way(state: State) -> list[Any]:
    """Return the findings of the newest run that stand in the way of publication."""
    if state.run is None:
        return list(state.result["findings"])
    return list(standing_in_the_way(state.desk.inventory, state.run))


def waiting(inventory: Any) -> list[Any]:
    """Return the uploads of an inventory that somebody has to look at, newest first."""
    return [upload for upload in queries.uploads_of(inventory) if upload.at_work or upload.status == "ready"]


def waiting_uploads(states: Sequence[State]) -> list[Any]:
    """Return the uploads that somebody has to look at, of several inventories."""
    return [upload for state in states for upload in waiting(state.desk.inventory)]


def compute_after_change(desk: Desk) -> str:
    """Compute anew after a change where that is quick; return why it could not be done, or an empty text."""
    if queries.current_rows(desk.inventory).count() > AT_ONCE:
        return ""
    try:
        services.compute(actor=desk.actor, inventory=desk.inventory)
    except LocalActionError as error:
        return said_of(error)
    return ""


def said_of(error: LocalActionError) -> str:
    """Return what an error says and what to do; of a refusal its first findings."""
    if isinstance(error, Refused):
        return " ".join(f"{finding.where()}: {text_of(finding)}" for finding in error.findings[:3])
    return text_of(error)
