"""Reading a large workbook beside a bare read by the same spreadsheet library.

The bare read trusts the file; ours unpacks, counts and searches every byte first, finds the table, and makes
rows for the rules of it. Memory is that of a fresh process for each version.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

from benchmarks.compute import machine
from benchmarks.results import record
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.exchange.table import inventory_table
from localaction.engine.inventory.columns import COLUMNS

ROWS, ROUNDS = 100_000, 3
VALUES = {"ref": "I.1.1", "activity": "natural_gas", "unit": "MWh", "data_quality": "M"}


def workbook(path: Path) -> None:
    """Write a workbook of inventory rows with every column, half of them filled."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Rows")
    sheet.write_row(0, 0, [column.title for column in COLUMNS])
    names = [column.name for column in COLUMNS]
    for number in range(1, ROWS + 1):
        values = {**VALUES, "source": f"Meter {number}", "note": f"Reading of day {number % 365}"}
        for position, name in enumerate(names):
            if name == "amount":
                sheet.write_number(number, position, number * 1.37)
            elif name in values:
                sheet.write_string(number, position, values[name])
    book.close()


def bare(path: Path) -> int:
    """Read every row with the library alone."""
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows()) - 1


def sheets(path: Path) -> int:
    """Read every row within limits, as typed cells."""
    with path.open("rb") as stream:
        return sum(1 for _ in read_workbook(stream, path.name).sheets[0].rows()) - 1


def table(path: Path) -> int:
    """Read every row, mapped to the columns of an inventory, as text for the rules."""
    with path.open("rb") as stream:
        return sum(1 for _ in inventory_table(read_workbook(stream, path.name)).rows())


VERSIONS: dict[str, Callable[[Path], int]] = {
    "bare read": bare,
    "sheets": sheets,
    "rows for the rules": table,
}


def seconds(call: Callable[[Path], int], path: Path) -> float:
    """Return how long one read takes; every version must see every row."""
    start = time.perf_counter()
    if call(path) != ROWS:
        sys.exit("a version does not see every row, so its time means nothing")
    return time.perf_counter() - start


def peak_mb(name: str, path: Path) -> float:
    """Return the peak memory of a fresh process that reads the file once, in MB."""
    script = (
        "import re, sys; from pathlib import Path; from benchmarks import exchange;"
        "exchange.VERSIONS[sys.argv[1]](Path(sys.argv[2]));"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    words = [sys.executable, "-c", script, name, str(path)]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout) / 1024


def report() -> list[str]:
    """Measure everything; return the figures as lines of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        workbook(path)
        size = path.stat().st_size / (1 << 20)
        rounds = [{name: seconds(call, path) for name, call in VERSIONS.items()} for _ in range(ROUNDS)]
        times = {name: statistics.median(each[name] for each in rounds) for name in VERSIONS}
        memory = {name: peak_mb(name, path) for name in VERSIONS}
    return [
        "## Reading a workbook",
        "",
        f"{machine()}. {ROWS:,} rows of {len(COLUMNS)} columns, half of them filled, {size:.1f} MB packed.",
        f"Median of {ROUNDS} interleaved rounds; the ratio is the time over that of the bare read.",
        "",
        "| version | rows/s | ratio | peak memory, MB |",
        "|---|---|---|---|",
        *(_line(name, times[name], times["bare read"], memory[name]) for name in VERSIONS),
    ]


def _line(name: str, time_s: float, bare_s: float, memory_mb: float) -> str:
    return f"| {name} | {ROWS / time_s:,.0f} | {time_s / bare_s:.1f} | {memory_mb:.0f} |"


def main() -> None:
    """Measure, print and record."""
    lines = report()
    print("\n".join(lines))
    record("exchange", lines)


if __name__ == "__main__":
    main()
