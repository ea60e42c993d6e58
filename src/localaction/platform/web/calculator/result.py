"""The result of a method as a page shows it: figures, chart, tables, what was filled in, remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, product

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.methods.inventoryrows import cells_of, years_of
from localaction.engine.methods.results import MethodOutput, MethodRun, UsedInput
from localaction.engine.packs.methods import Method
from localaction.engine.references.cited import Confidence
from localaction.platform.web import numbers
from localaction.platform.web.calculator.picture import chart
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.parts import Cell, Column, Figure, ObjectView, Table
from localaction.platform.web.rulebook import gas_label, library, said

ACROSS = 8  # entries of a dimension that a table has room for side by side
VALUES_SHOWN = 6  # of a default that has many


@dataclass(frozen=True)
class Filled:
    """An input that was filled in: its values, where they come from and how sure that is."""

    label: str
    values: str
    unit: str
    source: str
    locator: str
    address: str
    confidence: Confidence


@dataclass(frozen=True)
class ResultView:
    """Everything the page of a result shows."""

    figures: Sequence[Figure]
    objects: Sequence[ObjectView]
    filled: Sequence[Filled]
    remarks: Sequence[str]
    cells: Sequence[tuple[str, str]]
    years: Sequence[str]
    gwp_label: str
    lacking: str


def result_view(run: MethodRun, method: Method) -> ResultView:
    """Return a run as a page shows it."""
    return ResultView(
        figures=[*_total(run), *(_figure(o) for o in run.outputs.values() if not o.entry.shape)],
        objects=list(_objects(run, method)),
        filled=[line for used in run.inputs.values() if used.origin == "default" for line in _filled(used)],
        remarks=[text_of(finding) for finding in run.warnings],
        cells=[(ref, said(library().protocol.cells[ref].label)) for ref in cells_of(method)],
        years=run.dimensions[years] if (years := years_of(method)) else (),
        gwp_label=library().gwp_sets[run.co2e.gwp_set].label if run.co2e else "",
        lacking=", ".join(run.co2e.lacking) if run.co2e else "",
    )


def _total(run: MethodRun) -> list[Figure]:
    if run.co2e is None or not run.co2e.values:
        return []
    words = numbers.headline(run.co2e.total_t)
    label = library().gwp_sets[run.co2e.gwp_set].label
    over = [o.entry for o in run.outputs.values() if o.entry.inventory and o.entry.shape]
    note = _("Sum of all entries of the tables below.") if over else ""
    return [
        Figure(
            _("Together, weighed with %(set)s") % {"set": label},
            text=words.text,
            unit=words.unit,
            exact=numbers.exact(run.co2e.total_t),
            note=note,
        )
    ]


def _figure(output: MethodOutput) -> Figure:
    value = float(output.value)
    return Figure(
        output.entry.label,
        text=numbers.readable(value, 6),
        unit=_unit(output),
        exact=numbers.exact(value),
        note=output.entry.help,
    )


def _unit(output: MethodOutput) -> str:
    entry = output.entry
    plain = {"1": "", "fraction": _("of one")}.get(entry.unit, entry.unit)
    return f"{plain} {gas_label(entry.species)}" if entry.species else plain


def _objects(run: MethodRun, method: Method) -> list[ObjectView]:
    shaped = [output for output in run.outputs.values() if output.entry.shape]
    found = []
    ordered = sorted(shaped, key=lambda output: (len(output.entry.shape), output.entry.shape))
    for shape, group in groupby(ordered, key=lambda output: output.entry.shape):
        outputs = list(group)
        charted = _charted(method, outputs)
        drawn = chart(run, method, outputs) if charted else None
        title = outputs[0].entry.label if len(outputs) == 1 else method.title
        axes = ", ".join(said(method.dimensions[name].label).lower() for name in shape)
        found.append(
            ObjectView(
                key=f"result-{'-'.join(shape)}",
                title=method.chart.title if drawn and method.chart and method.chart.title else title,
                subtitle="; ".join([_("For each %(axes)s") % {"axes": axes}, *_units(charted or outputs)]),
                source=_("Computed with %(method)s.") % {"method": run.method},
                chart=drawn.chart if drawn else None,
                table=_table(run, method, shape, outputs),
                legend=drawn.legend if drawn else (),
            )
        )
    return found


def _charted(method: Method, outputs: Sequence[MethodOutput]) -> list[MethodOutput]:
    declared = method.chart
    return [output for output in outputs if declared is not None and output.entry.name in declared.series]


def _units(outputs: Sequence[MethodOutput]) -> list[str]:
    """Return the units of the outputs, each once; a plain number has none."""
    return list(dict.fromkeys(unit for unit in map(_unit, outputs) if unit))


def _table(run: MethodRun, method: Method, shape: Sequence[str], outputs: Sequence[MethodOutput]) -> Table:
    names = [run.dimensions[name] for name in shape]
    if len(shape) > 1 and len(outputs) == 1 and len(names[1]) <= ACROSS:
        return _matrix(run, method, outputs[0])
    columns = [Column(said(method.dimensions[name].label)) for name in shape]
    columns += [
        Column(", ".join(filter(None, [output.entry.label, _unit(output)])), number=True)
        for output in outputs
    ]
    rows = []
    for place in product(*(range(len(entries)) for entries in names)):
        head = [Cell(names[axis][position]) for axis, position in enumerate(place)]
        rows.append([*head, *(_value(float(output.value[place])) for output in outputs)])
    return Table(method.title, columns, rows)


def _matrix(run: MethodRun, method: Method, output: MethodOutput) -> Table:
    """Return one output of two dimensions, the second one across."""
    down, across = output.entry.shape
    columns = [Column(said(method.dimensions[down].label))]
    columns += [Column(name, number=True) for name in run.dimensions[across]]
    rows = [
        [Cell(name), *(_value(float(value)) for value in line)]
        for name, line in zip(run.dimensions[down], output.value, strict=True)
    ]
    return Table(output.entry.label, columns, rows)


def _value(value: float) -> Cell:
    return Cell(numbers.readable(value, 6), numbers.exact(value), number=True)


def _filled(used: UsedInput) -> list[Filled]:
    entry, value = used.entry, used.value
    if value is None or entry.default is None:
        return []
    distinct = list(dict.fromkeys(value.ravel().tolist()))
    texts = [_text(used, item) for item in distinct[:VALUES_SHOWN]]
    values = ", ".join(texts) + (", …" if len(distinct) > len(texts) else "")
    if used.table is None:
        default = entry.default
        if default.source is None or default.confidence is None:
            return []
        return [_line(used, values, default.source.ref, default.source.locator, default.confidence)]
    return [
        _line(used, values, *key)
        for key in dict.fromkeys((row.source_ref, row.locator, row.confidence) for row in used.parameters)
    ]


def _text(used: UsedInput, item: float | str) -> str:
    if isinstance(item, str):
        return said(used.entry.choices.get(item, item))
    return numbers.readable(float(item), 6)


def _line(used: UsedInput, values: str, ref: str, locator: str, confidence: Confidence) -> Filled:
    unit = {"1": "", "fraction": ""}.get(used.entry.unit, used.entry.unit)
    title = library().sources[ref].title
    return Filled(
        used.entry.label, values, unit, title, locator, reverse("web:source", args=[ref]), confidence
    )
