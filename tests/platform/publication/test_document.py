"""The frozen document: canonical, the same on every database, its numbers text that nobody rounds."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785

from localaction.platform.accounts.models import User
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import latest_run, rows_of
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.publication.document import digest, frozen, thawed
from localaction.platform.publication.queries import published
from localaction.platform.publication.services import publish
from tests.platform.inventories.make import fill


def numbers_of(value: Any) -> list[object]:
    """Return every number that stands in a document as a number."""
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers_of(item)]
    if isinstance(value, list):
        return [number for item in value for number in numbers_of(item)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_the_text_is_fixed_to_the_byte() -> None:
    data = {
        "totals": {"BASIC": {"co2e_t": 281.3325, "gases_t": {"CO2": 280.5, "CH4": 5e-07}, "rows": 3}},
        "sectors": [{"id": "I", "totals": {"BASIC": 1e16}}],
        "rows": [{"amount": "05.10", "note": "Zürich €"}],
        "findings": [{"value": "IE (I.1.1)", "row": 2}],
        "complete": True,
        "low_t": None,
    }
    text = frozen(data)
    assert text == (
        '{"complete":true,"findings":[{"row":2,"value":"IE (I.1.1)"}],"low_t":null,'
        '"rows":[{"amount":"05.10","note":"Zürich €"}],'
        '"sectors":[{"id":"I","totals":{"BASIC":"10000000000000000"}}],'
        '"totals":{"BASIC":{"co2e_t":"281.3325","gases_t":{"CH4":"0.0000005","CO2":"280.5"},"rows":3}}}'
    )
    assert digest(text) == digest(frozen(thawed(text)))
    assert thawed(text) == data


def test_a_decimal_is_the_same_whether_a_database_returns_it_with_a_point_or_not() -> None:
    """PostgreSQL keeps 5e16 as a whole number, which no reader of JSON could take exactly."""
    as_float = {"lines": [{"amount": 5e16, "steps": [{"value": 5e16}]}], "gases_t": {"CO2": 3.0}}
    as_whole = {"lines": [{"amount": 5 * 10**16, "steps": [{"value": 5 * 10**16}]}], "gases_t": {"CO2": 3}}
    assert frozen(as_float) == frozen(as_whole)
    assert '"50000000000000000"' in frozen(as_float)


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, -0.5, 2.5e-9])
def test_no_digit_is_lost(value: float) -> None:
    assert thawed(frozen({"co2e_t": value}))["co2e_t"] == value


@pytest.mark.django_db
def test_the_document_is_canonical_and_its_digest_verifies(officer: User, ready: Inventory) -> None:
    publication = publish(actor=officer, inventory=ready)
    publication.refresh_from_db()
    data = json.loads(publication.document)
    assert rfc8785.dumps(data).decode() == publication.document
    assert digest(publication.document) == publication.digest
    assert data["schema"] == "localaction.publication/1"
    assert data["result"]["schema"] == "localaction.inventory/1"
    assert {type(number) for number in numbers_of(data)} == {int}
    assert data["result"]["totals"]["BASIC"]["co2e_t"] == "281.3325"


@pytest.mark.django_db
def test_the_document_says_where_everything_comes_from(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    doc = published("GB-LON").doc
    result = doc["result"]
    assert doc["place"] == {"code": "GB-LON", "name": "London", "name_en": "", "country": "GB"}
    assert (doc["publisher"], doc["label_year"], doc["origin"]) == ("London", 2019, "own")
    factor = result["factors"][result["lines"][0]["factor"]]
    assert factor["source_ref"] in result["sources"]
    assert result["gwp_set"]["source"] in result["sources"]
    assert len(result["library_digest"]) == 64
    assert [row["amount"] for row in doc["rows"] if row["amount"]] == ["5"]
    assert {row["row_key"] for row in doc["rows"]} == {str(row.row_key) for row in rows_of(ready)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        pytest.param("5", "TJ", id="small"),
        pytest.param("50000000000000000", "J", id="beyond the whole numbers of JSON"),
        pytest.param("0.000000001", "TJ", id="tiny"),
    ],
)
def test_what_is_read_back_is_what_was_computed(
    officer: User, inventory: Inventory, amount: str, unit: str
) -> None:
    save_row(
        actor=officer,
        inventory=inventory,
        values={"ref": "I.2.1", "notation_key": "IE (I.1.1)", "reason": "One meter."},
    )
    fill(officer, inventory, amount=amount, unit=unit)
    compute(actor=officer, inventory=inventory)
    publish(actor=officer, inventory=inventory)
    run = latest_run(inventory)
    assert run is not None
    assert published("GB-LON").result == run.result
