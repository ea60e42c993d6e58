"""What a framework finds about its own answers is said in its form, at the indicator, and once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from localaction.engine.errors import Finding
from localaction.engine.packs import Library
from localaction.engine.packs.editions import frameworks
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.models import Place
from localaction.platform.values.services import record_value
from localaction.platform.web.desk.filling.findings import in_labels
from localaction.platform.web.desk.filling.form import sections_of
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.conftest import signed_in_as

pytestmark = pytest.mark.django_db
YEAR = 2020
NATURE, CITY = "singapore_index/2021", "iso_37120/2014"


@pytest.fixture
def oslo(db: None) -> Place:
    return place("NO-OSL", "Oslo", country_code="NO")


@pytest.fixture
def officer(oslo: Place) -> Client:
    return signed_in_as(with_role("officer", oslo, name="Grace"))


def answers(oslo: Place, **amounts: float) -> None:
    """Answer data items in their own units; a name is written with one underline for the point."""
    items = Library.load().items
    for name, amount in amounts.items():
        item = name.replace("_", ".", 1)
        said = {"amount": amount, "unit": items[item]["unit"]}
        record_value(actor=OPERATOR, place=oslo, item=item, period=Period.year(YEAR), **said)


def results(officer: Client, key: str, item: str) -> dict[str, str]:
    """Return the text at each indicator of the section that asks an item, and the whole page as ''."""
    section = next(name for name, items in sections_of(frameworks()[key]).items() if item in items)
    page = officer.get(f"/desk/places/NO-OSL/frameworks/{YEAR}/{key}/", {"section": section}).content.decode()
    parts = re.split(r'<div class="fl-result" id="r-([^"]+)">', page)
    return {"": page} | {
        at: part.split("</section>")[0] for at, part in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_a_value_outside_what_can_be_says_which_why_and_where_to_look(officer: Client, oslo: Place) -> None:
    answers(oslo, area_total=100, area_natural=25_000)
    found = results(officer, NATURE, "area.natural")
    labels = [Library.load().items[item]["label"] for item in frameworks()[NATURE].indicators["1"].items]
    assert "comes out as 250 %, outside 0 to 100; it is not scored." in found["1"]
    assert "This cannot be:" in found["1"]
    assert f"Check the answers it is reckoned from: {', '.join(labels)}." in found["1"]
    assert "check the figures" not in found["1"]


def test_what_a_check_of_the_data_items_says_already_is_not_said_again(officer: Client, oslo: Place) -> None:
    answers(oslo, area_total=100, area_natural=25_000)
    assert results(officer, NATURE, "area.natural")[""].count("Natural areas are larger than the") == 1


def test_nor_where_both_figures_are_first_divided_by_inhabitants(officer: Client, oslo: Place) -> None:
    answers(oslo, population_total=1000, energy_electricity=1e6, energy_electricity_residential=2e6)
    page = results(officer, CITY, "energy.electricity_residential")[""]
    assert page.count("Homes use more electricity than the city") == 1


def test_a_rule_of_the_framework_alone_stands_at_the_indicator_it_names(officer: Client, oslo: Place) -> None:
    routes = ("recycled", "landfilled", "incinerated", "burned", "dumped", "other")
    answers(oslo, waste_collected=100, **{f"waste_{route}": 90.0 for route in routes})
    found = results(officer, CITY, "waste.recycled")
    said = "The routes of solid waste do not add up to 100 %"
    assert [at for at, text in found.items() if said in text] == ["", "16.3"]
    assert "Count each tonne once, at its last station." in found["16.3"]
    assert "This cannot be:" not in found["16.3"]


def test_saving_another_answer_renews_it(officer: Client, oslo: Place) -> None:
    routes = ("recycled", "landfilled", "incinerated", "burned", "dumped")
    answers(oslo, waste_collected=100, **{f"waste_{route}": 20.0 for route in routes})
    typed = {"waste.other.raw": "40", "waste.other.shown": "", "waste.other.seen": ""}
    address = f"/desk/places/NO-OSL/frameworks/{YEAR}/{CITY}/answers/waste.other/"
    part = officer.post(address, typed, HTTP_X_PART="field").content.decode()
    assert 'id="r-16.3"' in part
    assert "The routes of solid waste do not add up" in part


def test_a_rule_is_said_in_the_words_of_its_questions() -> None:
    rule = "area.natural <= area.total * 1.5"
    labels = {"area.natural": "Natural areas", "area.total": "Area"}
    finding = Finding("warning", "x", "", params={"rule": rule})
    assert in_labels(finding, labels).params["rule"] == "“Natural areas” <= “Area” * 1.5"
    assert in_labels(Finding("warning", "x", ""), labels).params == {}
