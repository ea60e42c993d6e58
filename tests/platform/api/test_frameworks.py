"""Frameworks for programs: listed, shown, and answers evaluated as everywhere."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.cache import cache

from localaction.engine.packs import editions
from localaction.engine.packs.editions import frameworks, read_folder
from localaction.engine.packs.starter import begin

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/frameworks/"
DAY = "2026-01-01"


def post(client, key, answers, query=""):
    body = answers if isinstance(answers, str) else json.dumps(answers)
    return client.post(f"{ADDRESS}{key}/evaluate{query}", body, content_type="application/json")


def test_every_edition_is_listed_and_shown_whole(client) -> None:
    assert [each["key"] for each in client.get(ADDRESS).json()] == list(frameworks())
    for key, framework in frameworks().items():
        shown = client.get(f"{ADDRESS}{key}").json()
        assert [each["id"] for each in shown["asks"]] == list(framework.indicators)
        assert {each["id"] for each in shown["answers"]} == set(framework.items)
        assert all(key in each["asked_by"] for each in shown["answers"])


def test_every_case_on_file_comes_out_as_the_pack_says(client) -> None:
    for key, framework in frameworks().items():
        for number, case in enumerate(framework.cases.values()):
            if number % 50 == 0:
                cache.clear()  # so many of one address in a minute would be refused; that is tested elsewhere
            if case.verified:
                continue  # a verifier's word is not for everybody to send
            answer = post(client, key, dict(case.answers), f"?as_of={case.as_of or DAY}")
            assert answer.status_code == 200, (key, case.id, answer.content)
            found = {each["id"]: each for each in answer.json()["indicators"]}
            for indicator, score in case.expected.get("scores", {}).items():
                wanted = score if score is None else pytest.approx(score, rel=1e-9)
                assert found[indicator]["score"] == wanted, (key, case.id, indicator)


def test_a_refusal_names_every_answer_that_cannot_be_read(client) -> None:
    key = next(iter(frameworks()))
    answer = post(client, key, {"population.totl": 1, "population.total": "many"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["code"] == "refused"
    answer = post(client, key, "[1]")
    assert answer.status_code == 422
    assert "not an object with answers" in answer.content.decode()


def test_an_unknown_edition_is_not_found_with_the_nearest(client) -> None:
    key = next(iter(frameworks()))
    for address in (f"{ADDRESS}{key}9", f"{ADDRESS}{key}9/evaluate"):
        answer = client.get(address) if not address.endswith("evaluate") else post(client, f"{key}9", {})
        assert answer.status_code == 404
        assert key in answer.content.decode()


def test_a_made_up_pack_is_served_without_python(client, tmp_path, monkeypatch) -> None:
    begin("strange/1", tmp_path, date(2026, 1, 1))
    found = read_folder(tmp_path / "strange" / "1")
    known = {**frameworks(), found.key: found}
    monkeypatch.setattr(editions, "frameworks", lambda: known)
    assert client.get(f"{ADDRESS}{found.key}").json()["title"] == found.title
    case = next(iter(found.cases.values()))
    assert post(client, found.key, dict(case.answers), f"?as_of={case.as_of or DAY}").status_code == 200


def test_half_a_character_is_refused_in_words(client) -> None:
    response = post(client, "singapore_index/2021", '{"\\ud800": 1}')
    assert response.status_code == 422
    assert response.json()["title"] == "One thing was refused."
