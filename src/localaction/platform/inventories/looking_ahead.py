"""What a recalculation would move, over any number of inventories: read in one pass, nothing written.

Rows of all inventories come from the database in one ordered query; the engine computes each inventory.
The figure before is that of the newest run, because that is the one people see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.fields.json import KeyTransform

from localaction.engine.errors import Refused
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.results import Result
from localaction.engine.packs import Library
from localaction.platform.inventories.factor_queries import libraries_of
from localaction.platform.inventories.models import COLUMNS, Batch, Inventory, RowRevision, Run
from localaction.platform.inventories.queries import FIRST_ROW
from localaction.platform.places.queries import place_chains

TOLD_EVERY = 10  # inventories between two notes of progress
STAYS = 1e-9  # relative; below it a total does not move
CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Switch:
    """What is changed: warming potentials, one factor for another; with neither only the newest factors."""

    gwp_set: str = ""
    swaps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ahead:
    """One inventory before and after.

    Parameters
    ----------
    before, after : mapping
        t CO2e by total; ``before`` is empty if it was never computed, ``after`` if it cannot be.
    fixed : mapping
        t CO2e by total that do not follow, because they came without a split into gases.
    missing : sequence of str
        Gases without a warming potential in the new set: the totals are partial by them.
    refused : str
        Why it cannot be computed.
    rows_changed : bool
        Whether rows changed since the newest run, so that a part of the movement comes from them.
    last_batch : int or None
        The newest change of rows when this was computed.
    library_digest : str
        The rule book it was computed with, the factors of its place included.
    """

    inventory: Inventory
    before: Mapping[str, float]
    after: Mapping[str, float]
    fixed: Mapping[str, float]
    missing: Sequence[str]
    refused: str
    rows_changed: bool
    last_batch: int | None
    library_digest: str
    set_before: str

    @property
    def moves(self) -> bool:
        """Whether any total moves."""
        return any(
            abs(self.after[name] - before) > STAYS * max(abs(before), abs(self.after[name]), 1.0)
            for name, before in self.before.items()
            if name in self.after
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, for the report that is kept."""
        inventory = self.inventory
        return {
            "id": str(inventory.public_id),
            "place": inventory.place.code,
            "name": inventory.place.name_en or inventory.place.name,
            "year": inventory.label_year,
            "status": inventory.status,
            "set_before": self.set_before,
            "before": dict(self.before),
            "after": dict(self.after),
            "fixed": dict(self.fixed),
            "missing": list(self.missing),
            "refused": self.refused,
            "rows_changed": self.rows_changed,
            "last_batch": self.last_batch,
            "library_digest": self.library_digest,
            "moves": self.moves,
        }


def look_ahead(
    inventories: QuerySet[Inventory], switch: Switch, tell: Callable[[int], None] = lambda _done: None
) -> Iterator[Ahead]:
    """Yield every inventory before and after, in the order of their ids; a fixed number of queries.

    ``tell`` is called with the number done every few inventories.
    """
    found = list(inventories.select_related("place").order_by("pk"))
    libraries = libraries_of({each.place_id for each in found})
    chains = place_chains([(each.place, each.period_end) for each in found])
    runs, changes = _runs(inventories), _changes(inventories)
    rows = _rows_of_all(inventories)
    held = next(rows, None)
    for number, (inventory, chain) in enumerate(zip(found, chains, strict=True), start=1):
        mine: list[RawRow] = []
        while held is not None and held[0] < inventory.pk:
            held = next(rows, None)  # of an inventory that came into being meanwhile
        if held is not None and held[0] == inventory.pk:
            mine = held[1]
            held = next(rows, None)
        run = runs.get(inventory.pk)
        if mine or run is not None:
            library = libraries[inventory.place_id]
            yield _ahead(inventory, chain, mine, switch, library, run, changes.get(inventory.pk))
        if number % TOLD_EVERY == 0:
            tell(number)
    tell(len(found))


def _ahead(
    inventory: Inventory,
    chain: tuple[str, ...],
    rows: list[RawRow],
    switch: Switch,
    library: Library,
    run: Any,
    last_batch: int | None,
) -> Ahead:
    options = Options(
        place=inventory.place.code,
        place_chain=chain,
        period=inventory.period,
        gwp_set=switch.gwp_set or inventory.gwp_set,
        keep_lines=False,
        swaps=switch.swaps,
    )
    result: Result | None = None
    refused = ""
    try:
        result = compile_inventory(rows, options, library)
    except Refused as error:
        first = error.findings[0].message if error.findings else error.message
        refused = first if len(error.findings) < 2 else f"{first} (+{len(error.findings) - 1 + error.more})"
    totals = result.totals if result else {}
    before = {name: total["co2e_t"] for name, total in run.part_totals.items()} if run else {}
    return Ahead(
        inventory=inventory,
        before=before,
        after={name: total.co2e_t for name, total in totals.items()},
        fixed={name: total.not_recomputable_t for name, total in totals.items() if total.not_recomputable_t},
        missing=sorted({gas for total in totals.values() for gas in total.missing_potentials}),
        refused=refused,
        rows_changed=run is not None and run.last_batch_id != last_batch,
        last_batch=last_batch,
        library_digest=library.digest,
        set_before=run.gwp_set if run else inventory.gwp_set,
    )


def _runs(inventories: QuerySet[Inventory]) -> dict[int, Any]:
    newest = Run.objects.filter(inventory__in=inventories).values("inventory").annotate(last=Max("pk"))
    runs = Run.objects.filter(pk__in=newest.values("last")).defer("result")
    return {run.inventory_id: run for run in runs.annotate(part_totals=KeyTransform("totals", "result"))}


def _changes(inventories: QuerySet[Inventory]) -> dict[int, int]:
    changes = Batch.objects.filter(inventory__in=inventories).values("inventory").annotate(last=Max("pk"))
    return dict(changes.values_list("inventory", "last"))


def _rows_of_all(inventories: QuerySet[Inventory]) -> Iterator[tuple[int, list[RawRow]]]:
    """Yield the rows of each inventory that has some, in the order of the inventories' ids."""
    current = RowRevision.objects.filter(inventory__in=inventories, is_current=True, removed=False)
    found = current.order_by("inventory_id", "position", "id")
    rows = found.values_list("inventory_id", "row_key", *COLUMNS).iterator(CHUNK)
    for inventory_id, mine in groupby(rows, key=lambda row: row[0]):
        yield (
            inventory_id,
            [
                RawRow(number, dict(zip(COLUMNS, values, strict=True)), str(key))
                for number, (_id, key, *values) in enumerate(mine, start=FIRST_ROW)
            ],
        )
