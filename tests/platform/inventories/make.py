"""Rows and files for tests of inventories."""

from __future__ import annotations

import io
from collections.abc import Mapping

from localaction.platform.accounts.models import User
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import receive
from localaction.platform.inventories.models import COLUMNS, Inventory, RowRevision
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import mark_open_cells, save_row

GAS = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}
DIESEL = {"ref": "II.1.1", "activity": "gas_diesel_oil", "amount": "2", "unit": "TJ"}
NOT_ESTIMATED = {"ref": "I.1.1", "notation_key": "NE", "reason": "No data were collected."}
REASON = "Not collected yet."


def save(officer: User, inventory: Inventory, **values: str) -> RowRevision:
    """Save the usual row, with these columns changed."""
    return save_row(actor=officer, inventory=inventory, values={**GAS, **values})


def fill(officer: User, inventory: Inventory, **values: str) -> None:
    """Save the usual row and answer every other cell that must be answered."""
    save(officer, inventory, **values)
    mark_open_cells(actor=officer, inventory=inventory, key="NE", reason=REASON)


def csv_of(*rows: Mapping[str, str]) -> bytes:
    """Return a file of rows with the columns that occur."""
    used = [name for name in COLUMNS if any(name in row for row in rows)]
    lines = [",".join(used), *(",".join(row.get(name, "") for name in used) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def gas_file(count: int, first: int = 1) -> bytes:
    """Return a file of that many rows, each with an amount of its own."""
    return csv_of(*({**GAS, "amount": str(first + number)} for number in range(count)))


def hand_in(officer: User, inventory: Inventory, content: bytes, mode: str = "replace") -> Import:
    """Hand a file in."""
    return receive(
        importer_id="rows",
        actor=officer,
        inventory=inventory,
        name="rows.csv",
        stream=io.BytesIO(content),
        options={"mode": mode},
    )


def amounts(inventory: Inventory) -> list[str]:
    """Return the amounts that stand, in order; of a row with a key the key."""
    return [row.amount or row.notation_key for row in rows_of(inventory)]
