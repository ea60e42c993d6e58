"""The files of a result: values, inputs and rows, with full digits, the same in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from localaction.engine.inventory.columns import NAMES
from localaction.engine.methods.inventoryrows import cells_of, inventory_rows
from localaction.engine.methods.results import MethodRun
from localaction.engine.packs.methods import Method
from localaction.platform.web.files import written
from localaction.platform.web.rulebook import library

CSV, JSON = "text/csv; charset=utf-8", "application/json"


class Download(NamedTuple):
    """A file to take away."""

    name: str
    kind: str
    text: str


def download(
    kind: str, run: MethodRun, method: Method, inputs: Mapping[str, object], cell: str, year: str
) -> Download | None:
    """Return one file of a result: ``csv``, ``json``, ``inputs`` or ``rows``; None if there is none of it."""
    stem = method.id.replace(".", "-").replace("/", "-").replace("_", "-")
    if kind == "csv":
        return Download(f"{stem}.csv", CSV, _values(run, method))
    if kind == "json":
        return Download(f"{stem}.json", JSON, _json(run.to_dict()))
    if kind == "inputs":
        return Download(f"{stem}-inputs.json", JSON, _json(inputs))
    cells = cells_of(method)
    if kind == "rows" and cells:
        chosen = cell if cell in cells else cells[0]
        rows = inventory_rows(run, library(), chosen, period=year or None)
        body = written(NAMES, ([row.get(name, "") for name in NAMES] for row in rows))
        return Download(f"{stem}-rows.csv", CSV, body)
    return None


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _values(run: MethodRun, method: Method) -> str:
    dimensions = list(method.dimensions)
    return written(["output", "label", *dimensions, "value", "unit", "gas"], _lines(run, dimensions))


def _lines(run: MethodRun, dimensions: list[str]) -> Iterator[list[str]]:
    for name, output in run.outputs.items():
        shape = output.entry.shape
        for place in product(*(range(size) for size in output.value.shape)):
            entries = {axis: run.dimensions[axis][at] for axis, at in zip(shape, place, strict=True)}
            yield [
                name,
                output.entry.label,
                *(entries.get(dimension, "") for dimension in dimensions),
                repr(float(output.value[place])),
                output.entry.unit,
                output.entry.species or "",
            ]
