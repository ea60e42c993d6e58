"""Totals before and after something, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.packs import Library
from localaction.platform.web import numbers
from localaction.platform.web.rulebook import gas_label, said


@dataclass(frozen=True)
class Change:
    """One total before and after."""

    label: str
    before: float | None
    after: float
    change: str
    partial: str = ""


@dataclass(frozen=True)
class BeforeAfter:
    """Every total before and after."""

    caption: str
    before: str
    after: str
    lines: tuple[Change, ...]


def before_after(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    library: Library,
    *,
    before: str,
    after: str,
) -> BeforeAfter:
    """Return the totals of two results side by side; ``old`` is None where nothing was computed yet."""
    lines = []
    for total in library.protocol.totals:
        was = old["totals"][total.id]["co2e_t"] if old else None
        figures = new["totals"][total.id]
        lines.append(
            Change(said(total.label), was, figures["co2e_t"], moved(was, figures["co2e_t"]), partial(figures))
        )
    return BeforeAfter(_("Totals, t CO2e"), before, after, tuple(lines))


def moved(was: float | None, now: float) -> str:
    """Return by how much a total moves: ``+1,234 (+3.2 %)``, or that it stays."""
    if was is None:
        return ""
    step = now - was
    if abs(step) < 1e-9 * max(abs(was), abs(now), 1.0):
        return _("stays")
    sign = "+" if step > 0 else ""
    share = f" ({sign}{numbers.percent(step / was, 1)})" if was else ""
    return f"{sign}{numbers.tonnes(step)}{share}"


def partial(figures: Mapping[str, Any]) -> str:
    """Return which gases are missing from a total for want of a warming potential; empty if none."""
    missing: Sequence[str] = figures.get("missing_potentials") or ()
    if not missing:
        return ""
    return _("partial: no warming potential for %(gases)s") % {
        "gases": ", ".join(gas_label(gas) for gas in missing)
    }
