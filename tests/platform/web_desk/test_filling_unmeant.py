"""A form saves what a person meant and nothing else, however long, odd or old what stands in it is."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client

from localaction.engine.packs.editions import frameworks
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.models import Place
from localaction.platform.values.models import Remark, Value, ValueRevision
from localaction.platform.values.services import record_value
from localaction.platform.web.desk.filling.form import sections_of
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.conftest import signed_in_as

pytestmark = pytest.mark.django_db
YEAR = 2020
RISKS, NATURE, COMPACT = "gcom_crf/6.1", "singapore_index/2021", "compact_of_mayors/2014"
CONTROL = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"')


@pytest.fixture
def oslo(db: None) -> Place:
    return place("NO-OSL", "Oslo", country_code="NO")


@pytest.fixture
def officer(oslo: Place) -> Client:
    return signed_in_as(with_role("editor", oslo, name="Grace"))


def at(key: str, rest: str = "") -> str:
    return f"/desk/places/NO-OSL/frameworks/{YEAR}/{key}/{rest}"


def section_of(key: str, item: str) -> str:
    return next(name for name, items in sections_of(frameworks()[key]).items() if item in items)


def as_shown(client: Client, key: str, item: str) -> dict[str, str]:
    """Return what a browser would send of one field if nobody touched it."""
    page = client.get(at(key), {"section": section_of(key, item)}).content.decode()
    field = page[page.index(f'id="q-{item}"') :]
    field = (
        field[: field.index('<div class="fl-field', 10)] if '<div class="fl-field' in field[10:] else field
    )
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', field):
        found[name] = html.unescape(value).replace("\n", "").replace("\r", "")
    for name, inner in re.findall(r'<select[^>]* name="([^"]+)".*?>(.*?)</select>', field, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', inner)
        found[name] = html.unescape(chosen[1] or chosen[2]) if chosen else ""
    return {name: value for name, value in found.items() if name.startswith(f"{item}.")}


def keep(oslo: Place, item: str, **said: object) -> ValueRevision:
    return record_value(actor=OPERATOR, place=oslo, item=item, period=Period.year(YEAR), **said)


def test_a_long_table_that_nobody_touched_keeps_all_its_rows(officer: Client, oslo: Place) -> None:
    item = "risk.adaptive_capacity"
    rows = ",".join(
        f'{{"challenge":"low","factor":"Factor {number}","group":"children"}}' for number in range(230)
    )
    declared = {column["id"]: column for column in frameworks()[RISKS].items[item]["columns"]}
    challenge = _first(declared["challenge"])
    group = _first(declared["group"])
    text = f"[{rows}]".replace('"low"', f'"{challenge}"').replace('"children"', f'"{group}"')
    keep(oslo, item, text=text, basis="imported")
    sent = as_shown(officer, RISKS, item)
    assert sum(name.endswith(".factor") for name in sent) > 230
    assert officer.post(at(RISKS, f"answers/{item}/"), sent).status_code == 200
    assert ValueRevision.objects.get().text == text
    changed = {**sent, f"{item}.229.factor": "Another"}
    assert officer.post(at(RISKS, f"answers/{item}/"), changed).status_code == 200
    assert Value.objects.get(adopted=True).current.text.count("factor") == 230


def _first(column: dict) -> str:
    choice = column["choices"][0]
    return str(choice["id"] if isinstance(choice, dict) else choice)


def test_words_on_several_lines_that_nobody_touched_are_not_saved_again(officer: Client, oslo: Place) -> None:
    keep(
        oslo, "area.natural", exact="25", unit="ha", basis="imported", source=" Survey ",
        explanation="First line.\nSecond line. ",
    )  # fmt: skip
    sent = as_shown(officer, NATURE, "area.natural")
    assert sent["area.natural.explanation"] == "First line. Second line."
    assert officer.post(at(NATURE, "answers/area.natural/"), sent).status_code == 200
    assert ValueRevision.objects.count() == 1


def test_an_explanation_of_a_whole_book_is_refused_in_words(officer: Client, oslo: Place) -> None:
    sent = as_shown(officer, NATURE, "area.natural")
    sent |= {"area.natural.key": "NE", "area.natural.explanation": "x" * 20_001}
    response = officer.post(at(NATURE, "answers/area.natural/"), sent)
    assert response.status_code == 422
    assert "explanation is longer than 20000 characters" in response.content.decode()
    assert not ValueRevision.objects.exists()


@pytest.mark.parametrize("check", ["", "no.such:change", "area.natural:" + "x" * 300, "area.natural:\x00"])
def test_an_explanation_of_what_no_check_finds_is_refused_in_words(
    officer: Client, oslo: Place, check: str
) -> None:
    keep(oslo, "area.natural", exact="25", unit="ha")
    sent = as_shown(officer, NATURE, "area.natural")
    sent |= {f"area.natural.explain.{check}": "Because.", "do": f"explain|area.natural|{check}"}
    response = officer.post(at(NATURE, "answers/area.natural/"), sent)
    assert response.status_code == 422
    assert "so nothing was explained" in response.content.decode()
    assert not Remark.objects.exists()


def test_a_day_at_the_end_of_the_calendar_and_a_number_beyond_rounding_can_be_looked_at_and_corrected(
    officer: Client, oslo: Place
) -> None:
    keep(oslo, "commitment.joined", day=date.max)
    keep(
        oslo,
        "connectivity.coherence",
        exact="1" + "0" * 308,
        unit=frameworks()[NATURE].items["connectivity.coherence"]["unit"],
    )
    assert officer.get(f"/desk/places/NO-OSL/frameworks/{YEAR}/").status_code == 200
    assert officer.get(at(COMPACT)).status_code == 200
    assert officer.get(at(NATURE)).status_code == 200


def test_what_waits_on_a_device_is_kept_for_the_person_who_typed_it(officer: Client, oslo: Place) -> None:
    other = signed_in_as(with_role("editor", oslo, name="Alan"))
    whose = [
        re.search(r'data-user="(\d+)"', client.get(at(NATURE)).content.decode())
        for client in (officer, other)
    ]
    assert all(whose)
    assert whose[0][1] != whose[1][1]
