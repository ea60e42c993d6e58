"""The quiet map: the outline of the world and dots, one vector picture made here, coloured by the theme.

Equal Earth projection (Šavrič, Patterson and Jenny 2018, "The Equal Earth map projection", equations 9 and
10): areas keep their proportions. Dots without data are runs of points in one path for each size.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from localaction.engine.references import geography
from localaction.platform.places.browsing import Dot

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
WIDTH = 10_000.0  # of the whole map, in units of the picture
EAST = 180.0
NORTH, SOUTH = 84.0, -56.5  # degrees shown
NARROWEST = 900.0  # of a part of the map; nearer, the outline would be too coarse
MARGIN = 0.12
#: People from which a dot is so wide, in thousandths of the picture's width.
SIZES = ((0, 2.2), (300_000, 3.0), (1_000_000, 4.2), (5_000_000, 6.0))
DATA_SIZE = 9.0


class Window(NamedTuple):
    """A part of the map: its left upper corner, width and height."""

    left: float
    top: float
    width: float
    height: float


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place lies in the picture, from degrees; (0, 0) is its left upper corner."""
    x, y = _equal_earth(longitude, latitude)
    widest = _equal_earth(EAST, 0.0)[0]
    scale = WIDTH / (2 * widest)
    return (x + widest) * scale, (_equal_earth(0.0, NORTH)[1] - y) * scale


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(angle) / (3 * slope)
    return x, angle * (A4 * sixth * square + A3 * sixth + A2 * square + A1)


def whole() -> Window:
    """Return the whole map."""
    return Window(0.0, 0.0, WIDTH, project(0.0, SOUTH)[1])


def around(dots: Sequence[Dot]) -> Window:
    """Return the part of the map in which these dots lie, with a margin, in the proportions of the whole."""
    full = whole()
    if not dots:
        return full
    points = [project(dot.longitude, dot.latitude) for dot in dots]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    ratio = full.width / full.height
    width = max((right - left), (bottom - top) * ratio) * (1 + 2 * MARGIN)
    width = min(full.width, max(NARROWEST, width))
    height = width / ratio
    x = min(max((left + right - width) / 2, 0.0), full.width - width)
    y = min(max((top + bottom - height) / 2, 0.0), full.height - height)
    return Window(x, y, width, height)


def picture(window: Window, dots: Sequence[Dot], data: Sequence[Dot], *, title: str, says: str) -> SafeString:
    """Return the map: grey dots for places, those with data in the accent on top.

    Parameters
    ----------
    window : Window
        The part of the map shown.
    dots, data : sequence of Dot
        Places without and with data.
    title, says : str
        What the picture is and what it shows, for people who hear it.
    """
    unit = window.width / 1000
    box = f"{window.left:.0f} {window.top:.0f} {window.width:.0f} {window.height:.0f}"
    marks = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}"><title>{}</title></circle>',
        (
            (f"{x:.0f}", f"{y:.0f}", f"{DATA_SIZE * unit / 2:.1f}", dot.name)
            for dot in data
            for x, y in [project(dot.longitude, dot.latitude)]
        ),
    )
    return format_html(
        '<svg viewBox="{}" role="img" aria-labelledby="map-title map-says"><title id="map-title">{}</title>'
        '<desc id="map-says">{}</desc><path class="map-land" d="{}"/><g class="map-places">{}</g>'
        '<g class="map-data" stroke-width="{}">{}</g></svg>',
        box,
        title,
        says,
        land(),
        _points(dots, unit),
        f"{1.6 * unit:.1f}",
        marks,
    )


@cache
def land() -> str:
    """Return the outline of the world as one path."""
    return "".join(_ring(ring) for ring in geography.world())


def _ring(ring: Sequence[int]) -> str:
    points = [
        (round(x), round(y))
        for x, y in (
            project(longitude / 10, latitude / 10)
            for longitude, latitude in zip(ring[::2], ring[1::2], strict=True)
        )
    ]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    lines = "".join(f"{x}{y:+d}" if not at else f"{x:+d}{y:+d}" for at, (x, y) in enumerate(steps))
    return f"M{points[0][0]} {points[0][1]}l{lines}z"


def _points(dots: Sequence[Dot], unit: float) -> SafeString:
    """Return dots as lines of no length with round ends: one path for each size."""
    runs: dict[float, list[str]] = defaultdict(list)
    for dot in reversed(dots):
        x, y = project(dot.longitude, dot.latitude)
        size = max(width for people, width in SIZES if dot.population >= people)
        runs[size].append(f"M{x:.0f} {y:.0f}h0")
    paths = [
        f'<path stroke-width="{size * unit:.1f}" d="{"".join(run)}"/>' for size, run in sorted(runs.items())
    ]
    return mark_safe("".join(paths))  # noqa: S308 - numbers alone
