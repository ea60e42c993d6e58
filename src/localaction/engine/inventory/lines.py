"""One line per row: from its amount through conversion and factor to tonnes, with the reasons."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import itemgetter

from localaction.engine.inventory import parsing
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import Recipe

Line = dict[str, object]
encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class _Form:
    """What the lines of one recipe have in common, beside the recipe itself."""

    gases: Mapping[str, float]
    co2e: float
    factor: str | None
    missing: list[str]
    factor_percent: float | None


class LineWriter:
    """Make the line of a row from its recipe and amount, as data or as JSON text."""

    def __init__(self, potentials: Potentials) -> None:
        self.potentials = potentials
        self._forms: dict[int, _Form] = {}
        self._templates: dict[int, _Template] = {}

    def line(self, row: RawRow, recipe: Recipe, amount: float) -> Line:
        """Return the line of one row, as plain data."""
        return _line(recipe, self._form(recipe), amount.__mul__, lambda name: _content(row, name, recipe))

    def text(self, row: RawRow, recipe: Recipe, amount: float) -> str:
        """Return the line of one row as JSON: what encoding `line` gives, several times faster."""
        template = self._templates.get(recipe.index)
        if template is None:
            template = self._templates[recipe.index] = _Template(recipe, self._form(recipe))
        return template.filled(row, amount)

    def _form(self, recipe: Recipe) -> _Form:
        form = self._forms.get(recipe.index)
        if form is None:
            co2e = self.potentials.co2e(recipe.tonnes)
            counted = self.potentials.counted
            widths = [
                (self.potentials.of(gas) or 0.0) * width
                for gas, width in recipe.half_widths.items()
                if gas in counted
            ]
            percent = 100 * math.hypot(*widths) / abs(co2e) if co2e and recipe.factor else None
            form = self._forms[recipe.index] = _Form(
                gases=recipe.gases,
                co2e=co2e,
                factor=recipe.factor.id if recipe.factor else None,
                missing=self.potentials.missing(gas for gas, tonnes in recipe.tonnes.items() if tonnes),
                factor_percent=percent,
            )
        return form


def _line(
    recipe: Recipe, form: _Form, times: Callable[[float], object], content: Callable[[str], object]
) -> Line:
    """Return a line: ``times`` multiplies by the amount, ``content`` tells what the row says."""
    return {
        "row": content("number"),
        "row_key": content("key"),
        "ref": recipe.ref,
        "activity": recipe.activity or content("activity"),
        "label": recipe.label or content("label"),
        "amount": times(1.0),
        "unit": recipe.unit,
        "steps": [
            {
                "label": step.label,
                "value": times(step.per_amount),
                "unit": step.unit,
                "source_ref": step.source_ref,
                "locator": step.locator,
            }
            for step in recipe.steps
        ],
        "factor": form.factor,
        "why": recipe.why.text,
        "why_code": recipe.why.code,
        "why_params": recipe.why.params,
        "source": content("source"),
        "gases_t": {gas: times(tonnes) for gas, tonnes in form.gases.items()},
        "co2e_t": times(form.co2e),
        "co2_biogenic_t": times(recipe.biogenic) if recipe.biogenic else 0.0,
        "missing_potentials": form.missing,
        "uncertainty": {
            "activity_percent": content("activity_percent"),
            "factor_percent": form.factor_percent,
            "rests_on": content("rests_on"),
        },
        "data_quality": content("data_quality"),
        "basis": "market" if recipe.market else "location",
        "reason": content("reason"),
        "note": content("note"),
    }


def _content(row: RawRow, name: str, recipe: Recipe) -> str | float | None:
    """Return what a row says: its number, its key, the trimmed text of a column, or a label for it.

    ``rests_on`` says where the range of its amount comes from: ``stated``, ``grade``, or ``default`` where
    neither a range nor a grade is given.
    """
    if name == "number":
        return row.number
    if name == "key":
        return row.key
    if name == "label":
        return row.values["activity"].strip() or row.values["gas"].strip()
    if name in {"activity_percent", "rests_on"}:
        own = parsing.percent(row.values["uncertainty_percent"])
        if name == "activity_percent":
            return recipe.activity_percent if own is None else own
        if own is not None:
            return "stated"
        return "default" if recipe.activity_assumed else "grade"
    return row.values[name].strip()


class _Template:
    """The JSON of a recipe's lines with gaps for what differs from row to row.

    The line is made once with a mark in place of each number and text, and encoded; the marks become gaps.
    """

    def __init__(self, recipe: Recipe, form: _Form) -> None:
        self.recipe = recipe
        self.factors: list[float] = []
        self.names: list[str] = []
        self._order: list[tuple[bool, int]] = []
        text = encode(_line(recipe, form, self._number, self._text)).replace("%", "%%")
        for position, (is_number, _) in enumerate(self._order):
            text = text.replace(f'"{_mark(position)}"', "%r" if is_number else "%s")
        self.text = text
        places = [index if is_number else len(self.factors) + index for is_number, index in self._order]
        self.arranged: Callable[[list[object]], tuple[object, ...]] = itemgetter(*places)

    def _number(self, factor: float) -> object:
        self._order.append((True, len(self.factors)))
        self.factors.append(factor)
        return _mark(len(self._order) - 1)

    def _text(self, name: str) -> object:
        self._order.append((False, len(self.names)))
        self.names.append(name)
        return _mark(len(self._order) - 1)

    def filled(self, row: RawRow, amount: float) -> str:
        """Return the JSON of one row's line."""
        parts: list[object] = [amount * factor for factor in self.factors]
        for name in self.names:
            content = _content(row, name, self.recipe)
            if isinstance(content, str):
                parts.append(encode_basestring(content))
            else:
                parts.append("null" if content is None else content)
        return self.text % self.arranged(parts)


def _mark(position: int) -> str:
    return f"\ue000{position}\ue001"  # private-use characters, which no pack holds
