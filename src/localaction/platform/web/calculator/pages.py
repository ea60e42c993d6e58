"""The list of methods, and the page that explains one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.methods import Citation, Example, Input, Method
from localaction.engine.references.cited import Confidence
from localaction.engine.references.parameters import Parameter, ParameterTable
from localaction.platform.web import numbers
from localaction.platform.web.calculator.form import anchor, default_source, hint
from localaction.platform.web.rulebook import gas_label, library, said

LISTED = 12  # values of a series that a line of text names
ACROSS = 6  # entries of a key that a table has room for side by side


@dataclass(frozen=True)
class Cited:
    """A document and where in it, with its address."""

    title: str
    locator: str
    address: str


@dataclass(frozen=True)
class InputLine:
    """An input as the page lists it."""

    name: str
    label: str
    hint: str
    unit: str
    axes: str
    default: str
    default_address: str
    choices: Sequence[str]


@dataclass(frozen=True)
class OutputLine:
    """An output as the page lists it."""

    name: str
    label: str
    unit: str
    axes: str
    inventory: bool


@dataclass(frozen=True)
class ParameterCell:
    """A value of a parameter table: its range, and how sure it is where that differs from the table."""

    value: str = ""
    span: str = ""
    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True)
class ParameterRow:
    """A row of a parameter table: its entries, and a value for each column."""

    entries: Sequence[str]
    cells: Sequence[ParameterCell]


@dataclass(frozen=True)
class TableView:
    """A parameter table with its source; a last key of few entries lies across."""

    anchor: str
    table: ParameterTable
    keys: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[ParameterRow]
    cited: Cited


@dataclass(frozen=True)
class ExampleView:
    """A worked example with what it must give."""

    id: str
    title: str
    note: str
    address: str
    expected: Sequence[tuple[str, str, str]]
    tolerance: str
    reason: str
    cited: Cited


def method_address(method: Method, page: str = "web:method") -> str:
    """Return the address of a method's page, or of its calculator."""
    name, _stroke, version = method.id.partition("/")
    return reverse(page, args=[name, version])


def found_methods(text: str) -> list[Method]:
    """Return the methods in which every word of a text occurs; all for an empty text."""
    words = text.casefold().split()
    return [
        method for method in library().methods.values() if all(word in _searched(method) for word in words)
    ]


def _searched(method: Method) -> str:
    parts = [
        method.id,
        method.title,
        method.summary,
        *method.cells,
        *(o.label for o in method.outputs.values()),
    ]
    return " ".join(parts).casefold()


def by_theme(methods: Iterable[Method]) -> list[tuple[str, list[Method]]]:
    """Return methods by theme and sector, in the order of the protocol; those of no cell last."""
    protocol = library().protocol
    sectors = {sector.id: said(sector.label) for sector in protocol.sectors}
    groups: dict[str, list[Method]] = {}
    for method in methods:
        cell = protocol.cells.get(method.cells[0]) if method.cells else None
        groups.setdefault(cell.sector if cell else "", []).append(method)
    ordered = [*(name for name in sectors if name in groups), *([""] if "" in groups else [])]
    return [(sectors.get(name, _("Other")), groups[name]) for name in ordered]


def cited(source: Citation) -> Cited:
    """Return a citation with title and address."""
    title = library().sources[source.ref].title
    return Cited(title, source.locator, reverse("web:source", args=[source.ref]))


def input_lines(method: Method) -> list[InputLine]:
    """Return the inputs of a method as its page lists them."""
    return [_input(entry, method) for entry in method.inputs.values()]


def _input(entry: Input, method: Method) -> InputLine:
    text, address = default_source(entry, method)
    return InputLine(
        name=entry.name,
        label=entry.label,
        hint=hint(entry),
        unit=entry.unit,
        axes=_axes(entry.shape, method),
        default=text or ("" if entry.required else _("May be left out.")),
        default_address=address,
        choices=[said(label) for label in entry.choices.values()],
    )


