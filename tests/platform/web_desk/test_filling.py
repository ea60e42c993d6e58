"""The form of any framework, made from its pack: saved by field or by section, filled, explained, undone."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from localaction.engine.packs import editions
from localaction.engine.packs.editions import frameworks, read_folder
from localaction.engine.packs.starter import begin
from localaction.engine.packs.translations import spoken
from localaction.platform.places.models import Place
from localaction.platform.values.models import ValueRevision
from localaction.platform.web.desk.filling.form import sections_of
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.conftest import signed_in_as

pytestmark = pytest.mark.django_db
YEAR = 2020
NATURE = "singapore_index/2021"
PART = {"HTTP_X_PART": "field"}


@pytest.fixture
def oslo(db: None) -> Place:
    return place("NO-OSL", "Oslo", country_code="NO")


@pytest.fixture
def officer(oslo: Place) -> Client:
    return signed_in_as(with_role("officer", oslo, name="Grace"))


def at(key: str = NATURE, rest: str = "") -> str:
    return f"/desk/places/NO-OSL/frameworks/{YEAR}/{key}/{rest}"


def hidden(client: Client, item: str, key: str = NATURE) -> dict[str, str]:
    """Return the hidden fields with which the form shows an item."""
    section = next(name for name, items in sections_of(frameworks()[key]).items() if item in items)
    page = client.get(at(key), {"section": section}).content.decode()
    found = {}
    for what in ("seen", "shown"):
        match = re.search(rf'name="{re.escape(item)}\.{what}" value="([^"]*)"', page)
        assert match, (item, what)
        found[f"{item}.{what}"] = match[1].replace("&quot;", '"').replace("&#x27;", "'")
    return found


def save(client: Client, item: str, raw: str, key: str = NATURE, **more: str):
    typed = {f"{item}.{name}": text for name, text in {"raw": raw, **more}.items()}
    return client.post(at(key, f"answers/{item}/"), {**hidden(client, item, key), **typed}, **PART)


@pytest.mark.parametrize("key", frameworks())
def test_every_edition_has_a_form_that_asks_each_item_once(officer: Client, key: str) -> None:
    framework = frameworks()[key]
    seen: list[str] = []
    for section in sections_of(framework):
        response = officer.get(at(key), {"section": section})
        assert response.status_code == 200
        seen += re.findall(r'data-item="([^"]+)"', response.content.decode())
    assert sorted(seen) == sorted(framework.items)


def test_an_answer_saves_by_itself_and_says_what_comes_out(officer: Client) -> None:
    assert save(officer, "area.total", "100", unit="km2").status_code == 200
    response = save(officer, "area.natural", "25", unit="km2")
    text = response.content.decode()
    assert response.status_code == 200
    assert 'id="s-area.natural"' in text
    assert 'id="r-1"' in text
    assert re.search(r'id="r-1".*?25\.0 %', text, re.DOTALL)
    assert 'id="fl-progress"' in text
    kept = ValueRevision.objects.get(value__item="area.natural")
    assert (kept.exact, kept.unit, kept.value.label_year) == ("25", "km2", YEAR)


def test_what_is_refused_says_why_and_changes_nothing(officer: Client) -> None:
    response = save(officer, "area.natural", "1,5", unit="ha")
    assert response.status_code == 422
    assert "is not a decimal number" in response.content.decode()
    assert not ValueRevision.objects.exists()


def test_somebody_else_s_figure_is_never_overwritten_unseen(officer: Client, oslo: Place) -> None:
    before = hidden(officer, "area.natural")
    save(signed_in_as(with_role("officer", oslo, name="Alan")), "area.natural", "30", unit="ha")
    late = {**before, "area.natural.raw": "40", "area.natural.unit": "ha"}
    response = officer.post(at(rest="answers/area.natural/"), late, **PART)
    assert response.status_code == 409
    assert "Alan changed" in response.content.decode()
    assert ValueRevision.objects.get().exact == "30"


def test_the_same_answer_sent_twice_is_kept_once(officer: Client) -> None:
    typed = {**hidden(officer, "area.natural"), "area.natural.raw": "40", "area.natural.unit": "ha"}
    for _time in range(2):
        assert officer.post(at(rest="answers/area.natural/"), typed, **PART).status_code == 200
    assert ValueRevision.objects.count() == 1


def test_without_scripts_a_section_saves_what_was_changed_and_goes_on(officer: Client) -> None:
    framework = frameworks()[NATURE]
    first, second = list(sections_of(framework))[:2]
    typed = {}
    for item, raw in (("area.natural", "25"), ("area.total", "100")):
        typed |= {**hidden(officer, item), f"{item}.raw": raw, f"{item}.unit": "km2"}
    response = officer.post(f"{at()}?section={first}", {**typed, "then": second})
    assert response.status_code == 303
    assert response["Location"] == f"{at()}?section={second}"
    assert ValueRevision.objects.count() == 2


def test_without_scripts_a_wrong_answer_stays_in_its_field_and_the_others_are_saved(officer: Client) -> None:
    first = next(iter(sections_of(frameworks()[NATURE])))
    typed = {}
    for item, raw in (("area.natural", "lots"), ("area.total", "100")):
        typed |= {**hidden(officer, item), f"{item}.raw": raw, f"{item}.unit": "km2"}
    response = officer.post(f"{at()}?section={first}", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="lots"' in page
    assert "&quot;lots&quot; is not a decimal number" in page
    assert ValueRevision.objects.get().value.item == "area.total"


def test_a_figure_of_an_earlier_year_is_taken_over_by_a_button_and_undone(officer: Client) -> None:
    earlier = at().replace(f"/{YEAR}/", f"/{YEAR - 1}/")
    page = officer.get(earlier, {"section": next(iter(sections_of(frameworks()[NATURE])))}).content.decode()
    shown = re.search(r'name="area\.natural\.shown" value="([^"]*)"', page)[1].replace("&quot;", '"')
    typed = {"area.natural.raw": "25", "area.natural.unit": "ha", "area.natural.shown": shown}
    officer.post(f"{earlier}answers/area.natural/", typed, **PART)
    page = officer.get(at(), {"section": next(iter(sections_of(frameworks()[NATURE])))}).content.decode()
    button = re.search(r'value="(take\|area\.natural\|[^"]*)"', page)[1]
    done = officer.post(
        at(rest="answers/area.natural/"), {**hidden(officer, "area.natural"), "do": button}, **PART
    )
    assert done.status_code == 200
    assert ValueRevision.objects.filter(value__label_year=YEAR).get().exact == "25"
    undone = {**hidden(officer, "area.natural"), "do": "undo|area.natural"}
    assert officer.post(at(rest="answers/area.natural/"), undone, **PART).status_code == 200
    assert "from an earlier year" in officer.get(at()).content.decode()


def test_an_odd_figure_is_explained_in_the_form(officer: Client) -> None:
    earlier = at().replace(f"/{YEAR}/", f"/{YEAR - 1}/")
    shown = hidden(officer, "population.total")["population.total.shown"]
    typed = {"population.total.raw": "700000", "population.total.unit": "person"}
    officer.post(f"{earlier}answers/population.total/", {**typed, "population.total.shown": shown}, **PART)
    odd = save(officer, "population.total", "7000000", unit="person").content.decode()
    assert "is not to be expected" in odd
    check = "population.total:change"
    said = {**hidden(officer, "population.total"), f"population.total.explain.{check}": "Merged."}
    said["do"] = f"explain|population.total|{check}"
    done = officer.post(at(rest="answers/population.total/"), said, **PART)
    assert done.status_code == 200
    assert "Explained by Grace:" in done.content.decode()


def test_the_gap_page_says_what_is_open_and_takes_up_a_framework(officer: Client) -> None:
    gaps = f"/desk/places/NO-OSL/frameworks/{YEAR}/"
    assert "Here the frameworks you report on would stand" in officer.get(gaps).content.decode()
    assert officer.post(at(rest="choose/"), {"do": "take-up"}).status_code == 303
    save(officer, "population.total", "700000", unit="person")
    page = officer.get(gaps).content.decode()
    assert "Not ours any more" in page
    assert re.search(r"<b class=\"num\">1</b> answered", page)
    officer.post(at(rest="choose/"), {"do": "give-up"})
    assert "Here the frameworks you report on would stand" in officer.get(gaps).content.decode()


def test_the_answers_can_be_taken_away_with_what_comes_out(officer: Client) -> None:
    save(officer, "area.natural", "25.50", unit="ha", source="=survey")
    rows = list(csv.DictReader(io.StringIO(officer.get(at(rest="answers.csv")).content.decode())))
    row = next(row for row in rows if row["item"] == "area.natural")
    assert (row["answer"], row["unit"], row["state"], row["source"]) == ("25.5", "ha", "answered", "'=survey")
    whole = json.loads(officer.get(at(rest="answers.json")).content)
    assert whole["framework"] == NATURE
    assert len(whole["answers"]) == len(rows) == len(frameworks()[NATURE].items)
    assert len(whole["evaluation"]["indicators"]) == len(frameworks()[NATURE].indicators)
    book = officer.get(at(rest="answers.xlsx"))
    assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None
    assert officer.get(at(rest="answers.exe")).status_code == 404


def test_a_made_up_pack_needs_no_python(officer: Client, tmp_path, monkeypatch) -> None:
    begin("strange/1", tmp_path, date(2026, 1, 1))
    found = read_folder(tmp_path / "strange" / "1")
    known = {**frameworks(), found.key: found}
    monkeypatch.setattr(editions, "frameworks", lambda: known)
    item = next(item for item, declared in found.items.items() if declared["kind"] == "number")
    section = next(name for name, items in sections_of(found).items() if item in items)
    page = officer.get(at(found.key), {"section": section}).content.decode()
    assert f'name="{item}.raw"' in page
    shown = re.search(rf'name="{re.escape(item)}\.shown" value="([^"]*)"', page)[1].replace("&quot;", '"')
    typed = {f"{item}.raw": "12", f"{item}.shown": shown}
    assert officer.post(at(found.key, f"answers/{item}/"), typed, **PART).status_code == 200
    whole = json.loads(officer.get(at(found.key, "answers.json")).content)
    assert [row["answer"] for row in whole["answers"] if row["item"] == item] == ["12"]
    assert found.title in officer.get(f"/desk/places/NO-OSL/frameworks/{YEAR}/").content.decode()


def test_a_year_that_cannot_be_reported_on_is_not_there(officer: Client) -> None:
    for year in (1899, 2999):
        assert officer.get(f"/desk/places/NO-OSL/frameworks/{year}/").status_code == 404


def test_the_form_speaks_the_language_of_the_page_and_saves_all_the_same(
    officer: Client, oslo: Place
) -> None:
    key, language = next((f.key, lang) for f in frameworks().values() for lang in f.translations)
    framework, headers = frameworks()[key], {"accept-language": language}
    shown = spoken(framework, language)
    section, items = next((name, held) for name, held in sections_of(framework).items() if held)
    page = officer.get(at(key), {"section": section}, headers=headers).content.decode()
    assert f'<html lang="{language}"' in page
    assert str(shown.title) in page
    item = next(one for one in items if framework.items[one]["kind"] == "number")
    assert str(shown.items[item]["label"]) in page
    assert framework.items[item]["label"] not in page
    typed = {**hidden(officer, item, key), f"{item}.raw": "2019"}
    answer = officer.post(at(key, f"answers/{item}/"), typed, **PART, headers=headers)
    assert answer.status_code == 200
    assert ValueRevision.objects.count() == 1
    gaps = officer.get(f"/desk/places/NO-OSL/frameworks/{YEAR}/", headers=headers).content.decode()
    translation.activate("en")  # a request leaves its language behind
    assert str(shown.title) in gaps


def test_a_refused_answer_is_never_called_saved(officer: Client) -> None:
    item = "area.natural"
    first = save(officer, item, "lots").content.decode()
    assert "What you typed is not saved." in first
    save(officer, item, "20", unit="km2")
    second = save(officer, item, "20,5", unit="km2").content.decode()
    assert "What you typed is not saved; the answer before it still counts." in second
    assert "<time" not in second


def test_earlier_years_are_reached_one_by_one_and_the_way_names_the_place(officer: Client) -> None:
    page = officer.get(f"/desk/places/NO-OSL/frameworks/{YEAR}/").content.decode()
    assert f"/desk/places/NO-OSL/frameworks/{YEAR - 1}/" in page
    assert '<a href="/places/NO-OSL/">Oslo</a>' in page
    assert '<a href="/places/NO-OSL/">Oslo</a>' in officer.get(at()).content.decode()
    first = officer.get("/desk/places/NO-OSL/frameworks/1990/").content.decode()
    assert "/frameworks/1989/" not in first
