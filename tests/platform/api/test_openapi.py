"""The OpenAPI file under guard: what is committed is what the interface says, and what it says holds."""

from __future__ import annotations

import json

import jsonschema
import pytest
from scripts.openapi import FILE, text

pytestmark = pytest.mark.django_db


def test_the_committed_file_is_that_of_the_interface() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: python scripts/openapi.py"


def test_the_interface_serves_it(client) -> None:
    assert client.get("/api/v1/openapi.json").json() == json.loads(text())


def schema_of(operation: str, status: str) -> dict:
    """Return the schema of an answer, with what it refers to."""
    document = json.loads(text())
    entries = [entry for verbs in document["paths"].values() for entry in verbs.values()]
    answer = next(e for e in entries if e["operationId"] == operation)["responses"][status]
    (content,) = answer["content"].values()
    return {**content["schema"], "components": document["components"]}


@pytest.mark.parametrize(
    ("operation", "status", "ask"),
    [
        ("list_methods", "200", lambda client: client.get("/api/v1/methods/")),
        ("show_method", "200", lambda client: client.get("/api/v1/methods/ghg.composting/1")),
        ("show_method", "404", lambda client: client.get("/api/v1/methods/ghg.nothing/1")),
        ("run", "200", lambda client: run(client, '{"mass": [1]}')),
        ("run", "400", lambda client: run(client, "{")),
        ("run", "422", lambda client: run(client, '{"mass": [-1]}')),
    ],
)
def test_answers_are_as_the_file_says(client, operation, status, ask) -> None:
    answer = ask(client)
    assert str(answer.status_code) == status
    jsonschema.validate(answer.json(), schema_of(operation, status))


def run(client, body):
    return client.post("/api/v1/methods/ghg.composting/1/run", body, content_type="application/json")
