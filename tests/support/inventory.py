"""Rows written short, and an inventory computed from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from localaction.engine.errors import Finding, Refused
from localaction.engine.inventory.compile import Options, check_rows, compile_inventory
from localaction.engine.inventory.rows import RawRow
from localaction.engine.periods import Period

YEAR = Period.year(2019)


def row(ref: str, activity: str = "", amount: object = "", unit: str = "", **values: str) -> dict[str, str]:
    """Return the texts of one row."""
    return {"ref": ref, "activity": activity, "amount": str(amount), "unit": unit, **values}


def co2e(ref: str, tonnes: object, **values: str) -> dict[str, str]:
    """Return a row of emissions given directly as CO2e."""
    return row(ref, amount=tonnes, unit="t", gas="CO2e", **values)


def key(ref: str, notation_key: str, **values: str) -> dict[str, str]:
    """Return a row with a notation key."""
    return {"ref": ref, "notation_key": notation_key, **values}


def raw(rows: Iterable[dict[str, str]]) -> list[RawRow]:
    """Return the rows as a reader would hand them over, numbered from 2."""
    return [RawRow(number, values) for number, values in enumerate(rows, start=2)]


def compute(*rows: dict[str, str], library: Any = None, **options: Any) -> Any:
    """Return the inventory of these rows as plain data; of 2019 unless another period is given."""
    return compile_inventory(raw(rows), Options(**{"period": YEAR, **options}), library).to_dict()


def refusals(*rows: dict[str, str], library: Any = None, **options: Any) -> list[Finding]:
    """Return the errors for which these rows are refused."""
    with pytest.raises(Refused) as refused:
        compute(*rows, library=library, **options)
    return list(refused.value.findings)


def remarks(*rows: dict[str, str], **options: Any) -> list[Finding]:
    """Return what is said of these rows without refusing them, the open cells left out."""
    found = check_rows(raw(rows), Options(**{"period": YEAR, **options}))
    return [finding for finding in found if finding.code != "inventory.open_cell"]


def cell(result: Any, ref: str) -> Any:
    """Return one cell of a result."""
    return next(found for found in result["cells"] if found["ref"] == ref)
