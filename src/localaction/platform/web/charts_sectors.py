"""The first chart of an inventory: one bar per sub-sector, under its sector, with low to high.

Written as a Vega-Lite specification in pixels: every row has its place, labels sit on what they name,
bars start at zero. Two sizes: labels beside the bars on wide screens, above them on narrow ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.platform.web import numbers
from localaction.platform.web.charts import picture
from localaction.platform.web.matrix import Matrix, MatrixRow, MatrixSector
from localaction.platform.web.parts import Chart

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.21.json"
TICKS = 4
#: A tick this near to the edge (pixels) has its figure beside it, not around it.
EDGE = 6


@dataclass(frozen=True)
class Layout:
    """The measures of one size, in pixels."""

    width: int
    labels: int
    values: int
    step: int
    bar: int
    head: int
    drop: int
    top: int


WIDE = Layout(width=650, labels=236, values=92, step=25, bar=13, head=30, drop=0, top=30)
NARROW = Layout(width=358, labels=0, values=84, step=40, bar=13, head=30, drop=12, top=42)


def chart(matrix: Matrix) -> Chart | None:
    """Return the chart of an inventory in both sizes; None where no cell holds a value."""
    if not bars(matrix):
        return None
    says = description(matrix)
    wide, narrow = (
        picture(spec(matrix, size), says=says, css=css) for size, css in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return Chart(wide, narrow)


def bars(matrix: Matrix) -> list[tuple[MatrixSector, list[MatrixRow]]]:
    """Return the sectors that have a value, each with its rows, largest first."""
    found = []
    for sector in matrix.sectors:
        rows = [row for row in sector.rows if row.total is not None]
        if rows:
            found.append((sector, sorted(rows, key=lambda row: -abs(row.total or 0.0))))
    return found


def finding(matrix: Matrix) -> str:
    """Return what the chart shows in one sentence, where the figures say it; else its subject.

    Where required cells are open or not estimated, the sentence claims no more than what is estimated.
    """
    rows = [row for _sector, drawn in bars(matrix) for row in drawn]
    whole = matrix.total.value
    if not rows or whole <= 0:
        return _("Emissions by sub-sector")
    largest = max(rows, key=lambda row: row.total or 0.0)
    share = numbers.percent((largest.total or 0.0) / whole)
    words = {"part": largest.label, "share": share, "total": matrix.chosen}
    if matrix.has_gaps:
        return _("Largest of what is estimated: %(part)s, %(share)s") % words
    return _("Largest part: %(part)s, %(share)s of %(total)s") % words


def description(matrix: Matrix) -> str:
    """Return the chart in words: every bar with its value."""
    parts = [
        f"{row.label} {numbers.tonnes(row.total or 0.0)}" for _sector, drawn in bars(matrix) for row in drawn
    ]
    return _("Bars by sub-sector, tonnes CO2e: %(bars)s") % {"bars": "; ".join(parts)}


def spec(matrix: Matrix, size: Layout) -> dict[str, Any]:
    """Return the Vega-Lite specification of one size."""
    rows, heads, height = _placed(matrix, size)
    scale = _scale(rows)
    plot = size.width - size.labels - size.values
    encode = _Encoder(size, plot, height, scale)
    layers = [
        encode.ticks(),
        encode.heads(heads),
        encode.row_labels(rows),
        encode.bars(rows),
        encode.whiskers(rows),
        encode.values(rows),
    ]
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "config": {"view": {"stroke": None}, "text": {"fontSize": 13, "font": "sans-serif"}},
        "layer": [layer for group in layers for layer in group],
    }


def _placed(matrix: Matrix, size: Layout) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Return the rows and sector heads with their vertical places, and the height of all."""
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    y = size.top
    for sector, drawn in bars(matrix):
        ink = f"var(--text-{sector.theme})" if sector.theme != "rest" else "var(--ink-2)"
        head = {"y": y + size.head / 2, "text": sector.label, "fill": ink}
        heads.append(head | {"value": numbers.tonnes(sector.total or 0.0)})
        y += size.head
        for row in drawn:
            total = row.total or 0.0
            place = {
                "y": y + size.step / 2 + size.drop - (2 if size.drop else 0),
                "label_y": y + (10 if size.drop else size.step / 2),
            }
            rows.append(
                place
                | {"text": row.label, "total": total, "low": row.low, "high": row.high}
                | {"value": numbers.tonnes(total), "fill": f"var(--sector-{sector.theme})"}
            )
            y += size.step
        y += 8
    return rows, heads, y


@dataclass(frozen=True)
class _Scale:
    """The axis: its ends and ticks in tonnes, and how the ticks are written."""

    low: float
    high: float
    ticks: tuple[float, ...]
    divisor: float
    unit: str


def _scale(rows: Sequence[dict[str, Any]]) -> _Scale:
    high = max(max(row["high"], row["total"], 0.0) for row in rows)
    low = min(min(row["low"] if row["total"] < 0 else 0.0, row["total"], 0.0) for row in rows)
    step = nice_step((high - low) or 1.0)
    ticks = tuple(step * n for n in range(math.floor(low / step), math.ceil(high / step) + 1))
    divisor, prefix = numbers.scale_of(max(abs(low), abs(high)))
    unit = {"Mt": _("million tonnes CO2e"), "kt": _("thousand tonnes CO2e"), "t": _("tonnes CO2e")}[prefix]
    return _Scale(min(low, ticks[0] if low < 0 else 0.0), max(high, ticks[-1]), ticks, divisor, unit)


