"""Reports of inventories: what is frozen of one, what stands in its way, its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from localaction.engine.errors import Finding
from localaction.engine.inventory.problems import KeyWithoutReason, KeyWithoutReference, ReferenceToNothing
from localaction.engine.packs import Library
from localaction.platform.inventories.factor_queries import sets_used
from localaction.platform.inventories.models import COLUMNS, Batch, FactorSet, Inventory, Run
from localaction.platform.inventories.queries import current_rows, is_stale, latest_run
from localaction.platform.reporting.errors import NotComputed
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.subjects import INVENTORY, Data, Line, register
from localaction.platform.values.decimals import canonical
from localaction.platform.values.queries import value_of

POPULATION = "population.total"
NOT_ESTIMATED = "NE"
UNIT = "t CO2e"
UNSAID_BY_SOURCE = {KeyWithoutReason.code, KeyWithoutReference.code, ReferenceToNothing.code}


def standing_in_the_way(inventory: Inventory, run: Run) -> list[dict[str, Any]]:
    """Return the findings that block publication.

    What a published source leaves unsaid about its notation keys is shown as it is, not refused: the citation
    stands for it. Nobody else's figures have that excuse, and a cell without an answer has it nowhere.
    """
    return blocking(run.result, inventory.origin)


def blocking(result: Mapping[str, Any], origin: str) -> list[dict[str, Any]]:
    """Return the findings of a result that block publication, by where its figures come from."""
    findings = [finding for finding in result["findings"] if finding["blocks_publication"]]
    if origin == Inventory.Origin.PUBLISHED_SOURCE:
        return [finding for finding in findings if finding["code"] not in UNSAID_BY_SOURCE]
    return findings


def computed_run(inventory: Inventory) -> Run:
    """Return the newest computation if the inventory is still as it was then. Raises ``NotComputed``."""
    run = latest_run(inventory)
    if run is None or is_stale(inventory, run):
        raise NotComputed
    return run


def inventory_content(inventory: Inventory, run: Run) -> Data:
    """Return what a document says of an inventory, without when and why it was published."""
    place = inventory.place
    rows = current_rows(inventory).values("row_key", *COLUMNS)
    sets = [_set_used(held) for held in sets_used(place, run.result["factors"])]
    return {
        "place": {
            "code": place.code,
            "name": place.name,
            "name_en": place.name_en,
            "country": place.country_code,
        },
        "label_year": inventory.label_year,
        "population": _population(inventory),
        "origin": inventory.origin,
        "publisher": place.name if inventory.origin == Inventory.Origin.OWN else None,
        "citation": inventory.citation,
        "licence": inventory.licence,
        "protocol_title": Library.load().protocol.title,
        "run": run.number,
        "result": run.result,
        "rows": [{name: str(value) for name, value in row.items()} for row in rows],
        **({"factor_sets": sets} if sets else {}),
    }


def _set_used(held: FactorSet) -> Data:
    """Return what a document says of an own set of factors that its figures rest on."""
    return {
        "id": str(held),
        "name": held.name,
        "citation": held.citation,
        "licence": held.licence,
        "digest": held.digest,
        "file_sha256": held.sha256,
    }


def _population(inventory: Inventory) -> Data | None:
    value = value_of(actor=None, place=inventory.place, item=POPULATION, period=inventory.period)
    if value is None or value.current is None or value.current.amount is None:
        return None
    return {"value": value.current.amount, "source": value.current.source}


def finding_of(data: Mapping[str, Any]) -> Finding:
    """Return a finding as it was before it was frozen."""
    return Finding(**{name: data[name] for name in Finding.__slots__})


class InventorySubject:
    """A report that is an inventory."""

    def title(self, report: Report) -> str:
        """Return the name of the protocol."""
        return str(Library.load().protocol.title)

    def in_the_way(self, report: Report) -> Sequence[Finding]:
        """Return the findings that block publication. Raises ``NotComputed``."""
        inventory = _inventory(report)
        return [finding_of(each) for each in standing_in_the_way(inventory, computed_run(inventory))]

    def content(self, report: Report) -> Data:
        """Return rows, result, factors and sources as they stand. Raises ``NotComputed``."""
        inventory = _inventory(report)
        return inventory_content(inventory, computed_run(inventory))

    def lines(self, document: Mapping[str, Any]) -> Sequence[Line]:
        """Return the lines of the result; its cells where it keeps no lines."""
        result = document["result"]
        if result["lines"]:
            return [_line(number, each) for number, each in enumerate(result["lines"], start=1)]
        return [
            Line(each["ref"], each["ref"], *_stated(each["co2e_t"]), UNIT, {})
            for each in result["cells"]
            if each["state"] == "value"
        ]

    def remarks(self, document: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
        """Return the findings of the computation, and what the totals leave out."""
        gaps = [cell["ref"] for cell in document["result"]["cells"] if cell["notation_key"] == NOT_ESTIMATED]
        text = ngettext(
            "%(count)d cell is marked not estimated (NE): %(cells)s. What is emitted there is in no total.",
            "%(count)d cells are marked not estimated (NE): %(cells)s. What is emitted there is in no total.",
            len(gaps),
        ) % {"count": len(gaps), "cells": ", ".join(gaps)}
        missing = [{"severity": "warning", "where": "", "text": text}] if gaps else []
        return missing + [
            {
                "severity": each["severity"],
                "where": each["ref"] or "",
                "text": f"{each['message']} {each['remedy']}".strip(),
            }
            for each in document["result"]["findings"]
        ]

    def editors(self, report: Report) -> set[int]:
        """Return who changed rows, computed or submitted."""
        inventory = _inventory(report)
        changed = Batch.objects.filter(inventory=inventory).values_list("actor_id", flat=True)
        ran = Run.objects.filter(inventory=inventory).values_list("created_by_id", flat=True)
        return {user for user in (*changed.distinct(), *ran.distinct().order_by()) if user is not None}


def _inventory(report: Report) -> Inventory:
    if report.inventory is None:
        raise ValueError("the report is not one of an inventory")
    return report.inventory


def _line(number: int, line: Mapping[str, Any]) -> Line:
    amount = f"{canonical(line['amount'])} {line['unit']}".strip() if line["amount"] is not None else ""
    facts = {
        "activity": line["label"] or line["activity"] or "",
        "amount": amount,
        "factor": line["factor"] or "",
        "why": line["why"] or "",
        "data_quality": line["data_quality"] or "",
        "source": line["source"] or "",
        "note": line["note"] or "",
    }
    label = f"{line['ref']} {facts['activity']}".strip()
    return Line(f"{line['ref']}#{number}", label, *_stated(line["co2e_t"]), UNIT, facts)


def _stated(co2e_t: float | str | None) -> tuple[float, float | None]:
    """Return how much a figure weighs, and the figure itself."""
    value = float(co2e_t) if co2e_t is not None else None
    return abs(value or 0.0), value


register(INVENTORY, InventorySubject())
