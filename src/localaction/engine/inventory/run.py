"""One computation: rows in, block by block, and sums out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.inventory import parsing, problems
from localaction.engine.inventory.assemble import Assembly
from localaction.engine.inventory.block import Block, Rows, blocks
from localaction.engine.inventory.cellbook import CellBook
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.lines import Line, LineWriter
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.recipe import Problem
from localaction.engine.inventory.resolve import Resolver
from localaction.engine.inventory.results import Result
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.timing import Timing
from localaction.engine.packs import Library

COMBINATIONS_KEPT = 1 << 16
NOT_SEEN, NO_RECIPE = -1, -2
WHAT = (
    "ref", "activity", "unit", "period", "factor", "gas", "gwp_set", "notation_key", "included_in",
    "data_quality", "basis",
)  # fmt: skip
NEGATIVE = Problem(problems.NegativeWithoutReason(), "amount")
Kept = TypeVar("Kept")


class Errors:
    """The errors found so far: the first ones in full, the rest counted."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.findings: list[Finding] = []
        self.more = 0

    def add(self, finding: Finding) -> None:
        if len(self.findings) < self.limit:
            self.findings.append(finding)
        else:
            self.more += 1

    def add_problem(self, problem: Problem, row: RawRow) -> None:
        if len(self.findings) >= self.limit:
            self.more += 1
            return
        value = row.values[problem.column] if problem.column else ""
        ref = row.values["ref"].strip()
        found = Finding.of(
            problem.error, row=row.number, column=problem.column, value=value or None, ref=ref or None
        )
        self.add(found)

    def __bool__(self) -> bool:
        return bool(self.findings) or self.more > 0


