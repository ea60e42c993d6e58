"""The outline of the world for the quiet map: cut at the antimeridian, simplified, in tenths of a degree."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

Point = tuple[float, float]

LEFT_OUT = {"Antarctica"}  # no cities; it would take a fifth of the picture
TOLERANCE = 0.3  # degrees a simplified line may lie beside the true one
SMALLEST = 0.8  # square degrees; smaller islands vanish unless they are all of a country


def outline(countries: dict[str, Any]) -> bytes:
    """Return ``{"rings": [[x, y, x, y, ...], ...]}`` in tenths of a degree, from a feature collection."""
    rings = [ring for feature in countries["features"] for ring in country_rings(feature)]
    flat = sorted([round(value * 10) for point in ring for value in point] for ring in rings)
    return (json.dumps({"rings": flat}, separators=(",", ":")) + "\n").encode()


def country_rings(feature: dict[str, Any]) -> list[list[Point]]:
    """Return the simplified outer rings of a country; lakes and enclaves are not drawn."""
    if feature["properties"].get("NAME") in LEFT_OUT:
        return []
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [piece for polygon in polygons for piece in cut(unwrapped(polygon[0]))]
    largest = max(rings, key=area)
    kept = [ring for ring in rings if ring is largest or area(ring) >= SMALLEST]
    return [ring for ring in map(simplified, kept) if len(ring) >= 3]


def unwrapped(ring: list[list[float]]) -> list[Point]:
    """Return a ring without its closing point, without jumps from one edge of the map to the other."""
    points: list[Point] = []
    for x, y, *_height in ring[:-1]:
        if points:
            x += 360 * round((points[-1][0] - x) / 360)
        points.append((x, y))
    return points


def cut(ring: list[Point]) -> Iterator[list[Point]]:
    """Yield the parts of a ring that lie on the map, those beyond its edge moved to the other."""
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in ring]
        piece = clipped(clipped(moved, -180.0, right=True), 180.0, right=False)
        if len(piece) >= 3:
            yield piece


def clipped(ring: list[Point], edge: float, *, right: bool) -> list[Point]:
    """Return the part of a ring to one side of a meridian (Sutherland and Hodgman)."""
    found: list[Point] = []
    for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
        inside = [(x >= edge) if right else (x <= edge) for x, _y in (before, point)]
        if inside[0] != inside[1]:
            share = (edge - before[0]) / (point[0] - before[0])
            found.append((edge, before[1] + share * (point[1] - before[1])))
        if inside[1]:
            found.append(point)
    return found


def area(ring: list[Point]) -> float:
    """Return the area of a ring, square degrees."""
    following = [*ring[1:], ring[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True))) / 2


def simplified(ring: list[Point]) -> list[Point]:
    """Return a ring with only the points that matter (Douglas and Peucker), split where it is widest."""
    far = max(range(len(ring)), key=lambda index: math.dist(ring[0], ring[index]))
    return [*_line(ring[: far + 1])[:-1], *_line([*ring[far:], ring[0]])[:-1]]


def _line(points: list[Point]) -> list[Point]:
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    at = max(range(1, len(points) - 1), key=lambda index: beside(points[index], first, last))
    if beside(points[at], first, last) <= TOLERANCE:
        return [first, last]
    return [*_line(points[: at + 1])[:-1], *_line(points[at:])]


def beside(point: Point, first: Point, last: Point) -> float:
    """Return how far a point lies from the line between two others, degrees."""
    length = math.dist(first, last)
    if not length:
        return math.dist(point, first)
    across = (last[0] - first[0]) * (first[1] - point[1]) - (first[0] - point[0]) * (last[1] - first[1])
    return abs(across) / length
