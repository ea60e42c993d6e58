"""Building and checking a release, beside bare CSV and Parquet of the same rows in the same run."""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.results import record
from localaction.engine.exchange.release.building import Document, build
from localaction.engine.exchange.release.info import Info
from localaction.engine.exchange.release.tables import LINE_GASES, LINES
from localaction.engine.exchange.release.verifying import verify
from localaction.engine.exchange.release.writing import file_names
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.options import Options
from localaction.engine.packs import Library
from localaction.engine.periods import Period

LINES_OF_ONE = 5_000  # the most lines that a published document keeps
INVENTORIES = 20
INFO = Info("1", date(2026, 11, 24), "Benchmark")
KINDS = (
    {"ref": "I.1.1", "activity": "natural_gas", "unit": "m3", "data_quality": "M", "source": "Utility"},
    {"ref": "I.2.1", "activity": "wood", "unit": "t", "source": "Survey"},
    {"ref": "II.1.1", "gas": "CO2e", "unit": "t", "source": "Model"},
    {"ref": "III.1.1", "gas": "CH4", "unit": "t", "note": "Measured"},
)


def one() -> dict[str, Any]:
    """Return a published document with as many lines as one may have."""
    rows = [
        RawRow(number, {**KINDS[number % len(KINDS)], "amount": str(number * 1.37)}, f"key-{number}")
        for number in range(2, LINES_OF_ONE + 2)
    ]
    result = compile_inventory(rows, Options("GB-LON", ("GB-LON", "GB", "world"), Period.year(2019)))
    place = {"code": "GB-LON", "name": "London", "name_en": "", "country": "GB"}
    said = {"population": None, "origin": "own", "publisher": "London", "citation": "", "licence": ""}
    told = {"published_at": "2026-11-24T00:00:00+00:00", "reason": "", "rows": rows}
    plain = json.loads(json.dumps(result.to_dict()))
    return {"place": place, "label_year": 2019, **said, **told, "result": plain}


def documents(document: dict[str, Any]) -> Iterator[Document]:
    """Yield the document under as many places."""
    for number in range(INVENTORIES):
        place = document["place"] | {"code": f"XX-{number:04d}"}
        yield Document(document | {"place": place}, f"{number:064d}")


def timed(what: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def bare_write(tables: list[Any], folder: Path) -> None:
    """Write the rows of lines and gases as CSV and Parquet, and nothing else."""
    for number, table in enumerate(tables):
        pq.write_table(table, folder / f"{number}.parquet", compression="zstd")
        with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for batch in table.to_batches(20_000):
                writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def bare_read(folder: Path, count: int) -> None:
    """Read both files of each."""
    for number in range(count):
        pq.read_table(folder / f"{number}.parquet")
        with (folder / f"{number}.csv").open(encoding="utf-8", newline="") as file:
            for _row in csv.reader(file):
                pass


def main() -> None:
    """Measure and record."""
    protocol = Library.load().protocol
    document = one()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = folder / "release"
        known = {protocol.id: protocol}
        building = timed(lambda: build(built, INFO, documents(document), (), known))
        reports: list[Any] = []
        checking = timed(lambda: reports.append(verify(built)))
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        assert reports[0].sound
        lines = reports[0].lines
        tables = [pq.read_table(built / file_names(table)[1]) for table in (LINES, LINE_GASES)]
        gases = tables[1].num_rows
        writing = timed(lambda: bare_write(tables, folder))
        reading = timed(lambda: bare_read(folder, len(tables)))
        size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file()) / 1e6
    million = lines / 1e6
    record(
        "release",
        [
            "## A release",
            "",
            f"{INVENTORIES} inventories, {lines:,} lines, {gases:,} gases, {size:.0f} MB; one round.",
            f"Python {sys.version.split()[0]}, pyarrow {pa.__version__}. Documents lie in memory, as thawed.",
            "",
            "| | s per million lines | over the bare one |",
            "|---|---|---|",
            f"| bare write of lines and gases, CSV and Parquet | {writing / million:.1f} | 1.0 |",
            f"| build: all tables, checksums, texts | {building / million:.1f} | {building / writing:.1f} |",
            f"| bare read of both | {reading / million:.1f} | 1.0 |",
            f"| verify: files, tables, all numbers | {checking / million:.1f} | {checking / reading:.1f} |",
            "",
            f"Peak memory of build and verify in one process: {peak_mb:.0f} MB.",
        ],
    )


if __name__ == "__main__":
    main()
