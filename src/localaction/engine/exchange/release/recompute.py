"""Compute one inventory of a release anew: lines from gases, cells from lines, totals from cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localaction.engine.exchange.release import tables
from localaction.engine.exchange.release.deviations import Deviation, Report
from localaction.engine.exchange.release.grouped import Grouped, Key, Rows
from localaction.engine.exchange.release.rules import Rules

# Sums are of 64-bit numbers in another order: they agree to about 1e-13 of what was added, far below a gram.
RELATIVE, ABSOLUTE_T = 1e-9, 1e-9
KG_PER_T = 1000.0
UNSPLIT = "CO2E_UNSPLIT"
MARKET = "market"  # beside the figure of its cell: in no sum
T_CO2E = "t CO2e"
Numbers = NDArray[np.float64]


class Recomputation:
    """The tables of a release, read in step; ``check`` takes the inventories in their order."""

    def __init__(self, folder: Path, rules: Rules, report: Report) -> None:
        self.rules, self.report = rules, report
        self.potentials = Grouped(folder, tables.POTENTIALS, ("gas", "potential_t_per_t"))
        line_columns = ("line", "ref", "basis", "co2e_t", "converted_amount", "factor_id", "factor_sha256")
        self.lines = Grouped(folder, tables.LINES, line_columns)
        self.line_gases = Grouped(folder, tables.LINE_GASES, ("line", "gas", "mass_t"))
        self.cells = Grouped(folder, tables.CELLS, ("ref", "state", "co2e_t", "low_t", "high_t"))
        self.cell_gases = Grouped(folder, tables.CELL_GASES, ("ref", "gas", "mass_t"))
        self.sectors = Grouped(folder, tables.SECTORS, ("sector", "total", "co2e_t"))
        self.totals = Grouped(folder, tables.TOTALS, ("total", "co2e_t", "low_t", "high_t"))

    def check(self, key: Key, protocol: str, lines_complete: bool) -> None:
        """Compute one inventory anew and note what deviates."""
        held = self.potentials.take(key)
        potentials = dict(zip(held.texts("gas"), held.numbers("potential_t_per_t").tolist(), strict=True))
        potentials[UNSPLIT] = 1.0
        one = _Inventory(f"{key[0]} {key[1]}", potentials, self.report, self.rules)
        lines, gases = self.lines.take(key), self.line_gases.take(key)
        one.lines(lines, gases)
        cells, cell_gases = self.cells.take(key), self.cell_gases.take(key)
        one.cells(cells, cell_gases, lines if lines_complete else None)
        one.totals(cells, self.totals.take(key), self.sectors.take(key), protocol)
        self.report.inventories += 1
        self.report.without_lines += not lines_complete

    def finish(self) -> None:
        """Note rows that belong to no inventory of the release."""
        for group in (
            *(self.potentials, self.lines, self.line_gases, self.cells),
            *(self.cell_gases, self.sectors, self.totals),
        ):
            for place, year in group.finish():
                what = f"the table {group.table.name} has rows of an inventory that is not listed"
                self.report.add(Deviation(f"{place} {year}", what + ", or out of order"))


class _Inventory:
    """One inventory while it is computed anew."""

    def __init__(self, name: str, potentials: Mapping[str, float], report: Report, rules: Rules) -> None:
        self.name, self.potentials, self.report, self.rules = name, potentials, report, rules

    def lines(self, lines: Rows, gases: Rows) -> None:
        """Check each line against its gases, and its gases against its factor."""
        count = len(lines)
        self.report.lines += count
        if not count and not len(gases):
            return
        numbers = lines.numbers("line").astype(np.int64).tolist()
        places = {number: place for place, number in enumerate(numbers)}
        owners = gases.numbers("line").astype(np.int64).tolist()
        at = np.array([places.get(owner, -1) for owner in owners], dtype=np.int64)
        if (at < 0).any():
            self._say("line_gases", "gases of a line that is not there")
            return
        names, mass = gases.texts("gas"), gases.numbers("mass_t")
        self.report.unsplit += names.count(UNSPLIT)
        co2e = self._co2e(names, mass)
        found = _added(at, co2e, count)
        scale = _added(at, np.abs(co2e), count)
        self._without_potential(lines, at, names, found)
        where = [f"line {number} of {ref}" for number, ref in zip(numbers, lines.texts("ref"), strict=True)]
        self._compare(where, "CO2e of its gases", lines.numbers("co2e_t"), found, scale)
        self._factors(lines, at, names, mass, where)

    def _without_potential(
        self, lines: Rows, at: NDArray[np.int64], names: Sequence[str], found: Numbers
    ) -> None:
        """Take market lines as published where a gas of theirs stands in no sum, so has no potential here."""
        basis, published = lines.texts("basis"), lines.numbers("co2e_t")
        for place, name in zip(at.tolist(), names, strict=True):
            if basis[place] == MARKET and name not in self.potentials:
                found[place] = published[place]

    def _factors(
        self, lines: Rows, at: NDArray[np.int64], names: Sequence[str], mass: Numbers, where: Sequence[str]
    ) -> None:
        amounts = lines.numbers("converted_amount")
        factors = list(zip(lines.texts("factor_id"), lines.texts("factor_sha256"), strict=True))
        kept = [position for position, place in enumerate(at.tolist()) if factors[place][0]]
        if not kept:
            return
        per_unit = [self.rules.factors.get((*factors[at[place]], names[place]), np.nan) for place in kept]
        found = amounts[at[kept]] * np.array(per_unit) / KG_PER_T
        said = [f"{where[at[place]]}, {names[place]}" for place in kept]
        self._compare(said, "mass from amount and factor", mass[kept], found, np.abs(found), unit="t")

    def cells(self, cells: Rows, gases: Rows, lines: Rows | None) -> None:
        """Check each cell against its lines, and against its own gases."""
        refs = cells.texts("ref")
        self.report.cells += len(refs)
        where = [f"cell {ref}" for ref in refs]
        valued = np.array([state == "value" for state in cells.texts("state")], dtype=bool)
        published = np.where(valued, cells.numbers("co2e_t"), 0.0)
        found, scale = self._by_cell(refs, gases)
        self._compare(where, "CO2e of its gases", published, found, scale)
        if lines is not None:
            at = self._places(refs, lines.texts("ref"), "lines")
            counted = np.array([basis != MARKET for basis in lines.texts("basis")], dtype=bool)
            line_co2e = np.where(counted, lines.numbers("co2e_t"), 0.0)
            found = _added(at, line_co2e, len(refs))
            scale = _added(at, np.abs(line_co2e), len(refs))
            self._compare(where, "sum of its lines", published, found, scale)
        self._ranges(cells, where)

    def _by_cell(self, refs: Sequence[str], gases: Rows) -> tuple[Numbers, Numbers]:
        at = self._places(refs, gases.texts("ref"), "cell_gases")
        mass = gases.numbers("mass_t")
        co2e = self._co2e(gases.texts("gas"), mass)
        count = len(refs)
        return (
            _added(at, co2e, count),
            _added(at, np.abs(co2e), count),
        )

    def _places(self, refs: Sequence[str], of: Sequence[str], table: str) -> NDArray[np.int64]:
        places = {ref: place for place, ref in enumerate(refs)}
        if lost := sorted(set(of) - set(places)):
            self._say(table, f"rows of cells that are not listed: {', '.join(lost)}")
        return np.array([places.get(ref, len(refs)) for ref in of], dtype=np.int64)

    def totals(self, cells: Rows, totals: Rows, sectors: Rows, protocol: str) -> None:
        """Check each total and each sector against the cells that count in it."""
        values = dict(zip(cells.texts("ref"), np.nan_to_num(cells.numbers("co2e_t")).tolist(), strict=True))
        names = totals.texts("total")
        self.report.totals += len(names)
        sums = [self._sum(values, self.rules.members(protocol, name)) for name in names]
        self._both([f"total {name}" for name in names], "sum of its cells", totals.numbers("co2e_t"), sums)
        if missing := self.rules.totals(protocol) - set(names):
            self._say("totals", f"no row of {', '.join(sorted(missing))}")
        self._ranges(totals, [f"total {name}" for name in names])
        parts = list(zip(sectors.texts("sector"), sectors.texts("total"), strict=True))
        sums = [self._sum(values, self.rules.members(protocol, name, sector)) for sector, name in parts]
        where = [f"sector {sector} in {name}" for sector, name in parts]
        self._both(where, "sum of its cells", sectors.numbers("co2e_t"), sums)

    @staticmethod
    def _sum(values: Mapping[str, float], members: Sequence[str]) -> tuple[float, float]:
        held = [values.get(ref, 0.0) for ref in members]
        return sum(held), sum(abs(value) for value in held)

    def _both(
        self, where: Sequence[str], what: str, published: Numbers, sums: Sequence[tuple[float, float]]
    ) -> None:
        found = np.array([total for total, _scale in sums])
        self._compare(where, what, published, found, np.array([scale for _total, scale in sums]))

    def _co2e(self, names: Sequence[str], mass: Numbers) -> Numbers:
        """Return t CO2e of each mass; a gas without a potential adds nothing, as the release says."""
        return np.array([self.potentials.get(name, 0.0) for name in names], dtype=np.float64) * mass

    def _ranges(self, figures: Rows, where: Sequence[str]) -> None:
        value, low, high = (figures.numbers(name) for name in ("co2e_t", "low_t", "high_t"))
        room = RELATIVE * np.abs(value) + ABSOLUTE_T
        for place in np.flatnonzero((low > value + room) | (high < value - room)).tolist():
            said = f"the figure lies outside its range {low[place]!r} to {high[place]!r}"
            self._say(where[place], said)

    def _compare(
        self,
        where: Sequence[str],
        what: str,
        published: Numbers,
        found: Numbers,
        scale: Numbers,
        unit: str = T_CO2E,
    ) -> None:
        room = RELATIVE * scale + ABSOLUTE_T
        off = ~(np.abs(published - found[: len(published)]) <= room[: len(published)])
        for place in np.flatnonzero(off).tolist():
            one, other = float(published[place]), float(found[place])
            self.report.add(Deviation(f"{self.name}, {where[place]}", what, one, other, unit))

    def _say(self, where: str, what: str) -> None:
        self.report.add(Deviation(f"{self.name}, {where}", what))


def _added(at: NDArray[np.int64], weights: Numbers, count: int) -> Numbers:
    """Return for each of ``count`` places the sum of the weights that stand at it."""
    return np.asarray(np.bincount(at, weights=weights, minlength=count), dtype=np.float64)


def inventories_of(folder: Path) -> Iterator[tuple[Key, str, bool]]:
    """Yield each inventory of a release with its protocol and whether its lines are complete."""
    listed = Grouped(folder, tables.INVENTORIES, ("protocol", "lines_complete"))
    while (key := listed.next_key) is not None:
        rows = listed.take(key)
        yield key, rows.texts("protocol")[0], bool(rows.data.column("lines_complete")[0].as_py())
