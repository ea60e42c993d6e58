"""The chart of a result: lines, bars or stacked areas over one dimension, drawn on the server."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from localaction.engine.methods.results import MethodOutput, MethodRun
from localaction.engine.packs.methods import Method
from localaction.platform.web import numbers
from localaction.platform.web.charts import picture
from localaction.platform.web.charts_sectors import SCHEMA, decimals, nice_step
from localaction.platform.web.parts import Chart
from localaction.platform.web.rulebook import said

COLOURS = ("waste", "stationary", "transport", "land", "industry", "rest")
LABEL_WIDTH = 9  # pixels that a digit of a label on the axis takes, with room
LETTER_WIDTH = 7  # pixels that a letter of a name takes, on average
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
LINE = 15  # pixels from one line of a name to the next
SAID = 12  # values that the description names


@dataclass(frozen=True)
class Drawn:
    """A chart with its legend: colour and name of each series."""

    chart: Chart
    legend: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Size:
    width: int
    height: int
    left: int
    css: str


SIZES = (_Size(650, 300, 64, "wide"), _Size(358, 260, 56, "narrow"))


@dataclass(frozen=True)
class _Series:
    label: str
    colour: str
    values: np.ndarray[Any, np.dtype[np.float64]]


def chart(run: MethodRun, method: Method, outputs: Sequence[MethodOutput]) -> Drawn | None:
    """Return the chart that the method declares; None where there is nothing to draw."""
    declared = method.chart
    if declared is None:
        return None
    series = list(_series(run, method, outputs))
    labels = run.dimensions[declared.x]
    if not series or not labels:
        return None
    stacked = declared.stacked is not None
    says = _description(series, labels)
    made = [
        picture(_spec(series, labels, size, declared.kind, stacked=stacked), says=says, css=size.css)
        for size in SIZES
    ]
    legend = [(one.colour, one.label) for one in series] if len(series) > 1 else []
    return Drawn(Chart(*made), legend)


def _series(run: MethodRun, method: Method, outputs: Sequence[MethodOutput]) -> Iterator[_Series]:
    declared = method.chart
    assert declared is not None  # noqa: S101 - only called for methods that declare one
    found: list[tuple[str, Any]] = []
    for output in outputs:
        shape = output.entry.shape
        if output.entry.name not in declared.series or declared.x not in shape:
            continue
        array = np.moveaxis(output.value, shape.index(declared.x), -1)
        if array.ndim == 1:
            found.append((output.entry.label, array))
        else:
            other = next(name for name in shape if name != declared.x)
            found += zip((said(name) for name in run.dimensions[other]), array, strict=True)
    yield from _coloured(found)


def _coloured(found: Sequence[tuple[str, Any]]) -> Iterator[_Series]:
    """Yield the largest series each with a colour, the others as one."""
    most = len(COLOURS) - 1
    order = sorted(range(len(found)), key=lambda n: -float(np.abs(found[n][1]).sum()))
    kept = sorted(order[:most]) if len(found) > len(COLOURS) else list(range(len(found)))
    for position, n in enumerate(kept):
        yield _Series(found[n][0], COLOURS[position], found[n][1])
    if len(kept) < len(found):
        yield _Series(_("others"), "rest", sum(found[n][1] for n in order[most:]))


def _description(series: Sequence[_Series], labels: Sequence[str]) -> str:
    step = max(1, len(labels) // SAID)
    parts = []
    for one in series:
        pairs = [f"{labels[n]} {numbers.readable(float(one.values[n]))}" for n in range(0, len(labels), step)]
        parts.append(f"{one.label}: {', '.join(pairs)}")
    return _("Chart; %(series)s") % {"series": "; ".join(parts)}


def _spec(
    series: Sequence[_Series], labels: Sequence[str], size: _Size, kind: str, *, stacked: bool
) -> dict[str, Any]:
    """Return the specification of one size; every mark has its pixels."""
    tops, bottoms = _stacked(series) if stacked else ([one.values for one in series], None)
    low = min(0.0, *(float(values.min()) for values in tops))
    high = max(0.0, *(float(values.max()) for values in tops))
    step = nice_step((high - low) or 1.0)
    ticks = [step * n for n in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)]
    grid = _Grid(size, ticks, labels, bars=kind == "bar")
    layers = [grid.rules(), grid.tick_labels(step), grid.entry_labels(labels)]
    layers += grid.marks(series, tops, bottoms, kind)
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "config": {"view": {"stroke": None}, "text": {"fontSize": 13, "font": "sans-serif"}},
        "layer": layers,
    }


def _stacked(series: Sequence[_Series]) -> tuple[list[Any], list[Any]]:
    tops, bottoms = [], []
    below = np.zeros_like(series[0].values)
    for one in series:
        bottoms.append(below)
        below = below + one.values
        tops.append(below)
    return tops, bottoms


class _Grid:
    """Where entries and amounts lie in the picture, in pixels."""

    TOP, BOTTOM, RIGHT, LINES = 10, 28, 14, 2

    def __init__(self, size: _Size, ticks: Sequence[float], labels: Sequence[str], *, bars: bool) -> None:
        self.size, self.ticks, self.entries, self.bars = size, ticks, len(labels), bars
        self.named = bars and not all(label.isdigit() for label in labels)
        self.bottom = self.BOTTOM + (LINE * (self.LINES - 1) if self.named else 0)
        longest = max(len(numbers.number(tick, decimals(ticks[1] - ticks[0]))) for tick in ticks)
        self.left = max(32, longest * LABEL_WIDTH)
        self.plot = size.width - self.left - self.RIGHT

    def x(self, position: float) -> float:
        if self.bars:
            return round(self.left + self.plot * (position + 0.5) / self.entries, 2)
        return round(self.left + self.plot * position / max(1, self.entries - 1), 2)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        reach = self.size.height - self.TOP - self.bottom
        return round(self.TOP + reach * (high - value) / (high - low), 2)

    def layer(self, mark: dict[str, Any], data: list[dict[str, Any]], **encoding: Any) -> dict[str, Any]:
        return {"data": {"values": data}, "mark": mark, "encoding": encoding}

    def across(self, name: str) -> dict[str, Any]:
        return self._axis(name, self.size.width)

    def down(self, name: str) -> dict[str, Any]:
        return self._axis(name, self.size.height)

    def _axis(self, name: str, length: float) -> dict[str, Any]:
        scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
        return {"field": name, "type": "quantitative", "scale": scale, "axis": None}

    def rules(self) -> dict[str, Any]:
        data = [
            {"y": self.y(tick), "x": self.left, "x2": self.size.width - self.RIGHT, "ink": ink}
            for tick in self.ticks
            for ink in ["var(--rule-strong)" if tick == 0 else "var(--rule)"]
        ]
        ink = {"field": "ink", "type": "nominal", "scale": None}
        mark = {"type": "rule", "strokeWidth": 1}
        return self.layer(mark, data, x=self.across("x"), x2={"field": "x2"}, y=self.down("y"), stroke=ink)

    def tick_labels(self, step: float) -> dict[str, Any]:
        digits = decimals(step)
        data = [
            {"x": self.left - 8, "y": self.y(tick), "text": numbers.number(tick, digits)}
            for tick in self.ticks
        ]
        return self._texts(data, "right", "middle")

    def entry_labels(self, labels: Sequence[str]) -> dict[str, Any]:
        """Name as many entries as there is room for, evenly."""
        if self.named:
            return self._names(labels)
        longest = max(map(len, labels))
        room = max(1, int(self.plot / (max(4, longest) * LABEL_WIDTH)))
        step = -(-len(labels) // room)
        y = self.size.height - 8
        data = [{"x": self.x(n), "y": y, "text": labels[n]} for n in range(0, len(labels), step)]
        return self._texts(data, "center", "alphabetic")

    def _names(self, labels: Sequence[str]) -> dict[str, Any]:
        """Name every bar in up to two lines; what does not fit is cut, and stands in the table in full."""
        letters = max(3, int(self.plot / self.entries / LETTER_WIDTH) - 1)
        data = []
        for n, label in enumerate(labels):
            lines = textwrap.wrap(label, letters, max_lines=self.LINES, placeholder=ELLIPSIS)
            data += [
                {"x": self.x(n), "y": self.size.height - self.bottom + 16 + LINE * row, "text": line}
                for row, line in enumerate(lines)
            ]
        return self._texts(data, "center", "alphabetic")

    def _texts(self, data: list[dict[str, Any]], align: str, baseline: str) -> dict[str, Any]:
        mark = {"type": "text", "align": align, "baseline": baseline, "fill": "var(--ink-2)", "fontSize": 12}
        text = {"field": "text", "type": "nominal"}
        return self.layer(mark, data, x=self.across("x"), y=self.down("y"), text=text)

    def marks(
        self, series: Sequence[_Series], tops: Sequence[Any], bottoms: Sequence[Any] | None, kind: str
    ) -> Iterator[dict[str, Any]]:
        for number, one in enumerate(series):
            colour = f"var(--sector-{one.colour})"
            below = bottoms[number] if bottoms is not None else np.zeros_like(one.values)
            data = [
                {"x": self.x(n), "y": self.y(float(tops[number][n])), "y2": self.y(float(below[n]))}
                for n in range(len(one.values))
            ]
            if kind == "bar":
                yield self._bars(data, colour, number, 1 if bottoms is not None else len(series))
            elif kind == "area" or bottoms is not None:
                yield self._area(data, colour)
            if kind == "line" or len(data) == 1:
                yield self._line(data, colour)

    def _bars(self, data: list[dict[str, Any]], colour: str, number: int, beside: int) -> dict[str, Any]:
        each = min(40.0, self.plot / self.entries * 0.8) / beside
        shift = (number % beside - (beside - 1) / 2) * each
        placed = [
            {**row, "x": row["x"] + shift - each / 2, "x2": row["x"] + shift + each / 2} for row in data
        ]
        mark = {"type": "rect", "fill": colour}
        return self.layer(
            mark, placed, x=self.across("x"), x2={"field": "x2"}, y=self.down("y"), y2={"field": "y2"}
        )

    def _area(self, data: list[dict[str, Any]], colour: str) -> dict[str, Any]:
        mark = {"type": "area", "fill": colour, "fillOpacity": 0.75}
        return self.layer(mark, data, x=self.across("x"), y=self.down("y"), y2={"field": "y2"})

    def _line(self, data: list[dict[str, Any]], colour: str) -> dict[str, Any]:
        if len(data) == 1:
            return self.layer(
                {"type": "point", "filled": True, "fill": colour, "size": 60},
                data,
                x=self.across("x"),
                y=self.down("y"),
            )
        mark = {"type": "line", "stroke": colour, "strokeWidth": 2.5, "fill": "none"}
        return self.layer(mark, data, x=self.across("x"), y=self.down("y"))
