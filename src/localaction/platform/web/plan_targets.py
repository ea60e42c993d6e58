"""A target as pages show it: what it aims at, where the inventories stand, picture, table and files."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.pathways.line import Line, Standing, standings
from localaction.engine.pathways.measured import measured_t
from localaction.engine.pathways.target import cut_below_base
from localaction.platform.web import charts_path, numbers, plan_words
from localaction.platform.web.parts import Cell, Column, File, ObjectView, Table
from localaction.platform.web.rulebook import library

Results = Mapping[int, Mapping[str, Any]]
APART = 0.01  # share by which two figures of the base year may differ without a word
NO_GAP = 0.5  # tonnes: less is shown as none


@dataclass(frozen=True)
class TargetView:
    """One target: its figures in words, its path, and how each inventory stands against it."""

    id: str
    title: str
    kind: str
    aim: str
    cut: str
    covers: str
    target: Any
    line: Line
    emissions: Mapping[int, float]
    standings: Sequence[Standing]
    finding: str
    base_note: str
    commitment: str
    source: str
    progress: str
    boundary: str
    potentials: str = ""
    object: ObjectView | None = None

    @property
    def newest(self) -> Standing | None:
        """How the newest inventory stands."""
        return self.standings[-1] if self.standings else None


def target_view(target: Any, results: Results, *, key: str = "", files: bool = False) -> TargetView:
    """Return a target with the inventories it is measured by.

    ``results`` are inventories by year, schema ``localaction.inventory/1``; with ``key`` it has a picture and
    a table on the page, with ``files`` the ways to take them away.
    """
    line = Line(target.base_year, target.base_emissions_t, target.target_year, target.aim_t)
    emissions = emissions_of(target, results)
    found = standings(line, emissions)
    aim = numbers.headline(target.aim_t)
    cut = cut_below_base(target.base_emissions_t, target.aim_t)
    view = TargetView(
        id=str(target.public_id),
        title=target.title,
        kind=plan_words.label("target_kind", target.kind),
        aim=f"{aim.text} {aim.unit}",
        cut=cut_text(cut, target.base_year),
        covers=plan_words.covers(target),
        target=target,
        line=line,
        emissions=emissions,
        standings=found,
        finding=finding(found[-1] if found else None),
        base_note=base_note(target, emissions),
        commitment=target.commitment.title if target.commitment else "",
        source=target.source,
        progress=progress_words(line, found[-1] if found else None),
        boundary=" ".join(
            each for each in (boundary_text(target.boundary), target.boundary_note.strip()) if each
        ),
        potentials=potentials_text(results, [each.year for each in found]),
    )
    return _with_object(view, key, files=files) if key else view


def emissions_of(target: Any, results: Results) -> dict[int, float]:
    """Return what inventories say that a target covers, t CO2e by year."""
    protocol = library().protocol
    figures = {
        year: measured_t(result, target.total, target.sectors, protocol) for year, result in results.items()
    }
    return {year: figures[year] for year in sorted(figures) if figures[year] is not None}  # type: ignore[misc]


def cut_text(cut: float, base_year: int) -> str:
    """Return a cut below the base year in words; an aim above it is more, not a negative cut."""
    whole = math.isclose(cut * 100, round(cut * 100), abs_tol=0.05)
    words = {"share": numbers.percent(abs(cut), 0 if whole else 1), "year": base_year}
    if cut >= 0:
        return _("%(share)s less than %(year)s") % words
    return _("%(share)s more than %(year)s") % words


def finding(newest: Standing | None) -> str:
    """Say how the newest inventory stands, in one sentence."""
    if newest is None:
        return _("No inventory from the base year on can be compared yet")
    gap = numbers.headline(abs(newest.gap_t))
    words = {"year": newest.year, "gap": f"{gap.text} {gap.unit}"}
    if abs(newest.gap_t) < NO_GAP:
        return _("In %(year)s emissions were on the path") % words
    if newest.on_path:
        return _("In %(year)s emissions were %(gap)s below the path") % words
    return _("In %(year)s emissions were %(gap)s above the path") % words


def base_note(target: Any, emissions: Mapping[int, float]) -> str:
    """Say so where the inventory of the base year now gives another figure than the target rests on."""
    now = emissions.get(target.base_year)
    if now is None or abs(now - target.base_emissions_t) <= APART * abs(target.base_emissions_t):
        return ""
    words = {
        "stated": numbers.tonnes(target.base_emissions_t),
        "now": numbers.tonnes(now),
        "year": target.base_year,
    }
    text = _(
        "The target was stated against %(stated)s t CO2e; the inventory of %(year)s now gives %(now)s t."
    )
    return text % words


def potentials_text(results: Results, years: Sequence[int]) -> str:
    """Return which inventories have which warming potentials, if those that are compared differ in them."""
    sets: dict[str, list[str]] = {}
    for year in years:
        held = results[year].get("gwp_set")
        if held:
            sets.setdefault(held["label"], []).append(str(year))
    if len(sets) < 2:
        return ""
    told = "; ".join(f"{', '.join(of)}: {label}" for label, of in sets.items())
    return _("Warming potentials: %(set)s") % {"set": told}


def progress_words(line: Line, newest: Standing | None) -> str:
    """Return how much of the way down is done; nothing where the aim lies above the base year."""
    if (
        newest is None
        or newest.progress is None
        or newest.year <= line.base_year
        or line.aim_t >= line.base_t
    ):
        return ""
    if newest.progress < 0:
        return _("further from the aim than in the base year")
    return _("%(share)s of the way") % {"share": numbers.percent(newest.progress)}


def boundary_text(boundary: str) -> str:
    """Return how the boundary compares with that of the local government, as a sentence."""
    return f"{plan_words.label('boundary', boundary)}." if boundary else ""


def progress_text(standing: Standing | None) -> str:
    """Return the share of the way that is done; empty where it cannot be given."""
    return numbers.percent(standing.progress) if standing and standing.progress is not None else ""


def table(view: TargetView) -> Table:
    """Return path and inventories year by year, where there is an inventory, and the two ends."""
    columns = [
        Column(_("Year")),
        Column(_("Path, t CO2e"), number=True),
        Column(_("Inventory, t CO2e"), number=True),
        Column(_("Inventory less path"), number=True),
        Column(_("Way done"), number=True),
    ]
    held = {each.year: each for each in view.standings}
    years = sorted({view.line.base_year, view.line.target_year, *view.emissions})
    return Table(
        _("Path of “%(title)s” and inventories") % {"title": view.title},
        columns,
        [_row(view, year, held.get(year)) for year in years],
    )


def _row(view: TargetView, year: int, standing: Standing | None) -> list[Cell]:
    notes = {view.line.base_year: _("base year"), view.line.target_year: _("target year")}
    path, measured = view.line.at(year), view.emissions.get(year)
    return [
        Cell(str(year), note=notes.get(year, "")),
        _tonnes(path),
        _tonnes(measured),
        _tonnes(standing.gap_t if standing else None),
        Cell(progress_text(standing), number=True),
    ]


def _tonnes(value: float | None) -> Cell:
    if value is None:
        return Cell("", number=True)
    return Cell(numbers.tonnes(value), exact=numbers.exact(value), number=True)


def _with_object(view: TargetView, key: str, *, files: bool) -> TargetView:
    found = ObjectView(
        key=key,
        title=view.finding,
        subtitle=_("%(covers)s. Dashed: a straight line from base year to target year.")
        % {"covers": view.covers},
        source=_("Target: %(source)s") % {"source": view.source} if view.source else "",
        chart=charts_path.chart(view.line, view.emissions),
        table=table(view),
        files=path_files(view) if files else (),
    )
    return TargetView(**{**view.__dict__, "object": found})


def path_files(view: TargetView) -> list[File]:
    """Return the files of a public target."""
    where = [view.target.place.code, view.id]
    return [
        File(_("Path and inventories by year"), "CSV", reverse("web:target-file", args=[*where, "csv"])),
        File(_("The picture"), "SVG", reverse("web:target-file", args=[*where, "svg"])),
    ]
