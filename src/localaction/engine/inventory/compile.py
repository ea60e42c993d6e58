"""Rows to an inventory, in one pass and bounded memory, with every error found on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from localaction.engine.errors import Finding, Refused
from localaction.engine.inventory import problems
from localaction.engine.inventory.block import Rows
from localaction.engine.inventory.lines import Line
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.results import Result
from localaction.engine.inventory.run import Run
from localaction.engine.packs import Library

__all__ = ["Line", "Options", "Result", "Rows", "check_rows", "compile_inventory"]


def compile_inventory(
    rows: Rows,
    options: Options,
    library: Library | None = None,
    on_line: Callable[[Line], None] | None = None,
    on_json: Callable[[str], None] | None = None,
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

    on_json : callable, optional
        The same with every line as JSON text, several times faster than encoding the line.

    Returns
    -------
    Result
        Totals, cells, lines, and what is to be known about them.

    Raises
    ------
    Refused
        With every error found, each with row, column, value and remedy.
    """
    return Run(options, library or Library.load(), on_line, on_json).result(rows)


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
