"""Methods and their runs as text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from localaction.engine.cli.tables import aligned
from localaction.engine.methods.describe import default_text
from localaction.engine.methods.results import MethodRun, UsedInput
from localaction.engine.packs import Library
from localaction.engine.packs.methods import Input, Method, Output

SHOWN_ENTRIES = 60  # rows of one output or input that the text shows


def listing(methods: Iterable[Method]) -> str:
    """Return one line for each method."""
    rows = [(method.id, ", ".join(method.cells), method.title) for method in methods]
    return "\n".join(line.rstrip() for line in aligned([("method", "cells", "title"), *rows], "<<<"))


def method_text(method: Method, library: Library) -> str:
    """Return everything a method declares, as text."""
    return "\n".join(_method_lines(method, library))


def _method_lines(method: Method, library: Library) -> Iterator[str]:
    yield from (f"{method.id}  {method.title}", "", *method.explanation, *method.limits, "")
    if method.cells:
        yield f"cells: {', '.join(method.cells)}"
    source = library.sources[method.source.ref]
    yield f"source: {source.title}, {method.source.locator} ({method.confidence})"
    yield from ("", "inputs:")
    rows = [
        (e.name, e.unit or e.kind, _shape(e), e.range_text(), _default(e)) for e in method.inputs.values()
    ]
    yield from _table(("name", "unit", "for each", "range", "if left out"), rows)
    yield from ("", "outputs:")
    yield from _table(
        ("name", "unit", "for each", "label"),
        [(o.name, _unit(o), _shape(o), o.label) for o in method.outputs.values()],
    )
    yield from ("", "formulas:")
    for formula in method.formulas:
        yield f"  {formula.text}   {formula.number}".rstrip()
        yield f"      {formula.explain} ({formula.confidence})" if formula.explain else ""
    yield f"worked examples: {', '.join(f'{e.id} ({e.title})' for e in method.examples.values()) or 'none'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for line in aligned([head, *rows], "<" * len(head)):
        yield f"  {line}".rstrip()


def _shape(entry: Input | Output) -> str:
    return ", ".join(entry.shape)


def _unit(output: Output) -> str:
    return f"{output.unit} {output.species}" if output.species else output.unit


def _default(entry: Input) -> str:
    if entry.default is None:
        return "refused" if entry.required else "left out"
    return default_text(entry.default)


def run_text(run: MethodRun) -> str:
    """Return a run as text: the outputs, the total in CO2e, what was filled in, warnings."""
    return "\n".join(_run_lines(run))


def _run_lines(run: MethodRun) -> Iterator[str]:
    yield f"{run.title} ({run.method})"
    for output in run.outputs.values():
        yield ""
        yield f"{output.entry.label}, {_unit(output.entry)}"
        yield from _entries(output.entry.shape, output.value, run)
    if run.co2e:
        lacking = f" without {', '.join(run.co2e.lacking)}" if run.co2e.lacking else ""
        yield from ("", f"CO2e with {run.co2e.gwp_set}{lacking}: {number(run.co2e.total_t)} t")
    filled = [used for used in run.inputs.values() if used.origin == "default"]
    if filled:
        yield from ("", "Filled in:")
        yield from (f"  {_filled(used)}" for used in filled)
    for finding in run.warnings:
        yield f"{finding.severity}: {finding.line()}"


def _entries(shape: Sequence[str], value: Any, run: MethodRun) -> Iterator[str]:
    names = [run.dimensions[name] for name in shape]
    places = list(product(*(range(len(entries)) for entries in names)))
    rows = [
        (*(names[axis][position] for axis, position in enumerate(place)), number(float(value[place])))
        for place in places[:SHOWN_ENTRIES]
    ]
    for line in aligned(rows, "<" * len(shape) + ">"):
        yield f"  {line}"
    if len(places) > SHOWN_ENTRIES:
        yield f"  and {len(places) - SHOWN_ENTRIES} more; --format json has all"


def _filled(used: UsedInput) -> str:
    value = used.value
    assert value is not None  # noqa: S101 - a default has a value
    distinct = sorted(set(value.ravel().tolist()), key=str)
    texts = [number(item) if isinstance(item, float) else str(item) for item in distinct[:6]]
    more = ", ..." if len(distinct) > len(texts) else ""
    where = used.table or (used.entry.default.note if used.entry.default else "")
    unit = f" {used.entry.unit}" if used.entry.unit else ""
    return f"{used.entry.label}: {', '.join(texts)}{more}{unit} ({where})"


def number(value: float) -> str:
    """Return a number to read: nine significant digits, no exponent where digits fit."""
    text = f"{value:.9g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < 1e15 else text
