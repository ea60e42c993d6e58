"""The report of a recalculation as lines: what moves most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from localaction.engine.inventory.csvsafe import SafeWriter

CSV_COLUMNS = (
    "place", "name", "year", "status", "total", "before_t", "after_t", "change_t", "change_percent",
    "not_recomputable_t", "without_potential", "refused", "rows_changed",
)  # fmt: skip


def change(entry: Any, total: str) -> float | None:
    """Return by how many tonnes a total of an inventory moves; None if one side is not known."""
    before, after = entry["before"].get(total), entry["after"].get(total)
    return None if before is None or after is None else after - before


def sorted_by_movement(report: Sequence[Any], total: str) -> list[Any]:
    """Return the inventories, those that move most in tonnes first."""
    return sorted(report, key=lambda entry: (-abs(change(entry, total) or 0.0), entry["name"], entry["year"]))


def write_csv(report: Sequence[Any], stream: Any) -> None:
    """Write every total of every inventory, one a line; no name of a place starts a formula."""
    writer = SafeWriter(stream)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(csv_lines(report))


def csv_lines(report: Sequence[Any]) -> list[list[object]]:
    """Return the lines of the CSV report."""
    lines: list[list[object]] = []
    for entry in report:
        for total in {**entry["before"], **entry["after"]} or {"": None}:
            before, after, step = entry["before"].get(total), entry["after"].get(total), change(entry, total)
            percent = 100 * step / before if step is not None and before else None
            lines.append([
                entry["place"], entry["name"], entry["year"], entry["status"], total, before, after, step,
                percent, entry["fixed"].get(total, 0.0), " ".join(entry["missing"]), entry["refused"],
                entry["rows_changed"],
            ])  # fmt: skip
    return lines
