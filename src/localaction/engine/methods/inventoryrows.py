"""The gases of a run as rows of an inventory, in the columns of the row file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.methods.results import MethodOutput, MethodRun
from localaction.engine.packs import Library
from localaction.engine.packs.methods import Method

UNSPLIT, AS_WRITTEN = "CO2E_UNSPLIT", "CO2e"  # how the row file names CO2e that is not split
DIGEST_SHOWN = 12


class NoRows(InputError):
    """A method computes nothing that goes into an inventory."""

    code = "methods.no_rows"
    text = "{method} computes no gas that goes into an inventory."
    remedy_text = "Use its outputs as inputs of another method, or enter them by hand."


class NotItsCell(InputError):
    """Rows are asked for a cell that the method is not for."""

    code = "methods.not_its_cell"
    text = 'The cell "{cell}" is none of {method}. {hint}'
    remedy_text = "Choose one of {known}."

    def __init__(self, cell: str, method: str, known: Sequence[str]) -> None:
        names = ", ".join(known)
        super().__init__(cell=shown(cell), method=method, hint=did_you_mean(cell, known), known=names)


def cells_of(method: Method) -> list[str]:
    """Return the cells that rows of this method can belong to."""
    narrowed = [cell for output in method.outputs.values() if output.inventory for cell in output.cells]
    return list(dict.fromkeys([*method.cells, *narrowed])) if has_rows(method) else []


def has_rows(method: Method) -> bool:
    """Say whether the method computes a gas that goes into an inventory."""
    return any(output.inventory for output in method.outputs.values())


def inventory_rows(
    run: MethodRun, library: Library, cell: str, *, period: str | None = None
) -> list[dict[str, str]]:
    """Return one row for each gas and entry, by column.

    Parameters
    ----------
    run : MethodRun
        What was computed.
    library : Library
        The declarations, for the sources.
    cell : str
        The cell the rows belong to, such as ``III.1.1``.
    period : str, optional
        The year to return, of a run over years; all years if it is not given.

    Raises
    ------
    NoRows, NotItsCell
        If there is nothing to enter, or not there.
    """
    method = library.methods[run.method]
    if not has_rows(method):
        raise NoRows(method=method.title)
    if cell not in (known := cells_of(method)):
        raise NotItsCell(cell, method.title, known)
    found = [
        row
        for output in run.outputs.values()
        if output.entry.inventory and (not output.entry.cells or cell in output.entry.cells)
        for row in _rows(output, run, method)
    ]
    source = library.sources[method.source.ref]
    made_by = f"method {method.id}, data {run.digest[:DIGEST_SHOWN]}"
    common = {"ref": cell, "source": f"{source.title}, {method.source.locator}; {made_by}"}
    return [{**common, **row} for row in found if period is None or row["period"] in ("", period)]


def years_of(method: Method) -> str | None:
    """Return the dimension whose entries are years; None if the method has none."""
    for dimension in method.dimensions.values():
        if dimension.labelled_by and method.inputs[dimension.labelled_by].kind == "year":
            return dimension.id
    return None


def _rows(output: MethodOutput, run: MethodRun, method: Method) -> Iterator[dict[str, str]]:
    shape, years = output.entry.shape, years_of(method)
    gas = output.entry.species or ""
    for place in product(*(range(size) for size in output.value.shape)):
        entries = {name: run.dimensions[name][position] for name, position in zip(shape, place, strict=True)}
        period = entries.pop(years, "") if years else ""
        places = [f"{method.dimensions[name].label.lower()} {entry}" for name, entry in entries.items()]
        yield {
            "amount": repr(float(output.value[place])),
            "unit": output.entry.unit,
            "gas": AS_WRITTEN if gas == UNSPLIT else gas,
            "period": period,
            "activity": method.title,
            "note": ", ".join([output.entry.label, *places]),
        }
