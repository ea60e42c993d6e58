"""Rows to an inventory, in one pass and bounded memory, with every error found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.inventory import parsing, problems
from localaction.engine.inventory.assemble import Assembly
from localaction.engine.inventory.cellbook import CellBook
from localaction.engine.inventory.columns import EMPTY, RawRow
from localaction.engine.inventory.lines import Line, LineWriter
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.recipe import Problem
from localaction.engine.inventory.resolve import Resolver
from localaction.engine.inventory.results import Result
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.timing import Timing
from localaction.engine.packs import Library

__all__ = ["Options", "Result", "check_rows", "compile_inventory"]

CHUNK = 4096
COMBINATIONS_KEPT = 1 << 16
NOT_SEEN, NO_RECIPE = -1, -2
WHAT = (
    "ref", "activity", "unit", "period", "factor", "gas", "gwp_set", "notation_key", "included_in",
    "data_quality",
)  # fmt: skip
combination = itemgetter(*WHAT)
values_of = attrgetter("values")
problem_of = attrgetter("problem")
Kept = TypeVar("Kept")
Rows = Iterable[RawRow] | Iterable[list[RawRow]]


def compile_inventory(
    rows: Rows,
    options: Options,
    library: Library | None = None,
    on_line: Callable[[Line], None] | None = None,
) -> Result:
    """Compute an inventory.

    Parameters
    ----------
    rows : iterable of RawRow, or of lists of them
        As `read_csv` yields them; read once, never held together.
    options : Options
        Place, period and warming potentials.
    library : Library, optional
        Rules and factors; by default those that ship.
    on_line : callable, optional
        Called with every line as it is computed. If the inventory is refused later on, the lines are void.

    Returns
    -------
    Result
        Totals, cells, lines, and what is to be known about them.

    Raises
    ------
    Refused
        With every error found, each with row, column, value and remedy.
    """
    return _Run(options, library or Library.load(), on_line).result(rows)


def check_rows(rows: Rows, options: Options, library: Library | None = None) -> list[Finding]:
    """Return everything there is to say about the rows, errors first, by the rules of `compile_inventory`.

    After an error only errors are listed, ending with how many more there are.
    """
    try:
        result = compile_inventory(rows, replace(options, keep_lines=False), library)
    except Refused as refused:
        more = [Finding.of(problems.ManyErrors(more=refused.more))] if refused.more else []
        return [*refused.findings, *more]
    return list(result.findings)


def _chunks(rows: Rows) -> Iterator[list[RawRow]]:
    """Yield the rows in lists of one size, however they were handed in, so that sums round alike."""
    held: list[RawRow] = []
    try:
        for item in rows:
            if isinstance(item, RawRow):
                held.append(item)
            else:
                held.extend(item)
            if len(held) >= CHUNK:
                whole = len(held) - len(held) % CHUNK
                for start in range(0, whole, CHUNK):
                    yield held[start : start + CHUNK]
                held = held[whole:]
    except Refused:
        yield held  # what came before the fault is checked too
        raise
    if held:
        yield held


class _Errors:
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
        value = row.values[problem.column] if problem.column else ""
        ref = row.values["ref"].strip()
        found = Finding.of(
            problem.error, row=row.number, column=problem.column, value=value or None, ref=ref or None
        )
        self.add(found)

    def __bool__(self) -> bool:
        return bool(self.findings)


class _Run:
    """One computation: what has been seen so far, and the sums."""

    def __init__(self, options: Options, library: Library, on_line: Callable[[Line], None] | None) -> None:
        self.options = options
        self.library = library
        self.errors = _Errors(options.max_errors)
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

    def result(self, rows: Rows) -> Result:
        """Take in all rows and return the inventory, or raise `Refused` with all errors."""
        try:
            for chunk in _chunks(rows):
                self._take(chunk)
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

    def _take(self, rows: list[RawRow]) -> None:
        if any(map(problem_of, rows)) or set(map(len, map(values_of, rows))) != {len(EMPTY)}:
            rows = list(self._made_whole(rows))
        keys = [combination(row.values) for row in rows]
        codes = np.fromiter(map(self.codes.get, keys, repeat(NOT_SEEN)), dtype=np.intp, count=len(keys))
        for position in np.flatnonzero(codes < 0).tolist():
            codes[position] = self._look(keys[position], rows[position])
        chosen = codes >= 0
        if not bool(chosen.all()):
            rows = [row for row, good in zip(rows, chosen.tolist(), strict=True) if good]
            codes = codes[chosen]
        if rows:
            self._add(rows, codes)

    def _made_whole(self, rows: Iterable[RawRow]) -> Iterator[RawRow]:
        for row in rows:
            if row.problem is not None:
                self.errors.add(row.problem)
            else:
                yield row._replace(values={**EMPTY, **row.values})

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
        return NO_RECIPE

    def _add(self, rows: list[RawRow], codes: NDArray[np.intp]) -> None:
        """Add rows that have a recipe to the sums, after a look at their amounts and reasons."""
        amounts = parsing.amounts([row.values["amount"] for row in rows])
        if amounts is None:
            read = [self._amount(row) for row in rows]
            good = [position for position, amount in enumerate(read) if amount is not None]
            rows, codes = [rows[position] for position in good], codes[good]
            amounts = np.array([amount for amount in read if amount is not None], dtype=np.float64)
        self._check_reasons(rows, codes, amounts)
        self.sums.add(codes, amounts, len(self.resolver.recipes))
        if self.takers and not self.errors:
            recipes, line = self.resolver.recipes, self.writer.line
            for row, code, amount in zip(rows, codes.tolist(), amounts.tolist(), strict=True):
                made = line(row, recipes[code], amount)
                for take in self.takers:
                    take(made)

    def _amount(self, row: RawRow) -> float | None:
        try:
            return parsing.amount(row.values["amount"])
        except InputError as error:
            self.errors.add_problem(Problem(error, "amount"), row)
            return None

    def _check_reasons(
        self, rows: list[RawRow], codes: NDArray[np.intp], amounts: NDArray[np.float64]
    ) -> None:
        for position in np.flatnonzero(amounts < 0).tolist():
            row = rows[position]
            cell = self.book.cells[self.resolver.recipes[codes[position]].ref]
            cell.negative_row = cell.negative_row or row.number
            if not row.values["reason"].strip():
                self.errors.add_problem(Problem(problems.NegativeWithoutReason(), "amount"), row)
        for code, problem in self.resolver.reasons_needed.items():
            for position in np.flatnonzero(codes == code).tolist():
                if not rows[position].values["reason"].strip():
                    self.errors.add_problem(problem, rows[position])


def _row(finding: Finding) -> int:
    return finding.row or 0


def _bounded(cache: dict[tuple[str, ...], Kept]) -> dict[tuple[str, ...], Kept]:
    """Return the cache, emptied if it is full: memory stays bounded whatever the rows hold."""
    if len(cache) >= COMBINATIONS_KEPT:
        cache.clear()
    return cache
