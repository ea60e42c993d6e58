"""The picture of a target: inventories as dots, the straight path from base year to target year dashed.

Written as a Vega-Lite specification in pixels, in two sizes, as the bars of an inventory are. Years that
follow each other are joined; where one is missing the gap stays a gap. The axis of tonnes starts at zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.pathways.line import Line
from localaction.platform.web import numbers
from localaction.platform.web.charts import picture
from localaction.platform.web.charts_sectors import SCHEMA, decimals, nice_step
from localaction.platform.web.parts import Chart

Row = dict[str, Any]
INK, QUIET, GRID, EDGE, PATH = (
    "var(--ink)",
    "var(--ink-3)",
    "var(--rule)",
    "var(--rule-strong)",
    "var(--accent)",
)
YEAR_GAP = 44  # pixels that the figure of a year needs
LETTER = 7.2  # pixels that a letter of a label takes at most, about
LINE_HALF = 8  # half the height of a label
CLEAR = 3  # pixels that stay free about a label
#: Where a label may stand about its dot, pixels across and down, best first; left of it where below zero.
PLACES = (
    (9.0, 0.0), (0.0, -16.0), (0.0, 18.0), (-9.0, 0.0), (-0.1, -16.0), (-0.1, 18.0), (0.0, 32.0),
    (-0.1, 32.0), (0.0, -30.0), (-0.1, -30.0),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The measures of one size, in pixels."""

    width: int
    height: int
    start: int
    end: int
    top: int = 34
    bottom: int = 30