class Run:
    """One computation: what has been seen so far, and the sums."""

    def __init__(
        self,
        options: Options,
        library: Library,
        on_line: Callable[[Line], None] | None = None,
        on_json: Callable[[str], None] | None = None,
    ) -> None:
        self.options = options
        self.library = library
        self.errors = Errors(options.max_errors)
        self.book = CellBook(library.protocol)
        self.timing = Timing(options.period)
        self.resolver = Resolver(library, self.book, self.timing, options)
        self.sums = Sums()
        self.codes: dict[tuple[str, ...], int] = {}
        self.wrong: dict[tuple[str, ...], list[Problem]] = {}
        self.writer = LineWriter(self.resolver.potentials)
        self.lines: list[Line] = []
        self.takers = [self.lines.append] if options.keep_lines else []
        if on_line is not None:
            self.takers.append(on_line)
        self.on_json = on_json

    def result(self, rows: Rows) -> Result:
        """Take in all rows and return the inventory, or raise `Refused` with all errors."""
        try:
            for block in blocks(rows):
                self._take(block)
        except Refused as refused:
            self._fail(refused.findings)
        else:
            self._fail([*self.timing.conflicts(), *self.book.conflicts()])
        period = self.timing.span
        if self.errors or period is None:
            raise Refused(sorted(self.errors.findings, key=_row), self.errors.more)
        assembly = Assembly(self.library, self.options, self.book, self.resolver.potentials, period)
        return assembly.result(self.resolver.recipes, self.sums, self.lines)

    def _fail(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.errors.add(finding)

    def _take(self, block: Block) -> None:
        for row in block.broken:
            if row.problem is not None:
                self.errors.add(row.problem)
        keys = list(zip(*(block.columns[name] for name in WHAT), strict=True))
        codes = np.fromiter(map(self.codes.get, keys, repeat(NOT_SEEN)), dtype=np.intp, count=len(keys))
        for position in np.flatnonzero(codes < 0).tolist():
            codes[position] = self._look(keys[position], block.row(position))
        chosen = np.flatnonzero(codes >= 0)
        if len(chosen) < len(codes):
            block, codes = block.take(chosen.tolist()), codes[chosen]
        if len(block):
            self._add(block, codes)

    def _look(self, key: tuple[str, ...], row: RawRow) -> int:
        """Return the recipe of a row seen for the first time, or note its key or what is wrong with it."""
        known = self.codes.get(key)
        if known is not None:
            return known
        if row.values["notation_key"].strip():
            wrong = [*self.resolver.period_problems(row.values["period"]), *self.book.add_key(row)]
        elif key in self.wrong:
            wrong = self.wrong[key]
        else:
            found = self.resolver.resolve(row)
            if not isinstance(found, list):
                _bounded(self.codes)[key] = found.index
                return found.index
            wrong = _bounded(self.wrong)[key] = found
        for problem in wrong:
            self.errors.add_problem(problem, row)
        if not row.values["notation_key"].strip():
            self._amount(row)
            self._percent(row)
        return NO_RECIPE

    def _add(self, block: Block, codes: NDArray[np.intp]) -> None:
        """Add rows that have a recipe to the sums, after a look at their amounts and reasons."""
        amounts = parsing.amounts(block.columns["amount"])
        if amounts is None:
            read = [self._amount(block.row(position)) for position in range(len(block))]
            good = [position for position, amount in enumerate(read) if amount is not None]
            block, codes = block.take(good), codes[good]
            amounts = np.array([amount for amount in read if amount is not None], dtype=np.float64)
        self._check_reasons(block, codes, amounts)
        recipes, sources = len(self.resolver.recipes), block.columns["source"]
        self.sums.add(codes, amounts, recipes, self._percents(block), sources)
        if (self.takers or self.on_json) and not self.errors:
            self._write(block, codes, amounts)

    def _write(self, block: Block, codes: NDArray[np.intp], amounts: NDArray[np.float64]) -> None:
        recipes = self.resolver.recipes
        for row, code, amount in zip(block.rows(), codes.tolist(), amounts.tolist(), strict=True):
            if self.on_json is not None:
                self.on_json(self.writer.text(row, recipes[code], amount))
            if self.takers:
                line = self.writer.line(row, recipes[code], amount)
                for take in self.takers:
                    take(line)

    def _percents(self, block: Block) -> NDArray[np.float64] | None:
        """Return the half-widths that rows state themselves, NaN where none; None if no row states one."""
        texts = block.columns["uncertainty_percent"]
        if not any(texts):
            return None
        read: list[float | None] = []
        for position, text in enumerate(texts):
            read.append(self._percent(block.row(position)) if text else None)
        return np.array([np.nan if percent is None else percent for percent in read], dtype=np.float64)

    def _percent(self, row: RawRow) -> float | None:
        try:
            return parsing.percent(row.values["uncertainty_percent"])
        except InputError as error:
            self.errors.add_problem(Problem(error, "uncertainty_percent"), row)
            return None

    def _amount(self, row: RawRow) -> float | None:
        try:
            return parsing.amount(row.values["amount"])
        except InputError as error:
            self.errors.add_problem(Problem(error, "amount"), row)
            return None

    def _check_reasons(self, block: Block, codes: NDArray[np.intp], amounts: NDArray[np.float64]) -> None:
        for position in np.flatnonzero(amounts < 0).tolist():
            recipe = self.resolver.recipes[codes[position]]
            if not recipe.market:
                cell = self.book.cells[recipe.ref]
                cell.negative_row = cell.negative_row or block.numbers[position]
            self._ask_reason(block, position, NEGATIVE)
        for code, problem in self.resolver.reasons_needed.items():
            for position in np.flatnonzero(codes == code).tolist():
                self._ask_reason(block, position, problem)

    def _ask_reason(self, block: Block, position: int, problem: Problem) -> None:
        if not block.columns["reason"][position].strip():
            self.errors.add_problem(problem, block.row(position))


def _row(finding: Finding) -> int:
    return finding.row or 0


def _bounded(cache: dict[tuple[str, ...], Kept]) -> dict[tuple[str, ...], Kept]:
    """Return the cache, emptied if it is full: memory stays bounded whatever the rows hold."""
    if len(cache) >= COMBINATIONS_KEPT:
        cache.clear()
    return cache