def output_lines(method: Method) -> list[OutputLine]:
    """Return the outputs of a method as its page lists them."""
    return [
        OutputLine(
            o.name,
            o.label,
            f"{o.unit} {gas_label(o.species)}" if o.species else o.unit,
            _axes(o.shape, method),
            o.inventory,
        )
        for o in method.outputs.values()
    ]


def _axes(shape: Sequence[str], method: Method) -> str:
    return ", ".join(said(method.dimensions[name].label).lower() for name in shape)


def table_views(method: Method) -> list[TableView]:
    """Return the parameter tables that the defaults of a method use."""
    return [table_view(library().parameters[name]) for name in method.parameters]


def table_view(table: ParameterTable) -> TableView:
    """Return one parameter table as a page shows it."""
    keys = list(table.keys.values())
    across = keys.pop() if len(keys) > 1 and len(keys[-1].entries) <= ACROSS else None
    columns = list(across.entries) if across else [""]
    values = {
        (*(row.at[key.id] for key in keys), row.at[across.id] if across else ""): row for row in table.values
    }
    rows = [
        ParameterRow(
            [said(key.entries[entry]) for key, entry in zip(keys, entries, strict=True)],
            [_cell(values.get((*entries, column)), table) for column in columns],
        )
        for entries in dict.fromkeys(place[:-1] for place in values)
    ]
    return TableView(
        anchor=anchor(table.id),
        table=table,
        keys=[said(key.label) for key in keys],
        columns=[said(label) for label in across.entries.values()] if across else [_("Value")],
        rows=rows,
        cited=cited(Citation(table.source_ref, table.locator)),
    )


def _cell(row: Parameter | None, table: ParameterTable) -> ParameterCell:
    if row is None:
        return ParameterCell()
    span = ""
    if row.low is not None and row.high is not None:
        span = _("%(low)s to %(high)s") % {"low": _number(row.low), "high": _number(row.high)}
    differs = row.confidence if row.confidence != table.confidence else None
    return ParameterCell(_number(row.value), span, differs, row.note)


def _number(value: float | None) -> str:
    return "" if value is None else numbers.readable(value, 8)


def example_views(method: Method) -> list[ExampleView]:
    """Return the worked examples of a method, with what they must give."""
    return [example_view(method, example) for example in method.examples.values()]


def example_view(method: Method, example: Example) -> ExampleView:
    """Return one worked example, with what it must give."""
    return ExampleView(
        id=example.id,
        title=example.title,
        note=example.note,
        address=f"{method_address(method, 'web:calculate')}?{urlencode({'example': example.id})}#result",
        expected=_expected(example.expected, method) + _expected_total(example.gwp_set, example.co2e_t),
        tolerance=f"{example.relative_tolerance:g}",
        reason=example.tolerance_reason,
        cited=cited(example.source),
    )


def _expected(expected: Mapping[str, object], method: Method) -> list[tuple[str, str, str]]:
    return [
        (method.outputs[name].label, _listed(value), method.outputs[name].unit)
        for name, value in expected.items()
    ]


def _expected_total(gwp_set: str | None, total: float | None) -> list[tuple[str, str, str]]:
    if gwp_set is None or total is None:
        return []
    label = library().gwp_sets[gwp_set].label
    return [(_("Together, weighed with %(set)s") % {"set": label}, _number(total), "t CO2e")]


def _listed(value: object) -> str:
    if isinstance(value, list | tuple):
        if len(value) > LISTED:
            return _("%(count)s values") % {"count": len(value)}
        return "; ".join(_listed(item) for item in value)
    return _number(float(value)) if isinstance(value, int | float) else str(value)


def other_versions(method: Method) -> list[Method]:
    """Return the other versions of the same method, oldest first."""
    stem = method.id.rpartition("/")[0]
    found = [m for m in library().methods.values() if m.id.rpartition("/")[0] == stem and m.id != method.id]
    return sorted(found, key=lambda other: other.version)


def citation(method: Method) -> str:
    """Return how to cite the method."""
    source = library().sources[method.source.ref]
    words = {"title": method.title, "id": method.id, "digest": method.digest[:12], "source": source.title}
    return _("Local Action, method %(id)s, “%(title)s” (declaration %(digest)s), after %(source)s.") % words
