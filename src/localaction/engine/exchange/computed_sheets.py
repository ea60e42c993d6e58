"""The computed sheets of an inventory's workbook: cells, totals, factors, sources, warming potentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from localaction.engine.exchange.xlsxout import Content, Heading
from localaction.engine.packs import Protocol

RANGE = (
    Heading("Emissions (t CO2e)", "tonnes", 18), Heading("Low (t CO2e)", "tonnes", 18),
    Heading("High (t CO2e)", "tonnes", 18), Heading("Uncertainty (±%)", "percent"),
)  # fmt: skip
BIOGENIC = Heading("Biogenic CO2, in no total (t)", "tonnes", 18)


def cell_headings(gases: Sequence[str]) -> list[Heading]:
    """Return the columns of the sheet of cells."""
    return [
        Heading("Cell"), Heading("Sector", width=24), Heading("Label", width=48),
        Heading("Scope", "whole", 8), Heading("State", width=8), *RANGE, Heading("Key"),
        Heading("Included in"), Heading("Reason", width=36), BIOGENIC,
        *(Heading(f"{gas} (t)", "tonnes", 16) for gas in gases), Heading("Rows", "whole", 8),
    ]  # fmt: skip


def cells(
    document: Mapping[str, Any], protocol: Protocol, gases: Sequence[str]
) -> Iterator[Sequence[Content]]:
    """Yield every cell of the inventory: its emissions, or its key with the reason."""
    sectors = {sector.id: sector.label for sector in protocol.sectors}
    for held in document["cells"]:
        cell = protocol.cells[held["ref"]]
        yield [
            cell.ref, f"{cell.sector} {sectors[cell.sector]}", cell.label, cell.scope, held["state"],
            held["co2e_t"], held["low_t"], held["high_t"], held["uncertainty_percent"],
            held["raw_key"] or held["notation_key"], " ".join(held["included_in"]), held["reason"],
            held["co2_biogenic_t"] or None, *(held["gases_t"].get(gas) for gas in gases), held["rows"],
        ]  # fmt: skip


def total_headings(gases: Sequence[str]) -> list[Heading]:
    """Return the columns of the sheet of totals."""
    return [
        Heading("Total"), Heading("Sector", width=24), *RANGE,
        Heading("Gases without potential, left out", width=24),
        Heading("Not following the potentials (t CO2e)", "tonnes", 18), BIOGENIC,
        *(Heading(f"{gas} (t)", "tonnes", 16) for gas in gases),
    ]  # fmt: skip


def totals(
    document: Mapping[str, Any], protocol: Protocol, gases: Sequence[str]
) -> Iterator[Sequence[Content]]:
    """Yield every total, as a whole and by sector."""
    labels = {sector.id: sector.label for sector in protocol.sectors}
    for name, held in document["totals"].items():
        yield [
            name, "All sectors", held["co2e_t"], held["low_t"], held["high_t"], held["uncertainty_percent"],
            " ".join(held["missing_potentials"]), held["not_recomputable_t"] or None,
            held["co2_biogenic_t"] or None,
            *(held["gases_t"].get(gas) for gas in gases),
        ]  # fmt: skip
    for sector in document["sectors"]:
        for name, tonnes in sector["totals"].items():
            yield [name, f"{sector['id']} {labels[sector['id']]}", tonnes]


FACTOR_HEADINGS = (
    Heading("Factor", width=40), Heading("Label", width=40), Heading("Activity", width=20), Heading("Gas"),
    Heading("Value", "number"), Heading("Low", "number"), Heading("High", "number"), Heading("Unit"),
    Heading("Place"), Heading("Year", "whole", 8), Heading("Edition"), Heading("Source", width=28),
    Heading("Locator", width=40), Heading("Confidence"), Heading("Note", width=40),
    Heading("SHA-256", width=66),
)  # fmt: skip


def factors(document: Mapping[str, Any]) -> Iterator[Sequence[Content]]:
    """Yield every factor that was used, gas by gas."""
    for factor in document["factors"].values():
        for gas, held in factor["gases"].items():
            yield [
                factor["id"], factor["label"], factor["activity"], gas,
                held["value"], held["low"], held["high"], factor["unit"],
                factor["place"], factor["year"], factor["edition"], factor["source_ref"],
                factor["locator"], factor["confidence"], factor["note"], factor["digest"],
            ]  # fmt: skip


SOURCE_HEADINGS = (
    Heading("Source", width=28), Heading("Title", width=60), Heading("Publisher", width=36),
    Heading("Year", "whole", 8), Heading("Edition", width=20), Heading("Licence", width=24),
    Heading("Read as", width=60), Heading("Confidence"), Heading("Address", width=40),
)  # fmt: skip


def sources(document: Mapping[str, Any]) -> Iterator[Sequence[Content]]:
    """Yield every document that was used."""
    names = ("id", "title", "publisher", "year", "edition", "licence", "read_as", "confidence", "url")
    for source in document["sources"].values():
        yield [source.get(name) for name in names]


GAS_HEADINGS = (
    Heading("Gas"), Heading("Warming potential (t CO2e per t)", "number", 20), Heading("Set", width=60),
    Heading("Source", width=28), Heading("Locator", width=40),
)  # fmt: skip


def potentials(document: Mapping[str, Any]) -> Iterator[Sequence[Content]]:
    """Yield the warming potential of every gas that was used."""
    held = document["gwp_set"]
    for gas, potential in held["potentials"].items():
        yield [gas, potential, held["label"], held["source"], held["locator"]]
