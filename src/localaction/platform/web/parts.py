"""What the repeated parts of a page are made of: plain records that templates draw.

Every record matches one template in ``templates/web/parts/``; the style page shows them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from localaction.platform.web import numbers

Standing = Literal["verified", "reported", "estimated"]
#: Data-quality letters and the number of bars they fill.
QUALITY_BARS = {"H": 3, "M": 2, "L": 1}


@dataclass(frozen=True)
class Range:
    """Low and high of a figure, and where the figure stands between them (per cent from low)."""

    low: float
    high: float
    at: float
    text: str
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure: label, value with unit, low to high, marks, and the way to ask how we know."""

    label: str
    text: str = ""
    unit: str = ""
    exact: str = ""
    range: Range | None = None
    standing: Standing | None = None
    quality: int | None = None
    note: str = ""
    address: str = ""
    address_text: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, full digits, a link, and whether it is a number."""

    text: str
    exact: str = ""
    address: str = ""
    number: bool = False
    note: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table: its head, and whether numbers stand in it."""

    label: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row is its head."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()


@dataclass(frozen=True)
class File:
    """A file to take away: what it is, its kind, its address."""

    label: str
    kind: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart in two sizes; the container chooses, the description speaks for it."""

    wide: SafeString
    narrow: SafeString


@dataclass(frozen=True)
class ObjectView:
    """One query as chart, table and file, with its source line."""

    key: str
    title: str
    subtitle: str
    source: str
    chart: Chart | None = None
    table: Table | None = None
    files: Sequence[File] = field(default_factory=tuple)
    legend: Sequence[tuple[str, str]] = ()


def range_of(value: float, low: float, high: float, *, full: bool = False, note: str = "") -> Range:
    """Return the range part of a figure in tonnes; ``full`` writes whole tonnes."""
    at = 100 * (value - low) / (high - low) if high > low else 50.0
    text = numbers.tonnes_span(low, high) if full else numbers.span(low, high, value)
    return Range(low, high, round(min(100.0, max(0.0, at)), 1), text, note)


def percent_note(percent: float | None, method: str = "") -> str:
    """Return the uncertainty in words: ``±3.0 %, error propagation``."""
    if percent is None:
        return method
    shown = _("±%(share)s") % {"share": numbers.percent(percent / 100, 1 if percent < 10 else 0)}
    return f"{shown}, {method}" if method else shown


def emissions_figure(
    label: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    address: str = "",
    standing: Standing | None = "reported",
    note: str = "",
) -> Figure:
    """Return a headline of emissions from tonnes of CO2e; ``no data`` where there is no value."""
    if value is None:
        return Figure(label, text="", note=note or _("Nothing reported. Not zero, and not “not occurring”."))
    shown = numbers.headline(value)
    span = range_of(value, low, high) if low is not None and high is not None else None
    return Figure(
        label,
        text=shown.text,
        unit=shown.unit,
        exact=numbers.exact(value),
        range=span,
        standing=standing,
        note=note,
        address=address,
        address_text=_("How do we know?"),
    )
