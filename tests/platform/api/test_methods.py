"""The interface for programs: lists, shows and runs methods, and says what is wrong."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from localaction.engine.methods.jsoninput import MAX_BYTES
from localaction.engine.methods.run import run_example
from localaction.engine.packs import Library
from localaction.platform.api import methods

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/methods/ghg.composting/1/run"


def post(client, body, address=ADDRESS, **more):
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(address, data, content_type="application/json", **more)


def test_the_list_has_every_method_and_can_be_narrowed(client) -> None:
    listed = client.get("/api/v1/methods/").json()
    assert {entry["id"] for entry in listed} == set(Library.load().methods)
    assert client.get("/api/v1/methods/?cell=I.1.1&theme=nature").json() == []
    ids = [entry["id"] for entry in client.get("/api/v1/methods/?cell=III.2.1").json()]
    assert "ghg.composting/1" in ids


def test_every_method_is_shown_whole(client) -> None:
    for name in Library.load().methods:
        answer = client.get(f"/api/v1/methods/{name}")
        assert answer.status_code == 200, name
        assert answer.json()["id"] == name


def test_every_worked_example_runs_as_it_does_in_python(client) -> None:
    library = Library.load()
    for name, method in library.methods.items():
        for example in method.examples.values():
            answer = post(client, dict(example.inputs), f"/api/v1/methods/{name}/run")
            assert answer.status_code == 200, (name, example.id, answer.content)
            run = run_example(name, example.id, library)
            found = {output["name"]: output["value"] for output in answer.json()["outputs"]}
            assert found == {key: run.value(key) for key in method.outputs}


def test_gases_are_weighed_on_request(client) -> None:
    answer = post(client, {"mass": [15000]}, ADDRESS + "?gwp=ar5").json()
    assert answer["co2e"]["total"] == pytest.approx(2634)
    assert post(client, {"mass": [15000]}).json()["co2e"] is None


def test_a_refusal_lists_every_fault_with_its_input_and_a_code(client) -> None:
    answer = post(client, {"mass": [1, -3], "bais": "wet", "ch4_factor": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert (problem["code"], problem["status"]) == ("refused", 422)
    assert [(f["code"], f["column"]) for f in problem["findings"]] == [
        ("methods.unknown_input", None),
        ("methods.too_low", "mass"),
        ("methods.not_a_number", "ch4_factor"),
    ]
    assert problem["findings"][0]["message"] == 'The method has no input "bais". Did you mean "basis"?'
    assert problem["findings"][1]["params"]["index"] == [1]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "methods.not_json"),
        (b"\xff", 400, "methods.not_json"),
        ('{"mass": NaN}', 400, "methods.not_json"),
        ('{"mass": [1], "mass": [2]}', 400, "methods.not_json"),
        ("[" * 5000, 400, "methods.not_json"),
        ("[]", 422, "refused"),
        ("3", 422, "refused"),
        ('{"mass": [1]}' + " " * MAX_BYTES, 413, "methods.too_much"),
        (" " * 3_000_000, 413, "methods.too_much"),
    ],
    ids=["no JSON", "no UTF-8", "NaN", "a key twice", "deep", "a list", "a number", "long", "very long"],
)
def test_a_body_that_cannot_be_used_is_refused(client, body, status, code) -> None:
    answer = post(client, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/methods/ghg.compsting/1/run", 404, "methods.unknown"),
        ("/api/v1/methods/ghg.composting/one/run", 422, "api.invalid"),
        (ADDRESS + "?gwp=ar9", 422, "methods.unknown_potentials"),
    ],
)
def test_an_address_that_names_nothing_is_refused(client, address, status, code) -> None:
    answer = post(client, {"mass": [1]}, address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "ghg.composting/1" in answer.json()["detail"] or code != "methods.unknown"


def test_one_address_may_not_ask_without_end(client, monkeypatch) -> None:
    cache.clear()
    allowed = int(methods.RUNS.partition("/")[0])
    for _ in range(allowed):
        assert post(client, "{", REMOTE_ADDR="192.0.2.9").status_code == 400
    answer = post(client, "{", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert (answer.status_code, answer.json()["code"]) == (429, "api.throttled")
    assert int(answer["Retry-After"]) >= 1
    assert post(client, {"mass": [1]}, REMOTE_ADDR="192.0.2.10").status_code == 200
    cache.clear()


def test_a_calculation_needs_no_token_and_leaves_no_cookie() -> None:
    from django.test import Client

    answer = post(Client(enforce_csrf_checks=True), {"mass": [1]})
    assert answer.status_code == 200
    assert answer.cookies == {}


def test_the_page_about_it_lists_every_operation_and_needs_no_script(client) -> None:
    page = client.get("/api/v1/").content.decode()
    for path in ("/api/v1/methods/", "/api/v1/methods/{name}/{version}/run"):
        assert path in page
    assert "openapi.json" in page


def test_a_method_that_is_not_there_says_what_is_like_it(client) -> None:
    answer = client.get("/api/v1/methods/ghg.compost/1")
    assert answer.status_code == 404
    assert 'Did you mean "ghg.composting/1"?' in answer.json()["title"]