def nice_step(reach: float) -> float:
    """Return a round distance between ticks so that about four fit in ``reach``."""
    rough = reach / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)


def decimals(step: float) -> int:
    """Return how many decimals a distance between ticks needs to be written exactly."""
    return next((digits for digits in range(7) if math.isclose(round(step, digits), step, rel_tol=1e-9)), 7)


class _Encoder:
    """Turns placed rows into layers; everything shares one pixel grid."""

    def __init__(self, size: Layout, plot: int, height: int, scale: _Scale) -> None:
        self.size, self.plot, self.height, self.scale = size, plot, height, scale

    def at(self, tonnes: float) -> float:
        """Return the pixel of an amount on the horizontal axis."""
        share = (tonnes - self.scale.low) / (self.scale.high - self.scale.low)
        return round(self.size.labels + share * self.plot, 2)

    def x(self, field: str) -> dict[str, Any]:
        """Return the encoding of a horizontal pixel."""
        return self._axis(field, self.size.width)

    def y(self, field: str) -> dict[str, Any]:
        """Return the encoding of a vertical pixel."""
        return self._axis(field, self.height)

    def _axis(self, field: str, length: float) -> dict[str, Any]:
        scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def layer(self, mark: dict[str, Any], data: list[dict[str, Any]], **encoding: Any) -> dict[str, Any]:
        """Return one layer with its own data."""
        return {"data": {"values": data}, "mark": mark, "encoding": encoding}

    def text(
        self, data: list[dict[str, Any]], y: str, *, fill: Any, align: str = "left", **mark: Any
    ) -> dict[str, Any]:
        """Return a layer of words standing at ``x`` and ``y`` of their data."""
        colour = fill if isinstance(fill, dict) else {"value": fill}
        style = {"type": "text", "align": align, "baseline": "middle", **mark}
        return self.layer(style, data, x=self.x("x"), y=self.y(y), text={"field": "text"}, color=colour)

    def ticks(self) -> list[dict[str, Any]]:
        """Return the grid, its figures on top, and the unit."""
        digits = decimals((self.scale.ticks[1] - self.scale.ticks[0]) / self.scale.divisor)
        narrow = not self.size.labels
        top = self.size.top
        ticks: list[dict[str, Any]] = [
            {
                "x": self.at(tick),
                "top": top - 6,
                "end": self.height,
                "y": top - 15,
                "text": numbers.number(tick / self.scale.divisor, digits if tick else 0),
            }
            for tick in self.scale.ticks
        ]
        zero = [tick for tick, value in zip(ticks, self.scale.ticks, strict=True) if value == 0]
        unit = [
            {"x": self.size.width if narrow else 0, "y": 8 if narrow else top - 15, "text": self.scale.unit}
        ]
        rule = {"type": "rule", "strokeWidth": 1}
        place = {"x": self.x("x"), "y": self.y("top"), "y2": {"field": "end"}}
        inside = [tick for tick in ticks if tick["x"] >= EDGE]
        at_edge = [tick for tick in ticks if tick["x"] < EDGE]
        return [
            self.layer(rule, ticks, **place, color={"value": "var(--rule)"}),
            self.layer(rule, zero, **place, color={"value": "var(--rule-strong)"}),
            self.text(inside, "y", fill="var(--ink-3)", align="center", fontSize=12),
            self.text(at_edge, "y", fill="var(--ink-3)", fontSize=12),
            self.text(unit, "y", fill="var(--ink-3)", align="right" if narrow else "left", fontSize=12),
        ]

    def heads(self, heads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the names of the sectors in their colour, with their sums."""
        colour = {"field": "fill", "type": "nominal", "scale": None}
        names = [head | {"x": 0} for head in heads]
        sums = [head | {"x": self.size.width, "text": head["value"]} for head in heads]
        return [
            self.text(names, "y", fill=colour, fontWeight=600),
            self.text(sums, "y", fill=colour, align="right", fontWeight=600),
        ]

    def row_labels(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the names of the sub-sectors."""
        return [self.text([row | {"x": 0} for row in rows], "label_y", fill="var(--ink)")]

    def bars(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the bars, from zero."""
        half = self.size.bar / 2
        data = [
            row
            | {"x": self.at(0.0), "x2": self.at(row["total"]), "y": row["y"] - half, "y2": row["y"] + half}
            for row in rows
        ]
        colour = {"field": "fill", "type": "nominal", "scale": None}
        ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
        return [self.layer({"type": "rect"}, data, x=self.x("x"), y=self.y("y"), color=colour, **ends)]

    def whiskers(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return low to high as a line with two ends, where they differ."""
        wide = [row for row in rows if self.at(row["high"]) - self.at(row["low"]) >= 2]
        across = [row | {"x": self.at(row["low"]), "x2": self.at(row["high"])} for row in wide]
        ends = [
            {"x": self.at(row[end]), "y": row["y"] - 4, "y2": row["y"] + 4}
            for row in wide
            for end in ("low", "high")
        ]
        rule, colour = {"type": "rule", "strokeWidth": 1.5}, {"value": "var(--ink)"}
        return [
            self.layer(rule, across, x=self.x("x"), x2={"field": "x2"}, y=self.y("y"), color=colour),
            self.layer(rule, ends, x=self.x("x"), y=self.y("y"), y2={"field": "y2"}, color=colour),
        ]

    def values(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the figures behind the bars and their whiskers."""
        data = [
            row | {"x": max(self.at(row["high"]), self.at(max(row["total"], 0.0))) + 7, "text": row["value"]}
            for row in rows
        ]
        return [self.text(data, "y", fill="var(--ink)")]
