"""Rows per second of `inventory compute`, beside a bare read of the file and a plain pandas version.

All versions read the same files in the same process, in turn, round by round; totals are compared first.
The pandas version is given its factors and conversions as a ready table, checks nothing, explains nothing and
knows no uncertainty: it is what the arithmetic alone costs.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.results import record
from localaction.engine.cli.inventory import main as inventory_command
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import NAMES, RawRow, read_blocks
from localaction.engine.packs import Library
from localaction.engine.periods import Period

if TYPE_CHECKING:
    import pandas as pd  # imported late: its memory counts only where it is used

SIZES = {10_000: 7, 100_000: 5, 1_000_000: 3}  # rows: rounds
LATENCY_ROWS, LATENCY_CALLS = 100, 300
SEED = 2019
KINDS = (
    ("I.1.1", "natural_gas", "MWh"), ("I.1.1", "wood", "t"), ("I.2.1", "gas_diesel_oil", "t"),
    ("I.2.1", "lpg", "L"), ("I.3.1", "natural_gas", "MWh gross"), ("I.3.1", "residual_fuel_oil", "t"),
    ("I.4.4", "anthracite", "t"), ("II.1.1", "motor_gasoline", "L"), ("II.1.1", "gas_diesel_oil", "t"),
    ("II.2.1", "gas_diesel_oil", "t"),
    ("III.2.1", "composting_wet", "t"), ("I.7.1", "coal_surface_under_25_m", "t"),
)  # fmt: skip
OPTIONS = Options(period=Period.year(2019), keep_lines=False)


def some_rows(count: int) -> list[dict[str, str]]:
    """Return rows of a dozen kinds, with grades and sources."""
    chance = random.Random(SEED)
    rows = []
    for number in range(count):
        ref, activity, unit = chance.choice(KINDS)
        values = {
            "ref": ref, "activity": activity, "amount": f"{chance.uniform(0, 1000):.3f}", "unit": unit,
            "period": "2019", "data_quality": chance.choice("HML"), "source": f"meter {number % 997}",
        }  # fmt: skip
        rows.append({**dict.fromkeys(NAMES, ""), **values})
    return rows


def write_rows(path: Path, count: int) -> None:
    """Write a file of ``count`` rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, NAMES)
        writer.writeheader()
        writer.writerows(some_rows(count))


def bare_read(path: Path) -> int:
    """Read the file with `csv.reader` and nothing else."""
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.reader(stream))


def ours(path: Path) -> float:
    """Compute the inventory; return BASIC."""
    with path.open("rb") as stream:
        return compile_inventory(read_blocks(stream), OPTIONS).totals["BASIC"].co2e_t