@dataclass(frozen=True)
class Box:
    """The room that a label takes, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it, or nearly."""
        return self.left - CLEAR <= x <= self.right + CLEAR and self.top - CLEAR <= y <= self.bottom + CLEAR

    def meets(self, other: Box) -> bool:
        """Return whether it overlaps another one."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


WIDE = Layout(width=650, height=300, start=44, end=14)
NARROW = Layout(width=358, height=270, start=34, end=10)


def chart(line: Line, emissions_t: Mapping[int, float]) -> Chart:
    """Return the picture of a target in both sizes."""
    says = description(line, emissions_t)
    wide, narrow = (
        picture(spec(line, emissions_t, size), says=says, css=css)
        for size, css in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return Chart(wide, narrow)


def description(line: Line, emissions_t: Mapping[int, float]) -> str:
    """Return the picture in words: the path, and each inventory with its figure."""
    words = {
        "base": line.base_year,
        "base_t": numbers.tonnes(line.base_t),
        "aim": line.target_year,
        "aim_t": numbers.tonnes(line.aim_t),
    }
    said = _("Path from %(base_t)s t CO2e in %(base)s to %(aim_t)s t in %(aim)s.") % words
    if not emissions_t:
        return said
    years = "; ".join(f"{year} {numbers.tonnes(emissions_t[year])}" for year in sorted(emissions_t))
    return f"{said} {_('Inventories, t CO2e: %(years)s') % {'years': years}}"


def spec(line: Line, emissions_t: Mapping[int, float], size: Layout) -> dict[str, Any]:
    """Return the Vega-Lite specification of one size."""
    drawn = _Drawing(line, emissions_t, size)
    layers = [*drawn.grid(), *drawn.years(), *drawn.path(), *drawn.measured(), *drawn.labels()]
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


class _Drawing:
    """Places years and tonnes on the pixels of one size, and draws them in layers."""

    def __init__(self, line: Line, emissions_t: Mapping[int, float], size: Layout) -> None:
        self.line, self.size = line, size
        self.taken: list[Box] = []
        self.emissions = {year: emissions_t[year] for year in sorted(emissions_t)}
        years = [line.base_year, line.target_year, *self.emissions]
        self.first, self.last = min(years), max(years)
        tonnes = [0.0, line.base_t, line.aim_t, *self.emissions.values()]
        step = nice_step((max(tonnes) - min(tonnes)) or 1.0)
        steps = range(math.floor(min(tonnes) / step), math.ceil(max(tonnes) / step) + 1)
        self.ticks = tuple(step * n for n in steps)
        self.divisor, prefix = numbers.scale_of(max(map(abs, self.ticks)))
        self.unit = {"Mt": _("million tonnes CO2e"), "kt": _("thousand tonnes CO2e"), "t": _("tonnes CO2e")}[
            prefix
        ]
        self.digits = decimals(step / self.divisor)

    def x(self, year: int) -> float:
        """Return the pixel of a year."""
        plot = self.size.width - self.size.start - self.size.end
        return round(self.size.start + plot * (year - self.first) / ((self.last - self.first) or 1), 2)

    def y(self, tonnes: float) -> float:
        """Return the pixel of an amount."""
        low, high = self.ticks[0], self.ticks[-1]
        plot = self.size.height - self.size.top - self.size.bottom
        return round(self.size.top + plot * (high - tonnes) / ((high - low) or 1), 2)

    def short(self, tonnes: float) -> str:
        """Return an amount in the scale of the axis."""
        return numbers.three_figures(tonnes / self.divisor)

    def grid(self) -> list[Row]:
        """Return the lines of the tonnes with their figures, and the unit above."""
        ends = {"x": self.size.start, "x2": self.size.width - self.size.end}
        rules = [ends | {"y": self.y(tick), "colour": GRID if tick else EDGE} for tick in self.ticks]
        figures = [
            {
                "x": self.size.start - 8,
                "y": self.y(tick),
                "text": numbers.number(tick / self.divisor, self.digits if tick else 0),
            }
            for tick in self.ticks
        ]
        unit = [{"x": 0, "y": 10, "text": self.unit}]
        return [
            self._rules(rules),
            self._texts(figures, QUIET, align="right", fontSize=12),
            self._texts(unit, QUIET, fontSize=12),
        ]

    def years(self) -> list[Row]:
        """Return the years under the axis: base and target year, and others where there is room."""
        wanted = [
            self.line.base_year,
            self.line.target_year,
            *reversed(self.emissions),
            self.first,
            self.last,
        ]
        kept: list[int] = []
        for year in wanted:
            if all(abs(self.x(year) - self.x(other)) >= YEAR_GAP for other in kept):
                kept.append(year)
        foot = self.size.height - 12
        marked = (self.line.base_year, self.line.target_year)
        rows = [
            {"x": min(max(self.x(year), 16), self.size.width - 16), "y": foot, "text": str(year)}
            for year in kept
        ]
        bold = [row for row, year in zip(rows, kept, strict=True) if year in marked]
        plain = [row for row, year in zip(rows, kept, strict=True) if year not in marked]
        return [
            self._texts(plain, QUIET, align="center", fontSize=12),
            self._texts(bold, INK, align="center", fontSize=12, fontWeight=600),
        ]

    def path(self) -> list[Row]:
        """Return the dashed path and its two ends."""
        ends = [(self.line.base_year, self.line.base_t), (self.line.target_year, self.line.aim_t)]
        (x, y), (x2, y2) = ((self.x(year), self.y(tonnes)) for year, tonnes in ends)
        row = {"x": x, "y": y, "x2": x2, "y2": y2, "colour": PATH}
        dots = [{"x": x, "y": y}, {"x": x2, "y": y2}]
        return [self._rules([row], strokeWidth=2, strokeDash=[6, 5]), self._dots(dots, PATH, "diamond", 90)]

    def measured(self) -> list[Row]:
        """Return the inventories as dots; years that follow each other are joined."""
        joined = [
            {
                "x": self.x(one), "x2": self.x(two), "y": self.y(self.emissions[one]),
                "y2": self.y(self.emissions[two]), "colour": INK,
            }
            for one, two in pairwise(self.emissions)
            if two == one + 1
        ]  # fmt: skip
        dots = [{"x": self.x(year), "y": self.y(tonnes)} for year, tonnes in self.emissions.items()]
        return [self._rules(joined, strokeWidth=2), self._dots(dots, INK, "circle", 60)]

    def labels(self) -> list[Row]:
        """Return the figures of newest inventory, base year and aim beside their dots."""
        base = _("Base %(value)s") % {"value": self.short(self.line.base_t)}
        aim = _("Aim %(value)s") % {"value": self.short(self.line.aim_t)}
        found = []
        if self.emissions:
            year = max(self.emissions)
            text = f"{year}: {self.short(self.emissions[year])}"
            found.append(self._beside(year, self.emissions[year], text, INK))
        found.append(self._beside(self.line.base_year, self.line.base_t, base, PATH))
        found.append(self._beside(self.line.target_year, self.line.aim_t, aim, PATH))
        return found

    def _beside(self, year: int, tonnes: float, text: str, colour: str) -> Row:
        """Return a label at the first free place about its dot, inside the picture."""
        x, y = self.x(year), self.y(tonnes)
        boxes = [self._box(x, y, place, len(text) * LETTER) for place in PLACES]
        inside = [each for each in boxes if self._inside(each)] or boxes
        box = next((each for each in inside if self._free(each, (x, y))), inside[0])
        self.taken.append(box)
        start = {"x": box.left, "y": (box.top + box.bottom) / 2, "text": text}
        return self._texts([start], colour, fontWeight=600)

    def _box(self, x: float, y: float, place: tuple[float, float], width: float) -> Box:
        """Return where a label stands that begins (or, to the left, ends) so far from a dot."""
        across, down = place
        left = x + across if across >= 0 else x + across - width
        return Box(left, y + down - LINE_HALF, left + width, y + down + LINE_HALF)

    def _inside(self, box: Box) -> bool:
        """Return whether a label stands inside the picture, above the axis of the years."""
        across = box.left >= 0 and box.right <= self.size.width
        return across and box.top >= self.size.top - 14 and box.bottom <= self.size.height - self.size.bottom

    def _free(self, box: Box, own: tuple[float, float]) -> bool:
        """Return whether a label hits no path, dot, join or other label."""
        steps = [box.left + (box.right - box.left) * part / 8 for part in range(9)]
        if any(box.holds(x, y) for x in steps if (y := self._path_at(x)) is not None):
            return False
        dots = [(self.x(year), self.y(tonnes)) for year, tonnes in self.emissions.items()]
        ends = [(self.x(self.line.base_year), self.y(self.line.base_t))]
        ends.append((self.x(self.line.target_year), self.y(self.line.aim_t)))
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(dots)]
        others = [each for each in (*dots, *ends, *middles) if each != own]
        return not any(box.holds(*each) for each in others) and not any(
            box.meets(each) for each in self.taken
        )

    def _path_at(self, x: float) -> float | None:
        """Return the height of the path at a pixel; None beside it."""
        start, end = self.x(self.line.base_year), self.x(self.line.target_year)
        if not start <= x <= end:
            return None
        top, bottom = self.y(self.line.base_t), self.y(self.line.aim_t)
        return top + (bottom - top) * (x - start) / ((end - start) or 1)

    def _axis(self, field: str, length: float) -> Row:
        scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def _layer(self, mark: Row, data: Sequence[Row], **encoding: Any) -> Row:
        place = {"x": self._axis("x", self.size.width), "y": self._axis("y", self.size.height)}
        return {"data": {"values": list(data)}, "mark": mark, "encoding": place | encoding}

    def _rules(self, data: Sequence[Row], **mark: Any) -> Row:
        colour = {"field": "colour", "type": "nominal", "scale": None}
        ends: Row = {"x2": {"field": "x2"}}
        if any("y2" in row for row in data):
            ends["y2"] = {"field": "y2"}
        return self._layer({"type": "rule", "strokeWidth": 1, **mark}, data, color=colour, **ends)

    def _dots(self, data: Sequence[Row], colour: str, shape: str, area: int) -> Row:
        mark = {"type": "point", "filled": True, "shape": shape, "size": area, "opacity": 1}
        return self._layer(mark, data, color={"value": colour})

    def _texts(self, data: Sequence[Row], colour: str, *, align: str = "left", **mark: Any) -> Row:
        style = {"type": "text", "align": align, "baseline": "middle", **mark}
        return self._layer(style, data, color={"value": colour}, text={"field": "text"})
