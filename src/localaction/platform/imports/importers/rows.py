"""Rows of one inventory, from our own CSV file or from any table whose columns were mapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import Refused
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.results import Result
from localaction.platform.imports.errors import RowsChanged
from localaction.platform.imports.importers.standing import Standing, says_the_same
from localaction.platform.imports.kinds import Checked, Count, Moved, Scope, Work
from localaction.platform.imports.reading import rows_of_file
from localaction.platform.inventories.computing import compute
from localaction.platform.inventories.models import Batch, Inventory
from localaction.platform.inventories.queries import (
    EDIT,
    current_rows,
    last_batch_id,
    latest_run,
    library_of,
    options_of,
    raw_rows,
)
from localaction.platform.inventories.services import undo
from localaction.platform.inventories.writing import Change, check_lengths, cleaned, take_turn, write_batch


@dataclass(frozen=True, slots=True)
class Prepared:
    """The changes a file makes, and the newest change of rows they were made against."""

    changes: list[Change]
    last_batch: int | None


class RowsImporter:
    """Rows of one inventory: they replace those that stand, or come on top."""

    id = "rows"
    title = "Rows of an inventory"
    applies_to: Scope = "inventory"
    right = EDIT
    layouts: tuple[str, ...] = ("inventory_rows", "inventory_workbook")

    def check(self, work: Work) -> Checked:
        """Read every row, compute what the inventory would be, and say what changes."""
        inventory = inventory_of(work)
        reading = rows_of_file(work.record)
        options, library = options_of(inventory, keep_lines=False), library_of(inventory)
        result = compile_inventory(_watched(work, _fitting_all(reading.rows())), options, library)
        changes = list(_changes(inventory, reading.rows(), replace=_replaces(work)))
        added = [change for change in changes if not change.removed]
        after = result if _replaces(work) else _together(inventory, added)
        counts = counted(changes, current_rows(inventory).count())
        work.tell(work.record.rows_done)
        return Checked(
            rows=work.record.rows_done,
            counts={"rows": counts},
            findings=[*reading.findings, *after.findings],
            totals=moved(inventory, after),
            cells=sorted({change.values["ref"] for change in changes}),
            seen={"last_batch": last_batch_id(inventory)},
        )

    def prepare(self, work: Work) -> Prepared:
        """Work out the changes, and compute the inventory with them to see that they fit."""
        inventory = inventory_of(work)
        last_batch = last_batch_id(inventory)
        if _replaces(work) and work.record.summary["seen"]["last_batch"] != last_batch:
            raise RowsChanged(what="rows of the inventory were changed")
        reading = rows_of_file(work.record)
        changes = list(_changes(inventory, _watched(work, reading.rows()), replace=_replaces(work)))
        if changes and _replaces(work):
            options, library = options_of(inventory, keep_lines=False), library_of(inventory)
            compile_inventory(reading.rows(), options, library)
        elif changes:
            _together(inventory, changes)
        return Prepared(changes, last_batch)

    def write(self, work: Work, prepared: Prepared) -> dict[str, Any]:
        """Write the changes as one batch, unless somebody changed rows while they were worked out."""
        inventory = inventory_of(work)
        take_turn(inventory)
        if last_batch_id(inventory) != prepared.last_batch:
            raise RowsChanged(what="rows of the inventory were changed")
        if not prepared.changes:
            return {}
        batch = write_batch(
            actor=work.actor,
            inventory=inventory,
            kind=Batch.Kind.IMPORT,
            changes=prepared.changes,
            import_id=work.record.public_id,
            file_name=work.record.name,
        )
        return {"batch": str(batch.public_id)}

    def after(self, work: Work) -> None:
        """Compute the inventory anew."""
        compute(actor=work.actor, inventory=inventory_of(work))

    def undo(self, work: Work) -> None:
        """Write what stood before, then compute what can be computed."""
        inventory = inventory_of(work)
        if batch := work.record.made.get("batch"):
            undo(actor=work.actor, inventory=inventory, batch_id=batch)
        if latest_run(inventory) is not None:
            compute(actor=work.actor, inventory=inventory)


def inventory_of(work: Work) -> Inventory:
    """Return the inventory the file is for."""
    if work.record.inventory is None:
        raise AssertionError("rows are received for an inventory")
    return work.record.inventory


def counted(changes: Iterable[Change], standing: int) -> Count:
    """Return how many rows a list of changes makes, removes and leaves."""
    created = sum(change.before is None for change in changes)
    removed = sum(change.removed for change in changes)
    changed = sum(change.before is not None and not change.removed for change in changes)
    return Count(created=created, changed=changed, removed=removed, unchanged=standing - removed - changed)


def moved(inventory: Inventory, after: Result) -> list[Moved]:
    """Return every total as it was computed last and as it would be."""
    run = latest_run(inventory)
    before = run.result["totals"] if run else {}
    return [
        Moved(name, before.get(name, {}).get("co2e_t"), total.co2e_t) for name, total in after.totals.items()
    ]


def _replaces(work: Work) -> bool:
    return bool(work.options.get("mode", "replace") == "replace")


def _fitting_all(chunks: Iterable[list[RawRow]]) -> Iterator[list[RawRow]]:
    """Pass the rows on; a text that no column holds is a problem of its row."""
    for rows in chunks:
        yield [row if row.problem else _fitting(row) for row in rows]


def _fitting(row: RawRow) -> RawRow:
    findings = check_lengths(row.values, row.number)
    return row._replace(problem=findings[0]) if findings else row


def _watched(work: Work, chunks: Iterable[list[RawRow]]) -> Iterator[list[RawRow]]:
    """Pass the rows on and keep the progress."""
    done = 0
    for rows in chunks:
        yield rows
        done += len(rows)
        work.tell(done)


def _changes(inventory: Inventory, chunks: Iterable[list[RawRow]], *, replace: bool) -> Iterator[Change]:
    """Yield what the file changes: rows that stand as they are already change nothing, so twice is once."""
    standing = Standing(current_rows(inventory).order_by("-position"))
    for rows in chunks:
        for row in rows:
            if row.problem:
                raise Refused([row.problem])
            values = cleaned(row.values)
            before = standing.take(row.key, values)
            if before is None:
                yield Change(values)
            elif not says_the_same(before.values(), values):
                yield Change(values, before)
    if replace:
        yield from (Change(revision.values(), revision, removed=True) for revision in standing.left())


def _together(inventory: Inventory, added: list[Change]) -> Result:
    """Compute the rows that stand with those to be added. Raises ``Refused`` where they don't fit."""

    def rows() -> Iterator[list[RawRow]]:
        yield from raw_rows(inventory)
        yield [RawRow(number, change.values) for number, change in enumerate(added, start=2)]

    return compile_inventory(rows(), options_of(inventory, keep_lines=False), library_of(inventory))
