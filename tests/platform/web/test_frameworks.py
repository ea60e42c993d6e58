"""The catalogue of frameworks: every edition, indicator and data item can be read, found and taken away."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from django.test import Client

import localaction
from localaction.engine.packs.editions import frameworks, read_folder
from localaction.engine.packs.feeds import feeds
from localaction.engine.packs.starter import begin
from localaction.platform.web.frameworks import catalogue, words
from localaction.platform.web.frameworks.formula import known_names, tokens
from localaction.platform.web.frameworks.page import framework_page
from localaction.platform.web.numbers import exact
from tests.platform.web import make

FRAMEWORKS = frameworks()
every = pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
SCORED = [one for one in FRAMEWORKS.values() if catalogue.scores(one)]
SILENT = next(one for one in SCORED if any(map(catalogue.gives_no_score, one.indicators.values())))
HOSTILE = "<script>alert(1)</script> & <b>"


def source(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def text(client: Client, address: str) -> str:
    """Return what a page says, without tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", source(client, address))))


@pytest.fixture
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A made-up framework with hostile words, on file beside the others."""
    begin("strange/1", tmp_path, date(2026, 1, 1))
    path = tmp_path / "strange" / "1" / "pack.yaml"
    written = path.read_text(encoding="utf-8")
    for said in ("A framework of ours", "Density", "People and space", "What it asks, in one sentence."):
        written = written.replace(f'"{said}"', f'"{HOSTILE}"')
    path.write_text(written, encoding="utf-8")
    found = read_folder(path.parent)
    monkeypatch.setattr(catalogue.editions, "frameworks", lambda: {**FRAMEWORKS, found.key: found})
    return found


@every
def test_every_edition_is_listed_with_its_counts(client: Client, framework) -> None:
    page = source(client, "/frameworks/")
    row = next(row for row in page.split("<tr>") if f"/frameworks/{framework.key}/" in row)
    assert html.escape(framework.publisher) in row
    assert f">{len(framework.indicators)}</td>" in row
    silent = sum(map(catalogue.gives_no_score, framework.indicators.values()))
    if catalogue.scores(framework):
        assert f">{len(framework.indicators) - silent}</td>" in row
        assert f">{silent}</td>" in row
    else:
        assert "gives no scores" in row


@every
def test_the_page_of_an_edition_shows_every_indicator_at_its_anchor(client: Client, framework) -> None:
    page = source(client, f"/frameworks/{framework.key}/")
    said = text(client, f"/frameworks/{framework.key}/").replace(" ", "")
    for indicator in framework.indicators.values():
        assert f'id="i-{indicator.id}"' in page
        assert (indicator.formula or indicator.answer).replace(" ", "") in said
        assert f'href="/sources/{indicator.source.ref}/"' in page
    for part in (*framework.badges, *framework.levels, *framework.checks, *framework.decisions):
        assert part.formula.replace(" ", "") in said
    for total in framework.totals.values():
        assert total.label.replace(" ", "") in said
    assert len(re.findall(r'\bid="([^"]+)"', page)) == len(set(re.findall(r'\bid="([^"]+)"', page)))
    assert [a for a in re.findall(r'href="#([^"]+)"', page) if f'id="{a}"' not in page] == []


def test_a_rule_nobody_has_seen_is_said_to_give_no_score(client: Client) -> None:
    silent = [one for one in SILENT.indicators.values() if catalogue.gives_no_score(one)]
    page = source(client, f"/frameworks/{SILENT.key}/")
    parts = page.split('<article class="fw-indicator" id="i-')[1:]
    articles = {part.partition('"')[0]: part for part in parts}
    for indicator in SILENT.indicators.values():
        said = "the value is shown, no score is given" in articles[indicator.id].partition("</article>")[0]
        assert said == (indicator in silent), indicator.id
    assert f"{len(silent)} indicators give no score." in page


def test_bands_are_a_table_that_says_which_end_belongs() -> None:
    scoring = next(
        one.scoring for one in SILENT.indicators.values() if one.scoring and one.scoring.kind == "bands"
    )
    lines = [(step.values, step.score) for step in words.steps(scoring, {})]
    assert lines == [
        ("below 1", "0"),
        ("from 1, below 7", "1"),
        ("from 7, below 14", "2"),
        ("from 14, up to 20", "3"),
        ("above 20", "4"),
    ]


@every
def test_names_in_a_formula_lead_to_what_they_stand_for(framework) -> None:
    known = known_names(framework)
    for indicator in framework.indicators.values():
        formula = indicator.formula or indicator.answer
        pieces = tokens(formula, known)
        assert "".join(piece.text for piece in pieces) == formula
        assert any(piece.label for piece in pieces)


def test_a_data_item_says_who_else_asks_for_it(client: Client) -> None:
    shared = catalogue.shared_items()
    assert shared
    for one in shared:
        page = source(client, f"/frameworks/items/{one.id}/")
        assert len(one.asking) >= 2
        for asking in one.asking:
            assert f'href="{asking.address}"' in page
            for indicator in asking.indicators:
                assert f'href="{asking.address}#i-{indicator.id}"' in page
    asked = shared[0].asking[0]
    assert "asked by other frameworks too" in text(client, asked.address)
    assert "Entered once, asked by" in text(client, asked.address)


def test_a_data_item_says_what_fills_it_without_typing_and_whether_it_holds(client: Client) -> None:
    held = make.library().items
    for name, found in feeds().items():
        said = text(client, f"/frameworks/items/{name}/")
        assert "Filled without typing" in said
        assert ("until it is changed: an answer given" in said) == bool(held[name].get("lasts"))
        for feed in found:
            assert feed.note in said.replace("CO 2 e", "CO2e")
            for part in feed.parts:
                if part.source == "figure" and not part.dimensions:
                    address = f'href="/frameworks/items/{part.name}/"'
                    assert address in source(client, f"/frameworks/items/{name}/")
    said = text(client, "/frameworks/items/emissions.latest/")
    assert "The inventory of the place fits as it is" in said
    assert "Filled without typing" not in text(client, "/frameworks/items/waste.recycled/")


def test_every_data_item_has_a_page_and_one_nobody_asks_for_says_so(client: Client) -> None:
    asked = catalogue.askers()
    for name in make.library().items:
        said = text(client, f"/frameworks/items/{name}/")
        assert ("No framework asks for it" in said) == (name not in asked)


@every
def test_the_page_of_a_document_names_the_frameworks_that_rest_on_it(client: Client, framework) -> None:
    for ref in {framework.source.ref, *(one.source.ref for one in framework.indicators.values())}:
        assert f'href="/frameworks/{framework.key}/"' in source(client, f"/sources/{ref}/")


def test_worked_cases_show_every_digit_and_years_as_they_are_typed(client: Client) -> None:
    for framework in FRAMEWORKS.values():
        page = text(client, f"/frameworks/{framework.key}/")
        for case in framework.cases.values():
            for item, answer in case.answers.items():
                if isinstance(answer, int | float) and not isinstance(answer, bool):
                    assert f"{framework.items[item]['label']}: {exact(answer)}" in page


PAIRS = [
    (one, other)
    for one, other in permutations(FRAMEWORKS.values(), 2)
    if one.id == other.id and one.edition in other.mappings
]


def test_another_edition_is_linked_with_what_became_of_each_indicator(client: Client) -> None:
    assert PAIRS
    for older, newer in PAIRS:
        changes = newer.mappings[older.edition].changes
        for framework, other, heading in (
            (older, newer, f"What changed up to {newer.edition}"),
            (newer, older, f"What changed since {older.edition}"),
        ):
            address = f"/frameworks/{framework.key}/"
            page, said = source(client, address), text(client, address)
            assert other.title in said
            assert heading in said
            table = page.partition("fw-mapping")[2].partition("</table>")[0]
            assert table.count("<tr>") == 1 + len(changes)
            for name in older.indicators:
                assert f'href="/frameworks/{older.key}/#i-{name}"' in table
            for name in newer.indicators:
                assert f'href="/frameworks/{newer.key}/#i-{name}"' in table
            assert table.count(">not known<") == sum(
                bool(one.old and one.new and not one.known) for one in changes
            )
            assert table.count(">value and score<") == sum(one.score and one.known for one in changes)
        assert framework_page(older).editions[0].changes == framework_page(newer).editions[0].changes


def test_without_a_mapping_editions_are_compared_by_number(client: Client, monkeypatch) -> None:
    older, newer = PAIRS[0]
    alone = {**FRAMEWORKS, newer.key: replace(newer, mappings={})}
    monkeypatch.setattr(catalogue.editions, "frameworks", lambda: alone)
    came = [one for one in newer.indicators if one not in older.indicators]
    for framework in (older, newer):
        page = text(client, f"/frameworks/{framework.key}/")
        assert page.count("came in") == len(came)
        assert "What became of it" not in page


def test_what_changed_can_be_taken_away(client: Client) -> None:
    older, newer = PAIRS[0]
    address = f"/frameworks/{newer.key}/"
    rows = list(csv.DictReader(io.StringIO(source(client, f"{address}changes.csv"))))
    held = json.loads(source(client, f"{address}indicators.json"))["changed_since"][older.edition]["changes"]
    changes = newer.mappings[older.edition].changes
    assert [row["what"] for row in rows] == [entry["what"] for entry in held] == [one.fate for one in changes]
    assert f"{address}changes.csv" in source(client, address)
    for row, entry, change in zip(rows, held, changes, strict=True):
        assert (row["older_ids"], row["newer_ids"]) == ("; ".join(change.old), "; ".join(change.new))
        known = {True: "yes", False: "no", None: "not known"}
        assert row["value_compares"] == known[entry["value_compares"]]
        assert entry["value_compares"] is (change.value if change.known else None)
    assert client.get(f"/frameworks/{older.key}/changes.csv").status_code == 404


def test_a_search_finds_by_words_number_and_data_item_and_says_when_nothing_fits(client: Client) -> None:
    indicator = next(one for one in SILENT.indicators.values() if len(one.items) > 1)
    for query in (indicator.label.upper(), f"{SILENT.id} {indicator.items[0]}"):
        assert f"/frameworks/{SILENT.key}/#i-{indicator.id}" in source(client, f"/frameworks/?q={query}")
    assert "No indicator has these words" in text(client, "/frameworks/?q=zeppelin")
    one = text(client, f"/frameworks/?q={SILENT.key} {indicator.label}")
    assert "1 indicator found" in one


def test_a_number_finds_the_indicator_of_that_number_first_and_none_that_only_ends_so(client: Client) -> None:
    numbered = next(name for held in FRAMEWORKS.values() for name in held.indicators if "." in name)
    hits = catalogue.found_indicators(numbered)
    assert hits[0].indicator.id == numbered
    assert f"1{numbered}" not in {hit.indicator.id for hit in hits}


def test_a_long_list_of_hits_is_cut_and_says_so(client: Client) -> None:
    hits = catalogue.found_indicators("a")
    assert len(hits) > catalogue.SHOWN
    page = source(client, "/frameworks/?q=a")
    assert f"The first {catalogue.SHOWN} are shown." in page
    assert page.count("/#i-") == catalogue.SHOWN


@every
def test_the_indicators_can_be_taken_away(client: Client, framework) -> None:
    address = f"/frameworks/{framework.key}/indicators"
    rows = list(csv.DictReader(io.StringIO(source(client, f"{address}.csv"))))
    held = json.loads(source(client, f"{address}.json"))
    expected = list(framework.indicators)
    assert [row["id"] for row in rows] == expected
    assert [entry["id"] for entry in held["indicators"]] == expected
    assert held["digest"] == framework.digest
    scored = catalogue.scores(framework)
    for row, entry, indicator in zip(rows, held["indicators"], framework.indicators.values(), strict=True):
        assert entry["gives_score"] is (scored and not catalogue.gives_no_score(indicator))
        assert row["gives_score"] == ("yes" if entry["gives_score"] else "no")
        assert row["scoring_confidence"] == (indicator.scoring.confidence if indicator.scoring else "")
        assert set(entry["items"]) <= set(held["items"])


@pytest.mark.parametrize(
    ("address", "words_of_it"),
    [
        ("/frameworks/nothing/", "There is no framework “nothing”."),
        ("/frameworks/nothing/1/", "There is no framework “nothing/1”."),
        ("/frameworks/nothing/1/indicators.csv", "There is no framework “nothing/1”."),
        ("/frameworks/items/nothing.here/", "There is no data item “nothing.here”."),
    ],
)
def test_what_is_not_there_is_named(client: Client, address: str, words_of_it: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert words_of_it in answer.content.decode()


def test_a_framework_without_edition_leads_to_its_newest(client: Client) -> None:
    newest = [held for held in FRAMEWORKS.values() if held.id == SILENT.id][-1]
    assert client.get(f"/frameworks/{SILENT.id}/")["Location"] == f"/frameworks/{newest.key}/"


def test_a_made_up_framework_needs_no_python_and_its_words_are_escaped(client: Client, strange) -> None:
    item = next(iter(strange.items))
    for address in (
        "/frameworks/",
        "/frameworks/?q=script",
        f"/frameworks/{strange.key}/",
        f"/frameworks/items/{item}/",
        "/frameworks/?q=%3Cscript%3Ealert(1)",
    ):
        page = source(client, address)
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "& <b>" not in page
    rows = csv.DictReader(io.StringIO(source(client, f"/frameworks/{strange.key}/indicators.csv")))
    assert [row["label"] for row in rows] == [HOSTILE]


@pytest.mark.django_db
def test_pages_of_frameworks_need_no_query(client: Client, django_assert_num_queries) -> None:
    item = next(iter(SILENT.items))
    key = f"/frameworks/{SILENT.key}/"
    pages = ("/frameworks/", "/frameworks/?q=water", key, f"/frameworks/items/{item}/")
    for address in (*pages, f"{key}indicators.csv", f"{key}indicators.json"):
        with django_assert_num_queries(0):
            client.get(address)


def test_the_pages_are_in_the_main_navigation(client: Client) -> None:
    page = source(client, f"/frameworks/{SILENT.key}/")
    assert re.search(r'<a[^>]*href="/frameworks/"[^>]*aria-current="[^"]+"', page)


@pytest.mark.parametrize("part", ["platform", "engine"])
def test_no_id_of_a_framework_stands_in_code(part: str) -> None:
    folder = Path(localaction.__file__).parent / part
    ids = sorted({held.id for held in FRAMEWORKS.values()})
    told = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in ids))
    files = [*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.js")]
    assert len(files) > 20
    assert [path.name for path in files if told.search(path.read_text(encoding="utf-8"))] == []
