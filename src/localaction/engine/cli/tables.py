"""An inventory as a table to read, as JSON, and as CSV of its cells."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import IO

from localaction.engine.errors import Finding
from localaction.engine.inventory.cellbook import REQUIRED_LEVEL
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.inventory.lines import encode
from localaction.engine.inventory.problems import OpenCell
from localaction.engine.inventory.results import CellResult, Figure, Result
from localaction.engine.packs import Protocol

CELL_COLUMNS = (
    "ref", "label", "state", "co2e_t", "low_t", "high_t", "notation_key", "included_in", "reason",
    "co2_biogenic_t", "gases_t", "rows", "missing_potentials", "market_co2e_t", "market_coverage",
)  # fmt: skip
COPIED_AT_ONCE = 1 << 20  # bytes


class LineSpool:
    """Keeps the lines of an inventory as JSON with commas between, in a file instead of memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.separator = "\n"

    def add(self, line: str) -> None:
        """Add one line, as JSON."""
        self.stream.write((self.separator + line).encode())
        self.separator = ",\n"

    def copy_to(self, stream: TextIOWrapper) -> None:
        """Write all lines, as they are, where ``stream`` stands."""
        stream.flush()
        self.stream.seek(0)
        shutil.copyfileobj(self.stream, stream.buffer, COPIED_AT_ONCE)


def write_json(result: Result, lines: LineSpool, stream: TextIOWrapper) -> None:
    """Write the result as JSON, with its lines from where they are kept."""
    parts = result.to_dict()
    for position, (name, value) in enumerate(parts.items()):
        stream.write(("{" if position == 0 else ",\n") + f"{encode(name)}: ")
        if name == "lines":
            stream.write("[")
            lines.copy_to(stream)
            stream.write("]")
        else:
            stream.write(encode(value))
    stream.write("}\n")


def write_csv(result: Result, protocol: Protocol, stream: IO[str]) -> None:
    """Write all cells as CSV."""
    writer = SafeWriter(stream)
    writer.writerow(CELL_COLUMNS)
    for cell in result.cells:
        data = cell.to_dict()
        data["label"] = protocol.cells[cell.ref].label
        data["included_in"] = " ".join(cell.included_in)
        data["missing_potentials"] = " ".join(cell.figure.missing_potentials) if cell.figure else ""
        data["market_co2e_t"] = cell.market.figure.co2e_t if cell.market else None
        data["market_coverage"] = cell.market.coverage if cell.market else None
        if unknown(cell.figure):
            data |= {"co2e_t": None, "low_t": None, "high_t": None}
        data["gases_t"] = " ".join(f"{gas}={tonnes!r}" for gas, tonnes in _gases(cell.figure))
        writer.writerow([data[name] for name in CELL_COLUMNS])


def unknown(figure: Figure | None) -> bool:
    """Return whether nothing of a figure has a warming potential: not known, which is not zero."""
    return figure is not None and not figure.complete and not figure.co2e_t


def _gases(figure: Figure | None) -> Iterable[tuple[str, float]]:
    return figure.gases_t.items() if figure else ()


def write_table(result: Result, protocol: Protocol, stream: IO[str]) -> None:
    """Write the result as aligned text: totals, sectors, cells, findings."""
    for line in _table(result, protocol):
        stream.write(line.rstrip() + "\n")


def _table(result: Result, protocol: Protocol) -> Iterator[str]:
    yield f"Inventory of {result.place or 'an unnamed place'}, {result.period}"
    yield f"{protocol.title}; warming potentials {result.gwp_set['label']}"
    yield ""
    yield from aligned([("total", "t CO2e", "low", "high", "±%"), *_total_rows(result)], "<>>>>")
    yield ""
    names = list(result.totals)
    yield from aligned([("by sector", *names), *_sector_rows(result, protocol)], "<" + ">" * len(names))
    yield ""
    head = ("cell", "", "t CO2e", "low", "high", "key", "rows")
    yield from aligned([head, *_cell_rows(result.cells, protocol)], "<<>>><>")
    yield ""
    yield from _notes(result)
    yield from finding_lines(result.findings)


def _total_rows(result: Result) -> Iterator[Sequence[str]]:
    for name, figure in result.totals.items():
        percent = figure.uncertainty_percent
        mark = "" if figure.complete else " (partial: " + ", ".join(figure.missing_potentials) + ")"
        yield (
            name + mark,
            *(
                ("partial", "", "")
                if unknown(figure)
                else (tonnes(figure.co2e_t), tonnes(figure.low_t), tonnes(figure.high_t))
            ),
            "" if percent is None else f"{percent:.0f}",
        )  # fmt: skip


def _sector_rows(result: Result, protocol: Protocol) -> Iterator[Sequence[str]]:
    labels = {sector.id: sector.label for sector in protocol.sectors}
    for sector in result.sectors:
        yield (f"{sector.id} {labels[sector.id]}", *(tonnes(value) for value in sector.totals.values()))


def _cell_rows(cells: Iterable[CellResult], protocol: Protocol) -> Iterator[Sequence[str]]:
    for cell in cells:
        if cell.state == "open":
            continue
        figure = cell.figure
        numbers = (figure.co2e_t, figure.low_t, figure.high_t) if figure else ()
        key = " ".join([cell.notation_key or "", *cell.included_in]).strip()
        texts = [tonnes(number) for number in numbers] or ["", "", ""]
        if figure is not None and not figure.complete:
            key = f"partial: no potential for {', '.join(figure.missing_potentials)}"
            texts = ["partial", "", ""] if unknown(figure) else texts
        yield (cell.ref, protocol.cells[cell.ref].label, *texts, key, str(cell.rows))


def _notes(result: Result) -> Iterator[str]:
    if result.market is not None:
        market, location = (_co2e(result.market[name]) for name in ("market", "location"))
        share = result.market["coverage"]
        covered = f"{share:.0%} of the energy" if isinstance(share, float) else "coverage not known"
        yield (
            f"Grid energy, in no total by market: {tonnes(market)} t market-based ({covered}) beside "
            f"{tonnes(location)} t location-based"
        )
    biogenic = max(figure.co2_biogenic_t for figure in result.totals.values())
    if biogenic:
        yield f"Biogenic CO2, in no total: {tonnes(biogenic)} t"
    yield f"Uncertainty: {result.uncertainty['method']}"
    yield f"Emissions whose data quality is assumed, not stated: {result.default_share:.0%}"


def _co2e(figure: object) -> float:
    return float(figure["co2e_t"]) if isinstance(figure, dict) else 0.0


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings as lines of text; the open cells together on one."""
    counts = Counter(finding.severity for finding in findings)
    if findings:
        yield "Findings: " + ", ".join(f"{count} {severity}" for severity, count in counts.items())
    opened = [finding.ref or "" for finding in findings if finding.code == OpenCell.code]
    if opened:
        yield f"  info: {REQUIRED_LEVEL} requires an answer in {len(opened)} more cells: {' '.join(opened)}"
    for finding in findings:
        if finding.code != OpenCell.code:
            yield f"  {finding.severity}: {finding.line()}"


def tonnes(value: float) -> str:
    """Return a number of tonnes to read: whole and spaced by thousands from 100 on, else three digits."""
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"


def aligned(rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    """Yield rows as lines in which columns line up; ``sides`` says for each whether left or right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(sides))]
    for row in rows:
        cells = [f"{text:{side}{width}}" for text, side, width in zip(row, sides, widths, strict=True)]
        yield "  ".join(cells)
