"""What stands around a figure on its trail: gaps, sectors, versions, who entered it, files to take along."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.imports.models import Import
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.publication.queries import network_summary
from localaction.platform.publication.services import publish
from localaction.platform.web.figure_page import figure_page
from localaction.platform.web.reading import published_record
from localaction.platform.web.records import Record
from localaction.platform.web.trail_parts import entered, past_figures
from tests.platform.accounts.make import with_role
from tests.platform.web import make


@pytest.fixture
def record(city: make.City) -> Record:
    found = published_record(city.place.code, 2020)
    assert found is not None
    return found


def page(record: Record, ref: str):
    found = figure_page(record, ref)
    assert found is not None
    return found


def test_the_sectors_of_a_total_add_up_to_it_and_each_has_a_trail(client: Client, record: Record) -> None:
    total = page(record, "BASIC")
    assert sum(part.value for part in total.sectors) == pytest.approx(total.value, rel=1e-12)
    for part in total.sectors:
        assert client.get(part.address).status_code == 200
    sector = page(record, "BASIC:I")
    assert sum(cell.value for cell in sector.addends) == pytest.approx(sector.value, rel=1e-12)
    assert sum(gas.co2e or 0 for gas in sector.gases) == pytest.approx(sector.value, rel=1e-12)
    assert {cell.ref.split(".")[0] for cell in sector.addends} == {"I"}
    assert client.get("/figures/FR-PAR/2020/BASIC:X/").status_code == 404


def test_a_total_names_the_cells_it_leaves_out(client: Client, record: Record) -> None:
    states = {cell["ref"]: cell["notation_key"] or cell["state"] for cell in record.result["cells"]}
    wanted = {ref for ref, state in states.items() if state in {"NE", "open"}}
    for name in ("BASIC", "BASIC+", "territorial"):
        assert {gap.ref for gap in page(record, name).gaps} == wanted & set(page(record, name).cells)
    assert page(record, "BASIC+").gaps
    html = client.get("/figures/FR-PAR/2020/BASIC+/").content.decode()
    assert "What it leaves out" in html
    assert "not in the figure, nor in its range" in html


def test_lists_and_the_sum_of_the_network_tell_of_gaps(
    client: Client, city: make.City, record: Record
) -> None:
    count = len(page(record, "territorial").gaps)
    assert count
    assert (network_summary().gaps, network_summary().with_gaps) == (count, 1)
    assert f"{count} gaps" in client.get("/places/").content.decode()
    assert "open or not estimated, and not in the sum" in client.get("/").content.decode()


def test_every_version_of_a_figure_is_listed_with_reason_and_difference(city: make.City) -> None:
    before = page(published_record("FR-PAR", 2020), "I.1.1").value
    values = {"ref": "I.1.1", "gas": "CO2", "amount": "5", "unit": "t"}
    save_row(actor=OPERATOR, inventory=city.inventory, values=values)
    compute(actor=OPERATOR, inventory=city.inventory)
    publish(actor=OPERATOR, inventory=city.inventory, reason="A forgotten boiler.")
    newest, first = past_figures(published_record("FR-PAR", 2020), "I.1.1")
    assert (newest.reason, first.reason, first.change) == ("A forgotten boiler.", "", None)
    assert newest.change == pytest.approx(5)
    assert first.value == before
    assert first.digest == city.publication.digest


def test_readers_see_the_role_of_who_entered_a_row_and_the_desk_the_name(
    client: Client, city: make.City
) -> None:
    grace = with_role("officer", city.place)
    grace.name = "Grace Hopper"
    grace.save()
    values = {"ref": "I.1.1", "gas": "CO2", "amount": "5", "unit": "t"}
    save_row(actor=grace, inventory=city.inventory, values=values)
    compute(actor=grace, inventory=city.inventory)
    desk = Client()
    desk.force_login(grace)
    draft = desk.get("/figures/FR-PAR/2020/I.1.1/?draft=1").content.decode()
    assert "Grace Hopper, officer" in draft
    assert "Each row, revision by revision" in draft
    publish(actor=grace, inventory=city.inventory, reason="A forgotten boiler.")
    for address in ("", "trail.json", "trail.csv"):
        html = client.get(f"/figures/FR-PAR/2020/I.1.1/{address}").content.decode()
        assert "Hopper" not in html
    assert entered(published_record("FR-PAR", 2020), ("I.1.1",))[0].who == "officer"


def test_readers_see_the_digest_of_a_file_and_only_the_desk_its_name(client: Client, city: make.City) -> None:
    (held,) = Import.objects.all()
    grace = Client()
    grace.force_login(with_role("officer", city.place))
    for address in ("", "trail.json"):
        html = client.get(f"/figures/FR-PAR/2020/I.1.1/{address}").content.decode()
        assert held.sha256 in html
        assert held.name not in html
        assert held.name in grace.get(f"/figures/FR-PAR/2020/I.1.1/{address}?draft=1").content.decode()


def test_changes_after_the_computation_are_not_behind_the_figure(city: make.City, record: Record) -> None:
    before = len(entered(record, ("I.1.1",)))
    values = {"ref": "I.1.1", "gas": "CO2", "amount": "5", "unit": "t"}
    save_row(actor=OPERATOR, inventory=city.inventory, values=values)
    assert len(entered(record, ("I.1.1",))) == before


def test_a_figure_of_very_many_rows_says_how_many_they_are(record: Record) -> None:
    cells = [cell | {"rows": 12_345} if cell["ref"] == "I.1.1" else cell for cell in record.result["cells"]]
    large = dict(record.result) | {"lines": [], "lines_complete": False, "cells": cells}
    found = page(Record(**(vars(record) | {"result": large})), "I.1.1")
    assert "the sum of 12" in found.formula_lead
    assert "345 rows" in found.formula_lead
    assert "factor" in found.formula
    assert found.more == 12_345


def test_the_trail_can_be_taken_along(client: Client, record: Record) -> None:
    response = client.get("/figures/FR-PAR/2020/I.1.1/trail.json")
    data = json.loads(response.content)
    assert data["co2e_t"] == page(record, "I.1.1").value
    assert sum(line["co2e_t"] for line in data["lines"]) == pytest.approx(data["co2e_t"], rel=1e-12)
    assert set(data["factors"]) == {line["factor"] for line in data["lines"] if line["factor"]}
    assert data["document_sha256"] == record.digest
    assert response["Content-Disposition"] == 'attachment; filename="trail-FR-PAR-2020-I.1.1.json"'
    text = client.get("/figures/FR-PAR/2020/BASIC+/trail.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    total = sum(float(row["co2e_t"]) for row in rows if row["co2e_t"])
    assert total == pytest.approx(page(record, "BASIC+").value, rel=1e-12)
    assert any(row["notation_key"] for row in rows)


def test_a_draft_is_not_handed_out_to_others(client: Client, city: make.City) -> None:
    make.computed(city.place, 2021)
    assert client.get("/figures/FR-PAR/2021/I.1.1/trail.json?draft=1").status_code == 403
    assert client.get("/figures/FR-PAR/2021/I.1.1/trail.json").status_code == 404
    assert client.get("/figures/FR-PAR/2020/nothing/trail.csv").status_code == 404


def test_the_printed_page_carries_address_day_and_digest(client: Client, record: Record) -> None:
    html = client.get("/figures/FR-PAR/2020/BASIC/").content.decode()
    head = html.split('class="print-head"', 1)[1].split("</dl>", 1)[0]
    assert "http://testserver/figures/FR-PAR/2020/BASIC/" in head
    assert record.digest in head


def test_a_sector_without_any_figure_is_a_gap_and_not_zero(client: Client, record: Record) -> None:
    held = {part.ref: part.known for part in page(record, "BASIC+").sectors}
    valued = {cell["ref"].split(".")[0] for cell in record.result["cells"] if cell["state"] == "value"}
    assert held == {sector: sector in valued for sector in held}
    assert "no figure" in client.get("/figures/FR-PAR/2020/BASIC+/").content.decode()
