"""The inventory at hand: who works on it with which rights, and what its pages need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from localaction.engine.errors import LocalActionError, Refused
from localaction.engine.inventory.compile import check_rows, compile_inventory
from localaction.engine.inventory.options import Options
from localaction.platform.accounts.rights import Actor, allowed, require, scope_ids
from localaction.platform.imports.queries import waiting_among
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.overview import overviews
from localaction.platform.inventories.sectors import section_of, sectors_of
from localaction.platform.publication.queries import published_among
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.rulebook import library

VIEW, EDIT, PUBLISH = "inventory.view", "inventory.edit", "inventory.publish"
#: Rows up to which totals are computed anew after every change.
AT_ONCE = 1000


@dataclass(frozen=True)
class Desk:
    """An inventory and what its reader may do with it; ``sectors`` are those to which entering is limited."""

    actor: Actor
    inventory: Any
    may_edit: bool
    may_publish: bool
    sectors: frozenset[str] = frozenset()

    def may_enter(self, ref: str) -> bool:
        """Return whether the reader may enter rows of this cell."""
        return self.may_edit or library().protocol.cells[ref].sector in self.sectors


@dataclass(frozen=True)
class State:
    """What the pages of an inventory need of it; ``stale`` says why its totals are old, if they are."""

    desk: Desk
    run: Any
    result: Mapping[str, Any]
    row_count: int
    stale: str
    changed_at: datetime | None
    published_at: datetime | None
    imports: Sequence[Any]

    @property
    def strict(self) -> bool:
        """Whether findings can block publication; figures of a published source keep its gaps."""
        return str(self.desk.inventory.origin) != "published_source"

    @property
    def changed_since_published(self) -> bool:
        """Whether rows or figures are newer than what is published."""
        if self.published_at is None:
            return False
        moments = (self.changed_at, self.run.created_at if self.run else None)
        return any(moment is not None and moment > self.published_at for moment in moments)


def desk_of(actor: Actor, inventory: Any) -> Desk:
    """Return the inventory with what the actor may do."""
    scope_id = inventory.scope_id
    whole = allowed(actor, EDIT, scope_id)
    sectors = frozenset() if whole else sectors_of(actor, inventory)
    return Desk(actor, inventory, whole, allowed(actor, PUBLISH, scope_id), sectors)


def require_entering(desk: Desk, ref: str) -> None:
    """Raise ``NotAllowed`` unless the reader may enter rows of this cell."""
    if not desk.may_enter(ref):
        require(desk.actor, EDIT, desk.inventory.scope_id, section=section_of(ref))


def desks_of(actor: Actor, inventories: Sequence[Any], edit: Set[int]) -> list[Desk]:
    """Return several inventories with what the actor may do; ``edit`` are the scopes they may edit on."""
    publish = set(scope_ids(actor, PUBLISH))
    return [Desk(actor, each, each.scope_id in edit, each.scope_id in publish) for each in inventories]


def states_of(desks: Sequence[Desk]) -> list[State]:
    """Read what lists and pages need; the same number of queries for any number of inventories and rows."""
    inventories = [desk.inventory for desk in desks]
    published, waiting = published_among(inventories), waiting_among(inventories)
    return [
        State(
            desk=desk,
            run=found.run,
            result=found.result or nothing_yet(desk.inventory),
            row_count=found.rows,
            stale=found.stale,
            changed_at=found.changed_at,
            published_at=published.get(desk.inventory.pk),
            imports=waiting.get(desk.inventory.pk, ()),
        )
        for desk, found in zip(desks, overviews(inventories), strict=True)
    ]


def state_of(desk: Desk) -> State:
    """Read what the pages of an inventory need; the same number of queries for any number of rows."""
    return states_of([desk])[0]


def nothing_yet(inventory: Any) -> dict[str, Any]:
    """Return the result of an inventory without rows: every cell open, every total empty."""
    options = Options(inventory.place.code, (), inventory.period, inventory.gwp_set)
    return compile_inventory([], options, library()).to_dict()


def findings_now(inventory: Any) -> list[Any]:
    """Return what there is to say about the rows as they stand."""
    options, book = queries.options_of(inventory, keep_lines=False), queries.library_of(inventory)
    return list(check_rows(queries.raw_rows(inventory), options, book))


def in_the_way(state: State) -> list[Any]:
    """Return the findings of the newest run that stand in the way of publication."""
    blocking = [each for each in state.result["findings"] if each["blocks_publication"]]
    return blocking if state.strict else []


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
