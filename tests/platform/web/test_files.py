"""Files of an inventory: what is published, byte for byte, and what it computes to."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.csvsafe import harmless
from localaction.engine.inventory.rows import read_csv
from localaction.platform.inventories.queries import options_of
from localaction.platform.publication.queries import published
from tests.platform.web import make


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


def test_the_document_is_what_the_digest_is_of(client: Client, city: make.City) -> None:
    response = client.get(f"{city.address}inventory.json")
    assert hashlib.sha256(response.content).hexdigest() == city.publication.digest
    assert city.publication.digest in client.get(city.address).content.decode()
    assert json.loads(response.content)["schema"] == "localaction.publication/1"
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="FR-PAR-2020-inventory.json"'


def test_cells_add_up_to_the_totals(client: Client, city: make.City) -> None:
    cells = table(client, f"{city.address}cells.csv")
    assert len(cells) == len(make.library().protocol.cells)
    for name, total in published("FR-PAR").result["totals"].items():
        counted = [float(cell["co2e_t"] or 0) for cell in cells if name in cell["counts_in"].split()]
        assert sum(counted) == pytest.approx(total["co2e_t"], rel=1e-12)


def test_cells_keep_full_digits_gases_keys_and_reasons(client: Client, city: make.City) -> None:
    cells = {cell["ref"]: cell for cell in table(client, f"{city.address}cells.csv")}
    kept = {cell["ref"]: cell for cell in published("FR-PAR").result["cells"]}
    assert float(cells["I.1.1"]["co2e_t"]) == kept["I.1.1"]["co2e_t"]
    assert float(cells["I.1.1"]["CO2_t"]) == kept["I.1.1"]["gases_t"]["CO2"]
    assert (cells["I.5.1"]["notation_key"], cells["I.5.1"]["reason"]) == ("NO", "There are no farms.")
    assert cells["I.5.1"]["co2e_t"] == ""


def test_rows_compute_to_the_same_inventory(client: Client, city: make.City) -> None:
    content = client.get(f"{city.address}rows.csv").content
    again = compile_inventory(read_csv(io.BytesIO(content)), options_of(city.inventory)).to_dict()
    first = published("FR-PAR").result
    assert {name: total["co2e_t"] for name, total in again["totals"].items()} == pytest.approx(  # type: ignore[union-attr]
        {name: total["co2e_t"] for name, total in first["totals"].items()}, rel=1e-12
    )


def test_no_file_starts_a_formula(client: Client, city: make.City) -> None:
    rows = table(client, f"{city.address}rows.csv")
    assert "'=1+1" in {row["source"] for row in rows}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("@x", "'@x"),
        ("-5.5", "-5.5"),
        ("- none", "'- none"),
        ("I.1.1", "I.1.1"),
    ],
)
def test_text_that_looks_like_a_formula_is_marked_and_numbers_are_not(text: str, kept: str) -> None:
    assert harmless(text) == kept


def test_the_picture_stands_alone(client: Client, city: make.City) -> None:
    response = client.get(f"{city.address}chart.svg")
    picture = response.content.decode()
    root = ET.fromstring(picture)
    texts = "".join(root.itertext())
    assert response["Content-Type"] == "image/svg+xml"
    assert "var(" not in picture
    assert "Paris, 2020" in texts
    assert "Source: " in texts


def test_files_of_a_draft_are_for_people_with_the_right(
    officer: Client, client: Client, city: make.City
) -> None:
    address = f"{city.address}cells.csv?draft=1"
    assert client.get(address).status_code == 403
    assert officer.get(address).status_code == 200
