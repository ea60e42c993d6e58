"""The form of a method as a page draws it: single fields, tables by row, and what has a default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.methods import Dimension, Input, Method
from localaction.platform.web.calculator.draft import MOST_CELLS, UNIT, Draft, Index, control, has_units
from localaction.platform.web.rulebook import library, said

Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Control:
    """One control: its name, what is in it, and what is wrong with it."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]] = ()
    numeric: bool = True
    errors: Sequence[str] = ()
    placeholder: str = ""

    @property
    def id(self) -> str:
        """Id of the control in the page."""
        return f"f-{self.name.replace('.', '-')}"


@dataclass(frozen=True)
class Field:
    """A control with its label, hint and unit; ``table`` is there where one value may stand for all."""

    control: Control
    hint: str = ""
    unit: str = ""
    units: Sequence[tuple[str, str]] = ()
    unit_name: str = ""
    unit_chosen: str = ""
    source_text: str = ""
    source_address: str = ""
    optional: bool = False
    table: Table | None = None


@dataclass(frozen=True)
class Head:
    """A column of a table: what stands in it, its unit, and what to say of it above the table."""

    label: str
    unit: str = ""
    hint: str = ""
    source_text: str = ""
    source_address: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: its name and its controls."""

    label: str
    controls: Sequence[Control]


@dataclass(frozen=True)
class Table:
    """Controls in rows; ``grows`` names the dimension to which rows can be added."""

    key: str
    caption: str
    corner: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    grows: str = ""
    hint: str = ""
    source_text: str = ""
    source_address: str = ""
    errors: Sequence[str] = ()
    too_large: bool = False
    columns: Sequence[str] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Form:
    """The whole form; ``more`` holds what has a default and is seldom changed."""

    fields: Sequence[Field]
    tables: Sequence[Table]
    more_fields: Sequence[Field]
    more_tables: Sequence[Table]
    sizes: Sequence[tuple[str, int]]
    more_open: bool
    count_more: int


@dataclass
class _Maker:
    draft: Draft
    errors: Errors
    method: Method = field(init=False)

    def __post_init__(self) -> None:
        self.method = self.draft.method

    def form(self) -> Form:
        entries = list(self.method.inputs.values())
        plain = [entry for entry in entries if not entry.advanced]
        more = [entry for entry in entries if entry.advanced]
        more_fields, more_tables = self.fields(more), self.tables(more, "more")
        used = [entry for entry in more if self.draft.is_filled(entry) or self.named(entry)]
        return Form(
            fields=self.fields(plain),
            tables=self.tables(plain, "main"),
            more_fields=more_fields,
            more_tables=more_tables,
            sizes=[(d.id, self.draft.size(d.id)) for d in self.method.dimensions.values() if not d.labels],
            more_open=bool(used),
            count_more=len(more),
        )

    def named(self, entry: Input) -> bool:
        """Say whether an error is about an input or a place in it."""
        return any(name == entry.name or name.startswith(f"{entry.name}.") for name in self.errors)

    def fields(self, entries: Iterable[Input]) -> list[Field]:
        return [self.field(entry) for entry in entries if not entry.shape or entry.repeat]

    def field(self, entry: Input) -> Field:
        text, address = default_source(entry, self.method)
        label = entry.label if not entry.shape else self.for_all(entry)
        units = _units(entry)
        chosen = entry.kind == "choice" and entry.default is not None  # stands in the list as chosen
        return Field(
            control=self.control(entry, (), label),
            hint=hint(entry),
            unit=entry.unit if not units else "",
            units=units,
            unit_name=entry.name + UNIT,
            unit_chosen=self.draft.texts.get(entry.name + UNIT, entry.unit),
            source_text="" if chosen else text,
            source_address=address,
            optional=not entry.required and not chosen,
            table=self.spread(entry) if entry.shape else None,
        )

    def for_all(self, entry: Input) -> str:
        names = [said(self.method.dimensions[name].label).lower() for name in entry.shape]
        return _("%(input)s, the same for every %(dimension)s") % {
            "input": entry.label,
            "dimension": _(" and ").join(names),
        }

    def spread(self, entry: Input) -> Table:
        """Return the table in which a value for each entry can be given instead of one for all."""
        table = (
            self.matrix(entry) if len(entry.shape) > 1 else self.columns(entry.shape[0], [entry], entry.name)
        )
        filled = any(self.draft.text(entry.name, place) for place in self.draft.places(entry))
        wrong = any(name.startswith(f"{entry.name}.") for name in self.errors)
        return replace(table, is_open=filled or wrong)

    def tables(self, entries: Sequence[Input], key: str) -> list[Table]:
        shaped = [entry for entry in entries if entry.shape and not entry.repeat]
        found = []
        for name in self.method.dimensions:
            if together := [entry for entry in shaped if entry.shape == (name,)]:
                found.append(self.columns(name, together, f"{key}-{name}"))
        return [*found, *(self.matrix(entry) for entry in shaped if len(entry.shape) > 1)]

    def columns(self, name: str, entries: Sequence[Input], key: str) -> Table:
        dimension = self.method.dimensions[name]
        heads, rows = [], []
        for entry in entries:
            text, address = default_source(entry, self.method)
            heads.append(Head(entry.label, entry.unit, hint(entry), text, address))
        if key == entries[0].name:  # stands at a field that says all this already
            heads = [Head(head.label, head.unit) for head in heads]
        own = any(entry.name == dimension.labelled_by for entry in entries)
        for position in range(self.draft.size(name)):
            label = str(position + 1) if own else self.entry_label(dimension, position)
            rows.append(Row(label, [self.cell(entry, (position,), label) for entry in entries]))
        caption = (
            entries[0].label
            if len(entries) == 1
            else _("For each %(dimension)s") % {"dimension": said(dimension.label).lower()}
        )
        return Table(
            key=key,
            caption=caption,
            corner=said(dimension.label),
            heads=heads,
            rows=rows,
            columns=[entry.name for entry in entries],
            grows="" if dimension.labels or self.draft.size(name) >= dimension.max else name,
            errors=[
                text for entry in entries for text in self.errors.get(entry.name, ()) if not entry.repeat
            ],
        )

    def matrix(self, entry: Input) -> Table:
        down, across = (self.method.dimensions[name] for name in entry.shape)
        text, address = default_source(entry, self.method)
        large = self.draft.size(down.id) * self.draft.size(across.id) > MOST_CELLS
        heads = [Head(self.entry_label(across, n)) for n in range(self.draft.size(across.id))]
        rows = []
        for position in range(0 if large else self.draft.size(down.id)):
            label = self.entry_label(down, position)
            cells = [
                self.cell(entry, (position, column), f"{label}, {heads[column].label}")
                for column in range(len(heads))
            ]
            rows.append(Row(label, cells))
        return Table(
            key=entry.name,
            caption=f"{entry.label} ({entry.unit})" if entry.unit else entry.label,
            corner=said(down.label),
            heads=heads,
            rows=rows,
            grows="" if down.labels or self.draft.size(down.id) >= down.max else down.id,
            hint=hint(entry),
            source_text=text,
            source_address=address,
            errors=() if entry.repeat else self.errors.get(entry.name, ()),
            too_large=large,
        )

    def entry_label(self, dimension: Dimension, position: int) -> str:
        if dimension.labels:
            return list(dimension.labels.values())[position]
        if dimension.labelled_by:
            text = self.draft.text(dimension.labelled_by, (position,))
            return self.method.inputs[dimension.labelled_by].choices.get(text, text) or str(position + 1)
        return str(position + 1)

    def cell(self, entry: Input, index: Index, label: str) -> Control:
        return self.control(entry, index, f"{entry.label}, {label}")

    def control(self, entry: Input, index: Index, label: str) -> Control:
        name = control(entry.name, index)
        default = entry.default
        literal = default.value if default and default.parameter is None else None
        value = self.draft.text(entry.name, index)
        # A place in a table starts empty: a choice standing there would overrule the one for all.
        options = _options(entry, optional=bool(index) or literal is None)
        if options and not value and literal is not None and not index:
            value = str(literal)
        return Control(
            name=name,
            label=label,
            value=value,
            options=options,
            numeric=entry.kind not in {"choice", "text"},
            errors=self.errors.get(name, ()),
            placeholder="" if literal is None or index else _number(literal),
        )


def form(draft: Draft, errors: Errors) -> Form:
    """Return the form of a method as it stands, with errors by control or input."""
    return _Maker(draft, errors).form()


def _options(entry: Input, *, optional: bool) -> list[tuple[str, str]]:
    if entry.kind != "choice":
        return []
    chosen = [(name, said(label)) for name, label in entry.choices.items()]
    return [("", _("choose")), *chosen] if optional else chosen


def _units(entry: Input) -> list[tuple[str, str]]:
    """Return the units an amount may be given in: those that measure the same, if it is no ratio."""
    units = library().units
    if not has_units(entry):
        return []
    same = units.of_dimension(units.dimension(entry.unit))
    return [(unit.symbol, unit.symbol) for unit in same] if len(same) > 1 else []


def hint(entry: Input) -> str:
    """Return the help of an input and its range in words."""
    parts = [entry.help, _range(entry)]
    return " ".join(part for part in parts if part)


def _range(entry: Input) -> str:
    words = {
        "above": _("Above %(bound)s."),
        "min": _("%(bound)s or more."),
        "below": _("Below %(bound)s."),
        "max": _("%(bound)s or less."),
    }
    if entry.min is not None and entry.max is not None:
        return _("From %(low)s to %(high)s.") % {"low": _number(entry.min), "high": _number(entry.max)}
    found = [
        text % {"bound": _number(bound)}
        for name, text in words.items()
        if (bound := getattr(entry, name)) is not None
    ]
    return " ".join(found)


def _number(value: float | str) -> str:
    return f"{value:.12g}" if isinstance(value, int | float) else value


def default_source(entry: Input, method: Method) -> tuple[str, str]:
    """Return in words what stands if nothing is given, and where to read of it."""
    default = entry.default
    if default is None:
        return "", ""
    if default.parameter is not None:
        table = library().parameters[default.parameter]
        text = _("If empty: from the table “%(table)s”.") % {"table": table.label}
        name, _stroke, version = method.id.partition("/")
        address = reverse("web:method", args=[name, version])
        return text, f"{address}#{anchor(default.parameter)}"
    if default.source is None or default.value is None:
        return "", ""
    words = {"value": _label(entry, default.value), "locator": default.source.locator}
    address = reverse("web:source", args=[default.source.ref])
    return _("If empty: %(value)s (%(locator)s).") % words, address


def _label(entry: Input, value: float | str) -> str:
    text = _number(value)
    return said(entry.choices.get(text, text))


def anchor(table: str) -> str:
    """Return the name under which a page has a parameter table."""
    return "table-" + "".join(character if character.isalnum() else "-" for character in table)
