"""Reports, one mapping of answers each, laid out as the columns that are evaluated at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from localaction.engine.formulas.columns import Column, Table
from localaction.engine.packs.frameworks import Framework


def columns_of(
    framework: Framework, reports: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Column], dict[str, Table]]:
    """Return reports, one mapping of answers each, as columns and tables; a notation key is no value."""
    columns = {
        item: _column([_plain(report.get(item)) for report in reports], declared["kind"])
        for item, declared in framework.items.items()
        if declared["kind"] != "table"
    }
    tables = {
        item: _table([report.get(item) for report in reports], declared["columns"])
        for item, declared in framework.items.items()
        if declared["kind"] == "table"
    }
    return columns, tables


def _plain(value: Any) -> Any:
    return None if isinstance(value, Mapping) else value


def _column(values: Sequence[Any], kind: str) -> Column:
    known = np.array([value is not None for value in values], dtype=np.bool_)
    if kind == "number":
        return Column(
            np.array([0.0 if value is None else value for value in values], dtype=np.float64), known
        )
    if kind == "yes_no":
        return Column(np.array([bool(value) for value in values], dtype=np.bool_), known)
    if kind == "day":
        days = [date.min if value is None else value for value in values]
        return Column(np.array([str(day) for day in days], dtype="datetime64[D]"), known)
    return Column(np.array(["" if value is None else str(value) for value in values], dtype=np.str_), known)


def _table(tables: Sequence[Any], declared: Sequence[Mapping[str, Any]]) -> Table:
    rows = [(index, row) for index, found in enumerate(tables) for row in found or ()]
    return Table(
        report=np.array([index for index, _ in rows], dtype=np.intp),
        given=np.array([found is not None for found in tables], dtype=np.bool_),
        columns={
            column["id"]: _column([row.get(column["id"]) for _, row in rows], column["kind"])
            for column in declared
        },
    )
