"""What the page of one inventory shows: figures, chart, table, files, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web import numbers
from localaction.platform.web.changes_since import both_bases
from localaction.platform.web.inventory_figures import figures
from localaction.platform.web.inventory_object import by_sector, source_line
from localaction.platform.web.matrix import Matrix, build
from localaction.platform.web.parts import File
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import library
from localaction.platform.web.templatetags.web import day

__all__ = ["CHOSEN", "matrix_of", "page", "source_line"]

CHOSEN = "BASIC"


@dataclass(frozen=True)
class Fact:
    """One fact in the line under a place's name."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Notice:
    """One thing that readers of the figures should know."""

    title: str
    text: str
    tone: str = "ask"
    link: str = ""
    link_text: str = ""


def matrix_of(record: Record) -> Matrix:
    """Return the matrix for reading: every cell that holds something leads to its trail."""
    return build(record.result, library().protocol, link=record.trail, chosen=CHOSEN)


def page(record: Record, address: str) -> dict[str, Any]:
    """Return everything the template needs for one inventory; ``address`` is the whole address to cite."""
    matrix = matrix_of(record)
    return {
        "record": record,
        "matrix": matrix,
        "figures": figures(record, matrix),
        "facts": facts(record),
        "by_sector": by_sector(record, matrix),
        "totals": [matrix.total, *matrix.others],
        "sureness": sureness(record.result),
        "both_bases": both_bases(record),
        "notices": [*corrections(record), *notices(record.result, matrix)],
        "method": method(record.result),
        "files": files(record),
        "citation": citation(record, address),
    }


def facts(record: Record) -> list[Fact]:
    """Return people, protocol, warming potentials and dates in short words."""
    result = record.result
    found = [
        Fact(_("Protocol: %(protocol)s") % {"protocol": str(result["protocol"]).upper().replace("@", " ")})
    ]
    found.append(Fact(_("Warming potentials: %(set)s") % {"set": result["gwp_set"]["label"]}))
    if record.population is not None:
        people = numbers.number(record.population)
        words = {"people": people, "year": record.year}
        found.insert(0, Fact(_("%(people)s people (%(year)s)") % words, record.population_source))
    if record.published_at:
        found.append(Fact(_("Published %(day)s") % {"day": day(record.published_at)}))
    return found


def sureness(result: Mapping[str, Any]) -> list[str]:
    """Return how the ranges were made and how much rests on default grades, in sentences."""
    uncertainty = result["uncertainty"]
    share = uncertainty.get("default_share") or 0.0
    lines = [_("Low to high: %(confidence)s %% interval.") % {"confidence": uncertainty["confidence"]}]
    if graded := uncertainty.get("grade_share"):
        lines.append(
            _("%(share)s of the emissions rest on a range by grade, a convention for screening.")
            % {"share": numbers.percent(graded)}
        )
    if share:
        lines.append(
            _("%(share)s of the emissions rest on a default range, because the source states none.")
            % {"share": numbers.percent(share)}
        )
    return lines


def method(result: Mapping[str, Any]) -> str:
    """Return the name of the method behind low and high."""
    return _("Low to high: %(method)s") % {"method": result["uncertainty"]["method"]}


def corrections(record: Record) -> list[Notice]:
    """Return what was corrected, when and why, with the document that it replaced."""
    return [
        Notice(
            _("Corrected %(day)s.") % {"day": day(event.published_at)},
            event.reason,
            tone="quiet",
            link=event.earlier,
            link_text=_("The document before"),
        )
        for event in record.history
        if event.earlier
    ]


def notices(result: Mapping[str, Any], matrix: Matrix) -> list[Notice]:
    """Return what readers of the totals should know: open cells, gases without potential, fixed CO2e."""
    total = result["totals"][matrix.chosen]
    found = []
    if matrix.total.open:
        text = ngettext(
            "%(count)d required cell is open.", "%(count)d required cells are open.", matrix.total.open
        )
        found.append(Notice(_("The total is not complete."), text % {"count": matrix.total.open}))
    if gaps := not_estimated(result, matrix.chosen):
        text = ngettext(
            "%(count)d cell that %(total)s requires is marked not estimated (NE): %(cells)s. "
            "What is emitted there is in no total.",
            "%(count)d cells that %(total)s requires are marked not estimated (NE): %(cells)s. "
            "What is emitted there is in no total.",
            len(gaps),
        )
        words = {"count": len(gaps), "total": matrix.chosen, "cells": ", ".join(gaps)}
        found.append(Notice(_("The totals leave sources out."), text % words))
    if matrix.total.missing:
        words = {"gases": ", ".join(matrix.total.missing)}
        found.append(
            Notice(
                _("A gas is missing."), _("There is no warming potential for %(gases)s in this set.") % words
            )
        )
    fixed = total.get("not_recomputable_t") or 0.0
    if fixed:
        words = {"tonnes": numbers.tonnes(fixed)}
        text = _("%(tonnes)s t CO2e were given without a split by gas, and stay as they are under any set.")
        found.append(Notice(_("Warming potentials of the source."), text % words, tone="quiet"))
    return found


def not_estimated(result: Mapping[str, Any], total: str) -> list[str]:
    """Return the cells that a total requires and that hold the key NE: a gap, never a zero."""
    cells = library().protocol.cells
    return [
        cell["ref"]
        for cell in result["cells"]
        if cell["notation_key"] == "NE" and total in cells[cell["ref"]].required_at
    ]


def files(record: Record) -> list[File]:
    """Return the files of an inventory."""
    signed = reverse("web:bundle", args=[record.digest]) if record.digest else ""
    return [
        File(
            _("The whole document, frozen as published"),
            "JSON",
            record.file("inventory.json"),
            _("Totals, cells, rows, factors, sources; the digest below is of these bytes."),
        ),
        File(
            _("Rows, cells, totals, factors and sources as one workbook"),
            "XLSX",
            record.file("inventory.xlsx"),
            _("Edit the rows in a spreadsheet program and upload it on the desk: only the edit changes."),
        ),
        File(_("Every cell with value, range, gases, key and reason"), "CSV", record.file("cells.csv")),
        File(
            _("Every activity row as it was entered"),
            "CSV",
            record.file("rows.csv"),
            _("The format of uploads: it computes to the same inventory."),
        ),
        File(_("The chart"), "SVG", record.file("chart.svg")),
        *([_signed(signed)] if signed else []),
    ]


def _signed(address: str) -> File:
    return File(
        _("The document with its signature and the keys"),
        "ZIP",
        address,
        _("What anybody needs to check, without this site, that nothing was changed."),
    )


def citation(record: Record, address: str) -> str:
    """Return how to cite the inventory."""
    words = {
        "source": (record.citation or record.place.shown).rstrip("."),
        "place": record.place.shown,
        "year": record.year,
        "address": address,
        "day": day(record.published_at) if record.published_at else "",
    }
    text = _(
        "%(source)s. Greenhouse-gas inventory %(year)s of %(place)s, "
        "published on Local Action %(day)s at %(address)s."
    )
    return text % words