def command(path: Path, form: str) -> None:
    """Run the whole command, printing to nowhere."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        if inventory_command(["compute", str(path), "--format", form, "--output", os.devnull]) != 0:
            sys.exit(f"the command refused the benchmark file: {printed.getvalue()}")


def pandas_tables() -> tuple[pd.DataFrame, dict[str, float], set[str]]:
    """Return t of each gas per unit of each kind of row, potentials, and the cells of BASIC."""
    import pandas as pd

    texts = [
        {**dict.fromkeys(NAMES, ""), "ref": r, "activity": a, "amount": "1", "unit": u} for r, a, u in KINDS
    ]
    result = compile_inventory(
        [RawRow(number, values) for number, values in enumerate(texts)], Options(period=Period.year(2019))
    ).to_dict()
    lines: list[dict[str, object]] = result["lines"]  # type: ignore[assignment]
    factors = pd.DataFrame(
        [
            {
                "ref": line["ref"],
                "activity": line["activity"],
                "unit": line["unit"],
                "gas": gas,
                "t_per_unit": tonnes,
            }
            for line in lines
            for gas, tonnes in line["gases_t"].items()  # type: ignore[attr-defined]
        ]
    )
    potentials: dict[str, float] = result["gwp_set"]["potentials"]  # type: ignore[index]
    cells = Library.load().protocol.cells.values()
    return factors, potentials, {cell.ref for cell in cells if "BASIC" in cell.counts_in}


def plain_pandas(path: Path, factors: pd.DataFrame, potentials: dict[str, float], basic: set[str]) -> float:
    """Compute BASIC with merge and groupby."""
    import pandas as pd

    rows = pd.read_csv(path, usecols=["ref", "activity", "amount", "unit"])
    merged = rows.merge(factors, on=["ref", "activity", "unit"])
    merged["tonnes"] = merged["amount"] * merged["t_per_unit"]
    gases = merged.groupby(["ref", "gas"])["tonnes"].sum().reset_index()
    gases["co2e"] = gases["tonnes"] * gases["gas"].map(potentials)
    cells = gases.groupby("ref")["co2e"].sum()
    return float(cells[cells.index.isin(basic)].sum())


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(path: Path, rounds: int) -> dict[str, float]:
    """Return the median seconds of every version on one file."""
    tables = pandas_tables()
    if not math.isclose(ours(path), plain_pandas(path, *tables), rel_tol=1e-9):
        sys.exit("the two versions disagree, so their times mean nothing")
    versions: dict[str, Callable[[], object]] = {
        "bare": lambda: bare_read(path),
        "table": lambda: command(path, "table"),
        "json": lambda: command(path, "json"),
        "pandas": lambda: plain_pandas(path, *tables),
    }
    times: dict[str, list[float]] = {name: [] for name in versions}
    for _ in range(rounds):
        for name, call in versions.items():
            times[name].append(seconds(call))
    return {name: statistics.median(values) for name, values in times.items()}


def peak_mb(path: Path, version: str) -> float:
    """Return the peak memory of a process that does one version and nothing else, MB."""
    code = (
        "import re, sys; from pathlib import Path; from benchmarks import compute as c\n"
        "path, version = Path(sys.argv[1]), sys.argv[2]\n"
        "{'table': lambda: c.command(path, 'table'), 'json': lambda: c.command(path, 'json'),"
        " 'pandas': lambda: c.plain_pandas(path, *c.pandas_tables()), 'idle': lambda: None}[version]()\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), version],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    return float(done.stdout) / 1024


def latency_ms() -> tuple[float, float]:
    """Return median and slowest-of-twenty milliseconds of one city's computation, lines and all, warm."""
    rows = [RawRow(number, values) for number, values in enumerate(some_rows(LATENCY_ROWS), start=2)]
    options = Options(period=Period.year(2019))
    compile_inventory(rows, options).to_dict()
    times = [seconds(lambda: compile_inventory(rows, options).to_dict()) for _ in range(LATENCY_CALLS)]
    return 1000 * statistics.median(times), 1000 * statistics.quantiles(times, n=20)[-1]


def machine() -> str:
    """Return what the figures were measured on."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model
        )
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, {platform.system()}, {load}"


def report() -> list[str]:
    """Measure everything; return the figures as lines of Markdown."""
    lines = [
        "## Inventory from a file",
        "",
        f"{machine()}. Rows per second, median of {', '.join(map(str, SIZES.values()))} interleaved rounds;",
        "in brackets the time over that of the bare read.",
        "",
        "| rows | bare read | compute | compute, JSON with all lines | plain pandas |",
        "|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory(prefix="localaction-bench-") as folder:
        path = Path(folder) / "rows.csv"
        for count, rounds in SIZES.items():
            write_rows(path, count)
            times = measure(path, rounds)
            cells = [f"{count / value:,.0f} ({value / times['bare']:.1f})" for value in times.values()]
            lines.append(f"| {count:,} | " + " | ".join(cells) + " |")
        lines += ["", f"| peak memory at {max(SIZES):,} rows, MB | |", "|---|---|"]
        for version in ("idle", "table", "json", "pandas"):
            lines.append(f"| {version} | {peak_mb(path, version):.0f} |")
    median, slow = latency_ms()
    text = f"One city of {LATENCY_ROWS} rows, warm, in process, result as plain data with all lines: "
    return [*lines, "", f"{text}median {median:.1f} ms, 95th percentile {slow:.1f} ms."]


def main() -> None:
    """Measure, print and record."""
    lines = report()
    print("\n".join(lines))
    record("compute", lines)


if __name__ == "__main__":
    main()
