"""Samples for the style page: every part in every state, with figures that belong to no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from localaction.engine.references.protocol import Protocol
from localaction.platform.web import charts_sectors, matrix, trail
from localaction.platform.web.parts import (
    Cell,
    Column,
    Figure,
    File,
    ObjectView,
    Table,
    emissions_figure,
    range_of,
)
from localaction.platform.web.style_colours import SWATCHES
from localaction.platform.web.style_form import empty_form, faulty_form

#: Cells of the sample inventory: tonnes of CO2e by reference.
VALUES = {
    "I.1.1": 1_234_567.891,
    "I.1.2": 765_432.1,
    "I.1.3": 54_321.0,
    "I.2.1": 123_456.7,
    "I.2.2": 345_678.9,
    "I.3.1": 23_456.7,
    "I.4.4": 456_789.0,
    "II.1.1": 987_654.3,
    "II.2.1": 9_876.5,
    "II.2.2": 4.567,
}
KEYS = {
    "I.3.2": "IE",
    "I.5.1": "NO",
    "I.5.2": "NO",
    "I.6.1": "NE",
    "I.7.1": "NO",
    "II.3.1": "C",
    "II.4.1": "NE",
}
LOW, HIGH = 0.9, 1.12
FORMULA_SUM = 1_333_333.291
HALVES = (("light", "ltr", "en"), ("dark", "ltr", "en"), ("light", "rtl", "ar"))


@dataclass(frozen=True)
class Half:
    """One sample in its own theme and direction."""

    theme: str
    dir: str
    lang: str
    name: str
    save: str
    notice: str
    figure: Figure
    chart: SafeString
    keys: tuple[tuple[str, str], ...]


def sample_result(protocol: Protocol) -> dict[str, Any]:
    """Return a small result in the shape of ``Result.to_dict()``."""
    cells = [_cell(cell.ref) for cell in protocol.cells.values()]
    value = {cell["ref"]: cell["co2e_t"] or 0.0 for cell in cells}
    sums: dict[str, dict[str, float]] = {}
    for sector in protocol.sectors:
        refs = [cell for subsector in sector.subsectors for cell in subsector.cells]
        sums[sector.id] = {
            total.id: sum(value[cell.ref] for cell in refs if total.id in cell.counts_in)
            for total in protocol.totals
        }
    return {
        "cells": cells,
        "sectors": [{"id": name, "totals": totals} for name, totals in sums.items()],
        "totals": {
            total.id: _total(sum(held[total.id] for held in sums.values())) for total in protocol.totals
        },
    }


def _cell(ref: str) -> dict[str, Any]:
    value, key = VALUES.get(ref), KEYS.get(ref)
    state = "value" if value is not None else "key" if key else "open"
    low, high = (value * LOW, value * HIGH) if value is not None else (None, None)
    return {
        "ref": ref,
        "state": state,
        "co2e_t": value,
        "low_t": low,
        "high_t": high,
        "notation_key": key,
        "reason": "",
    }


def _total(value: float) -> dict[str, Any]:
    return {"co2e_t": value, "low_t": value * LOW, "high_t": value * HIGH, "uncertainty_percent": 11.0}


def sample_matrix(protocol: Protocol) -> matrix.Matrix:
    """Return the matrix of the sample: a finding, a chosen cell, keys, open cells."""
    built = matrix.build(
        sample_result(protocol),
        protocol,
        link=lambda ref: "#matrix",
        open_link=lambda ref: "#matrix",
        findings={"I.3.2", "II.1.1"},
        selected="I.1.1",
    )
    return replace(built, sectors=(*built.sectors[:2], built.sectors[3]))


def sample_figures() -> list[Figure]:
    """Return a figure in each state: full, estimated, partial, no data."""
    return [
        replace(
            emissions_figure(
                _("With everything"),
                1_234_567.0,
                1_150_000.0,
                1_330_000.0,
                address="#trail",
                standing="verified",
            ),
            quality=2,
        ),
        replace(
            emissions_figure(
                _("Estimated"), 3_456.0, 2_900.0, 4_600.0, address="#trail", standing="estimated"
            ),
            quality=1,
        ),
        emissions_figure(
            _("Partial"), 765_432.0, address="#trail", note=_("Without NF3: no potential in this set.")
        ),
        emissions_figure(_("No data"), None),
    ]


def sample_table() -> Table:
    """Return a small table with numbers, a link and a foot."""
    columns = [Column(_("Sub-sector")), Column("t CO2e", number=True), Column(_("Share"), number=True)]
    rows = [
        [
            Cell(_("On-road"), address="#table"),
            Cell("987,654", exact="987654.3", number=True),
            Cell("44 %", number=True),
        ],
        [
            Cell(_("Homes"), note=_("gas and grid electricity")),
            Cell("1,234,568", exact="1234567.891", number=True),
            Cell("56 %", number=True),
        ],
    ]
    foot = [Cell(_("Sum")), Cell("2,222,222", exact="2222222.191", number=True), Cell("100 %", number=True)]
    return Table(_("A sample table"), columns, rows, foot)


def sample_object(built: matrix.Matrix) -> ObjectView:
    """Return an object view over the sample inventory."""
    return ObjectView(
        key="sample",
        title=charts_sectors.finding(built),
        subtitle=_("By sub-sector, t CO2e, level %(total)s. Lines show low to high.")
        % {"total": built.chosen},
        source=_("Source: samples for this page; they belong to no place."),
        chart=charts_sectors.chart(built),
        table=sample_table(),
        files=[File(_("The cells"), "CSV", "#object"), File(_("The picture"), "SVG", "#object")],
    )


def sample_lines() -> list[trail.Line]:
    """Return two rows as formulas."""
    gas = {
        "label": _("Natural gas"),
        "amount": 21_990.0,
        "unit": "TJ",
        "steps": [],
        "factor": "sample",
        "co2e_t": 1_234_567.891,
        "data_quality": "M",
    }
    oil = {
        "label": _("Gas/diesel oil"),
        "amount": 37_000.0,
        "unit": "m3",
        "steps": [{"label": _("energy, net"), "value": 1_320.0, "unit": "TJ"}],
        "factor": "sample",
        "co2e_t": 98_765.4,
        "data_quality": "H",
    }
    return trail.lines([gas, oil], FORMULA_SUM)


def halves(protocol: Protocol) -> list[Half]:
    """Return the same sample light, dark and right to left, each in its own language."""
    names = {"light": _("Light"), "dark": _("Dark"), "rtl": _("Right to left")}
    found = []
    for theme, direction, language in HALVES:
        with override(language):
            built = sample_matrix(protocol)
            picture = charts_sectors.chart(replace(built, sectors=built.sectors[1:2]))
            half = Half(
                theme=theme,
                dir=direction,
                lang=language,
                name=names[theme if direction == "ltr" else direction],
                save=_("Save"),
                notice=_("29 % less than last year. Say why, or check the rows."),
                figure=sample_figures()[0],
                chart=picture.narrow if picture else SafeString(""),
                keys=tuple((note.label, note.key) for note in built.keys[:2]),
            )
        found.append(half)
    return found


def samples(protocol: Protocol) -> Mapping[str, Any]:
    """Return everything the style page shows."""
    built = sample_matrix(protocol)
    return {
        "swatches": [
            {
                "label": label,
                "entries": [
                    {"token": token, "label": name, "contrast": ratio} for token, name, ratio in entries
                ],
            }
            for label, entries in SWATCHES
        ],
        "standings": ("verified", "reported", "estimated"),
        "confidences": ("verified", "secondary", "unverified"),
        "levels": (3, 2, 1),
        "keys": [matrix.key_note(key) for key in protocol.notation_keys.values()],
        "figures": sample_figures(),
        "matrix": built,
        "object": sample_object(built),
        "table": sample_table(),
        "form": empty_form(),
        "faulty": faulty_form(),
        "refused": _refused(),
        "formula": sample_lines(),
        "formula_sum": FORMULA_SUM,
        "formula_letters": trail.formula_of([{"factor": "sample"}]),
        "copied_note": _("Copied from 2019. Confirm or change."),
        "sample_range": range_of(VALUES["I.1.1"], VALUES["I.1.1"] * LOW, VALUES["I.1.1"] * HIGH, full=True),
        "sample_value": VALUES["I.1.1"],
        "halves": halves(protocol),
    }


def _refused() -> list[dict[str, str]]:
    return [
        {
            "link": "#messages",
            "label": _("Row 14, amount"),
            "text": _("“1,234” can mean two things."),
            "remedy": _("Write 1234 or 1.234."),
        },
        {
            "link": "#messages",
            "label": _("Row 52, unit"),
            "text": _("“gal” is US or imperial."),
            "remedy": _("Write US gal or imp gal."),
        },
        {
            "link": "#messages",
            "label": _("Row 90, cell"),
            "text": _("“II.6.1” does not exist."),
            "remedy": _("The nearest is II.5.1."),
        },
    ]
